"""Why a kernel doesn't reach the daemon, and what to set: it may run in another environment, container or host."""

import os
import socket
from pathlib import Path

from ..errors import ForebayError
from .home import daemon_file, is_ours

_START = "open JupyterLab or VS Code with Forebay installed once, or run 'forebay up'"


def unreachable(home: Path) -> ForebayError:
    """For a home whose daemon nobody here reaches or can start."""
    here = socket.gethostname()
    told = daemon_file(home)
    listens = told.get("socket")
    if not os.path.isdir(home):
        return _error(
            f"There is no Forebay home at {home} on {here}.",
            "If Forebay runs in another environment, container or machine, share its home with this kernel and set "
            "FOREBAY_HOME to it before the kernel starts; 'forebay status' names it there. "
            f"If it never ran, {_START}.",
        )
    if not os.access(home, os.R_OK | os.X_OK):
        return _error(
            f"The Forebay home {home} can't be read by {_user()}.", f"Run the kernel as its owner, {_owner(home)}."
        )
    if not isinstance(listens, str):
        return _error(
            f"The Forebay daemon of {home} isn't running, and nothing here can start it.", f"{_sentence(_START)}."
        )
    folder = os.path.dirname(listens)
    if not os.path.isdir(folder):
        return _error(
            f"The Forebay daemon of {home} isn't running here, and {listens} on {told.get('host', 'its machine')}, "
            f"where it listens, can't be reached from {here}.",
            f"In a container, mount {folder} at the same path and run as the same user. "
            "On another machine, install what starts a daemon there: pip install jupyterlab-forebay.",
        )
    if not is_ours(listens):
        return _error(
            f"The Forebay daemon's socket {listens} belongs to {_owner(folder)}, and this kernel runs as {_user()}.",
            "Run the kernel as the same user, or set FOREBAY_HOME to a home of its own.",
        )
    return _error(
        f"The Forebay daemon of {home} isn't running, and nothing here can start it.", f"{_sentence(_START)}."
    )


def _error(message: str, hint: str) -> ForebayError:
    return ForebayError("daemon-unreachable", message, hint)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _user() -> str:
    return f"user {os.getuid()}"


def _owner(path: str | Path) -> str:
    try:
        return f"user {os.stat(path).st_uid}"
    except OSError:
        return "another user"
