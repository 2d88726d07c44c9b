import getpass
import os
import sys


def shell():
    """The running IPython, or None; never imports it."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def in_notebook() -> bool:
    """Whether cells show rich output: a kernel, not a terminal."""
    return getattr(shell(), "kernel", None) is not None


def notebook_path() -> str | None:
    """Where the notebook lies whose kernel this is, as it is named now; None in scripts, terminals and consoles.

    VS Code's Jupyter says it by a variable, jupyter_server by JPY_SESSION_NAME, which our extension keeps true.
    """
    if not in_notebook():
        return None
    namespace = getattr(shell(), "user_ns", {})
    path = namespace.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME")
    # A console has a session too, with a name that is no file.
    if not isinstance(path, str) or not (path.endswith(".ipynb") or os.path.isfile(path)):
        return None
    # A name without a folder lies where the kernel was started: beside its notebook.
    return path if os.path.isabs(path) else os.path.abspath(os.path.basename(path))


def cell_source() -> str | None:
    """What the cell that runs says, magics included; None outside of a notebook."""
    history = getattr(shell(), "history_manager", None) if in_notebook() else None
    cells = getattr(history, "input_hist_raw", [])
    return cells[-1] if cells else None


def program_name() -> str:
    """The notebook's or script's file name, for people."""
    script = "notebook" if in_notebook() else sys.argv[0] or "python"
    return os.path.basename(notebook_path() or os.environ.get("JPY_SESSION_NAME") or script)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container's user may have a number only.
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"
