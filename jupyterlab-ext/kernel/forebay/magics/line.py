import os
import shlex

from ..errors import ForebayError
from .usage import find, help_on

_HELP = ("help", "-h", "--help")


def run(line: str):
    """What a line after `%forebay` gives. Raises ForebayError."""
    name, *arguments = words(line) or ["help"]
    if name in _HELP:
        print(help_on(arguments))
        return None
    command = find(name)
    if any(word in _HELP[1:] for word in arguments):
        print(help_on([name]))
        return None
    return command.call(arguments)


def words(line: str) -> list[str]:
    """As a shell splits them; a backslash is part of a path on Windows. Raises `bad-request`."""
    try:
        return shlex.split(line.replace("\\", "\\\\") if os.name == "nt" else line)
    except ValueError as error:
        raise ForebayError("bad-request", f"This line can't be read: {error}.", "Close the quotes.") from None
