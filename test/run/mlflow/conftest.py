"""MLflow's own client, unchanged, against Forebay's tracking server (MLFLOW_TRACKING_URI says where)."""

import time

import pytest

from server import client


@pytest.fixture
def experiment(request):
    return client.create_experiment(f"{request.node.name} {time.time_ns()}")
