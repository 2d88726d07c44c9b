import os
import shutil
from collections.abc import Iterator
from itertools import chain

from fsspec.callbacks import DEFAULT_CALLBACK

from ..daemon.pool import get_bytes
from ..errors import ForebayError
from . import listing
from .errors import as_os_error, is_a_folder
from .local import read_local, writing
from .many import each
from .paths import Place


class ReadingMixin:
    """Whole files and parts of them, many at once."""

    def cat_file(self, path, start=None, end=None, **kwargs):
        place = self._file_place(path)
        local = self._versions.local_file(place)
        if local is not None:
            return read_local(local, start, end)
        if (start or 0) < 0 or (end or 0) < 0:
            size = self.info(path)["size"]
            start = max(0, size + start) if (start or 0) < 0 else start
            end = size + end if (end or 0) < 0 else end
        if end is not None and (start or 0) >= end:
            return b""
        try:
            return b"".join(self._content(place, start or 0, end))
        except ForebayError as error:
            # HTTP refuses ranges beyond the end; of a file nothing is there.
            if error.code == "bad-request" and (start or 0) >= self.info(path)["size"]:
                return b""
            raise

    def cat(self, path, recursive=False, on_error="raise", **kwargs):
        paths = self.expand_path(path, recursive=recursive)
        one = len(paths) == 1 and isinstance(path, str) and paths[0] == self._strip_protocol(path)
        if one and not recursive:
            return self.cat_file(paths[0], **kwargs)
        if recursive:
            paths = [name for name in paths if not self.isdir(name)]
        read = each(lambda name: self.cat_file(name, **kwargs), paths, on_error)
        found = zip(paths, read, strict=True)
        return {name: read for name, read in found if on_error != "omit" or not isinstance(read, Exception)}

    def cat_ranges(self, paths, starts, ends, max_gap=None, on_error="return", **kwargs):
        starts = starts if isinstance(starts, list) else [starts] * len(paths)
        ends = ends if isinstance(ends, list) else [ends] * len(paths)
        wanted = list(zip(paths, starts, ends, strict=True))
        return each(lambda it: self.cat_file(*it), wanted, on_error)

    def get_file(self, rpath, lpath, callback=DEFAULT_CALLBACK, outfile=None, **kwargs):
        if outfile is None and self.isdir(rpath):
            os.makedirs(lpath, exist_ok=True)
            return
        place = self._file_place(rpath)
        local = self._versions.local_file(place)
        if local is not None:
            callback.set_size(os.path.getsize(local))
            with open(local, "rb") as source, writing(lpath, outfile) as target:
                shutil.copyfileobj(source, target, 1 << 20)
            return
        callback.set_size(self.info(rpath)["size"])
        pieces = self._content(place, 0, None)
        first = next(pieces)  # Before a file is opened: what isn't there must empty none.
        with writing(lpath, outfile) as target:
            for piece in chain([first], pieces):
                target.write(piece)
                callback.relative_update(len(piece))

    def _content(self, place: Place, start: int, end: int | None) -> Iterator[bytes]:
        version = self._versions.resolve(place)
        query = {"path": place.inner}
        pieces = get_bytes(listing.address(version, "content"), query, start, end)
        try:
            first = next(pieces, b"")
        except ForebayError as error:
            if error.code != "path-unknown":
                raise
            # The daemon follows no links; one to a folder has no content either.
            found = self._asked(lambda: listing.entry(place, version))
            if found["type"] == "directory":
                raise is_a_folder(found["name"]) from None
            if "destination" not in found:
                raise as_os_error(error) from None
            pieces = get_bytes(listing.address(version, "content"), {"path": found["destination"]}, start, end)
            first = next(pieces, b"")
        yield first
        yield from pieces
