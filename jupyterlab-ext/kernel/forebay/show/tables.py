import html
from collections.abc import Callable
from dataclasses import dataclass

_SHOWN = 200  # rows; what is longer is a program's to read


@dataclass(frozen=True)
class Column:
    title: str
    show: Callable[[dict], str]
    number: bool = False


class Table(list):
    """A list of plain dicts that shows as a table, in notebooks and as text; `note` stands below it."""

    def __init__(self, rows, columns: list[Column], empty: str, note: str = ""):
        super().__init__(rows)
        self._columns = columns
        self._empty = empty
        self._note = note

    def __repr__(self) -> str:
        if not self:
            return self._empty
        lines = [[column.title for column in self._columns], *self._cells()]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self._columns))]
        return "\n".join([*(self._line(line, widths) for line in lines), *self._notes()])

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{html.escape(self._empty)}</p>"
        head = "".join(self._cell("th", column.title, column) for column in self._columns)
        rows = (
            "".join(self._cell("td", text, column) for text, column in zip(line, self._columns, strict=True))
            for line in self._cells()
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self._notes())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def _cells(self) -> list[list[str]]:
        return [[column.show(row) for column in self._columns] for row in self[:_SHOWN]]

    def _notes(self) -> list[str]:
        more = [f"{len(self) - _SHOWN:,} more rows are in this list."] if len(self) > _SHOWN else []
        return [*more, *filter(None, [self._note])]

    def _line(self, line: list[str], widths: list[int]) -> str:
        cells = (
            text.rjust(width) if column.number else text.ljust(width)
            for text, width, column in zip(line, widths, self._columns, strict=True)
        )
        return "  ".join(cells).rstrip()

    @staticmethod
    def _cell(tag: str, text: str, column: Column) -> str:
        align = "right" if column.number else "left"
        return f'<{tag} style="text-align: {align}">{html.escape(text)}</{tag}>'
