"""Where this user's daemon lives: the same rules as core/src/daemon/launch."""

import hashlib
import json
import os
import stat
import sys
from pathlib import Path

# A Unix socket's path holds 104 bytes on macOS and 108 on Linux (unix(7)), an ending zero included.
_LONGEST_SOCKET = 100


def forebay_home() -> Path:
    """`$FOREBAY_HOME`, or the platform's data folder; the real path, since its hash names the socket."""
    home = os.environ.get("FOREBAY_HOME") or default_home()
    return Path(os.path.realpath(home))


def default_home() -> str:
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/Forebay")
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(data, "forebay")


def socket_path(home: Path) -> str:
    """Under `$XDG_RUNTIME_DIR`, what Node calls os.tmpdir(), or /tmp: the first where the path is short enough."""
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    below = os.path.join(f"forebay-{os.getuid()}", digest, "daemon.sock")
    paths = [os.path.join(place, below) for place in _places()]
    return next((path for path in paths if len(os.fsencode(path)) < _LONGEST_SOCKET), paths[0])


def _places() -> list[str]:
    named = [os.environ.get(name) for name in ("TMPDIR", "TMP", "TEMP")]
    temporary = next(filter(None, named), "/tmp")
    return list(filter(None, [os.environ.get("XDG_RUNTIME_DIR"), temporary, "/tmp"]))


def daemon_file(home: Path) -> dict:
    """What the last daemon of this home wrote at its start: {node, bundle, socket}; empty if there was none."""
    try:
        found = json.loads((home / "daemon.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def sockets(home: Path) -> list[str]:
    """Where the daemon may listen, likeliest first: its environment may have differed from ours."""
    found = [socket_path(home)]
    told = daemon_file(home).get("socket")
    if isinstance(told, str) and told not in found:
        found.append(told)
    return found


def is_ours(path: str) -> bool:
    """Whether only this user can have put the socket there: then its listener is this user's daemon."""
    try:
        folder = os.lstat(os.path.dirname(path))
    except OSError:
        return False
    return stat.S_ISDIR(folder.st_mode) and folder.st_uid == os.getuid() and not folder.st_mode & 0o022
