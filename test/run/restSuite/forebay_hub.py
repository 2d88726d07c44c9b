"""Runs MLflow's own suite of its REST API against Forebay's hub.

In a checkout of mlflow/mlflow, with MLflow and pytest installed:

    PYTHONPATH=FOREBAY/test/run/restSuite python -m pytest --noconftest -p forebay_hub tests/tracking/test_rest_tracking.py

Each test gets a hub of its own, as it would have got a server of MLflow's; FOREBAY_PROGRAM names another program than the
one that 'npm run build' left. Of what Forebay doesn't serve, each test is skipped with the reason.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from mlflow.server import handlers

import mlflow
import tests.tracking.integration_test_utils as servers

root = Path(__file__).parents[3]
node = root / "node_modules" / "node" / "bin" / "node"
program = os.environ.get("FOREBAY_PROGRAM", root / "core" / "dist" / "forebay.mjs")

not_served = {}


class Hub:
    """Stands where the suite starts a server of MLflow's in a thread."""

    folder = None

    def __init__(self, app, port):
        self.port = port

    def __enter__(self):
        command = ["hub", "--listen", f"127.0.0.1:{self.port}", "--database", "runs.db", "--auth", "none"]
        self.process = subprocess.Popen(
            [node, program, *command], cwd=self.folder, stderr=subprocess.PIPE, text=True
        )
        line = self.process.stderr.readline()
        return re.search(r"http://\S+:\d+", line).group()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()


servers.ServerThread = Hub
handlers.initialize_backend_stores = lambda *_, **__: None


@pytest.fixture
def db_uri(tmp_path):
    return f"sqlite:///{tmp_path}/unused.db"


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    Hub.folder = tmp_path
    yield
    mlflow.end_run()
    mlflow.set_tracking_uri(None)


def pytest_collection_modifyitems(config, items):
    """MLflow's server has two kinds of store, for which tests run twice; a hub has one."""
    kept = [each for each in items if "[file" not in each.name]
    config.hook.pytest_deselected(items=[each for each in items if each not in kept])
    items[:] = kept
    for each in items:
        for why, names in not_served.items():
            if re.search(names, each.name):
                each.add_marker(pytest.mark.skip(reason=why))
