import os

from ..daemon.client import call, segment
from ..show.facts import Facts
from ..show.units import format_bytes, format_duration, parse_bytes


def attach(name: str, folder: str | os.PathLike, capacity: str | int) -> Facts:
    """Uses a folder next to the compute as a cache, for at most `capacity`: bytes, or a text such as "2TB".

    {name, path, capacity, used, ttlSeconds, ...}; sizes in bytes. Raises `bad-request`, and what is wrong with the folder.
    """
    place = os.path.abspath(folder)
    size = parse_bytes(str(capacity))
    store = call("POST", "/api/v1/caches", {"name": name, "path": place, "capacity": size, "scrub": {}})
    lines = [
        ("Folder", store["path"]),
        ("Holds up to", format_bytes(store["capacity"])),
        ("Keeps", f"what nobody uses for {format_duration(store['ttlSeconds'])}"),
    ]
    return Facts(store, name, lines)


def detach(name: str) -> None:
    """Clears a cache and uses its folder no more. Raises `in-use` while a version on it is mounted or pinned."""
    call("DELETE", f"/api/v1/caches/{segment(name)}")

