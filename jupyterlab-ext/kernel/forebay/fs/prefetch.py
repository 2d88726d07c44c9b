import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from fsspec.caching import BaseCache, register_cache

from .forks import renew_after_fork

_THREADS = 8
_pool: ThreadPoolExecutor | None = None
_making = threading.Lock()


def pool() -> ThreadPoolExecutor:
    """The threads that read from the lake, for all files of this process."""
    global _pool
    with _making:
        _pool = _pool or ThreadPoolExecutor(_THREADS, thread_name_prefix="forebay read")
        return _pool


class PrefetchCache(BaseCache):
    """Blocks of one file, the last used ones kept; whoever reads in order finds the next ones fetched already.

    As the kernel's own read-ahead does, it begins with one block and doubles up to `ahead` while reading goes on in
    order; a jump ends it. `fetcher(start, end)` may be called by several threads at once.
    """

    name = "forebay"

    def __init__(
        self, blocksize: int, fetcher: Callable[[int, int], bytes], size: int, maxblocks: int = 16, ahead: int = 6
    ):
        super().__init__(blocksize, fetcher, size)
        self._most, self._ahead = maxblocks, ahead
        self._next = -1  # the block that reading in order would want
        self._window = 0
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        self._blocks: OrderedDict[int, Future] = OrderedDict()
        self._lock = threading.Lock()

    def _fetch(self, start: int | None, stop: int | None) -> bytes:
        start, stop = start or 0, self.size if stop is None else min(stop, self.size)
        if start >= stop:
            return b""
        first, last = start // self.blocksize, (stop - 1) // self.blocksize
        wanted = self._begin(first, last)
        pieces = [self._bytes(number, future) for number, future in wanted]
        begin, end = start - first * self.blocksize, stop - last * self.blocksize
        if len(pieces) == 1:
            return pieces[0] if end - begin == len(pieces[0]) else pieces[0][begin:end]
        return b"".join([memoryview(pieces[0])[begin:], *pieces[1:-1], memoryview(pieces[-1])[:end]])

    def know(self, first: bytes) -> None:
        """The first block, where it came with the question how large the file is."""
        future: Future = Future()
        future.set_result(first)
        self._blocks[0] = future

    def _begin(self, first: int, last: int) -> list[tuple[int, Future]]:
        with self._lock:
            if first == self._next or (first == self._next - 1 and last >= self._next):
                self._window = min(self._ahead, max(1, self._window * 2))
            elif not first == last == self._next - 1:
                self._window = 0
            self._next = last + 1
            wanted = [(number, self._future(number)) for number in range(first, last + 1)]
            end = -(-self.size // self.blocksize)
            for number in range(last + 1, min(last + 1 + self._window, end)):
                self._future(number)
            while len(self._blocks) > max(self._most, len(wanted) + self._ahead):
                self._blocks.popitem(last=False)
            return wanted

    def _future(self, number: int) -> Future:
        future = self._blocks.get(number)
        if future is None:
            begin = number * self.blocksize
            future = pool().submit(self.fetcher, begin, min(begin + self.blocksize, self.size))
            self._blocks[number] = future
        self._blocks.move_to_end(number)
        return future

    def _bytes(self, number: int, future: Future) -> bytes:
        try:
            return future.result()
        except BaseException:
            # The next read tries it again.
            self._blocks.pop(number, None)
            raise


def _forget_after_fork() -> None:
    """Threads don't come along into a forked child."""
    global _pool, _making
    _pool, _making = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
register_cache(PrefetchCache, clobber=True)
