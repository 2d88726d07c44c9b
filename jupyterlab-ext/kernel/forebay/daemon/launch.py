import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..errors import ForebayError
from .home import daemon_file
from .unreachable import unreachable

_PATIENCE = 30  # seconds; the daemon answers within 10 or says why not


def start_daemon(home: Path) -> str:
    """Starts this home's daemon, or finds it running; returns its socket. Raises what `forebay up` said."""
    command = find_command(home)
    if command is None:
        raise unreachable(home)
    environment = {**os.environ, "FOREBAY_HOME": str(home)}
    try:
        done = subprocess.run(
            [*command, "up", "--json"],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ForebayError("daemon-unreachable", f"The Forebay daemon didn't start: {error}.") from None
    return read_answer(done.stdout, done.stderr)


def find_command(home: Path) -> list[str] | None:
    """The Node and bundle that ran here last; else a `forebay` beside this Python or on PATH."""
    last = daemon_file(home)
    node, bundle = last.get("node"), last.get("bundle")
    if node and bundle and os.access(node, os.X_OK) and os.path.isfile(bundle):
        return [node, bundle]
    beside = os.path.dirname(sys.executable)
    found = shutil.which("forebay", path=beside) or shutil.which("forebay")
    return [found] if found else None


def read_answer(stdout: bytes, stderr: bytes) -> str:
    """The socket from what `forebay up --json` printed: {url: "unix:PATH", ...} or {error: {...}}."""
    try:
        answer = json.loads(stdout)
    except ValueError:
        answer = {}
    error = answer.get("error")
    if isinstance(error, dict):
        raise ForebayError(error.get("code", "internal"), error.get("message", ""), error.get("hint"))
    url = answer.get("url")
    if not isinstance(url, str) or not url.startswith("unix:"):
        said = stderr.decode("utf-8", "replace").strip().splitlines()
        reason = f": {said[-1]}" if said else "."
        raise ForebayError("daemon-unreachable", f"The Forebay daemon didn't start{reason}")
    return url.removeprefix("unix:")
