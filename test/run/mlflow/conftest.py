"""MLflow's own client, unchanged, against Forebay's tracking server (MLFLOW_TRACKING_URI says where)."""

import os
import time

import pytest

from differences import differences
from server import client


@pytest.fixture
def experiment(request):
    return client.create_experiment(f"{request.node.name} {time.time_ns()}")


def pytest_collection_modifyitems(items):
    """Against MLflow's own server, which the cases are to be true of but for these."""
    if "MLFLOW_ITSELF" not in os.environ:
        return
    for item in items:
        for why, names in differences.items():
            if any(name in item.nodeid for name in names):
                item.add_marker(pytest.mark.xfail(reason=why, strict=True))
