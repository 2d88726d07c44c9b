"""%forebay in a real IPython kernel."""

import pytest
from forebay.client import pages


@pytest.fixture
def loaded(notebook):
    assert notebook.run("%load_ext forebay").ok
    return notebook


def test_a_mount_is_a_path_that_can_be_kept(loaded):
    assert loaded.run("path = %forebay mount digits@v1").ok
    assert loaded.value("[type(path).__name__, len(list(path.rglob('*.bin')))]") == ["PosixPath", 60]
    assert loaded.run("%forebay unmount digits@v1").ok


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("ls", "digits"),
        ("log digits", "one corrected"),
        ("ls digits@v1", "class 3/"),
        ("status", "local"),
    ],
)
def test_tables_show_as_tables(loaded, line, cell):
    [shown] = loaded.run(f"%forebay {line}").shown
    assert f">{cell}</td>" in shown["text/html"]
    assert cell in shown["text/plain"]


def test_cache_and_uncache_are_one_line_each(loaded):
    loaded.run("%forebay cache digits@v2")
    assert [placement["version"] for placement in pages("/api/v1/placements") if placement["version"] == 2] == [2]
    assert loaded.run("%forebay uncache digits@v2").ok
    assert 2 not in [placement["version"] for placement in pages("/api/v1/placements")]


@pytest.mark.parametrize(
    ("line", "sentence", "way_out"),
    [
        ("%forebay mount digits@v9", "v9", "v2"),
        ("%forebay mount digit", "digit", "digits"),
        ("%forebay uncache digits@v2", "isn't cached", ""),
        ("%forebay mount", "%forebay mount REF", ""),
        ("%forebay fetch digits", "There is no %forebay fetch", "%forebay cache REF"),
        ("%forebay ls 'digits", "can't be read", ""),
    ],
)
def test_a_failure_is_two_sentences_and_no_traceback(loaded, line, sentence, way_out):
    cell = loaded.run(f"x = 1\nx = {line}")
    shown = "\n".join(cell.error["traceback"])
    assert not cell.ok
    assert sentence in shown
    assert way_out in shown
    assert "Traceback" not in shown
    assert 'File "' not in shown


def test_alone_it_says_what_it_can_do(loaded):
    text = loaded.run("%forebay").text
    assert all(name in text for name in ("ls", "cache", "uncache", "mount", "unmount", "status"))


def test_tab_completes_commands_datasets_and_versions(loaded):
    assert {"mount", "ls", "status"} <= set(loaded.complete("%forebay "))
    assert loaded.complete("%forebay mo") == ["mount"]
    assert loaded.complete("%forebay mount dig") == ["digits"]
    assert loaded.complete("x = %forebay mount dig") == ["digits"]
    assert {"v1", "v2", "latest", "raw"} <= set(loaded.complete("%forebay mount digits@"))
    assert loaded.complete("%forebay cache digits@ra") == ["raw"]
