import time

from ..daemon.client import call, segment
from ..errors import ForebayError, from_problem
from ..show.progress import Display, choose_display

_UNSEEN = 0.3  # seconds; what ends sooner needs no bar
_PAUSE = 0.15


def follow(job_id: str) -> dict:
    """Waits for a job, showing its progress; the ended job. Raises why it failed, or `cancelled`.

    Ctrl-C leaves the job running: whoever started it decides.
    """
    begun, display = time.monotonic(), None
    outcome = "Interrupted."
    try:
        while True:
            job = call("GET", f"/api/v1/jobs/{segment(job_id)}")
            if has_ended(job):
                outcome = _outcome(job)
                return _check(job)
            if time.monotonic() - begun > _UNSEEN:
                display = display or choose_display()
                display.update(job)
            time.sleep(_PAUSE if display else _PAUSE / 5)
    finally:
        _close(display, outcome)


def complete(job_id: str) -> dict:
    """As `follow`, for a job of one's own: Ctrl-C cancels it."""
    try:
        return follow(job_id)
    except KeyboardInterrupt:
        cancel(job_id)
        raise


def cancel(job_id: str) -> None:
    call("DELETE", f"/api/v1/jobs/{segment(job_id)}")


def has_ended(job: dict) -> bool:
    return job["state"] not in ("queued", "running")


def _check(job: dict) -> dict:
    if job["state"] == "done":
        return job
    if job["problem"]:
        raise from_problem(job["problem"], 500)
    if job["state"] == "interrupted":
        raise ForebayError("cancelled", f"{job['title']}: interrupted when the daemon ended.", "Run it again.")
    raise ForebayError("cancelled", f"{job['title']}: cancelled.")


def _outcome(job: dict) -> str:
    return f"{job['title']}: {job['state']}."


def _close(display: Display | None, outcome: str) -> None:
    if display:
        display.close(outcome)
