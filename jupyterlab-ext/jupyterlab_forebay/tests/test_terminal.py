import sys

import pytest

from jupyterlab_forebay.terminal import terminal_command


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment whose folder of commands has a space in its name, and no other on PATH."""
    folder = tmp_path / "my env"
    folder.mkdir()
    command = folder / "forebay"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    return folder


@pytest.mark.parametrize(("in_terminal", "typed"), [(True, "forebay"), (False, "'{}/forebay'")])
def test_a_login_shell_is_told_the_place(environment, monkeypatch, in_terminal, typed):
    monkeypatch.setenv("PATH", str(environment))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: in_terminal, raising=False)
    assert terminal_command() == typed.format(environment)


def test_an_environment_that_path_does_not_have_is_named(environment):
    assert terminal_command() == f"'{environment}/forebay'"


def test_where_there_is_none_its_name_says_what_is_missing(environment):
    (environment / "forebay").unlink()
    assert terminal_command() == "forebay"
