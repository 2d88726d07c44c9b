import ctypes
import io
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress

_PROGRAM = os.path.join(os.path.dirname(__file__), "passing.py")
_PATIENCE = 10.0  # seconds until that program has begun
_AT_ONCE = 1_000_000  # bytes
STREAMS = {1: "stdout", 2: "stderr"}


class Descriptors:
    """What this process and all that it starts print, by whatever means: taken from its standard output and error
    themselves, and passed on to where it went before.
    """

    def __init__(self, room: int):
        """The first `room` bytes are kept. Raises OSError where that can't be done here."""
        self._process = os.getpid()
        self._read = 0
        self._restore = ExitStack()
        with ExitStack() as failed, ExitStack() as done:
            self._kept = failed.enter_context(tempfile.TemporaryFile(prefix="forebay-output-"))
            self._control, theirs = socket.socketpair()
            failed.enter_context(self._control)
            done.enter_context(theirs)
            pipes = [os.pipe() for _ in STREAMS]
            for number in (number for pipe in pipes for number in pipe):
                done.callback(os.close, number)
            failed.callback(self._restore.close)
            self._pass_on([end for end, _ in pipes], theirs, room)
            for number, (_, begin) in zip(STREAMS, pipes, strict=True):
                self._take(number, begin)
            failed.pop_all()

    def read(self) -> bytes:
        """What was printed since the last time, a piece of it; empty where nothing was."""
        piece = os.pread(self._kept.fileno(), _AT_ONCE, self._read)
        self._read += len(piece)
        return piece

    def restore(self) -> None:
        """All that was printed until now can be read. What a process that was left running prints later only goes on to
        where it went before.
        """
        self._restore.close()
        # A forked process that leaves the block is not its end.
        if os.getpid() == self._process:
            with suppress(OSError), self._control:
                self._control.settimeout(None)
                self._control.send(b"\0")
                self._control.recv(1)

    def close(self) -> None:
        self._kept.close()

    def _pass_on(self, ends: list[int], control: socket.socket, room: int) -> None:
        if not sys.executable:
            raise OSError("There is no Python that passes on what is printed.")
        numbers = [*ends, self._kept.fileno()]
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", _PROGRAM, *map(str, [*numbers, room])],
            stdin=control,
            pass_fds=numbers,
            # What interrupts the block is not for it.
            start_new_session=True,
        )
        # It goes on as nobody's child.
        process.wait()
        self._control.settimeout(_PATIENCE)
        if not self._control.recv(1):
            raise OSError("What is printed can't be passed on.")

    def _take(self, number: int, begin: int) -> None:
        stream = getattr(sys, STREAMS[number])
        before = os.dup(number)
        self._restore.callback(os.close, before)
        self._restore.callback(os.dup2, before, number)
        self._restore.callback(_flush, stream)
        if isinstance(stream, io.TextIOWrapper) and not stream.line_buffering:
            # What is printed is seen as it comes, also where it goes into a file.
            _by_lines(stream, True)
            self._restore.callback(_by_lines, stream, False)
        _flush(stream)
        os.dup2(begin, number)


def _by_lines(stream: io.TextIOWrapper, wanted: bool) -> None:
    # The block may have closed it.
    with suppress(ValueError):
        stream.reconfigure(line_buffering=wanted)


def _flush(stream) -> None:
    with suppress(AttributeError, OSError, ValueError):
        stream.flush()
    # What C code printed is its own library's to flush.
    with suppress(OSError, ValueError, AttributeError):
        library = ctypes.CDLL(None)
        library.fflush(ctypes.c_void_p.in_dll(library, "stdout"))
