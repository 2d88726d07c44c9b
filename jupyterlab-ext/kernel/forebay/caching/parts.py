"""A part of a version, by globs: as the command line and the daemon name it."""

import re
import shlex
from collections.abc import Iterable

from ..errors import ForebayError

Globs = str | Iterable[str]

_NOTHING: dict[str, list[str]] = {"include": [], "exclude": []}


def part_of(include: Globs | None, exclude: Globs | None) -> dict[str, list[str]]:
    """What a request says of a part; nothing where the whole version is meant."""
    given = (("include", _globs(include)), ("exclude", _globs(exclude)))
    return {key: globs for key, globs in given if globs}


def describe_part(part: dict) -> str:
    """For people: 'images/**, *.txt without *.tmp'."""
    left_out = f" without {', '.join(part['exclude'])}" if part["exclude"] else ""
    return f"{', '.join(part['include']) or 'all'}{left_out}"


def name_of(placement: dict) -> str:
    """'digits@v2', or 'digits@v2 (part: images/**)'."""
    part = placement.get("selection")
    return f"{placement['dataset']}@v{placement['version']}{f' (part: {describe_part(part)})' if part else ''}"


def pick_part(held: list[dict], part: dict[str, list[str]], command: str) -> list[dict]:
    """Which placements of one version are meant: with globs exactly that part, without the whole or its only part.

    Raises `bad-request` where several parts could be meant; `command` is what was written: 'uncache'.
    """
    exact = [each for each in held if _key(each.get("selection")) == _key(part)]
    if exact or part:
        return exact
    distinct = {_key(each["selection"]): each for each in held}
    if len(distinct) < 2:
        return held
    ref = f"{held[0]['dataset']}@v{held[0]['version']}"
    lines = [f"%forebay {command} {ref} {_options(each['selection'])}" for each in distinct.values()]
    raise ForebayError(
        "bad-request", f"{len(distinct)} parts of {ref} are there, and not the whole: say which.", "\n".join(lines)
    )


def not_there(name: str, version: int, part: dict[str, list[str]], cache: str | None, held: list[dict]) -> ForebayError:
    """What to say of a part, or a whole, that is on no cache or not on the one named."""
    wanted = name_of({"dataset": name, "version": version, "selection": part and {**_NOTHING, **part}})
    where = "" if cache is None else f" on {cache}"
    there = "; ".join(f"{_options(each['selection'])} on {each['cache']}" for each in held)
    return ForebayError("not-cached", f"{wanted} isn't cached{where}.", there and f"What is there of it: {there}.")


def _options(part: dict | None) -> str:
    """As they are written after a command."""
    if part is None:
        return "all"
    return " ".join(f"--{key} {shlex.quote(glob)}" for key in ("include", "exclude") for glob in part[key])


def _globs(given: Globs | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())


def _key(part: dict | None) -> tuple:
    """Equal where parts are: the daemon sorts globs, and writes none twice, nor what says nothing."""
    return tuple(frozenset(map(_plain, (part or {}).get(key, ()))) for key in ("include", "exclude"))


def _plain(glob: str) -> str:
    return re.sub(r"/{2,}", "/", re.sub(r"^(\./+)+", "", glob))
