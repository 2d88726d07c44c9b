import errno

from ..errors import ForebayError

_ABSENT = {"dataset-unknown", "version-unknown", "path-unknown", "bad-name"}


class NotFound(ForebayError, FileNotFoundError):
    """So that whoever asks fsspec for a file finds what Python calls it."""


class ReadOnly(ForebayError, PermissionError):
    """Versions never change."""

    def __init__(self, code: str, message: str, hint: str | None = None):
        super().__init__(code, message, hint)
        self.errno = errno.EROFS


class IsAFolder(ForebayError, IsADirectoryError):
    pass


def as_os_error(error: ForebayError) -> ForebayError:
    """The same error, as one of Python's own where there is one."""
    if error.code in _ABSENT and not isinstance(error, OSError):
        return NotFound(error.code, error.message, error.hint)
    return error


def read_only(path: str) -> ReadOnly:
    name = path.partition("/")[0] or "A version"
    return ReadOnly(
        "bad-request",
        f"{name} can't be written to: a version never changes.",
        "Write into a folder of your own and make the next version of it: forebay.sync(FOLDER).",
    )


def is_a_folder(path: str) -> IsAFolder:
    return IsAFolder("bad-request", f"'{path}' is a folder, not a file.", f"List it: fs.ls('{path}').")
