"""What bad input gets, and who gets in."""

import pytest

from server import ask, client


@pytest.mark.parametrize(
    "path, body, code, message",
    [
        ("api/2.0/mlflow/runs/log-metric", {}, "INVALID_PARAMETER_VALUE", "Missing value for required parameter"),
        (
            "api/2.0/mlflow/runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": "x", "timestamp": 1},
            "INVALID_PARAMETER_VALUE",
            "Invalid value \"x\" for parameter 'value' supplied:  Hint: Value was of type 'str'. See the API docs",
        ),
        (
            "api/2.0/mlflow/runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": 1, "timestamp": 1.5},
            "INVALID_PARAMETER_VALUE",
            "Invalid value 1.5 for parameter 'timestamp'",
        ),
        (
            "api/2.0/mlflow/runs/log-metric",
            {"run_id": "0" * 32, "key": "../a", "value": 1, "timestamp": 1},
            "INVALID_PARAMETER_VALUE",
            "Invalid value \"../a\" for parameter 'name' supplied: Names may be treated as files",
        ),
        (
            "api/2.0/mlflow/runs/log-metric",
            {"run_id": "0" * 32, "key": "a", "value": 1, "timestamp": 1},
            "RESOURCE_DOES_NOT_EXIST",
            "not found",
        ),
        ("api/2.0/mlflow/runs/search", {"experiment_ids": 7}, "INVALID_PARAMETER_VALUE", "experiment_ids"),
        ("api/2.0/mlflow/runs/search", {"experiment_ids": ["0"], "max_results": 0}, "INVALID_PARAMETER_VALUE", "max_results"),
        ("api/2.0/mlflow/runs/search", {"experiment_ids": ["0"], "page_token": "x"}, "INVALID_PARAMETER_VALUE", "page token"),
        ("api/2.0/mlflow/experiments/create", {"name": "n" * 501}, "INVALID_PARAMETER_VALUE", "maximum length"),
        (
            "api/2.0/mlflow/runs/log-batch",
            {"run_id": "0" * 32, "metrics": [{"key": "a", "value": 1, "timestamp": 1}, {"key": "a", "value": 1}]},
            "INVALID_PARAMETER_VALUE",
            "Missing value for required parameter 'metrics[1].timestamp'",
        ),
        (
            "api/2.0/mlflow/runs/search",
            {"experiment_ids": ["0"], "max_results": 123456789},
            "INVALID_PARAMETER_VALUE",
            "Invalid value 123456789 for parameter 'max_results' supplied",
        ),
        (
            "ajax-api/2.0/mlflow/experiments/search-datasets",
            {},
            "INVALID_PARAMETER_VALUE",
            "SearchDatasets request must specify at least one experiment_id.",
        ),
        (
            "ajax-api/2.0/mlflow/experiments/search-datasets",
            {"experiment_ids": [str(n) for n in range(21)]},
            "INVALID_PARAMETER_VALUE",
            "SearchDatasets request cannot specify more than 20",
        ),
        ("api/2.0/mlflow/experiments/create", [1], "BAD_REQUEST", "JSON object"),
    ],
)
def test_a_clients_mistake_is_named(path, body, code, message):
    status, answer = ask(f"/{path}", body)
    assert status in (400, 404)
    assert answer["error_code"] == code
    assert message in answer["message"]


@pytest.mark.parametrize(
    "query, message",
    [
        ("bulk?metric_key=a", "GetMetricHistoryBulk request must specify at least one run_id"),
        ("bulk?run_id=b", "GetMetricHistoryBulk request must specify a metric_key"),
        ("bulk?metric_key=a" + "&run_id=b" * 101, "GetMetricHistoryBulk request cannot specify more than 100 run_ids"),
        ("bulk-interval?metric_key=a", "Missing value for required parameter 'run_ids'."),
        ("bulk-interval?run_ids=b", "Missing value for required parameter 'metric_key'."),
        ("bulk-interval?metric_key=a" + "&run_ids=b" * 101, "must specify at most 100 run_ids"),
        ("bulk-interval?metric_key=a&run_ids=b&max_results=0", "max_results must be between 1 and 2500"),
    ],
)
def test_a_question_for_histories_that_can_not_be_answered_is_refused(query, message):
    status, answer = ask(f"/ajax-api/2.0/mlflow/metrics/get-history-{query}")
    assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert message in answer["message"]


def test_a_batch_that_is_too_large_is_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    metrics = [{"key": f"m{n}", "value": n, "timestamp": 1, "step": 0} for n in range(1001)]
    status, answer = ask("/api/2.0/mlflow/runs/log-batch", {"run_id": run_id, "metrics": metrics})
    assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "at most 1000 metrics. Got 1001" in answer["message"]


def test_more_than_can_be_held_is_refused_and_the_next_is_answered(experiment):
    run_id = client.create_run(experiment).info.run_id
    body = {"run_id": run_id, "key": "a", "value": "x" * (65 * 2**20)}
    status, answer = ask("/api/2.0/mlflow/runs/set-tag", body)
    assert (status, answer["error_code"]) == (400, "BAD_REQUEST")
    assert "larger than 64 MiB" in answer["message"]
    assert client.get_run(run_id).data.tags.get("a") is None


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
