"""What the Python tests share: this repository's Node and daemon, from source."""

import json
import os
import subprocess
from pathlib import Path

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
