"""How a terminal of JupyterLab finds `forebay`."""

import os
import shlex
import shutil
import sys


def terminal_command() -> str:
    """`forebay` as it is typed into a terminal: by its name where the terminal finds it, else by its place."""
    found = shutil.which("forebay")
    # A server that no terminal started gives login shells, whose profile sets PATH anew.
    if found and sys.stdout.isatty():
        return "forebay"
    beside = os.path.join(os.path.dirname(sys.executable), "forebay")
    place = found or (beside if os.path.exists(beside) else "forebay")
    return shlex.quote(place)
