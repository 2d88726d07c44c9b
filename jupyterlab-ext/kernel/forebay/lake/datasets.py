from ..daemon.client import call, pages, segment
from ..show.tables import Column, Table
from ..show.units import format_age, format_bytes
from .refs import parse_ref


def ls(ref: str | None = None) -> Table:
    """The datasets with their newest version and what of them is cached; or, for REF[:PATH], the files there."""
    return _list_datasets() if ref is None else _list_files(ref)


def log(name: str) -> Table:
    """The versions of a dataset, newest first."""
    dataset = parse_ref(name).name
    rows = pages(f"/api/v1/datasets/{segment(dataset)}/versions")
    return Table(rows, _VERSION_COLUMNS, f"{dataset} has no version yet.")


def _list_datasets() -> Table:
    cached: dict[str, list[dict]] = {}
    for placement in pages("/api/v1/placements"):
        cached.setdefault(placement["dataset"], []).append(placement)
    rows = [{**dataset, "placements": cached.get(dataset["name"], [])} for dataset in pages("/api/v1/datasets")]
    return Table(rows, _DATASET_COLUMNS, "No datasets yet: 'forebay data init NAME' makes one of a folder.")


def _list_files(ref: str) -> Table:
    wanted = parse_ref(ref)
    version = f"/api/v1/datasets/{segment(wanted.name)}/versions/{segment(wanted.selector)}"
    rows = list(pages(f"{version}/files", {"folder": wanted.path.strip("/")}))
    if not rows:
        call("GET", version)
    return Table(rows, _FILE_COLUMNS, f"Nothing is in {ref}.")


def _cached(row: dict) -> str:
    states = []
    for placement in row["placements"]:
        state = "" if placement["state"] == "ready" else f" {placement['state']}"
        part = " (part)" if placement.get("selection") else ""
        states.append(f"v{placement['version']}{part}{state} on {placement['cache']}")
    return ", ".join(states) or "in the lake only"


def _latest(row: dict, show) -> str:
    return show(row["latest"]) if row["latest"] else ""


_DATASET_COLUMNS = [
    Column("Dataset", lambda row: row["name"]),
    Column("Newest", lambda row: _latest(row, lambda version: f"v{version['version']}")),
    Column("Files", lambda row: _latest(row, lambda version: f"{version['files']:,}"), number=True),
    Column("Size", lambda row: _latest(row, lambda version: format_bytes(version["bytes"])), number=True),
    Column("Age", lambda row: _latest(row, lambda version: format_age(version["time"])), number=True),
    Column("Cached", _cached),
]
_VERSION_COLUMNS = [
    Column("Version", lambda row: f"v{row['version']}"),
    Column("Tags", lambda row: ", ".join(row["tags"])),
    Column("Files", lambda row: f"{row['files']:,}", number=True),
    Column("Size", lambda row: format_bytes(row["bytes"]), number=True),
    Column("Age", lambda row: format_age(row["time"]), number=True),
    Column("Author", lambda row: row["author"]),
    Column("Message", lambda row: row["message"]),
]
_FILE_COLUMNS = [
    Column("Path", lambda row: row["path"] + ("/" if row["kind"] == "folder" else "")),
    Column("Files", lambda row: f"{row['files']:,}" if "files" in row else "", number=True),
    Column("Size", lambda row: format_bytes(row["size"]), number=True),
]
