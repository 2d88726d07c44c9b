import os
import re
from collections.abc import Callable
from dataclasses import dataclass

Read = Callable[[str], str]  # a file's text; empty where there is none


@dataclass(frozen=True)
class Limit:
    """What a container, a Slurm step or a service leaves of the machine: bytes of memory, or how many processors."""

    version: int  # of control groups
    folder: str  # of the group whose use counts
    value: float


def read_text(path: str) -> str:
    try:
        # A process's name may be cut within a character.
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def memory_limit(read: Read, machine: int) -> Limit | None:
    """Kernel documentation: cgroup-v2.rst, "memory.max"; cgroup-v1/memory.rst, "memory.limit_in_bytes"."""
    names = {1: "memory.limit_in_bytes", 2: "memory.max"}
    return _tightest(read, "memory", machine, lambda version, folder: _number(read(f"{folder}/{names[version]}")))


def cpu_limit(read: Read, machine: int) -> Limit | None:
    """Kernel documentation: cgroup-v2.rst, "cpu.max"; scheduler/sched-bwc.rst for version 1."""

    def cores(version: int, folder: str) -> float | None:
        if version == 2:
            quota, period = map(_number, (read(f"{folder}/cpu.max").split() + ["", ""])[:2])
        else:
            quota, period = (_number(read(f"{folder}/cpu.cfs_{name}_us")) for name in ("quota", "period"))
        return quota / period if quota and quota > 0 and period else None

    return _tightest(read, "cpu", machine, cores)


def memory_used(read: Read, limit: Limit) -> int | None:
    """Bytes that couldn't be had back at once: what lies in memory only until somebody needs the room doesn't count."""
    used, idle = {
        1: ("memory.usage_in_bytes", "total_inactive_file"),
        2: ("memory.current", "inactive_file"),
    }[limit.version]
    current = _number(read(f"{limit.folder}/{used}"))
    return None if current is None else max(0, current - fields(read(f"{limit.folder}/memory.stat")).get(idle, 0))


def cpu_used(read: Read, limit: Limit) -> float | None:
    """Seconds of processor time. Kernel documentation: cgroup-v2.rst, "cpu.stat"; cgroup-v1/cpuacct.rst."""
    if limit.version == 2:
        microseconds = fields(read(f"{limit.folder}/cpu.stat")).get("usage_usec")
        return None if microseconds is None else microseconds / 1e6
    # Counted by another controller, which may group processes otherwise.
    memberships, mounts = read("/proc/self/cgroup"), read("/proc/self/mountinfo")
    (_, limited, limiting), (_, counted, counting) = (_groups(each, memberships, mounts) for each in ("cpu", "cpuacct"))
    if limited != counted:
        return None
    nanoseconds = _number(read(f"{counting[limiting.index(limit.folder)]}/cpuacct.usage"))
    return None if nanoseconds is None else nanoseconds / 1e9


def fields(text: str) -> dict[str, int]:
    """Lines of a name and a number."""
    lines = (line.partition(" ") for line in text.splitlines())
    return {name: int(value) for name, _, value in lines if value.isdigit()}


def _tightest(read: Read, controller: str, machine: float, value_of) -> Limit | None:
    version, _, folders = _groups(controller, read("/proc/self/cgroup"), read("/proc/self/mountinfo"))
    limits = [Limit(version, folder, value) for folder in folders if (value := value_of(version, folder)) is not None]
    least = min(limits, key=lambda limit: limit.value, default=None)
    return least if least and least.value < machine else None


def _groups(controller: str, memberships: str, mounts: str) -> tuple[int, str, list[str]]:
    """This process' group, and the folders of that and those around it (cgroups(7), proc(5)); a container may see its own
    alone.
    """
    members = [line.split(":", 2) for line in memberships.splitlines() if line.count(":") >= 2]
    seen = [found for line in mounts.splitlines() if (found := _mount(line))]
    for _, controllers, group in members:
        for root, point, kind, options in seen:
            if controller in controllers.split(",") and kind == "cgroup" and controller in options:
                return 1, group, _folders(root, point, group)
    for number, _, group in members:
        for root, point, kind, _ in seen:
            if number == "0" and kind == "cgroup2":
                return 2, group, _folders(root, point, group)
    return 2, "", []


def _mount(line: str) -> tuple[str, str, str, list[str]] | None:
    before, _, after = line.partition(" - ")
    place, how = before.split(" "), after.split(" ")
    if len(place) < 5 or len(how) < 3 or not how[0].startswith("cgroup"):
        return None
    root, point = (re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text) for text in place[3:5])
    return root, point, how[0], how[2].split(",")


def _folders(root: str, point: str, group: str) -> list[str]:
    top = "" if root == "/" else root
    inside = ".." not in group.split("/") and (group == top or group.startswith(f"{top}/"))
    parts = [part for part in group[len(top) :].split("/") if part] if inside else []
    return [os.path.join(point, *parts[: len(parts) - up]) for up in range(len(parts) + 1)]


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*-?\d+\s*", text) else None
