import os
import socket
import threading
from pathlib import Path

from ..caching import jobs
from ..caching.parts import Globs, part_of
from ..daemon.client import call, segment
from ..errors import ForebayError
from ..lake.describe import read_version
from ..lake.refs import Ref, whole_version
from ..notebook.uses import tell_use
from ..recording.inputs import tell_read
from .hold import Hold, holder
from .shown import show_mount

_mounted: list[Hold] = []
_changing = threading.Lock()


def mount(
    ref: str, cache: str | None = None, *, include: Globs | None = None, exclude: Globs | None = None
) -> Path:
    """The folder of a version, cached if need be, and kept in the cache until this process ends or unmounts it.

    `ref` is NAME, NAME@v3, NAME@TAG or NAME@latest; `cache` names a cache, else the nearest is taken. `include` and
    `exclude` are globs ("images/**", or several) of a part: no more is fetched; where the whole is cached, it is taken.
    Files are read-only. Ctrl-C while it is being filled cancels the fill. In a notebook it shows what it mounted, and
    whether there is a newer version; a script prints nothing. Raises ForebayError.
    """
    wanted = whole_version(ref)
    part = part_of(include, exclude)
    # The daemon knows which part is the same as another, and where a version is cached whole.
    held = None if part else _find(wanted.name, wanted.number, cache)
    if held:
        return _mounted_as(held)
    lease = call("POST", "/api/v1/leases", {**_request(ref, cache), **part})
    hold = Hold(lease)
    try:
        if hold.path is None:
            hold.path = _wait_until_ready(lease)
        if not os.path.isdir(hold.path):
            raise _out_of_sight(lease, hold.path)
    except BaseException:
        hold.release()
        raise
    return _mounted_as(_keep(hold))


def hold_ready(name: str, number: int, cache: str) -> Path | None:
    """As `mount` for what is ready in a cache; None where it has left it meanwhile."""
    held = _find(name, number, None)
    if held:
        return Path(held.path)
    lease = call("POST", "/api/v1/leases", _request(f"{name}@v{number}", cache))
    hold = Hold(lease)
    if hold.path is None:
        hold.release()
        if lease["job"]:
            _cancel_own(lease, lease["job"])
        return None
    return Path(_keep(hold).path)


def held_in(name: str, number: int) -> str | None:
    """The cache in which this process holds a version already."""
    held = _find(name, number, None)
    return held.lease["cache"] if held else None


def held_folder(name: str, number: int) -> Path | None:
    """Where this process has a version mounted already."""
    held = _find(name, number, None)
    return Path(held.path) if held else None


def unmount(target: str | os.PathLike | None = None) -> list[str]:
    """Gives back what this process mounted: a reference, a path that `mount` returned, or everything.

    The files stay in the cache until it clears them. Returns what was given back, as 'NAME@vN'.
    """
    holds = [hold for hold in list(_mounted) if target is None or _is_meant(hold, target)]
    if target is not None and not holds:
        raise ForebayError("lease-unknown", f"{os.fspath(target)} isn't mounted in this process.", _mounted_hint())
    for hold in holds:
        with _changing:
            _mounted.remove(hold)
        hold.release()
    return [_name(hold) for hold in holds]


def mounted_versions() -> list[tuple[str, int, str]]:
    """What this process has mounted: dataset, version number, cache."""
    leases = [hold.lease for hold in _mounted if hold.alive]
    return [(lease["dataset"], lease["version"], lease["cache"]) for lease in leases]


def _mounted_as(hold: Hold) -> Path:
    tell_use([_name(hold)], by="mount")
    tell_read(_name(hold), hold.lease["cache"])
    show_mount(hold.lease, hold.path)
    return Path(hold.path)


def _request(ref: str, cache: str | None) -> dict:
    chosen = {} if cache is None else {"cache": cache}
    return {"ref": str(ref), "holder": holder(), **chosen}


def _wait_until_ready(lease: dict) -> str:
    """Follows the fill, whichever job does it now; the folder's path."""
    job_id = lease["job"]
    try:
        while True:
            failure = None
            try:
                if job_id:
                    jobs.follow(job_id)
            except ForebayError as error:
                failure = error
            placement = call("GET", f"/api/v1/placements/{segment(lease['placement'])}")
            if placement["state"] == "ready":
                return placement["path"]
            if placement["job"] in (None, job_id):
                raise failure or _not_ready(lease)
            job_id = placement["job"]
    except KeyboardInterrupt:
        _cancel_own(lease, job_id)
        raise


def _cancel_own(lease: dict, job_id: str) -> None:
    """Stops the fill that this mount began; one that others began before goes on."""
    job = call("GET", f"/api/v1/jobs/{segment(job_id)}")
    if job["created"] >= lease["since"] and not jobs.has_ended(job):
        jobs.cancel(job_id)


def _not_ready(lease: dict) -> ForebayError:
    name = f"{lease['dataset']}@v{lease['version']}"
    return ForebayError("not-cached", f"{name} left the cache while it was being mounted.", "Mount it again.")


def _out_of_sight(lease: dict, path: str) -> ForebayError:
    """The daemon's files aren't this process's, as in a container."""
    name = f"{lease['dataset']}@v{lease['version']}"
    return ForebayError(
        "bad-path",
        f"{name} is cached at {path}, which can't be seen from {socket.gethostname()}.",
        f"In a container, mount the cache's folder at the same path. Single files are read without it: forebay://{name}/...",
    )


def _keep(hold: Hold) -> Hold:
    """Remembers a hold; where this process holds the same version already, gives the new one back."""
    lease = hold.lease
    with _changing:
        same = _find(lease["dataset"], lease["version"], lease["cache"], lease["selection"])
        if same is None:
            _mounted.append(hold)
            return hold
    hold.release()
    return same


def _find(name: str, version: int | None, cache: str | None, selection: dict | None = None) -> Hold | None:
    """Of the whole version, or of the same part of it."""
    for hold in _mounted:
        lease = hold.lease
        found = (lease["dataset"], lease["version"], lease["selection"])
        if not hold.alive or found != (name, version, selection):
            continue
        if cache in (None, lease["cache"]) and os.path.isdir(hold.path):
            return hold
    return None


def _is_meant(hold: Hold, target: str | os.PathLike) -> bool:
    text = os.fspath(target)
    if os.path.isabs(text):
        return os.path.normpath(text) == os.path.normpath(hold.path)
    ref: Ref = whole_version(text)
    if ref.name != hold.lease["dataset"]:
        return False
    return "@" not in text or _number(ref) == hold.lease["version"]


def _number(ref: Ref) -> int:
    if ref.number is not None:
        return ref.number
    return read_version(ref)["version"]


def _name(hold: Hold) -> str:
    return f"{hold.lease['dataset']}@v{hold.lease['version']}"


def _mounted_hint() -> str:
    names = ", ".join(_name(hold) for hold in _mounted)
    return f"Mounted are: {names}." if names else "Nothing is mounted."


def _forget_after_fork() -> None:
    """A forked child owns none of its parent's leases, nor the thread that keeps them."""
    global _changing
    _changing = threading.Lock()
    _mounted.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
