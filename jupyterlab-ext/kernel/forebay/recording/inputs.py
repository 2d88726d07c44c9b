import os

from ..daemon.client import call, segment
from ..errors import ForebayError

_told: set[tuple[str, str]] = set()


def tell_read(ref: str, cache: str | None = None) -> None:
    """Tells the run within which this process is that it reads a version ('NAME@vN'); `cache`: None for the lake itself.

    Outside of a run, nothing. What can't be told while the daemon is away is tried again with the next read; what is
    refused, as of a run of another home, is let go.
    """
    run = os.environ.get("FOREBAY_RUN_ID")
    if not run or (run, ref) in _told:
        return
    body = {"ref": ref, **({} if cache is None else {"cache": cache})}
    try:
        call("POST", f"/api/v1/runs/{segment(run)}/inputs", body, start=False)
    except ForebayError as error:
        if error.code == "daemon-unreachable":
            return
    _told.add((run, ref))
