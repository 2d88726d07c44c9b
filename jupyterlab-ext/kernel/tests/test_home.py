import json
import os

import pytest
from forebay import ForebayError
from forebay.daemon.client import connect
from forebay.daemon.home import forebay_home, is_ours, socket_path, sockets

from support import run_node

LAUNCH = "core/src/daemon/launch/runtimeFolder.ts"


@pytest.fixture(autouse=True)
def no_runtime_folder(monkeypatch):
    for name in ("XDG_RUNTIME_DIR", "TMPDIR", "TMP", "TEMP"):
        monkeypatch.delenv(name, raising=False)


def node_says(home) -> str:
    return run_node(f"import {{ socketPathOf }} from './{LAUNCH}'; console.log(socketPathOf({json.dumps(str(home))}))")


@pytest.mark.parametrize("name", ["XDG_RUNTIME_DIR", "TMPDIR", "TMP", "TEMP", None])
def test_the_socket_lies_where_the_daemon_puts_it(name, tmp_path, monkeypatch):
    home = tmp_path / "döme with space"
    monkeypatch.setenv("FOREBAY_HOME", str(home))
    if name:
        monkeypatch.setenv(name, "/var/tmp/")
    assert socket_path(forebay_home()) == node_says(home)


def test_a_link_to_the_home_leads_to_the_same_socket(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path / "link"))
    assert socket_path(forebay_home()) == node_says(tmp_path / "home") == node_says(tmp_path / "link")


def test_a_runtime_folder_too_long_for_a_socket_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"/var/tmp/{'x' * 80}")
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path))
    assert socket_path(forebay_home()) == node_says(tmp_path)
    assert socket_path(forebay_home()).startswith("/tmp/")


def test_what_the_last_daemon_wrote_is_tried_too(tmp_path):
    (tmp_path / "daemon.json").write_text(json.dumps({"socket": "/elsewhere/daemon.sock"}))
    assert sockets(tmp_path) == [socket_path(tmp_path), "/elsewhere/daemon.sock"]


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720])
def test_a_socket_that_others_could_have_put_there_is_not_ours(mode, tmp_path):
    assert is_ours(str(tmp_path / "daemon.sock"))
    os.chmod(tmp_path, mode)
    assert not is_ours(str(tmp_path / "daemon.sock"))


def test_where_nothing_can_start_the_daemon_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(ForebayError, match="isn't running") as refused:
        connect()
    assert refused.value.code == "daemon-unreachable"
    assert "forebay up" in refused.value.hint
