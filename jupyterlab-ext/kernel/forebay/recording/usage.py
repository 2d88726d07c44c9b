import os
import time

from .gpu import Gpus
from .limits import cpu_limit, cpu_used, fields, memory_limit, memory_used, read_text

_MEGA = 1e6


class Usage:
    """What this process, its child processes and their machine use, under the names that `forebay run` and MLflow have.

    Relative to the limits of the container, where there are any. Linux only: elsewhere nothing is told.
    """

    def __init__(self):
        self._step = 0
        self._machine = _memory()
        self._memory = memory_limit(read_text, self._machine["MemTotal"]) if self._machine else None
        self._cpu = cpu_limit(read_text, os.cpu_count() or 1)
        self._gpus = Gpus()
        self._first_traffic = _traffic()
        self._first = self._before = self._counters()

    def points(self) -> list[dict]:
        """As a run's log takes them; none where the system doesn't tell."""
        now, before = self._counters(), self._before
        self._before = now
        if not self._machine or now["time"] <= before["time"]:
            return []
        received, sent = (current - first for current, first in zip(_traffic(), self._first_traffic, strict=True))
        values = {
            "run_cpu_percentage": max(0, now["cpu"] - before["cpu"]) / (now["time"] - before["time"]) * 100,
            "run_memory_megabytes": now["memory"] / _MEGA,
            # Since the block began: what the process did before is not its own.
            "run_disk_read_megabytes": max(0, now["read"] - self._first["read"]) / _MEGA,
            "run_disk_write_megabytes": max(0, now["written"] - self._first["written"]) / _MEGA,
            "network_receive_megabytes": received / _MEGA,
            "network_transmit_megabytes": sent / _MEGA,
            **self._memory_values(),
            **self._processor(now, before),
            **self._throttling(now, before),
            **self._gpus.values(),
        }
        when, step = int(time.time() * 1000), self._step
        self._step += 1
        return [{"key": f"system/{key}", "value": value, "time": when, "step": step} for key, value in values.items()]

    def _memory_values(self) -> dict[str, float]:
        machine = _memory()
        if self._memory:
            used, total = memory_used(read_text, self._memory), self._memory.value
        else:
            used, total = machine["MemTotal"] - machine["MemAvailable"], machine["MemTotal"]
        if used is None:
            return {}
        return {
            "system_memory_usage_megabytes": used / _MEGA,
            "system_memory_usage_percentage": used / total * 100,
        }

    def _processor(self, now: dict, before: dict) -> dict[str, float]:
        """Of the machine, or of the limit where there is one."""
        if self._cpu:
            if now["limited"] is None or before["limited"] is None:
                return {}
            busy, possible = now["limited"] - before["limited"], (now["time"] - before["time"]) * self._cpu.value
        else:
            busy, possible = now["busy"] - before["busy"], now["all"] - before["all"]
        return {"cpu_utilization_percentage": busy / possible * 100} if possible > 0 else {}

    def _throttling(self, now: dict, before: dict) -> dict[str, float]:
        if not self._cpu:
            return {}
        periods = now["periods"] - before["periods"]
        held = now["throttled"] - before["throttled"]
        return {"run_cpu_throttled_percentage": held / periods * 100 if periods > 0 else 0.0}

    def _counters(self) -> dict:
        stat = fields(read_text(f"{self._cpu.folder}/cpu.stat")) if self._cpu else {}
        busy, possible = _processors()
        return {
            "time": time.monotonic(),
            **_processes(),
            "busy": busy,
            "all": possible,
            "limited": cpu_used(read_text, self._cpu) if self._cpu else None,
            "periods": stat.get("nr_periods", 0),
            "throttled": stat.get("nr_throttled", 0),
        }


def _memory() -> dict[str, int]:
    """Bytes, by the names of /proc/meminfo."""
    lines = (line.split() for line in read_text("/proc/meminfo").splitlines())
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in lines if len(words) > 1}


def _traffic() -> tuple[int, int]:
    """Bytes received and sent over all interfaces but the loopback (/proc/net/dev, proc(5))."""
    received = sent = 0
    for line in read_text("/proc/self/net/dev").splitlines()[2:]:
        name, _, counts = line.partition(":")
        if name.strip() != "lo":
            columns = counts.split()
            received += int(columns[0])
            sent += int(columns[8])
    return received, sent


def _processors() -> tuple[int, int]:
    """What all processors of the machine have worked, and could have, in the kernel's ticks (/proc/stat, proc(5))."""
    user, nice, system, idle, _, interrupts = map(int, (read_text("/proc/stat").partition("\n")[0].split() + ["0"] * 7)[1:7])
    busy = user + nice + system + interrupts
    return busy, busy + idle


def _processes() -> dict[str, float]:
    """Seconds of processor time, bytes in memory, and bytes from and to disks, of this process and all below it
    (/proc/PID/stat and io, proc(5)).
    """
    stats = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else []:
        if name.isdigit():
            # The command's name stands in brackets, whatever it holds; state, parent, ... follow.
            columns = read_text(f"/proc/{name}/stat").rpartition(") ")[2].split()
            if len(columns) > 21:
                # Its own time, and that of processes which it started and which have ended.
                ticks = sum(int(column) for column in columns[11:15])
                stats[int(name)] = (int(columns[1]), ticks, int(columns[21]))
    family = [os.getpid()]
    for parent in family:
        family.extend(pid for pid, stat in stats.items() if stat[0] == parent)
    own = [stats[pid] for pid in family if pid in stats]
    transfers = [fields(read_text(f"/proc/{pid}/io").replace(":", "")) for pid in family]
    return {
        "cpu": sum(stat[1] for stat in own) / os.sysconf("SC_CLK_TCK"),
        "memory": sum(stat[2] for stat in own) * os.sysconf("SC_PAGE_SIZE"),
        "read": sum(each.get("read_bytes", 0) for each in transfers),
        "written": sum(each.get("write_bytes", 0) for each in transfers),
    }
