import os
import sys
import threading
from contextlib import suppress

from ..daemon.client import call, send
from ..errors import ForebayError
from ..notebook.identity import cell_source

_CELL = "forebay/cell.py"  # among a run's artifacts
_PATIENCE = 5.0  # seconds that the end of a short block waits for its record


class Surroundings:
    """What a block began with, kept as `forebay run` keeps it: code, machine and packages; and the cell that it is.

    `path` is that of the run's API. What can't be kept is no reason not to run the block.
    """

    def __init__(self, path: str):
        self._path = path
        self._cell = cell_source()
        # Before the block changes anything.
        with suppress(ForebayError):
            call("POST", f"{path}/code", start=False)
        self._thread = threading.Thread(target=self._keep, name="forebay surroundings", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        self._thread.join(_PATIENCE)

    def _keep(self) -> None:
        with suppress(ForebayError):
            if self._cell is not None:
                send("PUT", f"{self._path}/artifacts", self._cell.encode("utf-8", "replace"), query={"path": _CELL})
            variables = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
            call("POST", f"{self._path}/environment", {"python": sys.executable, "variables": variables}, start=False)
