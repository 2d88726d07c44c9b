from .client import call, segment
from .errors import ForebayError


def complete(event, commands: list[str]) -> list[str]:
    """What may stand at the cursor of `%forebay ...`: a sub-command, a dataset, or after @ a version.

    Never starts the daemon; where it doesn't answer, there is nothing to offer.
    """
    words = event.text_until_cursor.rpartition("%forebay")[2].split(" ")[1:]
    if len(words) <= 1:
        return commands
    if len(words) > 2 or words[0] == "status":
        return []
    name, at, _ = words[1].partition("@")
    try:
        return _versions(name) if at else _datasets()
    except ForebayError:
        return []


def _datasets() -> list[str]:
    return [dataset["name"] for dataset in call("GET", "/api/v1/datasets", query={"limit": 200}, start=False)["items"]]


def _versions(name: str) -> list[str]:
    path = f"/api/v1/datasets/{segment(name)}/versions"
    versions = call("GET", path, query={"limit": 200}, start=False)["items"]
    tags = [tag for version in versions for tag in version["tags"]]
    return [f"v{version['version']}" for version in versions] + ["latest", *tags]
