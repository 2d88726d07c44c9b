import getpass
import os
import socket
import sys
import threading
import time
from contextlib import contextmanager

from .client import call, segment, send
from .errors import ForebayError
from .mounts import mount, mounted_versions
from .refs import whole_version

_EVERY = 0.5  # seconds between two sendings of what was printed
_BEAT = 5.0  # seconds between two signs of life; a run that is silent for a minute counts as lost


class Run:
    """A run that is being recorded: its id and name, and what it was told."""

    def __init__(self, answer: dict):
        self.id: str = answer["id"]
        self.name: str = answer["name"]
        self.experiment: str = answer["experiment"]["name"]

    def __repr__(self) -> str:
        return f"Run {self.name} of {self.experiment}"


@contextmanager
def run(name: str | None = None, *, experiment: str | None = None, data: str | list[str] = ()):
    """Records a block: what it prints, the versions that are mounted here, and what it logs through MLflow.

        with forebay.run("first try", experiment="digits", data="digits@v2"):
            mlflow.log_metric("accuracy", 0.98)

    `data` names versions to mount; those that this process has mounted already count too. A block that raises makes the
    run failed; a process that dies makes it lost. Raises ForebayError.
    """
    for ref in [data] if isinstance(data, str) else data:
        mount(ref)
    started = Run(call("POST", "/api/v1/runs", _request(name, experiment)))
    recorder = _Recorder(started.id)
    try:
        with _tracking(started.id):
            yield started
    except BaseException as error:
        recorder.end("killed" if isinstance(error, KeyboardInterrupt) else "failed", 1)
        raise
    recorder.end("finished", 0)


def _request(name: str | None, experiment: str | None) -> dict:
    notebook = os.environ.get("JPY_SESSION_NAME")
    script = "notebook" if "ipykernel" in sys.modules else sys.argv[0] or "python"
    chosen = {"name": name, "experiment": experiment}
    return {
        "user": getpass.getuser(),
        "command": [os.path.basename(notebook or script)],
        "folder": os.getcwd(),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "datasets": [_dataset(*version) for version in mounted_versions()],
        **{key: value for key, value in chosen.items() if value is not None},
    }


def _dataset(name: str, number: int, cache: str) -> dict:
    ref = whole_version(f"{name}@v{number}")
    version = call("GET", f"/api/v1/datasets/{segment(ref.name)}/versions/{segment(ref.selector)}")
    return {"name": name, "version": number, "digest": version["digest"], "cache": cache}


@contextmanager
def _tracking(run_id: str):
    """What MLflow's client reads from the environment, for as long as the block runs."""
    info = call("POST", "/api/v1/tracking", {})
    bypass = ",".join(filter(None, [os.environ.get("NO_PROXY"), "127.0.0.1"]))
    wanted = {
        "MLFLOW_TRACKING_URI": info["url"],
        # Tells whose requests these are: the first run that the block starts is this one.
        "MLFLOW_TRACKING_TOKEN": f"{info['token']}.{run_id}",
        "NO_PROXY": bypass,
        "no_proxy": bypass,
    }
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


class _Recorder:
    """Sends what is printed meanwhile, and signs of life, from a thread of its own."""

    def __init__(self, run_id: str):
        self._path = f"/api/v1/runs/{segment(run_id)}"
        self._pending: list[bytes] = []
        self._sent = 0
        self._ended = threading.Event()
        self._streams = (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = (_Tee(stream, self._pending) for stream in self._streams)
        self._thread = threading.Thread(target=self._keep, name=f"forebay run {run_id}", daemon=True)
        self._thread.start()

    def end(self, state: str, exit_code: int) -> None:
        sys.stdout, sys.stderr = self._streams
        self._ended.set()
        self._thread.join()
        try:
            call("POST", f"{self._path}/end", {"state": state, "exitCode": exit_code})
            self._flush()
        except ForebayError as error:
            # What the block did stands, whether it is recorded or not.
            print(f"The end of this run is not recorded: {error}", file=sys.stderr)

    def _keep(self) -> None:
        beat = time.monotonic()
        while not self._ended.wait(_EVERY):
            try:
                self._flush()
                if time.monotonic() - beat >= _BEAT:
                    call("POST", f"{self._path}/log", {"metrics": []}, start=False)
                    beat = time.monotonic()
            except ForebayError:
                # The daemon is away: what was printed waits for it.
                pass

    def _flush(self) -> None:
        count = len(self._pending)
        text = b"".join(self._pending[:count])
        if not text:
            return
        send("POST", f"{self._path}/output", text, query={"at": self._sent})
        self._sent += len(text)
        del self._pending[:count]


class _Tee:
    """A stream that also remembers; everything else is the stream's own."""

    def __init__(self, stream, pending: list[bytes]):
        self._stream = stream
        self._pending = pending

    def write(self, text: str) -> int:
        self._pending.append(text.encode("utf-8", "replace"))
        return self._stream.write(text)

    def __getattr__(self, name: str):
        return getattr(self._stream, name)
