from datetime import datetime, timezone

from fsspec.utils import tokenize

from ..show.units import parse_time
from .errors import is_a_folder
from .paths import parse


class FactsMixin:
    """What tells one content from another."""

    def modified(self, path):
        """When a file was last changed before it was synced; of a folder, when its version was made.

        Raises IsADirectoryError for the root, which holds datasets.
        """
        info = self.info(path)
        if "mtime" in info:
            return datetime.fromtimestamp(info["mtime"], timezone.utc)
        place = parse(info["name"])
        if place is None:
            raise is_a_folder(path)
        return parse_time(self._versions.resolve(place)["time"])

    def ukey(self, path):
        """The same for the same content, whatever version it is in."""
        info = self.info(path)
        if "sha256" in info:
            return info["sha256"]
        place = parse(info["name"])
        return tokenize(self._versions.resolve(place)["digest"] if place else "", place and place.inner)

    def checksum(self, path):
        """As `ukey`, as a whole number."""
        return int(self.ukey(path), 16)
