import http.client
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from ..errors import ForebayError, from_problem
from .client import broken_off, connect, each_item
from .connection import UnixConnection

_MOST_IDLE = 16
_STALE = 20.0  # seconds; the daemon closes what is silent for 30
_PAUSES = (0.0, 0.2, 0.5)  # seconds before each further try
_PIECE = 1 << 20  # bytes

# Since when each is idle, whose home's daemon answers on it.
_idle: list[tuple[float, str | None, UnixConnection]] = []
_lock = threading.Lock()


def get_json(path: str, query: dict | None = None):
    """As `client.call("GET", ...)`, over a connection that stays open: for many small questions."""
    return json.loads(b"".join(_pieces(path, query, {"Accept": "application/json"})))


def get_items(path: str, query: dict | None = None) -> Iterator[dict]:
    """As `client.pages`, over connections that stay open."""
    return each_item(lambda asked: get_json(path, asked), query)


def get_bytes(path: str, query: dict, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Bytes `start` to `end` (exclusive) of a content address, in pieces; goes on where a broken answer ended."""
    at, tries = start, 0
    while end is None or at < end:
        wanted = {} if (at, end) == (0, None) else {"Range": f"bytes={at}-{'' if end is None else end - 1}"}
        try:
            for piece in _pieces(path, query, wanted):
                at += len(piece)
                yield piece
            return
        except (OSError, http.client.HTTPException):
            tries += 1
            if tries >= len(_PAUSES):
                raise broken_off() from None
            time.sleep(_PAUSES[tries])


def get_first(path: str, query: dict, most: int) -> tuple[bytes, int]:
    """The first `most` bytes of a content address, and how many it has. Raises for an empty one."""
    target = f"{path}?{urlencode(query)}"
    with _answer(target, {"Range": f"bytes=0-{most - 1}"}) as response:
        if response.status >= 400:
            raise _problem(response)
        first = response.read()
        size = (response.headers.get("Content-Range") or "").rpartition("/")[2] or len(first)
        return first, int(size)


def _pieces(path: str, query: dict | None, headers: dict) -> Iterator[bytes]:
    target = f"{path}?{urlencode(query, doseq=True)}" if query else path
    with _answer(target, headers) as response:
        if response.status >= 400:
            raise _problem(response)
        while True:
            piece = response.read(_PIECE)
            if not piece:
                # http.client gives what it has of a body that was cut.
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
                return
            yield piece


def _problem(response: http.client.HTTPResponse) -> ForebayError:
    try:
        body = json.loads(response.read())
    except ValueError:
        body = None
    return from_problem(body, response.status)


@contextmanager
def _answer(target: str, headers: dict):
    connection, response = _ask(target, headers)
    try:
        yield response
    finally:
        # One whose answer was not read to its end can't be asked again.
        if response.isclosed() and not response.will_close:
            _give_back(connection)
        else:
            connection.close()


def _ask(target: str, headers: dict) -> tuple[UnixConnection, http.client.HTTPResponse]:
    for pause in _PAUSES:
        time.sleep(pause)
        # However many a daemon that has ended left behind, they are one try.
        for connection in _open_ones():
            try:
                connection.request("GET", target, headers=headers)
                return connection, connection.getresponse()
            except (OSError, http.client.HTTPException):
                connection.close()
    raise broken_off()


def _open_ones() -> Iterator[UnixConnection]:
    """Those that are open already, the last used first, then a new one."""
    while True:
        with _lock:
            if not _idle:
                break
            since, home, connection = _idle.pop()
        if time.monotonic() - since < _STALE and home == os.environ.get("FOREBAY_HOME"):
            yield connection
        else:
            connection.close()
    yield connect()


def _give_back(connection: UnixConnection) -> None:
    with _lock:
        if len(_idle) < _MOST_IDLE:
            _idle.append((time.monotonic(), os.environ.get("FOREBAY_HOME"), connection))
            return
    connection.close()


def _forget_after_fork() -> None:
    """The sockets are closed already, since they are the parent's."""
    global _lock
    _lock = threading.Lock()
    _idle.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
