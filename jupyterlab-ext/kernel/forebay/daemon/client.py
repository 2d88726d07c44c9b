import http.client
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO
from urllib.parse import quote, urlencode

from ..errors import ForebayError, from_problem
from .connection import UnixConnection, require_unix_sockets
from .home import forebay_home, is_ours, sockets
from .launch import start_daemon

_PATIENCE = 60.0  # seconds for one answer; a lake may be slow
_API = 1
# Seconds between questions to a daemon that is ending: its socket outlives it by moments. None gives up.
_PAUSES = (0.1, 0.3, None)


def segment(text: str) -> str:
    """One part of a URL's path."""
    return quote(text, safe="")


def connect(timeout: float | None = _PATIENCE, start: bool = True) -> UnixConnection:
    """An open connection to this home's daemon, which is started if need be. Raises `daemon-unreachable`."""
    require_unix_sockets()
    home = forebay_home()
    for path in sockets(home):
        connection = _try(path, timeout)
        if connection:
            return connection
    connection = _try(start_daemon(home), timeout) if start else None
    if connection is None:
        raise ForebayError("daemon-unreachable", "The Forebay daemon doesn't answer.", "Start it with 'forebay up'.")
    return connection


def _try(path: str, timeout: float | None) -> UnixConnection | None:
    if not is_ours(path):
        return None
    connection = UnixConnection(path, timeout)
    try:
        connection.connect()
        return connection
    except OSError:
        connection.close()
        return None


def call(method: str, path: str, body: dict | None = None, *, query: dict | None = None, start: bool = True):
    """One request to the daemon; the JSON it answers, or None. Raises ForebayError.

    Asked again where the daemon went away under it: a GET changes nothing, a POST carries a key and is done once.
    """
    headers = {}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if method == "POST":
        headers["Idempotency-Key"] = str(uuid.uuid4())
    payload = None if body is None else json.dumps(body)
    return _ask(method, path, headers, payload, query, start)


def send(method: str, path: str, payload: bytes, *, query: dict | None = None):
    """As `call`, with bytes; for what may come twice and still is done once."""
    return _ask(method, path, {"Content-Type": "application/octet-stream"}, payload, query, start=False)


def send_file(method: str, path: str, file: str, *, query: dict | None = None):
    """As `send`, with what a file holds, read as it is sent. Raises OSError where it can't be read."""
    with open(file, "rb") as content:
        size = os.fstat(content.fileno()).st_size
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        return _ask(method, path, headers, content, query, start=False)


def _ask(method: str, path: str, extra: dict, payload: str | bytes | BinaryIO | None, query: dict | None, start: bool):
    target = f"{path}?{urlencode(query)}" if query else path
    headers = {"Accept": "application/json", "Connection": "close", **extra}
    for pause in _PAUSES if method in ("GET", "POST") else (None,):
        try:
            status, text = _exchange(method, target, headers, payload, start)
            break
        except (OSError, http.client.HTTPException):
            if pause is None:
                raise broken_off() from None
            time.sleep(pause)
    answer = _parse(text)
    if status >= 400:
        raise _explain(from_problem(answer, status))
    return answer


def _exchange(method: str, target: str, headers: dict, payload: str | bytes | BinaryIO | None, start: bool) -> tuple[int, bytes]:
    connection = connect(start=start)
    try:
        # Who refuses a file may do so before it is sent whole, and then says why.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, target, payload, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def broken_off() -> ForebayError:
    return ForebayError(
        "daemon-unreachable",
        "The Forebay daemon broke off before it answered.",
        "Try again; 'forebay status' says how it is.",
    )


def _parse(text: bytes):
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _explain(error: ForebayError) -> ForebayError:
    """A route that the daemon doesn't know means that it speaks another API than this package."""
    if error.code != "route-unknown":
        return error
    hello = call("GET", "/api/hello", start=False)
    if hello["apiMin"] <= _API <= hello["apiMax"]:
        return error
    return ForebayError(
        "daemon-newer",
        f"The Forebay daemon is version {hello['version']}, which this package is too old or too new for.",
        "Update both: pip install --upgrade forebay jupyterlab-forebay.",
    )


def pages(path: str, query: dict | None = None) -> Iterator[dict]:
    """All items of a list, page by page."""
    return each_item(lambda asked: call("GET", path, query=asked), query)


def each_item(ask: Callable[[dict], dict], query: dict | None = None) -> Iterator[dict]:
    """All items of a list whose pages `ask` reads, each only when it is come to."""
    asked = query or {}
    while True:
        answer = ask(asked)
        yield from answer["items"]
        if not answer["next"]:
            return
        asked = {**(query or {}), "cursor": answer["next"]}
