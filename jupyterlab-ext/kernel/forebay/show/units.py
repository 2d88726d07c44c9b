import re
from datetime import datetime, timezone

from ..errors import ForebayError


def format_bytes(count: float) -> str:
    """38_200_000_000 as '38.2 GB'; thousands, as disks are sold (IEC 80000-13)."""
    if count < 1000:
        return f"{int(count)} B"
    value = float(count)
    for unit in ("kB", "MB", "GB", "TB", "PB"):
        value /= 1000
        if value < 999.95 or unit == "PB":
            break
    return f"{value:.1f} {unit}" if value < 99.95 else f"{value:.0f} {unit}"


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?)b?", re.IGNORECASE)


def parse_bytes(text: str) -> int:
    """'500GB', '2TB', '64MiB' as bytes. Raises `bad-request`."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ForebayError("bad-request", f"'{text}' is not a size.", "Write it like 500GB, 2TB or 64MiB.")
    base = 1024 if match[3] else 1000
    return int(float(match[1]) * base ** " kmgtp".index(match[2].lower() or " "))


def format_count(count: int, noun: str) -> str:
    """627615 and 'file' as '627,615 files'."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def format_duration(seconds: float) -> str:
    """231 as '3 min 51 s'; at most two units."""
    left = max(0, round(seconds))
    parts = []
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)):
        value, left = divmod(left, size)
        if value:
            parts.append(f"{value} {unit}")
    return " ".join(parts[:2]) or "0 s"


def parse_time(time: str) -> datetime:
    """Of RFC 3339. Python 3.10 doesn't know its Z."""
    return datetime.fromisoformat(time.replace("Z", "+00:00"))


def format_age(time: str, now: datetime | None = None) -> str:
    """An RFC 3339 time as '2 h' ago or ahead; one unit."""
    seconds = abs(((now or datetime.now(timezone.utc)) - parse_time(time)).total_seconds())
    return " ".join(format_duration(seconds).split()[:2])


def seconds_between(earlier: str, later: str) -> float:
    """Of two RFC 3339 times."""
    return (parse_time(later) - parse_time(earlier)).total_seconds()
