import asyncio

import httpx
from forebay import ForebayError

from .daemon import Daemon
from .sse import changes

SCHEMA = "https://forebay.dev/events/change/v1"
_PAUSE = 1.0  # seconds between attempts to reach a daemon that went away


class EventRelay:
    """Follows the daemon's events and says each again on Jupyter's own bus, where the browser listens already."""

    def __init__(self, daemon: Daemon, logger, log):
        self._daemon = daemon
        self._logger = logger
        self._log = log
        self._last: int | None = None

    async def run(self) -> None:
        """Starts the daemon once. One that ends later is waited for: whoever needs it next starts it."""
        try:
            await self._daemon.start()
        except ForebayError as error:
            self._log.warning("Forebay: %s", error)
        while True:
            try:
                await self._follow()
            except (ForebayError, httpx.HTTPError):
                pass
            await asyncio.sleep(_PAUSE)

    async def _follow(self) -> None:
        headers = {"Accept": "text/event-stream"}
        if self._last is not None:
            headers["Last-Event-ID"] = str(self._last)
        async with self._daemon.send("GET", "/api/v1/events", headers, start=False) as answer:
            answer.raise_for_status()
            if self._last is None:
                self._emit({"id": 0, "kind": "reset", "subject": ""})
            async for change in changes(answer.aiter_lines()):
                self._last = change["id"]
                self._emit({name: change[name] for name in ("id", "kind", "subject")})

    def _emit(self, change: dict) -> None:
        self._logger.emit(schema_id=SCHEMA, data=change)
