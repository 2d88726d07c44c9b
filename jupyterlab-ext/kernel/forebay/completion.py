from .client import call, segment
from .errors import ForebayError

_MAGIC = "%forebay "


def complete(line: str, commands: list[str]) -> tuple[str, list[str]]:
    """(what is typed of a word, what it may become) at the end of a line with `%forebay ...` in it.

    A sub-command, a dataset, or after @ a version. Never starts the daemon; where none answers, nothing is offered.
    """
    before, magic, after = line.partition(_MAGIC)
    if not magic or (before.strip() and not before.rstrip().endswith("=")):
        return "", []
    *words, fragment = after.split(" ")
    if not words:
        return _starting(fragment, commands)
    if len(words) > 1 or words[0] not in commands or words[0] == "status":
        return fragment, []
    name, at, typed = fragment.partition("@")
    try:
        return _starting(typed, _versions(name)) if at else _starting(fragment, _datasets())
    except ForebayError:
        return fragment, []


def _starting(fragment: str, candidates: list[str]) -> tuple[str, list[str]]:
    return fragment, [candidate for candidate in candidates if candidate.startswith(fragment)]


def _datasets() -> list[str]:
    answer = call("GET", "/api/v1/datasets", query={"limit": 200}, start=False)
    return [dataset["name"] for dataset in answer["items"]]


def _versions(name: str) -> list[str]:
    path = f"/api/v1/datasets/{segment(name)}/versions"
    versions = call("GET", path, query={"limit": 200}, start=False)["items"]
    tags = [tag for version in versions for tag in version["tags"]]
    return [f"v{version['version']}" for version in versions] + ["latest", *tags]
