import os
import shutil

import pytest

from support import NODE, Daemon, Notebook, forebay

pytest_plugins = ["pytest_jupyter.jupyter_server"]


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Two versions' worth of small files, and one version that takes seconds to fill."""
    made = tmp_path_factory.mktemp("folders")
    for name, count, size in (("digits", 60, 400), ("scans", 12_000, 2_000)):
        for number in range(count):
            file = made / name / f"class {number % 4}" / f"{number:05}.bin"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.urandom(size))
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of its own for each file of tests, known to every process that is started from here."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOREBAY_HOME", str(folder))
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.setenv("FOREBAY_NODE", str(NODE))
        patch.delenv("FOREBAY_LAKE", raising=False)
        patch.delenv("JPY_SESSION_NAME", raising=False)
        yield folder


@pytest.fixture(scope="module")
def daemon(home, folders, tmp_path_factory):
    """The real daemon of that home, with digits@v1 (tagged raw) and digits@v2 in its lake."""
    running = Daemon()
    copy = tmp_path_factory.mktemp("copies") / "digits"
    shutil.copytree(folders / "digits", copy)
    forebay("data", "init", "digits", folder=copy)
    forebay("data", "sync", "-m", "as they are", folder=copy)
    (copy / "class 0" / "00000.bin").write_bytes(b"corrected")
    forebay("data", "sync", "-m", "one corrected", folder=copy)
    forebay("data", "tag", "digits@v1", "raw")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def scans(daemon, folders, tmp_path_factory):
    """A working copy of the dataset whose sync and fill take seconds; no version yet."""
    copy = tmp_path_factory.mktemp("copies") / "scans"
    shutil.copytree(folders / "scans", copy)
    forebay("data", "init", "scans", folder=copy)
    return copy


@pytest.fixture
def notebook(daemon, tmp_path):
    """A real IPython kernel in a process of its own."""
    opened = Notebook(tmp_path)
    yield opened
    opened.close()
