import os

from .cell import first_in_cell
from .identity import in_notebook, shell

OPEN_TYPE = "application/vnd.forebay.open+json"

_KERNEL = os.getpid()


def show_open(version: dict) -> None:
    """In a notebook, that a cell reads files of a version: an output for our extension alone, once a cell.

    JupyterLab shows nothing of it; VS Code would say that it can't, and a forked worker has no cell.
    """
    if not in_notebook() or "__vsc_ipynb_file__" in shell().user_ns or os.getpid() != _KERNEL:
        return
    fact = {key: version[key] for key in ("dataset", "version", "digest")}
    if first_in_cell("open", *fact.values()):
        shell().display_pub.publish({OPEN_TYPE: fact})
