"""How a wait shows: a bar in notebooks, a line on terminals, nothing elsewhere."""

import html
import sys
from typing import Protocol

from ..notebook.identity import in_notebook
from .units import format_bytes, format_count, format_duration


class Display(Protocol):
    def update(self, job: dict) -> None: ...

    def close(self, outcome: str) -> None:
        """Leaves `outcome` where the progress stood."""


def share(progress: dict) -> float | None:
    """0 to 1, by bytes where they are known, else by files; None before either is."""
    for unit in ("bytes", "files"):
        total = progress[f"{unit}Total"]
        if total:
            return min(1.0, progress[unit] / total)
    return None


def describe(job: dict) -> str:
    """'Filling digits@v2: 62%, 1,114 of 1,797 files, 6.9 MB of 11.0 MB, 212 MB/s, 4 s left'"""
    progress = job["progress"]
    done = share(progress)
    parts = [job["state"] if done is None else f"{done:.0%}"]
    if progress["filesTotal"]:
        parts.append(f"{progress['files']:,} of {format_count(progress['filesTotal'], 'file')}")
    if progress["bytesTotal"]:
        parts.append(f"{format_bytes(progress['bytes'])} of {format_bytes(progress['bytesTotal'])}")
    if progress["bytesPerSecond"]:
        parts.append(f"{format_bytes(progress['bytesPerSecond'])}/s")
    if progress["secondsLeft"] is not None:
        parts.append(f"{format_duration(progress['secondsLeft'])} left")
    return f"{job['title']}: {', '.join(parts)}"


class NotebookDisplay:
    """A progress bar in the cell's output, replaced by the outcome at the end."""

    def __init__(self):
        from IPython.display import display

        self._handle = display(self._bundle("", None), raw=True, display_id=True)

    def update(self, job: dict) -> None:
        self._show(describe(job), share(job["progress"]))

    def close(self, outcome: str) -> None:
        self._handle.update({"text/plain": outcome, "text/html": html.escape(outcome)}, raw=True)

    def _show(self, text: str, done: float | None) -> None:
        self._handle.update(self._bundle(text, done), raw=True)

    @staticmethod
    def _bundle(text: str, done: float | None) -> dict:
        value = "" if done is None else f' value="{done:.4f}"'
        bar = f'<progress max="1"{value} aria-label="{html.escape(text)}"></progress>'
        hint = "Interrupt the kernel to cancel."
        return {
            "text/plain": text,
            "text/html": f"<div>{bar} {html.escape(text)}<br><small>{hint}</small></div>",
        }


class TerminalDisplay:
    """One line on standard error that is written over."""

    def __init__(self):
        self._width = 0

    def update(self, job: dict) -> None:
        self._write(f"{describe(job)} (Ctrl-C cancels)")

    def close(self, outcome: str) -> None:
        self._write(outcome)
        sys.stderr.write("\n")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(text)


class NoDisplay:
    def update(self, job: dict) -> None:
        pass

    def close(self, outcome: str) -> None:
        pass


def choose_display() -> Display:
    if in_notebook():
        return NotebookDisplay()
    return TerminalDisplay() if sys.stderr.isatty() else NoDisplay()
