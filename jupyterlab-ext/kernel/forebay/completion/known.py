"""What there is, remembered for seconds: every key that is pressed asks."""

import threading
import time
from collections.abc import Callable

from ..daemon.client import call, each_item, segment
from ..errors import ForebayError

_FRESH = 5.0  # seconds
_PATIENCE = 0.09  # seconds; an answer that comes later is there for the next key

_answers: dict[str, tuple[float, list[dict]]] = {}
_asking: dict[str, threading.Thread] = {}


def datasets(prefix: str) -> list[str]:
    # As last known: to look anew, the daemon reads every dataset's history.
    found = _items("/api/v1/datasets", {"limit": 1000, "fresh": "false"}, whole=True)
    return [each["name"] for each in found if each["name"].startswith(prefix)]


def versions(name: str) -> list[dict]:
    """Newest first."""
    return _items(f"/api/v1/datasets/{segment(name)}/versions", {"limit": 200})


def folder(name: str, selector: str, path: str) -> list[dict]:
    """What is in a folder of a version; of a very large one, the first 1,000."""
    address = f"/api/v1/datasets/{segment(name)}/versions/{segment(selector)}/files"
    return _items(address, {"folder": path, "limit": 1000})


def caches() -> list[str]:
    return [each["name"] for each in _items("/api/v1/caches", {})]


def _items(path: str, query: dict, whole: bool = False) -> list[dict]:
    """The first page of a list, or all of it."""
    key = f"{path} {query}"
    until, items = _answers.get(key, (0.0, []))
    if time.monotonic() < until:
        return items
    thread = _asking.get(key)
    if thread is None or not thread.is_alive():
        thread = threading.Thread(target=_ask, args=(key, lambda: _read(path, query, whole)), daemon=True)
        _asking[key] = thread
        thread.start()
    thread.join(_PATIENCE)
    return _answers.get(key, (0.0, items))[1]


def _read(path: str, query: dict, whole: bool) -> list[dict]:
    def ask(asked: dict) -> dict:
        return call("GET", path, query=asked, start=False)

    return list(each_item(ask, query)) if whole else ask(query)["items"]


def _ask(key: str, question: Callable[[], list[dict]]) -> None:
    try:
        items = question()
    except ForebayError:
        # Nothing is offered while the daemon is away, or for a name that isn't there.
        items = []
    _answers[key] = (time.monotonic() + _FRESH, items)
    for old in [each for each, (until, _) in list(_answers.items()) if until < time.monotonic() - 60]:
        _answers.pop(old, None)
    _asking.pop(key, None)
