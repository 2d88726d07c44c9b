from ..daemon.client import call, segment
from ..errors import ForebayError
from ..show.facts import Facts
from .describe import describe, read_version
from .refs import parse_ref, whole_version


def tag(ref: str, name: str) -> Facts:
    """Puts the tag `name` on a version, taking it from whichever had it; the version. Raises `bad-name`."""
    wanted = whole_version(ref)
    number = read_version(wanted)["version"]
    call("PUT", _address(wanted.name, name), {"version": number})
    return describe(f"{wanted.name}@v{number}")


def untag(ref: str, name: str | None = None) -> None:
    """Takes a tag away: untag("digits", "raw") or untag("digits@raw"); the version stays."""
    wanted = parse_ref(ref)
    if name is None and "@" not in str(ref):
        raise ForebayError(
            "bad-request", "Name the tag that is to go.", f"Write '{ref}@TAG'; %forebay versions {ref} lists them."
        )
    call("DELETE", _address(wanted.name, name or wanted.selector))


def _address(dataset: str, tag: str) -> str:
    return f"/api/v1/datasets/{segment(dataset)}/tags/{segment(tag)}"
