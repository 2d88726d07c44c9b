import html


class Facts(dict):
    """A plain dict that shows as a title with named lines."""

    def __init__(self, values: dict, title: str, lines: list[tuple[str, str]]):
        super().__init__(values)
        self._title = title
        self._lines = lines

    def __repr__(self) -> str:
        width = max((len(name) for name, _ in self._lines), default=0)
        return "\n".join([self._title, *(f"  {name.ljust(width)}  {text}" for name, text in self._lines)])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align: left">{html.escape(name)}</th>'
            f'<td style="text-align: left; overflow-wrap: anywhere">{html.escape(text)}</td></tr>'
            for name, text in self._lines
        )
        return f"<p><strong>{html.escape(self._title)}</strong></p><table><tbody>{rows}</tbody></table>"
