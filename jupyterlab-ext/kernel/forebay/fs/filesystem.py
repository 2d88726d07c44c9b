from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException

from fsspec.implementations.local import LocalFileSystem
from fsspec.spec import AbstractFileSystem
from fsspec.utils import stringify_path

from ..daemon.pool import get_first
from ..errors import ForebayError
from . import listing
from .errors import as_os_error, is_a_folder, read_only
from .facts import FactsMixin
from .file import BLOCK, LakeFile
from .paths import PROTOCOL, Place, parse, strip
from .prefetch import PrefetchCache
from .reading import ReadingMixin
from .readonly import ReadOnlyMixin
from .versions import Versions


class ForebayFileSystem(ReadOnlyMixin, ReadingMixin, FactsMixin, AbstractFileSystem):
    """Versions of the lake as folders: `forebay://NAME@SEL/PATH`, read-only.

    What is cached on this machine is read from its files (and held in the cache, as by `forebay.mount`); the rest comes
    from the lake by ranges, through the daemon. `@latest` and tags are looked up anew after ten seconds; an open file
    stays what it was. Errors are FileNotFoundError and the like, and ForebayError too.
    """

    protocol = PROTOCOL
    root_marker = ""
    async_impl = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._versions = Versions()

    @classmethod
    def _strip_protocol(cls, path):
        if isinstance(path, list):
            return [cls._strip_protocol(each) for each in path]
        return strip(stringify_path(path))

    def ls(self, path, detail=True, **kwargs):
        path = self._strip_protocol(path)
        found = self._folder(path)
        return found if detail else sorted(entry["name"] for entry in found)

    def info(self, path, **kwargs):
        path = self._strip_protocol(path)
        place = parse(path)
        if place is None:
            return {"name": "", "type": "directory", "size": 0}
        version = self._versions.resolve(place)
        if not place.inner:
            facts = {key: version[key] for key in ("version", "digest", "files", "bytes")}
            return {"name": path, "type": "directory", "size": 0, **facts}
        listed = self._listed(place, version)
        return listed if listed else self._asked(lambda: listing.entry(place, version))

    def exists(self, path, **kwargs):
        # Unlike fsspec's own, a daemon that is away isn't an absent file.
        try:
            self.info(path)
            return True
        except FileNotFoundError:
            return False

    def expand_path(self, path, recursive=False, maxdepth=None, **kwargs):
        # Who gets or reads a folder gets what its links to folders lead to; links in there lead no further.
        more = {**kwargs, "behind_links": recursive}
        return super().expand_path(path, recursive=recursive, maxdepth=maxdepth, **more)

    def find(self, path, maxdepth=None, withdirs=False, detail=False, behind_links=False, **kwargs):
        path = self._strip_protocol(path)
        place = parse(path)
        if place is None or maxdepth is not None:
            return super().find(path, maxdepth=maxdepth, withdirs=withdirs, detail=detail, **kwargs)
        version = self._versions.resolve(place)
        # Links to files are files, and none below leads into another folder, as os.walk has it.
        entries = self._below(place, version)
        linked = {entry["name"] for entry in entries if entry.get("islink") and entry["type"] == "directory"}
        found = {entry["name"]: entry for entry in entries if withdirs or entry["name"] not in linked}
        if withdirs:
            for name in linked if behind_links else ():
                behind = self._below(parse(name), version)
                found.update((entry["name"], entry) for entry in behind if entry["type"] == "file")
            above = listing.folders_above(path, found)
            found.update((name, {"name": name, "type": "directory", "size": 0}) for name in above)
            if found and self.isdir(path):
                found[path] = self.info(path)
        else:
            found = {name: entry for name, entry in found.items() if entry["type"] != "directory"}
        names = sorted(found)
        return {name: found[name] for name in names} if detail else names

    def _open(self, path, mode="rb", block_size=None, autocommit=True, cache_options=None, **options):
        if mode != "rb":
            raise read_only(path)
        place = self._file_place(path)
        local = self._versions.local_file(place)
        if local is not None:
            return LocalFileSystem()._open(local, mode="rb")
        version = self._versions.resolve(place)
        if block_size is None and options.get("cache_type", PrefetchCache.name) == PrefetchCache.name:
            opened = self._open_at_once(place, version, cache_options)
            if opened is not None:
                return opened
        info = self.info(path)
        if info["type"] == "directory":
            raise is_a_folder(path)
        inner = self._asked(lambda: listing.real_path(place, version)) if info.get("islink") else place.inner
        # fsspec tells it again when it opens a pickled file.
        options.pop("size", None)
        return LakeFile(
            *(self, path),
            **{"version": version, "inner": inner, "size": info["size"], "mode": mode},
            **{"block_size": block_size or "default", "cache_options": cache_options, **options},
        )

    def _open_at_once(self, place: Place, version: dict, cache_options: dict | None) -> LakeFile | None:
        """With its first block, in one question; None for what is empty, a link, a folder or absent."""
        try:
            first, size = get_first(listing.address(version, "content"), {"path": place.inner}, BLOCK)
        except ForebayError as error:
            if error.code not in ("path-unknown", "bad-request"):
                raise as_os_error(error) from None
            return None
        except (OSError, HTTPException):
            # The longer way asks again.
            return None
        names = {"version": version, "inner": place.inner}
        opened = LakeFile(self, place.path(place.inner), size=size, cache_options=cache_options, **names)
        opened.cache.know(first)
        return opened

    def invalidate_cache(self, path=None):
        """Looks `@latest` and tags up anew at once."""
        self._versions.forget()
        self.dircache.clear()
        super().invalidate_cache(path)

    def _folder(self, path: str) -> list[dict]:
        place = parse(path)
        if place is None:
            return self._asked(listing.datasets)
        version = self._versions.resolve(place)
        key = f"{version['digest']} {path}"
        named = self.dircache.get(key)
        if named is None:
            found = self.info(path)
            if found["type"] != "directory":
                return [found]
            inner = found["destination"] if found.get("islink") else place.inner
            named = {entry["name"]: entry for entry in self._listed_as(place, inner, version, listing.folder)}
            self.dircache[key] = named
        return list(named.values())

    def _below(self, place: Place, version: dict) -> list[dict]:
        """Every file below a folder, also one that a link leads to; of a file, itself; of what isn't there, nothing."""
        found = self._listed_as(place, place.inner, version, listing.below)
        path = place.path(place.inner)
        if found or not self.exists(path):
            return found
        there = self.info(path)
        if there["type"] != "directory":
            return [there] if there["type"] == "file" else []
        return self._listed_as(place, there["destination"], version, listing.below) if there.get("islink") else []

    def _listed_as(self, place: Place, inner: str, version: dict, listed: Callable) -> list[dict]:
        """A folder's entries; where a link leads to it, they keep the link's name."""
        real = replace(place, inner=inner)
        entries = self._asked(lambda: list(listed(real, version)))
        if real != place:
            top, shown = real.path(inner), place.path(place.inner)
            entries = [{**entry, "name": shown + entry["name"].removeprefix(top)} for entry in entries]
        return [self._resolved(entry, version) if entry["type"] == "link" else entry for entry in entries]

    def _resolved(self, entry: dict, version: dict) -> dict:
        """A link as what it leads to; one that leads nowhere stays a link."""
        try:
            return listing.entry(parse(entry["name"]), version)
        except FileNotFoundError:
            return entry

    def _listed(self, place: Place, version: dict) -> dict | None:
        """What an earlier listing told."""
        name = place.path(place.inner)
        return (self.dircache.get(f"{version['digest']} {name.rpartition('/')[0]}") or {}).get(name)

    def _file_place(self, path: str) -> Place:
        path = self._strip_protocol(path)
        place = parse(path)
        if place is None or not place.inner:
            raise is_a_folder(path)
        return place

    @staticmethod
    def _asked(question):
        try:
            return question()
        except ForebayError as error:
            raise as_os_error(error) from None
