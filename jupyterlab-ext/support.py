"""What the Python tests share: this repository's Node and daemon, from source."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "node_modules" / "node" / "bin" / "node"
MAIN = ROOT / "core" / "src" / "main.ts"


def run_node(script: str) -> str:
    """What an ES module printed that Node ran in the repository's root."""
    command = [NODE, "--no-warnings", "--input-type=module", "-e", script]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def forebay(*arguments: str, folder: Path | None = None):
    """What `forebay ... --json` printed, with this process's environment."""
    command = [NODE, "--disable-warning=ExperimentalWarning", MAIN, *arguments, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, f"forebay {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return json.loads(done.stdout)


class Daemon:
    """The daemon of $FOREBAY_HOME, started from source."""

    def __init__(self):
        self.start()

    def start(self) -> None:
        self.pid = forebay("up")["pid"]

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not _lives(self.pid))

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.kill()


def _lives(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Notebook:
    """A real IPython kernel; each cell's output and error as a front end gets them."""

    def __init__(self, folder: Path):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel")}
        # A kernel that believes itself under test leaves its child processes' output alone.
        environment.pop("PYTEST_CURRENT_TEST", None)
        self.manager, self.client = start_new_kernel(env=environment, cwd=str(folder))

    @property
    def pid(self) -> int:
        return self.manager.provisioner.process.pid

    def run(self, code: str) -> "Cell":
        messages: list[dict] = []
        reply = self.client.execute_interactive(code, output_hook=messages.append, timeout=60)
        return Cell(reply["content"], messages)

    def value(self, expression: str):
        """What an expression is over there, by its JSON."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))").text)

    def complete(self, code: str) -> list[str]:
        return self.client.complete(code, len(code), reply=True, timeout=30)["content"]["matches"]

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Cell:
    """What one cell left behind."""

    def __init__(self, reply: dict, messages: list[dict]):
        self.ok = reply["status"] == "ok"
        self.messages = messages
        self.error = next((m["content"] for m in messages if m["msg_type"] == "error"), None)

    @property
    def text(self) -> str:
        return "".join(m["content"]["text"] for m in self.messages if m["msg_type"] == "stream")

    @property
    def shown(self) -> list[dict]:
        """Everything displayed, updates included: one {type: text} each."""
        kinds = ("display_data", "update_display_data", "execute_result")
        return [m["content"]["data"] for m in self.messages if m["msg_type"] in kinds]


def wait_until(promise: Callable[[], object], seconds: float = 10):
    """The first true answer; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = promise()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"It did not come true within {seconds} s.")
