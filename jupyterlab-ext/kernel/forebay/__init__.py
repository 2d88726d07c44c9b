"""Immutable dataset versions, cached next to the compute.

    import forebay
    path = forebay.mount("digits@v2")     # a pathlib.Path, held until this process ends

    with forebay.run("first try"):        # records the block: output, data, what it logs through MLflow
        ...

    pandas.read_csv("forebay://digits@v2/labels.csv")     # where fsspec is installed; cached or not

Names are completed in the notebook that imports it. There `%load_ext forebay` gives the same as `%forebay mount | cache |
ls | ...` (`%forebay` alone lists them), and `%%forebay run` records a cell. What MLflow logs in that notebook goes to
Forebay too, unless MLFLOW_TRACKING_URI is set.
"""

from .caching.history import history
from .caching.overview import status
from .caching.pins import pin, unpin
from .caching.placements import cache, uncache
from .caching.stores import attach, detach
from .completion.here import complete_here
from .errors import ForebayError
from .fs.opening import open
from .lake.datasets import log, ls
from .lake.describe import describe, files
from .lake.diff import diff
from .lake.folders import clone, pull, sync
from .lake.imports import import_from
from .lake.remove import remove
from .lake.tags import tag, untag
from .lake.verify import verify
from .mounting.mounts import mount, unmount
from .recording.lineage import lineage
from .recording.listing import runs
from .recording.runs import run

versions = log

__all__ = [
    "ForebayError",
    "attach",
    "cache",
    "clone",
    "describe",
    "detach",
    "diff",
    "files",
    "history",
    "import_from",
    "lineage",
    "log",
    "ls",
    "mount",
    "open",
    "pin",
    "pull",
    "remove",
    "run",
    "runs",
    "status",
    "sync",
    "tag",
    "uncache",
    "unmount",
    "unpin",
    "untag",
    "verify",
    "versions",
]

complete_here()


def load_ipython_extension(shell):
    from .magics.magic import register
    from .recording.tracking import track_here

    register(shell)
    track_here()
