import pytest

from jupyterlab_forebay import program
from support import MAIN, NODE


@pytest.fixture
def jp_server_config():
    return {"ServerApp": {"jpserver_extensions": {"jupyterlab_forebay": True}}}


@pytest.fixture(autouse=True)
def from_source(monkeypatch):
    """The daemon's program is this repository's, not a built bundle."""
    monkeypatch.setattr(program, "BUNDLE", MAIN)
    monkeypatch.setenv("FOREBAY_NODE", str(NODE))
