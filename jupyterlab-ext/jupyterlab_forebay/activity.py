import asyncio
from datetime import datetime, timezone

import httpx
from forebay import ForebayError

from .daemon import Daemon

_PAUSE = 30.0  # seconds; cullers count in minutes


async def keep_active(daemon: Daemon, times: dict[str, datetime]) -> None:
    """Counts running jobs as activity, so that a culler doesn't end the server under a sync or a fill."""
    while True:
        if await _has_jobs(daemon):
            times["forebay"] = datetime.now(timezone.utc)
        await asyncio.sleep(_PAUSE)


async def _has_jobs(daemon: Daemon) -> bool:
    try:
        return bool((await daemon.get("/api/v1/status"))["jobs"])
    except (ForebayError, httpx.HTTPError):
        return False
