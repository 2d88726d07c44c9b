import os

from ..magics.commands import COMMANDS
from . import known
from .cursor import Typed


def complete(typed: Typed) -> tuple[str, list[str]]:
    """(the end of what is typed that is replaced, what may stand there), the likeliest first."""
    text = typed.text
    match typed.kind:
        case "command":
            return _starting(text, [*COMMANDS, "help"])
        case "dataset":
            return _starting(text, known.datasets(text))
        case "version":
            return _version(text, typed.before)
        case "path":
            return _path(text, ":")
        case "address":
            return _path(text, "/")
        case "tag":
            return _starting(text, _tags(typed.before[0]) if typed.before else [])
        case "cache":
            return _starting(text, known.caches())
        case "folder":
            return _folder(text)
        case "glob":
            return _inside(typed.before[0], text.lstrip("'\"")) if typed.before else (text, [])
    return text, []


def _version(text: str, before: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    name, at, selector = text.partition("@")
    if at:
        return _starting(selector, _selectors(name))
    # The second of a diff is of the same dataset.
    same = [each for each in (before[0].partition("@")[0],) if each.startswith(text)] if before else []
    return text, list(dict.fromkeys([*same, *known.datasets(text)]))


def _path(text: str, separator: str) -> tuple[str, list[str]]:
    """Inside NAME@SEL, after ':' or '/', a path; before that the version."""
    ref, found, path = text.partition(separator)
    if not found:
        return _version(text)
    return _inside(ref, path)


def _inside(ref: str, path: str) -> tuple[str, list[str]]:
    """Files and folders of a version."""
    name, _, selector = ref.partition("@")
    folder, _, typed = path.rpartition("/")
    entries = known.folder(name, selector or "latest", folder)
    names = [f"{each['path'].rpartition('/')[2]}{'/' if each['kind'] == 'folder' else ''}" for each in entries]
    return _starting(typed, names)


def _selectors(name: str) -> list[str]:
    versions = known.versions(name)
    return [*(f"v{each['version']}" for each in versions), *(["latest"] if versions else []), *_tags(name)]


def _tags(ref: str) -> list[str]:
    return [tag for version in known.versions(ref.partition("@")[0]) for tag in version["tags"]]


def _folder(text: str) -> tuple[str, list[str]]:
    """Folders on this machine."""
    above, _, typed = text.rpartition("/")
    try:
        entries = sorted(
            os.scandir(os.path.expanduser(above or ("/" if text.startswith("/") else "."))), key=lambda e: e.name
        )
    except OSError:
        return typed, []
    names = [f"{entry.name}/" for entry in entries if entry.is_dir() and (typed or not entry.name.startswith("."))]
    return _starting(typed, names)


def _starting(fragment: str, candidates: list[str]) -> tuple[str, list[str]]:
    return fragment, [candidate for candidate in candidates if candidate.startswith(fragment)]
