"""Immutable dataset versions, cached next to the compute.

    import forebay
    path = forebay.mount("digits@v2")     # a pathlib.Path, held until this process ends

    with forebay.run("first try"):        # records the block: output, data, what it logs through MLflow
        ...

In a notebook, `%load_ext forebay` gives the same as `%forebay ls | cache | uncache | mount | unmount | status`, and `%%forebay run` records a cell.
"""

from .datasets import log, ls
from .errors import ForebayError
from .mounts import mount, unmount
from .overview import status
from .placements import cache, uncache
from .runs import run

__all__ = ["ForebayError", "cache", "log", "ls", "mount", "run", "status", "uncache", "unmount"]


def load_ipython_extension(shell):
    from .magics import register

    register(shell)
