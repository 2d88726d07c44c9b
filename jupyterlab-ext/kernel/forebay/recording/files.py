import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

from ..daemon.client import send_file
from ..errors import ForebayError


class OutputFolder:
    """A folder of its own for each block; what it leaves there are the run's artifacts."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="forebay-run-")

    def keep(self, run_path: str) -> None:
        """Sends every file and removes the folder; where one can't be sent, the folder stays."""
        try:
            for name, file in self._files():
                send_file("PUT", f"{run_path}/artifacts", file, query={"path": name})
        except (OSError, ForebayError) as error:
            print(f"Not all of this run is recorded. Its output files stay in {self.path}: {error}", file=sys.stderr)
            return
        shutil.rmtree(self.path, ignore_errors=True)

    def _files(self) -> Iterator[tuple[str, str]]:
        """Their names within, and their paths; links are not followed."""
        for folder, _, names in os.walk(self.path):
            for name in names:
                file = os.path.join(folder, name)
                if os.path.isfile(file) and not os.path.islink(file):
                    yield os.path.relpath(file, self.path).replace(os.sep, "/"), file
