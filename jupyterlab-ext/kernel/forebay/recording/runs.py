import os
import socket
import sys
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial

from ..daemon.client import call, connect, segment, send
from ..errors import ForebayError
from ..lake.describe import read_version
from ..lake.refs import whole_version
from ..mounting.mounts import mount, mounted_versions
from ..notebook.identity import in_notebook, program_name, user_name
from ..notebook.uses import tell_use
from .files import OutputFolder
from .output import Output, captured
from .points import Points
from .surroundings import Surroundings
from .tracking import tracked
from .usage import Usage

_EVERY = 0.5  # seconds between two sendings of what was printed
_BEAT = 5.0  # seconds between two samples; a run that is silent for a minute counts as lost


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
    """Records a block: its code and packages, what it prints and uses, the versions that are mounted here, and what it
    logs through MLflow.

        with forebay.run("first try", experiment="digits", data="digits@v2"):
            mlflow.log_metric("accuracy", 0.98)

    `data` names versions to mount; those that this process has mounted already count too. Files that it writes into
    os.environ["FOREBAY_OUTPUT"] become the run's artifacts. A block that raises makes the run failed; a process that dies
    makes it lost. Raises ForebayError.
    """
    for ref in [data] if isinstance(data, str) else data:
        mount(ref)
    started = Run(call("POST", "/api/v1/runs", _request(name, experiment)))
    end = partial(_tell_end, started.id)
    try:
        tell_use([f"{name}@v{number}" for name, number, _ in mounted_versions()], by="run", run=started.id)
        recorder = _Recorder(started.id)
        end = recorder.end
        with tracked(started.id, recorder.folder):
            yield started
    except BaseException as error:
        end(*_end_by(error))
        raise
    end("finished", 0)


def _end_by(error: BaseException) -> tuple[str, int]:
    """State and exit code of a block that raised this, as a shell tells them of a program."""
    if isinstance(error, KeyboardInterrupt):
        return "killed", 130
    if isinstance(error, SystemExit):
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
        return ("finished" if code == 0 else "failed"), code & 0xFF
    return "failed", 1


def _tell_end(run_id: str, state: str, exit_code: int) -> None:
    try:
        call("POST", f"/api/v1/runs/{segment(run_id)}/end", {"state": state, "exitCode": exit_code})
    except ForebayError as error:
        # What the block did stands, whether it is recorded or not.
        print(f"The end of this run is not recorded: {error}", file=sys.stderr)


def _request(name: str | None, experiment: str | None) -> dict:
    chosen = {"name": name, "experiment": experiment}
    return {
        "user": user_name(),
        "command": [program_name()],
        "folder": os.getcwd(),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "datasets": [_dataset(*version) for version in mounted_versions()],
        "tags": {"forebay.block": "true", "mlflow.source.type": "NOTEBOOK" if in_notebook() else "LOCAL"},
        **{key: value for key, value in chosen.items() if value is not None},
    }


def _dataset(name: str, number: int, cache: str) -> dict:
    ref = whole_version(f"{name}@v{number}")
    return {"name": name, "version": number, "digest": read_version(ref)["digest"], "cache": cache}


class _Recorder:
    """Sends what is printed and used meanwhile, which is also a sign of life, from a thread of its own."""

    def __init__(self, run_id: str):
        self._process = os.getpid()
        self._id = run_id
        self._path = f"/api/v1/runs/{segment(run_id)}"
        self._surroundings = Surroundings(self._path)
        self._files = OutputFolder()
        self._output = Output()
        self._points = Points()
        self._usage = Usage()
        self._ended = threading.Event()
        self._capture = captured(self._output)
        self._capture.__enter__()
        self._thread = threading.Thread(target=self._keep, name=f"forebay run {run_id}", daemon=True)
        self._thread.start()

    @property
    def folder(self) -> str:
        """Where the block leaves files that are to be kept."""
        return self._files.path

    def end(self, state: str, exit_code: int) -> None:
        self._capture.__exit__(None, None, None)
        # A forked process that leaves the block is not its end.
        if os.getpid() != self._process:
            return
        # What waits for a daemon that is away is worth a new one.
        with suppress(ForebayError):
            connect().close()
        self._files.keep(self._path)
        self._surroundings.wait()
        self._ended.set()
        self._thread.join()
        try:
            # Who follows the output stops at the end.
            with suppress(ForebayError):
                self._send()
            _tell_end(self._id, state, exit_code)
        finally:
            self._output.close()

    def _keep(self) -> None:
        # Soon after the start too, so that short blocks have a sample.
        sampled = float("-inf")
        while not self._ended.wait(_EVERY):
            if time.monotonic() - sampled >= _BEAT:
                self._points.add(self._usage.points())
                sampled = time.monotonic()
            # All of it waits for a daemon that is away.
            with suppress(ForebayError):
                self._send()

    def _send(self) -> None:
        self._output.flush(lambda at, piece: send("POST", f"{self._path}/output", piece, query={"at": at}))
        self._points.flush(lambda points: call("POST", f"{self._path}/log", {"metrics": points}, start=False))
