from ..errors import ForebayError
from ..recording.runs import run as record
from .command import Parser
from .line import words
from .usage import CELL_USAGE, usage


class _Told:
    """Has been shown already."""

    def _render_traceback_(self) -> list[str]:
        return []


class CellFailed(_Told, Exception):
    """A recorded cell has failed."""


class CellInterrupted(_Told, KeyboardInterrupt):
    """Somebody stopped a recorded cell."""


def record_cell(shell, line: str, cell: str) -> None:
    """Runs a cell as a run. Raises CellFailed, CellInterrupted, and ForebayError where it can't be recorded."""
    command, *arguments = words(line) or [""]
    if command != "run":
        raise ForebayError("bad-request", "A cell is recorded by %%forebay run.", usage())
    options = _options().parse_args(arguments)
    with record(" ".join(options.name) or None, experiment=options.experiment, data=options.data):
        done = shell.run_cell(cell)
        # It shows its failure itself.
        if not done.success:
            raise CellInterrupted if isinstance(done.error_in_exec, KeyboardInterrupt) else CellFailed


def _options():
    parser = Parser(CELL_USAGE)
    parser.add_argument("name", nargs="*")
    parser.add_argument("--experiment")
    parser.add_argument("--data", action="append", default=[])
    return parser
