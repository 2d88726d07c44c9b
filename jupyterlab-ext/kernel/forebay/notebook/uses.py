import threading
import time
from collections.abc import Iterable

from ..daemon.client import call
from ..errors import ForebayError
from .identity import this_notebook

_AGAIN = 3600.0  # seconds after which the same use is told again
_told: dict[tuple[str, str, str], float] = {}


def tell_use(refs: Iterable[str], by: str, run: str | None = None) -> None:
    """Tells the hub that this notebook uses versions ('NAME@vN') by 'mount', 'open' or 'run'; outside of one, nothing.

    In a thread of its own: nobody waits for it, and what can't be told is let go.
    """
    refs = list(refs)
    if run is None and not _is_news(refs, by):
        return
    notebook = this_notebook()
    if notebook is None:
        return
    for ref in refs:
        _told[(notebook["path"], ref, by)] = time.monotonic()
    body = {**notebook, "refs": refs[:100], "by": by, **({} if run is None else {"run": run})}
    threading.Thread(target=_send, args=(body,), name="forebay notebook").start()


def _is_news(refs: list[str], by: str) -> bool:
    """Before the notebook is looked for, since small files are opened by the thousand."""
    now = time.monotonic()
    known = {(ref, how) for (_, ref, how), at in list(_told.items()) if now - at < _AGAIN}
    return any((ref, by) not in known for ref in refs)


def _send(body: dict) -> None:
    try:
        call("POST", "/api/v1/notebooks/uses", body, start=False)
    except ForebayError:
        pass
