import argparse
import shlex

from IPython.core.completer import SimpleCompletion
from IPython.core.magic import Magics, line_cell_magic, magics_class

from .completion import complete
from .datasets import log, ls
from .errors import ForebayError
from .mounts import mount, unmount
from .overview import status
from .placements import cache, uncache
from .runs import run as record

USAGE = """%forebay ls [REF[:PATH]]         datasets, or the files of a version
%forebay log NAME                versions of a dataset
%forebay cache REF [CACHE]       put a version into a cache
%forebay uncache REF [CACHE]     clear it again
%forebay mount REF [CACHE]       its folder, cached if need be and kept until this kernel ends
%forebay unmount [REF|PATH]      give it back
%forebay status                  the daemon, caches and jobs
%%forebay run [NAME] [--experiment E] [--data REF]...   records the cell

REF is NAME, NAME@v3, NAME@TAG or NAME@latest; x = %forebay mount REF keeps the path."""

# name -> (function, fewest and most arguments)
COMMANDS = {
    "ls": (ls, 0, 1),
    "log": (log, 1, 1),
    "cache": (cache, 1, 2),
    "uncache": (uncache, 1, 2),
    "mount": (mount, 1, 2),
    "unmount": (unmount, 0, 1),
    "status": (status, 0, 0),
}


class MagicError(ForebayError):
    """Shows its sentences instead of a traceback, and still stops a run of many cells."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class CellFailed(Exception):
    """A recorded cell has failed, and said so already."""

    def _render_traceback_(self) -> list[str]:
        return []


@magics_class
class ForebayMagics(Magics):
    @line_cell_magic
    def forebay(self, line: str, cell: str | None = None):
        """Datasets of the Forebay lake; `%forebay` alone says how."""
        try:
            return run(line) if cell is None else self._record(line, cell)
        except ForebayError as error:
            raise MagicError(error.code, error.message, error.hint) from None
        except KeyboardInterrupt:
            raise MagicError("cancelled", "Cancelled.") from None

    def _record(self, line: str, cell: str) -> None:
        command, *arguments = _words(line) or [""]
        if command != "run":
            raise ForebayError("bad-request", "A cell is recorded by %%forebay run.", USAGE)
        options = _RunOptions().parse_args(arguments)
        with record(options.name, experiment=options.experiment, data=options.data):
            # It shows its failure itself.
            if not self.shell.run_cell(cell).success:
                raise CellFailed


class _RunOptions(argparse.ArgumentParser):
    """What follows `%%forebay run`; a mistake is told as every other."""

    def __init__(self):
        super().__init__("%%forebay run", add_help=False)
        self.add_argument("name", nargs="?")
        self.add_argument("--experiment")
        self.add_argument("--data", action="append", default=[])

    def error(self, message: str):
        raise ForebayError("bad-request", f"%%forebay run: {message}.", USAGE)


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise ForebayError("bad-request", f"This line can't be read: {error}.") from None


def run(line: str):
    words = _words(line)
    if not words or words[0] in ("help", "-h", "--help"):
        print(USAGE)
        return None
    name, *arguments = words
    if name not in COMMANDS:
        raise ForebayError("bad-request", f"There is no %forebay {name}.", USAGE)
    function, fewest, most = COMMANDS[name]
    if not fewest <= len(arguments) <= most:
        usage = next(line for line in USAGE.splitlines() if line.startswith(f"%forebay {name}"))
        raise ForebayError("bad-request", f"Write it like this: {usage}")
    return function(*arguments)


def register(shell) -> None:
    shell.register_magics(ForebayMagics)
    if not any(getattr(matcher, "matcher_identifier", "") == "forebay" for matcher in shell.Completer.custom_matchers):
        shell.Completer.custom_matchers.append(match)


def match(context):
    """A matcher of IPython's second kind, which keeps Python's own names out of the list."""
    fragment, candidates = complete(context.text_until_cursor, list(COMMANDS))
    completions = [SimpleCompletion(text=candidate, type="forebay") for candidate in candidates]
    return {"completions": completions, "matched_fragment": fragment, "suppress": bool(completions), "ordered": True}


match.matcher_api_version = 2
match.matcher_identifier = "forebay"
match.matcher_priority = 1000
