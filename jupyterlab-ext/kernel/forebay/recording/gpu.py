import subprocess

_FIELDS = "index,name,utilization.gpu,memory.used,memory.total,power.draw"
_MEBIBYTE = 2**20


class Gpus:
    """What of every GPU is used, under MLflow's names. Where there was none at first, nobody is asked again."""

    def __init__(self):
        self._any: bool | None = None

    def values(self) -> dict[str, float]:
        said = "" if self._any is False else _ask_driver()
        if self._any is None:
            self._any = said != ""
        return {key: value for line in said.splitlines() for key, value in _values(line)}


def _ask_driver() -> str:
    """What `nvidia-smi` says; empty where there is no such program or no GPU."""
    command = ["nvidia-smi", f"--query-gpu={_FIELDS}", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _values(line: str) -> list[tuple[str, float]]:
    """Of one card; one that can't tell says `[N/A]` or `[Not Supported]`."""
    cells = [cell.strip() for cell in line.split(",")]
    if len(cells) != len(_FIELDS.split(",")):
        return []
    index = cells[0]
    utilization, used, total, watts = map(_number, cells[2:])
    found = {
        "utilization_percentage": utilization,
        "memory_usage_megabytes": None if used is None else used * _MEBIBYTE / 1e6,
        "memory_usage_percentage": used / total * 100 if used is not None and total else None,
        "power_usage_watts": watts,
    }
    return [(f"gpu_{index}_{name}", value) for name, value in found.items() if value is not None]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
