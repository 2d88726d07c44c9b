import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

from ..daemon.client import send_file
from ..errors import ForebayError

_TOLD = 20  # files that are named


class OutputFolder:
    """A folder of its own for each block; what it leaves there are the run's artifacts."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="forebay-run-")

    def keep(self, run_path: str) -> None:
        """Sends every file and removes it. Those that are refused stay in the folder, and it says why."""
        refused: list[tuple[str, Exception]] = []
        for name, file in self._files():
            try:
                send_file("PUT", f"{run_path}/artifacts", file, query={"path": name})
                os.remove(file)
            except (OSError, ForebayError) as error:
                refused.append((name, error))
                if isinstance(error, ForebayError) and error.code == "daemon-unreachable":
                    break
        if not refused:
            shutil.rmtree(self.path, ignore_errors=True)
            return
        told = "".join(f"\n  {name}: {' '.join(str(error).splitlines())}" for name, error in refused[:_TOLD])
        more = f"\n  and {len(refused) - _TOLD:,} more" if len(refused) > _TOLD else ""
        print(f"Not all of this run is recorded. These files stay in {self.path}:{told}{more}", file=sys.stderr)

    def _files(self) -> Iterator[tuple[str, str]]:
        """Their names within, and their paths; links are not followed."""
        for folder, _, names in os.walk(self.path):
            for name in names:
                file = os.path.join(folder, name)
                if os.path.isfile(file) and not os.path.islink(file):
                    yield os.path.relpath(file, self.path).replace(os.sep, "/"), file
