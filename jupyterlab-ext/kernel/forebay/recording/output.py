import io
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress

from ..notebook.identity import in_notebook
from .descriptors import STREAMS, Descriptors

_MOST = 100_000_000  # bytes: more text than anybody reads
_AT_ONCE = 1_000_000  # bytes of one sending
_SETTLE = 1.0  # seconds that a block waits for what its child processes have printed


class Output:
    """What a block prints, until it is sent. What is more than 100 MB is cut, with a note at the end."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pending = bytearray()
        self._sent = 0
        self._room = _MOST
        self._taken: Descriptors | None = None

    def add(self, text: str) -> None:
        with self._lock:
            if self._room >= 0:
                # A character is a byte or more.
                self._append(text[: self._room + 1].encode("utf-8", "replace"))

    def take(self) -> bool:
        """From now on what this process and others print by whatever means; False where that can't be had."""
        with suppress(OSError):
            # Where one of them is closed, its number is what is opened next.
            for number in range(3):
                os.fstat(number)
            self._taken = Descriptors(_MOST + 1)
        return self._taken is not None

    def give_back(self) -> None:
        if self._taken:
            self._taken.restore()

    def flush(self, send: Callable[[int, bytes], None]) -> None:
        """`send(at, piece)` piece by piece; goes on where it was if that fails."""
        while True:
            with self._lock:
                if self._taken and not self._pending:
                    self._append(self._taken.read())
                piece = bytes(self._pending[:_AT_ONCE])
            if not piece:
                return
            send(self._sent, piece)
            self._sent += len(piece)
            with self._lock:
                del self._pending[: len(piece)]

    def close(self) -> None:
        if self._taken:
            self._taken.close()

    def _append(self, piece: bytes) -> None:
        if self._room < 0:
            return
        self._pending += piece[: self._room]
        self._room -= len(piece)
        if self._room < 0:
            note = f"\n[forebay: what follows is not recorded: more than {_MOST // 1_000_000} MB]\n"
            self._pending += note.encode()


@contextmanager
def captured(output: Output):
    """Whatever is printed meanwhile goes into `output` too, also by child processes."""
    # A kernel has taken its standard output and error already.
    taken = not in_notebook() and output.take()
    undo = [
        _listen(name, output) for number, name in STREAMS.items() if not (taken and _leads_to(name, number))
    ]
    try:
        yield
    finally:
        for each in undo:
            each()
        output.give_back()


def _leads_to(name: str, number: int) -> bool:
    """Whether what is printed there comes out there; what Python doesn't know as a file passes it on, most likely."""
    stream = getattr(sys, name)
    try:
        return not isinstance(stream, io.IOBase) or stream.fileno() == number
    except (OSError, ValueError):
        return False


def _listen(name: str, output: Output) -> Callable[[], None]:
    stream = getattr(sys, name)
    if not _is_watched(stream):
        setattr(sys, name, _Tee(stream, output))
        return lambda: setattr(sys, name, stream)
    # ipykernel reads what child processes print from a pipe, in a thread, and passes it to its own stream's `write`.
    before = vars(stream).get("write")
    write = stream.write

    def tee(text: str) -> int:
        output.add(text)
        return write(text)

    stream.write = tee

    def undo() -> None:
        _settle(stream)
        if before is None:
            del stream.write
        else:
            stream.write = before

    return undo


def _is_watched(stream) -> bool:
    kernel = sys.modules.get("ipykernel.iostream")
    return kernel is not None and isinstance(stream, kernel.OutStream)


def _settle(stream) -> None:
    """Until the pipe is read to its end, as far as this ipykernel shows it."""
    pipe = getattr(stream, "_fid", None)
    if pipe is None:
        return
    deadline = time.monotonic() + _SETTLE
    while time.monotonic() < deadline and select.select([pipe], [], [], 0)[0]:
        time.sleep(0.01)
    # What was read last is being passed on.
    time.sleep(0.02)


class _Tee:
    """A stream that also remembers; everything else is the stream's own."""

    def __init__(self, stream, output: Output):
        self._stream = stream
        self._output = output

    def write(self, text: str) -> int:
        self._output.add(text)
        return self._stream.write(text)

    def __getattr__(self, name: str):
        return getattr(self._stream, name)
