import json
import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec

from ..daemon.home import forebay_home
from ..daemon.launch import find_command

_PATIENCE = 30  # seconds; it waits 10 for a daemon that stays away


class Relay:
    """Stands between MLflow's client in this process and the daemon: while that is away, what a block logs is kept on disk,
    and the daemon gets it once it is back.
    """

    def __init__(self, process: subprocess.Popen, address: dict):
        self._process = process
        self.address = address

    def close(self) -> None:
        """Has the rest sent, and says what came to nothing."""
        answer = {"complete": False}
        # Not by closing its input alone: processes that the block forked hold that open too.
        with suppress(OSError, ValueError, subprocess.TimeoutExpired):
            answer = json.loads(self._process.communicate(b"end\n", timeout=_PATIENCE)[0])
        for refusal in answer.get("refusals", []):
            print(f"What the block logged while the daemon was away was refused: {refusal}", file=sys.stderr)
        if not answer.get("complete"):
            print("Not all that the block logged is recorded: the daemon is away.", file=sys.stderr)


def open_relay(run_id: str) -> Relay | None:
    """None where nothing here logs through MLflow, or no `forebay` can be run here: it then logs to the daemon itself."""
    home = forebay_home()
    command = find_command(home)
    if command is None or find_spec("mlflow") is None:
        return None
    process = subprocess.Popen(
        [*command, "relay", run_id, "--json"],
        env={**os.environ, "FOREBAY_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # What interrupts the block is not for it.
        start_new_session=True,
    )
    try:
        address = json.loads(process.stdout.readline())
    except ValueError:
        address = {}
    if "url" in address:
        return Relay(process, address)
    process.kill()
    process.wait()
    return None
