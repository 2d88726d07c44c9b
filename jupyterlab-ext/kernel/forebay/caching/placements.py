from ..daemon.client import call, pages, segment
from ..lake.refs import whole_version
from ..show.tables import Column, Table
from ..show.units import format_age, format_bytes
from . import jobs
from .parts import Globs, name_of, not_there, part_of, pick_part


def cache(
    ref: str,
    cache: str | None = None,
    wait: bool = True,
    *,
    include: Globs | None = None,
    exclude: Globs | None = None,
) -> Table:
    """Puts a version into a cache; the placement, as a table of one row. Raises ForebayError.

    `include` and `exclude` are globs of a part, as a .gitignore has them: "*.png" counts in any folder, "images/00*" from
    the top, a folder's name means all that is in it. Without `include` everything is meant that isn't excluded.
    With `wait=False` the fill goes on by itself; `forebay.status()` shows how far it is.
    Ctrl-C while waiting cancels the fill, unless others had asked for it before.
    """
    whole_version(ref)
    chosen = {} if cache is None else {"cache": cache}
    known = {placement["job"] for placement in pages("/api/v1/placements")}
    placement = call("POST", "/api/v1/placements", {"ref": str(ref), **chosen, **part_of(include, exclude)})
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


def uncache(
    ref: str, cache: str | None = None, *, include: Globs | None = None, exclude: Globs | None = None
) -> Table:
    """Clears a version from the caches (or the one named); what was cleared. Raises `not-cached`, `in-use`.

    `include` and `exclude` name the part that was cached with these globs, and all its others.
    """
    found = placements_of(ref, cache, part_of(include, exclude), "uncache")
    for placement in found:
        job = call("DELETE", f"/api/v1/placements/{segment(placement['id'])}")
        jobs.follow(job["id"])
    return placement_table([{**placement, "state": "cleared", "path": None, "expires": None} for placement in found])


def placements_of(ref: str, cache: str | None, part: dict[str, list[str]], command: str) -> list[dict]:
    """Where a version or a part of it is, on one cache or all. Raises `not-cached`, `bad-request`: see `pick_part`."""
    wanted = whole_version(ref)
    version = wanted.number
    if version is None:
        path = f"/api/v1/datasets/{segment(wanted.name)}/versions/{segment(wanted.selector)}"
        version = call("GET", path)["version"]
    held = [
        placement
        for placement in pages("/api/v1/placements", {"dataset": wanted.name})
        if placement["version"] == version and cache in (None, placement["cache"])
    ]
    found = pick_part(held, part, command)
    if not found:
        raise not_there(wanted.name, version, part, cache, held)
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
    Column("Version", name_of),
    Column("Cache", lambda row: row["cache"]),
    Column("State", lambda row: row["state"]),
    Column("Files", lambda row: f"{row['files']:,}", number=True),
    Column("Size", lambda row: format_bytes(row["bytes"]), number=True),
    Column("Ages out", _age_out),
    Column("Path", lambda row: row["path"] or ""),
]
