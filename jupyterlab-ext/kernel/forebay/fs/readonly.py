from .errors import read_only


class ReadOnlyMixin:
    """Every way to write that fsspec knows, refused with what to do instead."""

    def mkdir(self, path, *args, **kwargs):
        raise read_only(self._strip_protocol(path))

    makedirs = rmdir = touch = rm_file = _rm = mkdir

    def rm(self, path, *args, **kwargs):
        raise read_only(self._strip_protocol(path if isinstance(path, str) else next(iter(path), "")))

    def pipe_file(self, path, *args, **kwargs):
        raise read_only(self._strip_protocol(path))

    def pipe(self, path, *args, **kwargs):
        raise read_only(self._strip_protocol(path if isinstance(path, str) else next(iter(path), "")))

    def cp_file(self, path1, path2, **kwargs):
        raise read_only(self._strip_protocol(path2))

    def put_file(self, lpath, rpath, *args, **kwargs):
        raise read_only(self._strip_protocol(rpath))

    def put(self, lpath, rpath, *args, **kwargs):
        raise read_only(self._strip_protocol(rpath if isinstance(rpath, str) else next(iter(rpath), "")))

    def copy(self, path1, path2, *args, **kwargs):
        raise read_only(self._strip_protocol(path2 if isinstance(path2, str) else next(iter(path2), "")))

    def mv(self, path1, path2, *args, **kwargs):
        raise read_only(self._strip_protocol(path1))
