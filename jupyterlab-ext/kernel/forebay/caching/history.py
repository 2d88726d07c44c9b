from itertools import islice

from ..daemon.client import pages
from ..show.tables import Column, Table
from ..show.units import format_age, format_bytes, format_duration
from .parts import name_of


def history(cache: str | None = None, last: int = 50) -> Table:
    """What was filled and cleared, when and why, newest first: on one cache, or all.

    Each a dict {time, kind, outcome, reason, cache, dataset, version, bytes, moved, seconds, problem, ...}; sizes in
    bytes, `time` as RFC 3339.
    """
    query = {"limit": min(1000, last), **({"cache": cache} if cache else {})}
    return Table(list(islice(pages("/api/v1/history", query), last)), _COLUMNS, "Nothing was cached or cleared yet.")


def _what(row: dict) -> str:
    if row["outcome"] == "done":
        return "filled" if row["kind"] == "fill" else "cleared"
    return f"{row['kind']} {row['outcome']}"


def _took(row: dict) -> str:
    seconds = row["seconds"]
    if seconds is None:
        return ""
    return f"{round(seconds * 1000)} ms" if seconds < 1 else format_duration(seconds)


_COLUMNS = [
    Column("Ago", lambda row: format_age(row["time"]), number=True),
    Column("What", _what),
    Column("Version", name_of),
    Column("Cache", lambda row: row["cache"]),
    Column("Moved", lambda row: format_bytes(row["moved"]), number=True),
    Column("Took", _took, number=True),
    Column("Why", lambda row: row["problem"] or row["reason"]),
]
