import html

from ..daemon.client import call, segment
from ..errors import ForebayError
from ..show.units import format_bytes, format_count
from .describe import read_version
from .refs import whole_version

_SIGNS = {"added": "+", "changed": "~", "removed": "−"}
_SHOWN = 100  # paths of each kind


class Diff(dict):
    """{added, changed, removed}: lists of {path, size}, sizes in bytes; shows as its counts and first paths."""

    def __init__(self, values: dict, title: str):
        super().__init__(values)
        self._title = title

    def __repr__(self) -> str:
        lines = [f"{self._title}: {self._summary()}"]
        for kind, sign in _SIGNS.items():
            lines += [f"{sign} {each['path']}  {format_bytes(each['size'])}" for each in self[kind][:_SHOWN]]
            lines += self._more(kind)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [f"<p><strong>{html.escape(self._title)}</strong>: {html.escape(self._summary())}</p>"]
        for kind, sign in _SIGNS.items():
            if not self[kind]:
                continue
            rows = "".join(
                f'<tr><td style="text-align: left; overflow-wrap: anywhere">{sign} {html.escape(each["path"])}</td>'
                f"<td>{format_bytes(each['size'])}</td></tr>"
                for each in self[kind][:_SHOWN]
            )
            more = "".join(f"<p>{html.escape(note)}</p>" for note in self._more(kind))
            opened = " open" if len(self[kind]) <= 20 else ""
            summary = f"{format_count(len(self[kind]), 'file')} {kind}"
            parts.append(
                f"<details{opened}><summary>{summary}</summary><table><tbody>{rows}</tbody></table>{more}</details>"
            )
        return "".join(parts)

    def _summary(self) -> str:
        kinds = [(kind, self[kind]) for kind in _SIGNS if self[kind]]
        said = [f"{len(each):,} {kind} ({format_bytes(sum(one['size'] for one in each))})" for kind, each in kinds]
        return ", ".join(said) or "the same files"

    def _more(self, kind: str) -> list[str]:
        left = len(self[kind]) - _SHOWN
        return [f"{_SIGNS[kind]} {left:,} more {kind}"] if left > 0 else []


def diff(before: str, after: str | None = None) -> Diff:
    """What one version added, changed and removed against another of the same dataset; sizes in bytes.

    `after` may be a version alone, as in diff("digits@v1", "v2"). With one reference: against the version that it was
    made from. Raises `version-unknown`, `bad-request` for versions of two datasets.
    """
    first = whole_version(before)
    if after is None:
        return _against_parent(before)
    second = whole_version(after if "@" in after or after == first.name else f"{first.name}@{after}")
    if first.name != second.name:
        raise ForebayError(
            "bad-request", f"{first.name} and {second.name} are two datasets; a diff is between versions of one."
        )
    return _read(first.name, read_version(first)["version"], read_version(second)["version"])


def _against_parent(ref: str) -> Diff:
    wanted = whole_version(ref)
    version = read_version(wanted)
    if not version["parents"]:
        raise ForebayError(
            "bad-request",
            f"{wanted.name}@v{version['version']} is the first version, with nothing before it.",
            f"Name two: forebay.diff('{wanted.name}@v1', 'v2').",
        )
    return _read(wanted.name, version["parents"][0], version["version"])


def _read(name: str, before: int, after: int) -> Diff:
    query = {"from": f"v{before}", "to": f"v{after}"}
    return Diff(call("GET", f"/api/v1/datasets/{segment(name)}/diff", query=query), f"{name} v{before} → v{after}")
