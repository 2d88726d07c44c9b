"""Runs MLflow's own suite of its REST API against Forebay's hub.

In a checkout of mlflow/mlflow, with MLflow and pytest installed:

    PYTHONPATH=FOREBAY/test/run/restSuite python -m pytest --noconftest -p forebay_hub tests/tracking/test_rest_tracking.py

Each test gets a hub of its own, as it would have got a server of MLflow's; FOREBAY_PROGRAM names another program than the
one that 'npm run build' left. Tests of what Forebay doesn't serve are skipped with the reason (-rs lists them), and those
that it answers otherwise have to fail (-rx). It was run with the suite of 3.11.2.dev0, by the client 3.17.2.
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

not_served = {
    "registered models": "model_version",
    "GraphQL, which MLflow's own page asks": "graphql",
    "traces": "trace|assessment|otel",
    "datasets for evaluations": "evaluation_dataset|experiments?_(at_once_)?(rest_tracking|association)|client_api_add_remove",
    "scorers": "scorer|scoring",
    "the gateway to language models": "gateway|secret|endpoint|provider|list_models|model_definition",
    "prompts": "promptlab",
    "issues": "issue",
}

answered_otherwise = {
    "says 9 of a wrong value that was sent as 9.0": "test_create_experiment_validation",
    "has no registered models, whose artifacts this test asks for last": "test_path_validation",
    "takes artifacts itself, where this test's server sends clients to a folder": "test_artifacts",
    "thins a series as MLflow 3.17.2 does, whose own server fails here too": "bulk_interval_respects_max_results",
}


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
    # A relative place lies beside a hub's database, and where a server of MLflow's was started.
    monkeypatch.chdir(tmp_path)
    yield
    mlflow.end_run()
    mlflow.set_tracking_uri(None)


def pytest_collection_modifyitems(config, items):
    """MLflow's server has two kinds of store, for which tests run twice; a hub has one."""
    kept = [each for each in items if "[file" not in each.name]
    config.hook.pytest_deselected(items=[each for each in items if each not in kept])
    items[:] = kept
    for each in kept:
        for why, names in not_served.items():
            if re.search(names, each.name):
                each.add_marker(pytest.mark.skip(reason=f"not served: {why}"))
        for why, names in answered_otherwise.items():
            if re.search(names, each.name):
                each.add_marker(pytest.mark.xfail(reason=f"a hub {why}", strict=True))
