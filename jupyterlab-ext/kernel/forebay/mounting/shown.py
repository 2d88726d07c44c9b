import html

from ..caching.parts import describe_part
from ..daemon.client import call, segment
from ..errors import ForebayError
from ..notebook.cell import first_in_cell
from ..notebook.identity import in_notebook
from ..show.units import format_age, format_bytes, format_count

MOUNT_TYPE = "application/vnd.forebay.mount+json"

_DIM = "color: var(--jp-ui-font-color2, var(--vscode-descriptionForeground, inherit))"
_WARN = "var(--jp-warn-color1, var(--vscode-editorWarning-foreground, currentColor))"


def show_mount(lease: dict, path: str) -> None:
    """In a notebook, what a mount gave, and whether there is a newer version: once a cell. Elsewhere nothing."""
    if not in_notebook() or not first_in_cell("mount", lease["dataset"], lease["version"], path):
        return
    try:
        versions = f"/api/v1/datasets/{segment(lease['dataset'])}/versions"
        version = call("GET", f"{versions}/v{lease['version']}")
        newest = call("GET", versions, query={"limit": 1})["items"][0]
    except (ForebayError, IndexError):
        # The files are there all the same.
        return
    from IPython.display import display

    display(mount_bundle(version, newest, path, lease["cache"], lease["selection"]), raw=True)


def mount_bundle(version: dict, newest: dict, path: str, cache: str, part: dict | None = None) -> dict:
    """What the notebook keeps of a mount, for people and for the extension that reads it."""
    name = f"{version['dataset']}@v{version['version']}"
    size = f"{format_count(version['files'], 'file')}, {format_bytes(version['bytes'])}"
    size = f"{size if part is None else f'part: {describe_part(part)}'}, cached on {cache}"
    newer = _newer(newest) if newest["version"] > version["version"] else ""
    ref = f"{version['dataset']}@v{newest['version']}"
    warning = (
        f'<div role="note" style="border-left: 3px solid {_WARN}; padding-left: 8px; margin-top: 4px">'
        f'{html.escape(newer)} <code>forebay.mount("{html.escape(ref)}")</code> mounts it.</div>'
    )
    return {
        MOUNT_TYPE: {
            "dataset": version["dataset"],
            "version": version["version"],
            "digest": version["digest"],
            "newest": newest["version"],
            "path": path,
            "cache": cache,
        },
        "text/html": f"<div><div><strong>{html.escape(name)}</strong> "
        f'<span style="{_DIM}">{html.escape(size)}</span></div>'
        f'<div style="{_DIM}; overflow-wrap: anywhere">{html.escape(path)}</div>{warning if newer else ""}</div>',
        "text/plain": "\n".join(filter(None, [f"{name}: {size}", path, newer])),
    }


def _newer(newest: dict) -> str:
    message = f": {newest['message']}" if newest["message"] else ""
    return f"v{newest['version']} is newer, made {format_age(newest['time'])} ago by {newest['author']}{message}."
