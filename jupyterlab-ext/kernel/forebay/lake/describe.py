from ..daemon.client import call, pages, segment
from ..show.facts import Facts
from ..show.tables import Column, Table
from ..show.units import format_age, format_bytes, format_count
from .refs import Ref, parse_ref, whole_version


def describe(ref: str, *, about: str | None = None, label: str = "", unlabel: str = "") -> "Facts":
    """One version, or the newest of a dataset: sizes, author, message, tags, and where it is cached.

    `about` says what the dataset is, `label` gives it a label and `unlabel` takes one away, before it is told.
    A dict {dataset, version, digest, files, bytes, time, author, message, tags, parents, added, changed, removed,
    description, labels, newest, placements}; `bytes` in bytes, `time` as RFC 3339. Raises `dataset-unknown`,
    `version-unknown`.
    """
    wanted = whole_version(ref)
    version = read_version(wanted)
    address = f"/api/v1/datasets/{segment(wanted.name)}"
    dataset = call("GET", address)
    change = _change(dataset["labels"], about, label, unlabel)
    if change:
        dataset = call("PATCH", address, change)
    held = [each for each in pages("/api/v1/placements", {"dataset": wanted.name}) if _is_of(each, version)]
    newest = dataset["latest"]["version"]
    found = {**version, "description": dataset["description"], "labels": dataset["labels"], "newest": newest, "placements": held}
    return Facts(found, f"{version['dataset']}@v{version['version']}", _lines(found))


def read_version(ref: Ref) -> dict:
    """As the daemon tells it. Raises `dataset-unknown`, `version-unknown`."""
    return call("GET", f"/api/v1/datasets/{segment(ref.name)}/versions/{segment(ref.selector)}")


def files(ref: str, search: str = "", most: int = 1000) -> Table:
    """Files of a version in all its folders, by path: at most `most`, of REF[:FOLDER], whose path contains `search`.

    Each a dict {path, kind, size, sha256, mtime, ...}; `size` in bytes. Raises `dataset-unknown`, `version-unknown`.
    """
    wanted = parse_ref(ref)
    version = read_version(wanted)
    address = f"/api/v1/datasets/{segment(wanted.name)}/versions/v{version['version']}/files"
    query = {"folder": wanted.path.strip("/"), "recursive": "true", **({"search": search} if search else {})}
    rows: list[dict] = []
    for entry in pages(address, {**query, "limit": min(1000, most + 1)}):
        if len(rows) == most:
            note = f"There are more: ask for a folder, or forebay.files('{ref}', most={most * 10:_})"
            return Table(rows, _FILES, "", note=f"{note}.")
        rows.append(entry)
    return Table(rows, _FILES, f"No file of {ref} {'contains ' + repr(search) if search else 'is there'}.")


def _change(labels: list[str], about: str | None, label: str, unlabel: str) -> dict:
    """Nothing but what was asked for."""
    kept = [each for each in labels if each not in (label, unlabel)] + [label] * bool(label)
    return {**({} if about is None else {"description": about}), **({"labels": kept} if label or unlabel else {})}


def _is_of(placement: dict, version: dict) -> bool:
    return (placement["version"], placement["digest"]) == (version["version"], version["digest"])


def _lines(found: dict) -> list[tuple[str, str]]:
    changes = [(found["added"], "added"), (found["changed"], "changed"), (found["removed"], "removed")]
    newer = "" if found["newest"] == found["version"] else f"v{found['newest']} is newer"
    where = ", ".join(f"{each['state']} on {each['cache']}" for each in found["placements"]) or "in the lake only"
    lines = [
        ("About", found["description"]),
        ("Labels", ", ".join(found["labels"])),
        ("Message", found["message"]),
        ("Made", f"{format_age(found['time'])} ago by {found['author']}"),
        ("Size", f"{format_count(found['files'], 'file')}, {format_bytes(found['bytes'])}"),
        ("Changes", ", ".join(f"{count:,} {what}" for count, what in changes if count)),
        ("Tags", ", ".join(found["tags"])),
        ("Cached", where),
        ("Newest", newer),
        ("Digest", found["digest"]),
    ]
    return [(name, text) for name, text in lines if text]


_FILES = [
    Column("Path", lambda row: row["path"]),
    Column("Size", lambda row: format_bytes(row["size"]), number=True),
    Column("Changed", lambda row: f"{format_age(row['mtime'])} ago" if "mtime" in row else "", number=True),
]
