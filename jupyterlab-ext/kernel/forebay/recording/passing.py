"""A program of its own: what a process prints into two pipes goes on to this program's standard output and error, and into
a file, up to some length. So it also gets through what a process prints as it crashes, what code prints that holds Python's
lock, and what a process prints that was left running.

Over standard input, a socket, it says a byte when it has begun, and one for a byte: all that was printed until then is kept.
"""

import fcntl
import os
import select
import sys
import termios
from array import array

_PIECE = 1 << 16  # bytes
_CONTROL = 0


class Passing:
    def __init__(self, ways: dict[int, int], kept: int, room: int):
        self._ways = ways
        self._kept = kept
        self._room = room
        # Where nobody reads any more.
        self._gone: set[int] = set()

    def run(self) -> None:
        # Numbers beyond what `select` takes are where many files are open.
        asked = select.poll()
        for end in [_CONTROL, *self._ways]:
            asked.register(end, select.POLLIN)
        os.write(_CONTROL, b"\0")
        left = set(self._ways)
        while left:
            for end, _ in asked.poll():
                if end == _CONTROL:
                    asked.unregister(end)
                    self._settle()
                elif not self._move(end, _PIECE):
                    asked.unregister(end)
                    left.remove(end)

    def _settle(self) -> None:
        """What was printed until now is in the pipes; who holds them open is not waited for, and no longer recorded."""
        asked = _read(_CONTROL, 1)
        for end in self._ways:
            left = _waiting(end)
            while left > 0 and (moved := self._move(end, min(left, _PIECE))):
                left -= moved
        self._room = 0
        if asked:
            os.write(_CONTROL, b"\0")

    def _move(self, end: int, most: int) -> int:
        piece = _read(end, most)
        kept = piece[: self._room]
        self._room -= len(kept)
        try:
            _write(self._kept, kept)
        except OSError:
            # The disk is full, most likely.
            self._room = 0
        way = self._ways[end]
        if way not in self._gone:
            try:
                _write(way, piece)
            except OSError:
                self._gone.add(way)
        return len(piece)


def _read(number: int, most: int) -> bytes:
    try:
        return os.read(number, most)
    except OSError:
        return b""


def _write(number: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while len(rest) > 0:
        try:
            rest = rest[os.write(number, rest) :]
        except BlockingIOError:
            select.select([], [number], [])


def _waiting(end: int) -> int:
    """Bytes that lie in a pipe."""
    count = array("i", [0])
    fcntl.ioctl(end, termios.FIONREAD, count)
    return count[0]


if __name__ == "__main__":
    # No child of the process that prints: that may wait for its own, and count what they use.
    if os.fork() == 0:
        output, errors, kept, room = map(int, sys.argv[1:])
        Passing({output: 1, errors: 2}, kept, room).run()
