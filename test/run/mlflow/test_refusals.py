"""What bad input gets, and who gets in."""

import pytest

from server import ask, client


@pytest.mark.parametrize(
    "path, body, code, message",
    [
        ("runs/log-metric", {}, "INVALID_PARAMETER_VALUE", "Missing value for required parameter"),
        (
            "runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": "x", "timestamp": 1},
            "INVALID_PARAMETER_VALUE",
            "Invalid value \"x\" for parameter 'value'",
        ),
        (
            "runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": 1, "timestamp": 1.5},
            "INVALID_PARAMETER_VALUE",
            "Invalid value 1.5 for parameter 'timestamp'",
        ),
        (
            "runs/log-metric",
            {"run_id": "0" * 32, "key": "../a", "value": 1, "timestamp": 1},
            "INVALID_PARAMETER_VALUE",
            "Invalid metric name",
        ),
        (
            "runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": 1, "timestamp": 1},
            "RESOURCE_DOES_NOT_EXIST",
            "not found",
        ),
        ("runs/search", {"experiment_ids": 7}, "INVALID_PARAMETER_VALUE", "experiment_ids"),
        ("runs/search", {"experiment_ids": ["0"], "max_results": 0}, "INVALID_PARAMETER_VALUE", "max_results"),
        ("runs/search", {"experiment_ids": ["0"], "page_token": "x"}, "INVALID_PARAMETER_VALUE", "page token"),
        ("experiments/create", {"name": "n" * 501}, "INVALID_PARAMETER_VALUE", "maximum length"),
        ("experiments/create", [1], "BAD_REQUEST", "JSON object"),
    ],
)
def test_a_clients_mistake_is_named(path, body, code, message):
    status, answer = ask(f"/api/2.0/mlflow/{path}", body)
    assert status in (400, 404)
    assert answer["error_code"] == code
    assert message in answer["message"]


def test_a_batch_that_is_too_large_is_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    metrics = [{"key": f"m{n}", "value": n, "timestamp": 1, "step": 0} for n in range(1001)]
    status, answer = ask("/api/2.0/mlflow/runs/log-batch", {"run_id": run_id, "metrics": metrics})
    assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "at most 1000 metrics. Got 1001" in answer["message"]


def test_unknown_calls_are_named():
    status, answer = ask("/api/2.0/mlflow/runs/no-such-call", {})
    assert (status, answer["error_code"]) == (404, "ENDPOINT_NOT_FOUND")


def test_only_the_owner_gets_in():
    status, answer = ask("/api/2.0/mlflow/experiments/get?experiment_id=0")
    assert (status, answer["experiment"]["name"]) == (200, "Default")
    path = "/api/2.0/mlflow/experiments/get?experiment_id=0"
    assert ask(path, headers={"Authorization": "Bearer wrong"})[0] == 401
    assert ask(path, headers={"Host": "evil.example"})[0] == 403
    assert ask(path, headers={"Origin": "http://evil.example"})[0] == 403
