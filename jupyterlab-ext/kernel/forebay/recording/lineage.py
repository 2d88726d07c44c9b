import html

from ..daemon.client import call
from ..errors import ForebayError
from ..show.units import format_age, format_bytes, format_count


class Lineage(dict):
    """{of, nodes, edges, more}; shows as two trees: what it was made from, and what came of it."""

    def __repr__(self) -> str:
        up, down = self._tree("up"), self._tree("down")
        lines = [self._title(self["of"])]
        for name, tree in (("made from", up), ("what came of it", down)):
            lines += [f"  {name}: nothing" if not tree else f"  {name}:", *_lines(tree, 2)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [f"<p><strong>{html.escape(self._title(self['of']))}</strong></p>"]
        for name, tree in (("Made from", self._tree("up")), ("What came of it", self._tree("down"))):
            parts.append(f"<p>{name}{'' if tree else ': nothing'}</p>{_list(tree)}")
        return "".join(parts)

    def _tree(self, direction: str) -> list:
        """[(text, below)]: what was told once is not told again."""
        near: dict[str, list[str]] = {}
        for edge in self["edges"]:
            at, to = (edge["from"], edge["to"]) if direction == "down" else (edge["to"], edge["from"])
            near.setdefault(at, []).append(to)
        more = {each["of"]: each["count"] for each in self["more"] if each["direction"] == direction}
        told = {self["of"]}

        def below(of: str) -> list:
            found = []
            for each in near.get(of, []):
                again = each in told
                told.add(each)
                found.append((self._title(each), [] if again else below(each)))
            return found + ([(f"{more[of]:,} more", [])] if of in more else [])

        return below(self["of"])

    def _title(self, of: str) -> str:
        return next((_describe(node) for node in self["nodes"] if node["id"] == of), of)


def lineage(of: str) -> Lineage:
    """What a version, a run or a model was made from, and what came of it; notebooks that used it included.

    `of` is NAME[@SEL], or the id of a run, a model or a notebook, or the name of a recent run. Raises `run-unknown`,
    `dataset-unknown`, `version-unknown`.
    """
    try:
        return Lineage(call("GET", "/api/v1/lineage", query={"of": of}))
    except ForebayError as error:
        run = _run_named(of) if error.code in ("dataset-unknown", "bad-name") else None
        if run is None:
            raise
        return Lineage(call("GET", "/api/v1/lineage", query={"of": run}))


def _run_named(name: str) -> str | None:
    recent = call("GET", "/api/v1/runs", query={"brief": "true", "limit": 1000})["items"]
    return next((run["id"] for run in recent if run["name"] == name), None)


def _describe(node: dict) -> str:
    kind = node["kind"]
    if kind == "version":
        name = node["name"] if node["version"] is None else f"{node['name']}@v{node['version']}"
        size = (
            "" if node["files"] is None else f", {format_count(node['files'], 'file')}, {format_bytes(node['bytes'])}"
        )
        return f"{name}{size}{', removed' if node['state'] == 'removed' else ''}"
    if kind == "run":
        return f"run {node['name']}, {node['state']}, {format_age(node['started'])} ago"
    if kind == "artifact":
        return f"{node['path']}{'/' if node['folder'] else ''}"
    if kind == "notebook":
        return f"notebook {node['path']}, {format_age(node['last'])} ago"
    return f"{kind} {node['name']}"


def _lines(tree: list, depth: int) -> list[str]:
    return [line for text, below in tree for line in (f"{'  ' * depth}{text}", *_lines(below, depth + 1))]


def _list(tree: list) -> str:
    items = "".join(f"<li>{html.escape(text)}{_list(below)}</li>" for text, below in tree)
    return f"<ul>{items}</ul>" if items else ""
