import socket
import threading
import time
from collections.abc import Iterable

from ..daemon.client import call
from ..errors import ForebayError
from .identity import notebook_path, user_name

_AGAIN = 3600.0  # seconds after which the same use is told again
_told: dict[tuple[str, str, str], float] = {}


def tell_use(refs: Iterable[str], by: str, run: str | None = None) -> None:
    """Tells the hub that this notebook uses versions ('NAME@vN') by 'mount', 'open' or 'run'; outside of one, nothing.

    In a thread of its own: nobody waits for it, and what can't be told is let go.
    """
    refs = list(refs)
    path = notebook_path()
    if path is None or (run is None and not _is_news(path, refs, by)):
        return
    for ref in refs:
        _told[(path, ref, by)] = time.monotonic()
    notebook = {"path": path, "host": socket.gethostname(), "user": user_name()}
    body = {**notebook, "refs": refs[:100], "by": by, **({} if run is None else {"run": run})}
    threading.Thread(target=_send, args=(body,), name="forebay notebook").start()


def _is_news(path: str, refs: list[str], by: str) -> bool:
    now = time.monotonic()
    return any(now - _told.get((path, ref, by), -_AGAIN) >= _AGAIN for ref in refs)


def _send(body: dict) -> None:
    try:
        call("POST", "/api/v1/notebooks/uses", body, start=False)
    except ForebayError:
        pass
