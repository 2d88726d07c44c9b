import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

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

    def add(self, text: str) -> None:
        with self._lock:
            if self._room <= 0:
                return
            # A character is a byte or more.
            kept = text[: self._room + 1].encode("utf-8", "replace")
            whole = len(kept) <= self._room
            self._pending += kept[: self._room]
            self._room -= len(kept)
            if not whole:
                note = f"\n[forebay: what follows is not recorded: more than {_MOST // 1_000_000} MB]\n"
                self._pending += note.encode()
                self._room = 0

    def flush(self, send: Callable[[int, bytes], None]) -> None:
        """`send(at, piece)` piece by piece; goes on where it was if that fails."""
        while True:
            with self._lock:
                piece = bytes(self._pending[:_AT_ONCE])
            if not piece:
                return
            send(self._sent, piece)
            self._sent += len(piece)
            with self._lock:
                del self._pending[: len(piece)]


@contextmanager
def captured(output: Output):
    """Whatever is printed meanwhile goes into `output` too: in a notebook also by child processes."""
    undo = [_listen(name, output) for name in ("stdout", "stderr")]
    try:
        yield
    finally:
        for each in undo:
            each()


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
