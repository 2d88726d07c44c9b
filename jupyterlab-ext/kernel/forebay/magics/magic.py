from IPython.core.magic import Magics, line_cell_magic, magics_class

from ..completion.matcher import complete_in
from ..errors import ForebayError
from .cell import record_cell
from .line import run


class MagicError(ForebayError):
    """Shows its sentences instead of a traceback, and still stops a run of many cells."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


@magics_class
class ForebayMagics(Magics):
    @line_cell_magic
    def forebay(self, line: str, cell: str | None = None):
        """Datasets of the Forebay lake; `%forebay` alone says how."""
        try:
            return run(line) if cell is None else record_cell(self.shell, line, cell)
        except ForebayError as error:
            raise MagicError(error.code, error.message, error.hint) from None
        except KeyboardInterrupt:
            raise MagicError("cancelled", "Cancelled.") from None


def register(shell) -> None:
    shell.register_magics(ForebayMagics)
    complete_in(shell)
