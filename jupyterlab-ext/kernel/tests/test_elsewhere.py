"""A kernel in another environment, container or host than the server: it works, or says what to set."""

import json
import os
import shutil
import subprocess
import sys

import forebay
import pytest
from forebay import ForebayError
from forebay.daemon.client import connect, pages
from forebay.fs import ForebayFileSystem

from support import ROOT, wait_until

READS = 'import forebay; print(len(list(forebay.mount("digits@v1").rglob("*.bin"))))'


@pytest.fixture
def bare(tmp_path):
    """A Python that has nothing but this package, and no command of ours on its PATH."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip()
    shutil.copytree(ROOT / "jupyterlab-ext" / "kernel" / "forebay", f"{packages}/forebay")

    def run(code: str, **environment: str):
        given = {"PATH": "/usr/bin:/bin", "FOREBAY_HOME": os.environ["FOREBAY_HOME"], **environment}
        return subprocess.run(
            [python, "-W", "error", "-c", code], env=given, capture_output=True, text=True, timeout=60
        )

    return run


def test_an_environment_with_nothing_but_the_wheel_works(daemon, bare, home):
    assert bare(READS, XDG_RUNTIME_DIR=str(home)).stdout == "60\n"


def test_a_kernel_with_another_runtime_folder_finds_the_daemon_by_its_home(daemon, bare):
    done = bare(READS, XDG_RUNTIME_DIR="/nowhere")
    assert done.stdout == "60\n", done.stderr


def test_single_files_need_fsspec_and_say_how_to_get_it(daemon, bare, home):
    said = bare('import forebay; forebay.open("digits@v1/class 0/00000.bin")', XDG_RUNTIME_DIR=str(home)).stderr
    assert "pip install 'forebay[fsspec]'" in said


def test_a_home_that_another_path_leads_to_is_found_too(daemon, bare, home, tmp_path):
    """As where a container has the home mounted elsewhere: its path's hash no longer names the socket."""
    (tmp_path / "mounted").mkdir()
    shutil.copy(home / "daemon.json", tmp_path / "mounted")
    assert bare(READS, FOREBAY_HOME=str(tmp_path / "mounted")).stdout == "60\n"


def test_a_home_that_is_not_there_says_what_to_share_and_set(bare, tmp_path):
    said = bare("import forebay; forebay.ls()", FOREBAY_HOME=str(tmp_path / "absent")).stderr
    assert f"There is no Forebay home at {tmp_path / 'absent'}" in said
    assert "set FOREBAY_HOME to it" in said


def test_a_socket_that_is_not_in_the_container_says_which_folder_to_mount(tmp_path, monkeypatch):
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    told = {"node": "/no/node", "bundle": "/no/bundle", "socket": "/run/elsewhere/daemon.sock", "host": "gpu-hall"}
    (tmp_path / "daemon.json").write_text(json.dumps(told))
    with pytest.raises(ForebayError, match="on gpu-hall, where it listens, can't be reached") as refused:
        connect()
    assert "mount /run/elsewhere at the same path" in refused.value.hint


def test_a_socket_of_somebody_else_says_whose_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "daemon.json").write_text(json.dumps({"socket": str(tmp_path / "open" / "daemon.sock")}))
    with pytest.raises(ForebayError, match="belongs to user"):
        connect()


def leases() -> set[str]:
    return {lease["id"] for lease in pages("/api/v1/leases")}


def test_files_that_the_kernel_cannot_see_are_said_and_still_read_from_the_lake(daemon, monkeypatch):
    """As in a container without the cache's folder."""
    forebay.cache("digits@v1")
    # Other processes of these tests may hold some.
    before = leases()
    isdir = os.path.isdir
    monkeypatch.setattr("os.path.isdir", lambda path: "/cache/" not in f"{path}/" and isdir(path))
    with pytest.raises(ForebayError, match="can't be seen from") as refused:
        forebay.mount("digits@v1")
    assert "mount the cache's folder" in refused.value.hint
    # The daemon hears of a connection's end when it gets to it.
    wait_until(lambda: leases() <= before)
    assert len(ForebayFileSystem(skip_instance_cache=True).cat("digits@v1/class 0/00000.bin")) == 400
    wait_until(lambda: leases() <= before)
