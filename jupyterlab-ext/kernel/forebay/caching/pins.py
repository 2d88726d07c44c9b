from ..daemon.client import call, segment
from ..show.tables import Table
from .placements import cached_versions, placement_table


def pin(ref: str, cache: str | None = None) -> Table:
    """Keeps a cached version in the caches (or the one named) until it is unpinned. Raises `not-cached`."""
    return _set("PUT", ref, cache)


def unpin(ref: str, cache: str | None = None) -> Table:
    """Lets a version age out and make room again. Raises `not-cached`."""
    return _set("DELETE", ref, cache)


def _set(method: str, ref: str, cache: str | None) -> Table:
    found = cached_versions(ref, cache)
    return placement_table([call(method, f"/api/v1/placements/{segment(each['id'])}/pin") for each in found])
