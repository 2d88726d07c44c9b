from ..caching.jobs import complete
from ..caching.parts import Globs, name_of, part_of
from ..caching.placements import placements_of
from ..daemon.client import call, segment
from ..errors import ForebayError
from ..show.facts import Facts
from ..show.units import format_bytes, format_count

_SHOWN = 10


def verify(
    ref: str, cache: str | None = None, *, include: Globs | None = None, exclude: Globs | None = None
) -> Facts:
    """Reads every byte of a version in the lake, or of its copy on a cache, again; Ctrl-C cancels it. Of a cache's copies
    of parts, globs say which.

    {ok, files, bytes, problems: [{path, problem}]}, `bytes` in bytes. Raises `version-unknown`, `not-cached`, `bad-request`.
    """
    part = part_of(include, exclude)
    if cache is None:
        if part:
            raise ForebayError("bad-request", "In the lake a version is verified whole.", "Name a cache to verify a part.")
        what = str(ref)
        job = call("POST", "/api/v1/verifications", {"ref": str(ref)})
    else:
        [placement] = placements_of(ref, cache, part, "verify")
        what = f"{name_of(placement)} on {cache}"
        job = call("POST", f"/api/v1/placements/{segment(placement['id'])}/verify")
    found = complete(job["id"])["result"]
    problems = [(each["path"], each["problem"]) for each in found["problems"][:_SHOWN]]
    left = len(found["problems"]) - len(problems)
    lines = [
        ("Read", f"{format_count(found['files'], 'file')}, {format_bytes(found['bytes'])}"),
        ("Found", "every byte is as it was synced" if found["ok"] else format_count(len(found["problems"]), "problem")),
        *problems,
        *([("", f"and {left:,} more")] if left else []),
    ]
    return Facts(found, what, lines)
