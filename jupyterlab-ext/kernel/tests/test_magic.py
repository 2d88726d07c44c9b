"""%forebay in a real IPython kernel."""

import pytest
from forebay.daemon.client import pages

from support import forebay as command


@pytest.fixture
def loaded(notebook):
    assert notebook.run("%load_ext forebay").ok
    return notebook


def test_a_mount_is_a_path_that_can_be_kept(loaded):
    assert loaded.run("path = %forebay mount digits@v1").ok
    assert loaded.value("[type(path).__name__, len(list(path.rglob('*.bin')))]") == ["PosixPath", 60]
    assert loaded.run("%forebay unmount digits@v1").ok


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("ls", ["digits"]),
        ("log digits", ["one corrected"]),
        ("versions digits", ["one corrected", "raw"]),
        ("ls digits@v1", ["class 3/"]),
        ("ls 'digits@v1:class 0'", ["class 0/00000.bin"]),
        ("files digits@v1 00001", ["class 1/00001.bin"]),
        ("files digits@v1 --most 2", ["There are more: ask for a folder, or forebay.files("]),
        ("describe digits@v1", ["60 files, 24.0 kB", "v2 is newer", "as they are"]),
        ("diff digits", ["~ class 0/00000.bin"]),
        ("diff digits@v1 v2", ["~ class 0/00000.bin"]),
        ("tag digits@v2 fine", ["fine"]),
        ("status", ["local"]),
    ],
)
def test_tables_show_as_tables(loaded, line, cells):
    [shown] = loaded.run(f"%forebay {line}").shown
    for cell in cells:
        assert f">{cell}</td>" in shown["text/html"] or f">{cell}" in shown["text/html"], shown["text/html"]
        assert cell in shown["text/plain"]


def test_a_tag_is_taken_away_by_its_name_only(loaded):
    refused = loaded.run("%forebay untag digits")
    assert "Name the tag" in str(refused.error)


def test_cache_pin_unpin_and_uncache_are_one_line_each(loaded):
    def placements():
        return [each for each in pages("/api/v1/placements") if each["version"] == 2]

    loaded.run("%forebay cache digits@v2")
    assert [each["pinned"] for each in placements()] == [False]
    assert "pinned" in loaded.run("%forebay pin digits@v2").shown[0]["text/html"]
    assert [each["pinned"] for each in placements()] == [True]
    assert loaded.run("%forebay unpin digits@v2").ok
    assert loaded.run("%forebay uncache digits@v2").ok
    assert placements() == []


def test_a_part_is_cached_pinned_and_cleared_by_the_globs_that_name_it(loaded):
    def parts():
        found = [each for each in pages("/api/v1/placements") if each["version"] == 2]
        return {each["selection"]["include"][0]: each["pinned"] for each in found}

    part = "--include 'class 0' --exclude '*.tmp'"
    cached = loaded.run(f"%forebay cache digits@v2 {part}").shown[-1]["text/plain"]
    assert "digits@v2 (part: class 0 without *.tmp)" in cached
    assert loaded.run("%forebay pin digits@v2").ok
    assert loaded.run("import forebay; forebay.cache('digits@v2', include='./class 1')").ok
    assert parts() == {"class 0": True, "class 1": False}
    several = str(loaded.run("%forebay unpin digits@v2").error)
    assert "2 parts of digits@v2" in several and "--include 'class 0' --exclude '*.tmp'" in several
    assert "(part: class 2) isn't cached" in str(loaded.run("%forebay uncache digits@v2 --include 'class 2'").error)
    assert loaded.run(f"%forebay unpin digits@v2 local {part}").ok
    assert parts() == {"class 0": False, "class 1": False}
    assert loaded.run("%forebay uncache digits@v2 --include './class 1'").ok
    assert loaded.run("%forebay uncache digits@v2").ok
    assert parts() == {}
    mounted = loaded.run("path = %forebay mount digits@v2 --include 'class 3'")
    assert mounted.ok and loaded.value("sorted(each.name for each in path.iterdir())") == ["class 3"]
    assert loaded.run("forebay.unmount()\n%forebay uncache digits@v2").ok


def test_a_folder_becomes_versions_and_brings_in_newer_ones(loaded, tmp_path):
    mine, other = tmp_path / "mine of two words", tmp_path / "other"
    mine.mkdir()
    (mine / "a <b>.txt").write_text("one")
    # Before it there may be a bar.
    shown = loaded.run(f"%forebay sync '{mine}' -m 'first words' --dataset notes").shown[-1]
    assert "notes@v1" in shown["text/plain"] and "1 file, 3 B" in shown["text/html"]
    command("data", "clone", "notes", str(other))
    (other / "c.txt").write_text("three")
    assert loaded.run(f"%forebay sync {other}").ok
    assert "1 added" in loaded.run(f"%forebay pull '{mine}'").shown[-1]["text/plain"]
    assert (mine / "c.txt").read_text() == "three"
    assert "a &lt;b&gt;.txt" in loaded.run("%forebay files notes@v1").shown[0]["text/html"]
    assert loaded.run("%forebay tag notes@v1 old").ok and loaded.run("%forebay untag notes old").ok
    assert [each["message"] for each in loaded.value("list(__import__('forebay').versions('notes'))")] == [
        "",
        "first words",
    ]


def test_what_the_command_line_does_is_done_here_too(loaded, tmp_path):
    whole = tmp_path / "whole"
    assert "60" in loaded.run(f"%forebay clone digits@v1 {whole}").shown[-1]["text/html"]
    assert (whole / "class 0" / "00000.bin").is_file()
    assert "every byte is as it was synced" in loaded.run("%forebay verify digits@v1").shown[-1]["text/plain"]
    described = loaded.run("%forebay describe digits --about 'ten classes' --label small").shown[-1]["text/plain"]
    assert "ten classes" in described and "small" in described
    assert "small" not in loaded.run("%forebay describe digits --unlabel small").shown[-1]["text/plain"]
    assert "2.0 GB" in loaded.run(f"%forebay attach second {tmp_path / 'second'} 2GB").shown[-1]["text/html"]
    assert loaded.run("%forebay cache digits@v1 second").ok
    assert "problem" not in loaded.run("%forebay verify digits@v1 second").shown[-1]["text/plain"]
    assert loaded.run("%forebay uncache digits@v1 second").ok
    told = loaded.run("%forebay history second").shown[-1]["text/html"]
    assert ">filled</td>" in told and ">cleared</td>" in told
    assert loaded.run("%forebay detach second").ok


def test_a_version_is_removed_by_its_number_only(loaded, tmp_path):
    for text in ("one", "two"):
        (tmp_path / "a.txt").write_text(text)
        assert loaded.run(f"%forebay sync {tmp_path} --dataset passing").ok
    assert "may mean another version tomorrow" in str(loaded.run("%forebay remove passing").error)
    assert "for everybody" in loaded.run("%forebay remove passing@v1").shown[-1]["text/plain"]
    assert [each["version"] for each in loaded.value("list(__import__('forebay').versions('passing'))")] == [2]


def test_runs_and_lineage_tell_what_was_done_with_what(loaded):
    assert loaded.run("%%forebay run look --data digits@v1\nprint(1)").ok
    assert ">look</td>" in loaded.run("%forebay runs --last 1").shown[0]["text/html"]
    for line in ("lineage digits@v1", "lineage look"):
        shown = loaded.run(f"%forebay {line}").shown[0]
        for kind in ("text/plain", "text/html"):
            assert "run look" in shown[kind] and "digits@v1" in shown[kind]


@pytest.mark.parametrize(
    ("line", "sentence", "way_out"),
    [
        ("%forebay mount digits@v9", "v9", "v2"),
        ("%forebay mount digit", "digit", "digits"),
        ("%forebay uncache digits@v2", "isn't cached", ""),
        ("%forebay pin digits@v2", "isn't cached", ""),
        ("%forebay mount", "%forebay mount REF", "required"),
        ("%forebay ls a b", "%forebay ls [REF[:FOLDER]]", "Unrecognized"),
        ("%forebay runs --last some", "%forebay runs", "invalid int value"),
        ("%forebay attach new /tmp/new lots", "'lots' is not a size", "500GB"),
        ("%forebay import /no/bucket digits", "/no/bucket", "s3://"),
        ("%forebay verify digits@v9", "v9", "v2"),
        ("%forebay clone digits@v1 /", "/", ""),
        ("%forebay fetch digits", "There is no %forebay fetch", "Did you mean %forebay cache REF"),
        ("%forebay moutn digits", "There is no %forebay moutn", "Did you mean %forebay mount REF"),
        ("%forebay run", "%%forebay run stands on the first line", ""),
        ("%forebay diff digits@v1", "first version", "diff("),
        ("%forebay diff digits other@v1", "two datasets", ""),
        ("%forebay sync /no/such", "/no/such", ""),
        ("%forebay ls 'digits", "can't be read", ""),
        ("%forebay help nonsense", "There is no %forebay nonsense", ""),
    ],
)
def test_a_failure_is_sentences_and_no_traceback(loaded, line, sentence, way_out):
    cell = loaded.run(f"x = 1\nx = {line}")
    shown = "\n".join(cell.error["traceback"])
    assert not cell.ok
    assert sentence in shown
    assert way_out in shown
    assert "Traceback" not in shown
    assert 'File "' not in shown


def test_alone_it_says_what_it_can_do_and_help_says_more(loaded):
    text = loaded.run("%forebay").text
    assert all(f"%forebay {name}" in text for name in ("ls", "cache", "uncache", "mount", "sync", "lineage", "help"))
    assert max(len(line) for line in text.splitlines()) <= 120
    assert "Ctrl-C" in loaded.run("%forebay help mount").text
    assert loaded.run("%forebay mount --help").text == loaded.run("%forebay help mount").text


def test_tab_completes_names_once_the_package_is_imported(notebook):
    assert notebook.run("import forebay").ok
    assert notebook.complete('forebay.mount("dig') == ["digits"]


def test_tab_completes_commands_datasets_versions_and_paths(loaded):
    assert {"mount", "ls", "status"} <= set(loaded.complete("%forebay "))
    assert loaded.complete("%forebay mo") == ["mount"]
    assert loaded.complete("%forebay mount dig") == ["digits"]
    assert loaded.complete("x = %forebay mount dig") == ["digits"]
    offered = loaded.complete("%forebay mount digits@")
    assert offered[:3] == ["v2", "v1", "latest"] and "raw" in offered
    assert loaded.complete("%forebay ls digits@v1:cl") == [f"class {number}/" for number in range(4)]
    assert loaded.complete("%forebay cache digits@v1 lo") == ["local"]
    folders = [f"class {number}/" for number in range(4)]
    assert loaded.complete("%forebay cache digits@v1 --include cl") == folders
    assert loaded.complete("%forebay uncache digits@v1 local --include '*.png' --exclude 'cl") == folders
    assert loaded.complete('forebay.pin("digits@v1", include=["*.png", "cl') == folders
    assert loaded.complete("import forebay as fb; fb.mount('digits@ra") != ["raw"]
    assert loaded.run("import forebay as fb").ok
    assert loaded.complete("fb.mount('digits@ra") == ["raw"]
    assert loaded.complete('forebay.open("digits@v1/class 0/0000') == ["00000.bin", "00004.bin", "00008.bin"]
    assert loaded.complete('pd.read_csv("forebay://digits@v1/class 3/00003') == ["00003.bin"]
    assert loaded.complete('forebay.diff("digits@v1", "')[0] == "digits"
    assert "mount" in loaded.complete("fb.mou")[0]


def test_completion_is_quick_and_silent_while_the_daemon_is_away(loaded, daemon):
    timed = """
import time
from forebay.completion import known
from forebay.completion.candidates import complete
from forebay.completion.cursor import typed
def seconds():
    begun = time.perf_counter(); complete(typed("%forebay mount dig")); return time.perf_counter() - begun
"""
    assert loaded.run(timed).ok
    assert loaded.value("sorted(seconds() for _ in range(5))[3]") < 0.01
    daemon.kill()
    assert loaded.value("known._answers.clear() or seconds()") < 0.15
    assert loaded.complete("%forebay mount dig") == []
    daemon.start()
