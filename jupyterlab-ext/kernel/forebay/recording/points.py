from collections import deque
from collections.abc import Callable

_MOST = 50_000  # points that wait for a daemon that is away; the oldest go first
_AT_ONCE = 1000


class Points:
    """Samples that are still to be sent."""

    def __init__(self):
        self._waiting: deque[dict] = deque(maxlen=_MOST)
        # Nothing to say is a sign of life too.
        self._due = False

    def add(self, points: list[dict]) -> None:
        self._waiting.extend(points)
        self._due = True

    def flush(self, send: Callable[[list[dict]], object]) -> None:
        """`send(points)` batch by batch; goes on where it was if that fails."""
        while self._due:
            batch = [self._waiting[at] for at in range(min(_AT_ONCE, len(self._waiting)))]
            send(batch)
            for _ in batch:
                self._waiting.popleft()
            self._due = len(self._waiting) > 0
