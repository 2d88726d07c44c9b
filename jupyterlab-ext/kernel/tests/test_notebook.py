"""What a notebook shows of a mount, and what is remembered of it."""

import os
import subprocess
import sys

import pytest
from forebay.daemon.client import call, pages
from forebay.mounting.shown import MOUNT_TYPE, mount_bundle
from forebay.notebook.opened import OPEN_TYPE

from support import ROOT, Notebook, wait_until


@pytest.fixture
def study(daemon, tmp_path, monkeypatch):
    """A notebook as jupyter_server starts it."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "first study.ipynb"))
    opened = Notebook(tmp_path)
    assert opened.run("import forebay").ok
    yield opened
    opened.close()


def cards(cell) -> list[dict]:
    return [shown for shown in cell.shown if MOUNT_TYPE in shown]


def uses(path) -> list[tuple]:
    found = pages("/api/v1/notebooks", {"dataset": "digits"})
    return sorted((use["version"], use["by"]) for use in found if use["path"] == str(path))


def test_a_mount_shows_its_version_size_and_cache_and_that_a_newer_one_exists(study):
    [card] = cards(study.run('path = forebay.mount("digits@v1")'))
    fact = card[MOUNT_TYPE]
    assert {key: fact[key] for key in ("dataset", "version", "newest", "cache")} == {
        **{"dataset": "digits", "version": 1, "newest": 2, "cache": "local"},
    }
    assert fact["digest"] == call("GET", "/api/v1/datasets/digits/versions/v1")["digest"]
    assert fact["path"] == study.value("str(path)")
    for kind in ("text/html", "text/plain"):
        assert "digits@v1" in card[kind] and "60 files, 24.0 kB" in card[kind] and "v2 is newer" in card[kind]
    [newest] = cards(study.run('forebay.mount("digits")'))
    assert newest[MOUNT_TYPE]["version"] == 2 and "newer" not in newest["text/html"]


def test_the_same_version_is_shown_once_a_cell_and_again_in_the_next(study):
    twice = 'for ref in ("digits@v1", "digits@raw", "digits@v1", "digits@v2"): forebay.mount(ref)'
    assert [card[MOUNT_TYPE]["version"] for card in cards(study.run(twice))] == [1, 2]
    assert len(cards(study.run(twice))) == 2
    assert len(cards(study.run("%load_ext forebay\npath = %forebay mount digits@v1\nforebay.mount('digits@v1')"))) == 1


def test_a_script_prints_nothing(daemon, tmp_path):
    script = 'import forebay; forebay.mount("digits@v1"); forebay.unmount()'
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel"),
        "JPY_SESSION_NAME": str(tmp_path / "script.ipynb"),
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert uses(tmp_path / "script.ipynb") == []


def test_what_others_wrote_is_text_in_the_card():
    version = {"dataset": "d", "version": 1, "digest": "sha256:0", "files": 1, "bytes": 1, "author": "a"}
    newest = {**version, "version": 2, "message": "<img src=x onerror=alert(1)>", "time": "2026-01-01T00:00:00Z"}
    shown = mount_bundle(version, newest, "/data/<b>", "local")["text/html"]
    assert "<img" not in shown and "<b>" not in shown


def test_a_notebook_is_remembered_with_what_it_mounted_and_opened(study, tmp_path):
    path = tmp_path / "first study.ipynb"
    assert study.run('forebay.mount("digits@v1"); forebay.mount("digits@raw")').ok
    assert study.run('forebay.open("digits@v2/class 0/00000.bin", "rb").read()').ok
    wait_until(lambda: uses(path) == [(1, "mount"), (2, "open")])
    lineage = call("GET", "/api/v1/lineage", query={"of": "digits@v1", "down": 1})
    [node] = [node for node in lineage["nodes"] if node["kind"] == "notebook" and node["path"] == str(path)]
    assert node["name"] == "first study.ipynb"
    assert {"from": lineage["of"], "to": node["id"]} in lineage["edges"]


def test_a_notebook_that_was_renamed_is_remembered_by_its_new_name_from_then_on(study, tmp_path):
    used = 'forebay.mount("digits@v1"); forebay.open("digits@v2/class 0/00000.bin", "rb").close()'
    assert study.run(used).ok
    new = tmp_path / "second study.ipynb"
    assert study.run(f'import os; os.environ["JPY_SESSION_NAME"] = {str(new)!r}').ok
    assert study.run(used).ok
    wait_until(lambda: uses(new) == [(1, "mount"), (2, "open")])


def test_what_a_cell_reads_stands_in_its_outputs_once_for_the_extension_alone(study):
    def opened(code: str) -> list[str]:
        shown = [shown for shown in study.run(code).shown if OPEN_TYPE in shown]
        assert all(set(each) == {OPEN_TYPE} and each[OPEN_TYPE]["digest"].startswith("sha256:") for each in shown)
        return [f"{each[OPEN_TYPE]['dataset']}@v{each[OPEN_TYPE]['version']}" for each in shown]

    twice = 'for number in (0, 4): forebay.open(f"digits@raw/class 0/{number:05}.bin", "rb").read()'
    assert opened(twice) == ["digits@v1"]
    address = 'import fsspec; fsspec.open("forebay://digits@v2/class 1/00001.bin").open().read()'
    assert opened(f"{twice}\n{address}") == ["digits@v1", "digits@v2"]
    assert opened(f"__vsc_ipynb_file__ = '/in code.ipynb'\n{twice}") == []


def test_a_run_that_is_started_in_a_notebook_leads_back_to_it(study, tmp_path):
    assert study.run('with forebay.run("tied", data="digits@v1"):\n    pass').ok
    run = next(run["id"] for run in pages("/api/v1/runs") if run["name"] == "tied")

    def notebooks():
        lineage = call("GET", "/api/v1/lineage", query={"of": run, "down": 0})
        return [node["path"] for node in lineage["nodes"] if node["kind"] == "notebook"]

    wait_until(lambda: notebooks() == [str(tmp_path / "first study.ipynb")])
    assert call("GET", f"/api/v1/runs/{run}")["command"] == ["first study.ipynb"]


def test_vs_code_names_its_notebook_by_a_variable(notebook, tmp_path):
    file = tmp_path / "in code.ipynb"
    assert notebook.run(f'__vsc_ipynb_file__ = {str(file)!r}\nimport forebay; forebay.mount("digits@v1")').ok
    wait_until(lambda: uses(file) == [(1, "mount")])


def test_a_console_is_no_notebook(daemon, tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "console-1-5d2f"))
    console = Notebook(tmp_path)
    assert console.run('import forebay; forebay.mount("digits@v1")').ok
    assert console.value("__import__('forebay.notebook.identity').notebook.identity.notebook_path()") is None
    console.close()
