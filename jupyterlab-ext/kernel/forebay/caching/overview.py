import html

from ..daemon.client import call, pages
from ..show.progress import describe
from ..show.tables import Column, Table
from ..show.units import format_bytes
from .placements import placement_table


class Status(dict):
    """The daemon's status as a plain dict, with `placements`; shows as its tables."""

    def __repr__(self) -> str:
        parts = [self._headline(), repr(self._caches()), repr(placement_table(self["placements"]))]
        return "\n\n".join([*parts, *(describe(job) for job in self["jobs"])])

    def _repr_html_(self) -> str:
        jobs = "".join(f"<p>{html.escape(describe(job))}</p>" for job in self["jobs"])
        tables = self._caches()._repr_html_() + placement_table(self["placements"])._repr_html_()
        return f"<p>{html.escape(self._headline())}</p>{tables}{jobs}"

    def _headline(self) -> str:
        lake = self["lake"]
        if lake is None:
            return f"Forebay {self['version']}, no lake chosen yet, home {self['home']}"
        temporary = " (temporary)" if lake["temporary"] else ""
        return f"Forebay {self['version']}, lake {lake['url']}{temporary}, home {self['home']}"

    def _caches(self) -> Table:
        return Table(self["caches"], _COLUMNS, "No cache yet: the first one is made when it is needed.")


def status() -> Status:
    """The daemon, its lake, caches, what they hold, and the jobs that run."""
    return Status(call("GET", "/api/v1/status"), placements=list(pages("/api/v1/placements")))


_COLUMNS = [
    Column("Cache", lambda row: row["name"] + (" (temporary)" if row["temporary"] else "")),
    Column("Used", lambda row: format_bytes(row["used"]), number=True),
    Column("Being filled", lambda row: format_bytes(row["reserved"]), number=True),
    Column("Free", lambda row: format_bytes(row["free"]), number=True),
    Column("Capacity", lambda row: format_bytes(row["capacity"]), number=True),
    Column("Path", lambda row: row["path"]),
]
