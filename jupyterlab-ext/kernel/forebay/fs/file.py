from fsspec.spec import AbstractBufferedFile

from ..daemon.pool import get_bytes
from .listing import address

BLOCK = 4 * 2**20  # bytes; what large files are cut into on average in the lake


class LakeFile(AbstractBufferedFile):
    """A file of a version that is not cached here, read from the lake by ranges. It stays the version that it was."""

    DEFAULT_BLOCK_SIZE = BLOCK

    def __init__(self, fs, path: str, *, version: dict, inner: str, cache_type="forebay", **options):
        self._version, self._inner = version, inner
        super().__init__(fs, path, cache_type=cache_type, **options)

    def _fetch_range(self, start: int, end: int) -> bytes:
        query = {"path": self._inner}
        return b"".join(get_bytes(address(self._version, "content"), query, start, end))
