from ..daemon.client import call, segment
from ..show.tables import Table
from .parts import Globs, part_of
from .placements import placement_table, placements_of


def pin(ref: str, cache: str | None = None, *, include: Globs | None = None, exclude: Globs | None = None) -> Table:
    """Keeps a cached version in the caches (or the one named) until it is unpinned. Raises `not-cached`.

    `include` and `exclude` name the part that was cached with these globs, and all its others.
    """
    return _set("PUT", placements_of(ref, cache, part_of(include, exclude), "pin"))


def unpin(ref: str, cache: str | None = None, *, include: Globs | None = None, exclude: Globs | None = None) -> Table:
    """Lets a version, or a part that is named as by `pin`, age out and make room again. Raises `not-cached`."""
    return _set("DELETE", placements_of(ref, cache, part_of(include, exclude), "unpin"))


def _set(method: str, found: list[dict]) -> Table:
    return placement_table([call(method, f"/api/v1/placements/{segment(each['id'])}/pin") for each in found])
