import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from ..errors import ForebayError

# What an argument names, for completion: a version, a path in one, a dataset, a tag, a cache, a folder on this machine,
# paths within a version.
Kind = Literal["version", "path", "dataset", "tag", "cache", "folder", "glob", "text"]


@dataclass(frozen=True)
class Argument:
    name: str
    kind: Kind
    needed: bool = True

    @property
    def written(self) -> str:
        return self.name if self.needed else f"[{self.name}]"


@dataclass(frozen=True)
class Option:
    """`flags` as they are written; `name` is the function's parameter. Without `value` it is a switch."""

    flags: tuple[str, ...]
    name: str
    value: str = ""
    kind: Kind = "text"
    type: Callable[[str], Any] = str
    #: It may be given more than once.
    many: bool = False

    @property
    def written(self) -> str:
        return f"[{' '.join(filter(None, [self.flags[0], self.value]))}]{'...' if self.many else ''}"


@dataclass(frozen=True)
class Command:
    """One `%forebay NAME ...`: the function that it is, and how it is written."""

    name: str
    function: Callable
    says: str
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = field(default=())

    @property
    def usage(self) -> str:
        words = [each.written for each in (*self.arguments, *self.options)]
        return " ".join(["%forebay", self.name, *words])

    def call(self, words: list[str]):
        """Raises `bad-request` for what it doesn't take."""
        given = vars(self._parser().parse_args(words))
        positional = [given.pop(str(at)) for at in range(len(self.arguments))]
        named = {name: value for name, value in given.items() if value is not None}
        return self.function(*[value for value in positional if value is not None], **named)

    def _parser(self) -> "Parser":
        parser = Parser(self.usage)
        for at, argument in enumerate(self.arguments):
            parser.add_argument(str(at), metavar=argument.name, nargs=None if argument.needed else "?")
        for option in self.options:
            if option.value:
                action = "append" if option.many else "store"
                parser.add_argument(*option.flags, dest=option.name, type=option.type, action=action)
            else:
                parser.add_argument(*option.flags, dest=option.name, action="store_const", const=True)
        return parser


class Parser(argparse.ArgumentParser):
    """Tells a mistake as every other error is told, instead of ending the process."""

    def __init__(self, usage: str):
        super().__init__(usage, add_help=False, allow_abbrev=False)
        self._written = usage

    def error(self, message: str):
        raise ForebayError(
            "bad-request", f"Write it like this: {self._written}", f"{message[:1].upper()}{message[1:]}."
        )
