from collections.abc import Iterable, Iterator

from ..daemon.client import segment
from ..daemon.pool import get_items, get_json
from ..errors import ForebayError
from ..show.units import parse_time
from .errors import NotFound
from .paths import Place

_PAGE = 1000
_MOST_LINKS = 40  # followed for one path, as Linux does (path_resolution(7))


def address(version: dict, what: str) -> str:
    """Of the files, the content or an entry of a version."""
    return f"/api/v1/datasets/{segment(version['dataset'])}/versions/v{version['version']}/{what}"


def datasets() -> list[dict]:
    return [_folder(dataset["name"]) for dataset in get_items("/api/v1/datasets", {"limit": _PAGE})]


def folder(place: Place, version: dict) -> list[dict]:
    """What is in a folder that is there, as fsspec tells it."""
    try:
        return [info(place, entry) for entry in _entries(version, {"folder": place.inner})]
    except ForebayError as error:
        # So the daemon calls a folder that is there and empty, too.
        if error.code != "path-unknown":
            raise
        return []


def below(place: Place, version: dict) -> list[dict]:
    """Every file below a folder, by path."""
    query = {"folder": place.inner, "recursive": "true"}
    return [info(place, entry) for entry in _entries(version, query)]


def _entries(version: dict, query: dict) -> Iterator[dict]:
    return get_items(address(version, "files"), {**query, "limit": _PAGE})


def entry(place: Place, version: dict) -> dict:
    """What is at a path; links are followed. Raises NotFound."""
    found, linked = _follow(version, place.inner)
    shown = info(place, {**found, "path": place.inner})
    return {**shown, "islink": True, "destination": found["path"]} if linked else shown


def real_path(place: Place, version: dict) -> str:
    """Where a path ends after all links. Raises NotFound."""
    return _follow(version, place.inner)[0]["path"]


def info(place: Place, entry: dict) -> dict:
    """An entry of the daemon's as fsspec's callers know it; `sha256` where it is known, `mtime` in seconds."""
    name = place.path(entry["path"])
    if entry["kind"] == "folder":
        return {**_folder(name), **({"files": entry["files"]} if "files" in entry else {})}
    if entry["kind"] == "link":
        return {"name": name, "type": "link", "size": 0, "islink": True, "destination": entry["target"]}
    more = {key: entry[key] for key in ("sha256", "executable") if key in entry}
    if "mtime" in entry:
        more["mtime"] = parse_time(entry["mtime"]).timestamp()
    return {"name": name, "type": "file", "size": entry["size"], **more}


def _follow(version: dict, inner: str) -> tuple[dict, bool]:
    """The entry that is no link, and whether one led there."""
    path = inner
    for _ in range(_MOST_LINKS):
        found = _read(version, path)
        if found is None:
            link, rest = _link_above(version, path)
            path = _joined(link, link["target"], rest)
        elif found["kind"] == "link":
            path = _joined(found, found["target"], "")
        else:
            return found, path != inner
    raise NotFound("path-unknown", f"'{inner}' is a link that leads in a circle.")


def _read(version: dict, path: str) -> dict | None:
    if not path:
        return {"path": "", "kind": "folder", "size": 0}
    try:
        return get_json(address(version, "entry"), {"path": path})
    except ForebayError as error:
        if error.code != "path-unknown":
            raise
        return None


def _link_above(version: dict, path: str) -> tuple[dict, str]:
    """The nearest folder above that is a link, and what follows it."""
    parts = path.split("/")
    for count in range(len(parts) - 1, 0, -1):
        found = _read(version, "/".join(parts[:count]))
        if found is not None:
            if found["kind"] == "link":
                return found, "/".join(parts[count:])
            break
    raise NotFound("path-unknown", f"'{path}' isn't there in {version['dataset']}@v{version['version']}.")


def _joined(link: dict, target: str, rest: str) -> str:
    """A link's target within the version. Raises NotFound for one that leaves it."""
    parts = link["path"].split("/")[:-1]
    for part in target.split("/"):
        if part == ".." and not parts or target.startswith("/"):
            raise NotFound("path-unknown", f"'{link['path']}' is a link that leads out of the version.")
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join([*parts, *filter(None, [rest])])


def _folder(name: str) -> dict:
    return {"name": name, "type": "directory", "size": 0}


def folders_above(top: str, names: Iterable[str]) -> list[str]:
    """The folders between `top` and files, each once, in order."""
    found: set[str] = set()
    for name in names:
        parent = name.rpartition("/")[0]
        while len(parent) > len(top) and parent not in found:
            found.add(parent)
            parent = parent.rpartition("/")[0]
    return sorted(found)
