"""What is being typed, from the text before the cursor alone."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ..magics.command import Command, Kind
from ..magics.commands import COMMANDS

_MAGIC = re.compile(r"^(?:\s*|.*=\s*)%(%?)forebay\s+(.*)$")
_ADDRESS = re.compile(r"""["'](?:[\w+]+::)*forebay://([^"'\n]*)$""")
_CALL = r"""(?<![\w.])(?:%s)\.(\w+)\(((?:[^()"']|"[^"]*"|'[^']*')*)(?<!\w)[rf]?(["'])([^"']*)$"""

# Functions that no command stands for.
_FUNCTIONS: dict[str, tuple[Kind, ...]] = {"open": ("path",), "run": ("text",)}
_KEYWORDS: dict[str, Kind] = {
    **{"ref": "version", "data": "version", "cache": "cache", "dataset": "dataset"},
    **{"include": "glob", "exclude": "glob"},
}


@dataclass(frozen=True)
class Typed:
    """A word that is typed: what it names (an address is NAME@SEL/PATH), what there is of it, and the words before."""

    kind: Kind | Literal["command", "address"]
    text: str
    before: tuple[str, ...] = ()


def typed(line: str, names: Collection[str] = ("forebay",)) -> Typed | None:
    """`line` is the text before the cursor; `names` are what the module is called there. None: nothing of ours."""
    last = line.rpartition("\n")[2]
    address = _ADDRESS.search(last)
    if address:
        return Typed("address", address[1])
    magic = _MAGIC.match(last)
    if magic:
        return _in_cell(magic[2]) if magic[1] else _in_line(magic[2])
    call = re.search(_CALL % "|".join(map(re.escape, names)), line) if names else None
    return _in_call(call[1], call[2], call[4]) if call else None


def _in_line(text: str) -> Typed | None:
    *words, fragment = re.split(r"\s+", text)
    if not words:
        return Typed("command", fragment)
    if words == ["help"]:
        return Typed("command", fragment)
    command = COMMANDS.get(words[0])
    if command is None or fragment.startswith("-"):
        return None
    given = words[1:]
    flagged = next((option for option in command.options if given and given[-1] in option.flags), None)
    plain = _plain(command, given)
    if flagged and flagged.value:
        return Typed(flagged.kind, fragment, plain)
    return _of(command, plain, fragment)


def _in_cell(text: str) -> Typed | None:
    *words, fragment = re.split(r"\s+", text)
    if not words:
        return Typed("command", fragment)
    return Typed("version", fragment) if words[-1] == "--data" else None


def _in_call(function: str, before: str, fragment: str) -> Typed | None:
    keyword = re.search(r"(\w+)\s*=\s*[\[(]?(?:\s*(?:\"[^\"]*\"|'[^']*')\s*,)*\s*$", before)
    given = re.findall(r"\"([^\"]*)\"|'([^']*)'", before)
    plain = tuple("".join(each) for each in given)
    if keyword:
        kind = _KEYWORDS.get(keyword[1])
        return Typed(kind, fragment, plain) if kind else None
    if function in _FUNCTIONS:
        kinds = _FUNCTIONS[function]
        return Typed("address" if kinds[0] == "path" else kinds[0], fragment) if len(plain) < len(kinds) else None
    command = COMMANDS.get(function)
    return _of(command, plain, fragment) if command else None


def _of(command: Command, plain: tuple[str, ...], fragment: str) -> Typed | None:
    if len(plain) >= len(command.arguments):
        return None
    return Typed(command.arguments[len(plain)].kind, fragment, plain)


def _plain(command: Command, words: list[str]) -> tuple[str, ...]:
    """Words that are no options, nor their values."""
    plain, skip = [], False
    for word in words:
        option = next((each for each in command.options if word in each.flags), None)
        if option is None and not skip:
            plain.append(word)
        skip = option is not None and bool(option.value)
    return tuple(plain)
