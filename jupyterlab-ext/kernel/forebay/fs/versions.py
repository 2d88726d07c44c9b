import os
import threading
import time

from ..daemon.client import segment
from ..daemon.pool import get_json
from ..errors import ForebayError
from ..mounting.mounts import held_in
from ..mounting.ready import ready_folder
from ..notebook.opened import show_open
from ..notebook.uses import tell_use
from ..recording.inputs import tell_read
from .errors import as_os_error
from .forks import renew_after_fork
from .paths import Place

_MOVING = 10.0  # seconds that `latest` and tags stay what they were
_FIXED = 600.0
_UNCACHED = 5.0


class Versions:
    """Which version a reference is, and where its files are on this machine if it is cached."""

    def __init__(self):
        self._known: dict[tuple[str, str], tuple[float, dict]] = {}
        self._uncached: dict[tuple[str, int], float] = {}
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        self._lock = threading.Lock()

    def resolve(self, place: Place) -> dict:
        """The version as the daemon tells it. Raises NotFound."""
        key = (place.name, place.selector)
        until, version = self._known.get(key, (0.0, {}))
        if time.monotonic() < until:
            return version
        try:
            version = get_json(f"/api/v1/datasets/{segment(place.name)}/versions/{segment(place.selector)}")
        except ForebayError as error:
            raise as_os_error(error) from None
        fixed = place.selector == f"v{version['version']}"
        self._known[key] = (time.monotonic() + (_FIXED if fixed else _MOVING), version)
        return version

    def local(self, version: dict) -> str | None:
        """The folder of its files, held from now on as by `mount`; None where it is in the lake only."""
        key = (version["dataset"], version["version"])
        with self._lock:
            if time.monotonic() < self._uncached.get(key, 0.0):
                return None
            try:
                folder = ready_folder(version)
            except ForebayError:
                # The lake may still answer, and else says why not.
                folder = None
            if folder is None:
                self._uncached[key] = time.monotonic() + _UNCACHED
        return folder

    def local_file(self, place: Place) -> str | None:
        """A file of a cached version on this machine; None where it is to be read from the lake."""
        version = self.resolve(place)
        inside = bool(place.inner) and ".." not in place.inner.split("/")
        folder = self.local(version) if inside else None
        self._tell(version)
        if folder is None:
            return None
        file = os.path.join(folder, *place.inner.split("/"))
        return file if os.path.isfile(file) else None

    def _tell(self, version: dict) -> None:
        ref = f"{version['dataset']}@v{version['version']}"
        tell_read(ref, held_in(version["dataset"], version["version"]))
        tell_use([ref], by="open")
        show_open(version)

    def forget(self) -> None:
        self._known.clear()
        self._uncached.clear()
