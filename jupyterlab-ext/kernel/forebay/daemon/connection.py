import http.client
import os
import socket
import threading
import weakref

from ..errors import ForebayError

_open: "weakref.WeakSet[socket.socket]" = weakref.WeakSet()
_opening = threading.Lock()


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket; no proxy is ever asked. `timeout` in seconds, None waits for ever."""

    def __init__(self, path: str, timeout: float | None):
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = _tracked_socket()
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def require_unix_sockets() -> None:
    if not hasattr(socket, "AF_UNIX"):
        raise ForebayError(
            "daemon-unreachable",
            "This Python can't open Unix sockets, over which the Forebay daemon answers.",
            "On Windows, use Python inside WSL.",
        )


def _tracked_socket() -> socket.socket:
    with _opening:
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        _open.add(opened)
    return opened


def _close_inherited() -> None:
    """In a forked child: a copy of the parent's socket would keep the parent's lease alive after its end."""
    global _opening
    _opening = threading.Lock()
    for inherited in list(_open):
        descriptor = inherited.detach()
        if descriptor >= 0:
            os.close(descriptor)
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=lambda: _opening.acquire(),
        after_in_parent=lambda: _opening.release(),
        after_in_child=_close_inherited,
    )
