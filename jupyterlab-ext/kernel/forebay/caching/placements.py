from ..daemon.client import call, pages, segment
from ..errors import ForebayError
from ..lake.refs import whole_version
from ..show.tables import Column, Table
from ..show.units import format_age, format_bytes
from . import jobs


def cache(ref: str, cache: str | None = None, wait: bool = True) -> Table:
    """Puts a whole version into a cache; the placement, as a table of one row. Raises ForebayError.

    With `wait=False` the fill goes on by itself; `forebay.status()` shows how far it is.
    Ctrl-C while waiting cancels the fill, unless others had asked for it before.
    """
    whole_version(ref)
    chosen = {} if cache is None else {"cache": cache}
    known = {placement["job"] for placement in pages("/api/v1/placements")}
    placement = call("POST", "/api/v1/placements", {"ref": str(ref), **chosen})
    job = placement["job"]
    if wait and job and placement["state"] != "ready":
        try:
            jobs.follow(job)
        except KeyboardInterrupt:
            if job not in known:
                jobs.cancel(job)
            raise
        placement = call("GET", f"/api/v1/placements/{segment(placement['id'])}")
    return placement_table([placement])


def uncache(ref: str, cache: str | None = None) -> Table:
    """Clears a version from the caches (or the one named); what was cleared. Raises `not-cached`, `in-use`."""
    found = cached_versions(ref, cache)
    for placement in found:
        job = call("DELETE", f"/api/v1/placements/{segment(placement['id'])}")
        jobs.follow(job["id"])
    return placement_table([{**placement, "state": "cleared", "path": None, "expires": None} for placement in found])


def cached_versions(ref: str, cache: str | None) -> list[dict]:
    """The placements of a whole version, on one cache or all. Raises `not-cached` where there is none."""
    wanted = whole_version(ref)
    version = wanted.number
    if version is None:
        path = f"/api/v1/datasets/{segment(wanted.name)}/versions/{segment(wanted.selector)}"
        version = call("GET", path)["version"]
    found = [
        placement
        for placement in pages("/api/v1/placements", {"dataset": wanted.name})
        if placement["version"] == version and not placement.get("selection") and cache in (None, placement["cache"])
    ]
    if not found:
        where = "" if cache is None else f" on {cache}"
        raise ForebayError("not-cached", f"{wanted.name}@v{version} isn't cached{where}.")
    return found


def placement_table(placements: list[dict]) -> Table:
    return Table(placements, _COLUMNS, "Nothing is cached.")


def _age_out(row: dict) -> str:
    if row["leases"]:
        return "in use"
    if row["pinned"]:
        return "pinned"
    return f"in {format_age(row['expires'])}" if row["expires"] else ""


_COLUMNS = [
    Column("Version", lambda row: f"{row['dataset']}@v{row['version']}{' (part)' if row.get('selection') else ''}"),
    Column("Cache", lambda row: row["cache"]),
    Column("State", lambda row: row["state"]),
    Column("Files", lambda row: f"{row['files']:,}", number=True),
    Column("Size", lambda row: format_bytes(row["bytes"]), number=True),
    Column("Ages out", _age_out),
    Column("Path", lambda row: row["path"] or ""),
]
