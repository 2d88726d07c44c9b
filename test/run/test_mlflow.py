"""MLflow's own client, unchanged, against Forebay's tracking server (MLFLOW_TRACKING_URI says where)."""

import json
import math
import os
import time
import urllib.error
import urllib.request

import mlflow
import pytest
from mlflow import MlflowClient, MlflowException
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()


@pytest.fixture
def experiment(request):
    return client.create_experiment(f"{request.node.name} {time.time_ns()}")


def names(experiments):
    return {each.name for each in experiments}


def ask(path, body=None, headers=None, method=None):
    """Status and JSON of a bare request."""
    url = os.environ["MLFLOW_TRACKING_URI"] + path
    token = os.environ["MLFLOW_TRACKING_TOKEN"]
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | (headers or {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data, sent, method=method)
        ) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


# Experiments


def test_default_experiment_is_there():
    assert client.get_experiment("0").name == "Default"


def test_experiment_is_made_found_renamed_deleted_and_restored():
    name = f"First {time.time_ns()}"
    made = client.create_experiment(name, tags={"key1": "val1", "key2": "val2"})
    found = client.get_experiment(made)
    assert (found.name, found.tags, found.lifecycle_stage) == (
        name,
        {"key1": "val1", "key2": "val2"},
        "active",
    )
    assert client.get_experiment_by_name(name).experiment_id == made
    assert client.get_experiment_by_name("no such experiment") is None
    client.rename_experiment(made, name + "!")
    assert client.get_experiment(made).name == name + "!"
    client.delete_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "deleted"
    assert name + "!" not in names(client.search_experiments())
    assert name + "!" in names(client.search_experiments(view_type=ViewType.DELETED_ONLY))
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        client.create_run(made)
    client.restore_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "active"


def test_experiment_name_is_taken_once(experiment):
    name = client.get_experiment(experiment).name
    with pytest.raises(MlflowException, match="already exists") as refused:
        client.create_experiment(name)
    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"


def test_experiment_tags(experiment):
    client.set_experiment_tag(experiment, "dataset", "imagenet1K")
    client.set_experiment_tag(experiment, "dataset", "birdbike")
    client.set_experiment_tag(experiment, "multiline tag", "value2\nvalue2")
    assert client.get_experiment(experiment).tags == {
        "dataset": "birdbike",
        "multiline tag": "value2\nvalue2",
    }
    client.delete_experiment_tag(experiment, "dataset")
    assert "dataset" not in client.get_experiment(experiment).tags


def test_experiments_are_searched_and_paged():
    mark = f"m{time.time_ns()}"
    made = [client.create_experiment(f"{mark} {n}", tags={"n": str(n)}) for n in range(5)]
    found = client.search_experiments(filter_string=f"name LIKE '{mark}%'", max_results=2)
    assert [each.experiment_id for each in found] == made[:2:-1]
    assert found.token
    rest = client.search_experiments(
        filter_string=f"name LIKE '{mark}%'", max_results=5, page_token=found.token
    )
    assert [each.experiment_id for each in rest] == made[2::-1]
    assert not rest.token
    assert names(
        client.search_experiments(filter_string=f"name LIKE '{mark}%' AND tags.n = '3'")
    ) == {f"{mark} 3"}
    assert names(
        client.search_experiments(filter_string=f"name ILIKE '{mark.upper()}%' and tags.n != '3'")
    ) == {f"{mark} {n}" for n in (0, 1, 2, 4)}
    ordered = client.search_experiments(filter_string=f"name LIKE '{mark}%'", order_by=["name ASC"])
    assert [each.name for each in ordered] == [f"{mark} {n}" for n in range(5)]


# Runs


def test_run_with_everything(experiment):
    tags = {"mlflow.user": "username", "mlflow.source.type": "LOCAL", "my": "tag"}
    run = client.create_run(experiment, start_time=456, tags=tags, run_name="my name")
    for each in (run, client.get_run(run.info.run_id)):
        assert each.info.experiment_id == experiment
        assert each.info.start_time == 456
        assert each.info.status == "RUNNING"
        assert each.info.run_name == "my name"
        assert each.data.tags == tags | {"mlflow.runName": "my name"}
    client.set_terminated(run.info.run_id, "FAILED", end_time=789)
    ended = client.get_run(run.info.run_id).info
    assert (ended.status, ended.end_time) == ("FAILED", 789)
    client.update_run(run.info.run_id, name="other")
    assert client.get_run(run.info.run_id).data.tags["mlflow.runName"] == "other"
    client.set_tag(run.info.run_id, "mlflow.runName", "third")
    assert client.get_run(run.info.run_id).info.run_name == "third"


def test_what_is_logged_is_there(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "metric", 123.456, timestamp=789, step=2)
    client.log_metric(run_id, "nan", float("nan"))
    client.log_metric(run_id, "inf", float("inf"))
    client.log_metric(run_id, "-inf", -float("inf"))
    client.log_metric(run_id, "stepless", 987.654, timestamp=321)
    client.log_param(run_id, "param", "value")
    client.set_tag(run_id, "taggity", "do-dah")
    data = client.get_run(run_id).data
    assert data.metrics["metric"] == 123.456
    assert math.isnan(data.metrics["nan"])
    assert data.metrics["inf"] >= 1.7976931348623157e308
    assert data.metrics["-inf"] <= -1.7976931348623157e308
    assert data.params == {"param": "value"}
    assert data.tags["taggity"] == "do-dah"
    [point] = client.get_metric_history(run_id, "metric")
    assert (point.value, point.timestamp, point.step) == (123.456, 789, 2)
    [point] = client.get_metric_history(run_id, "stepless")
    assert (point.timestamp, point.step) == (321, 0)
    assert client.get_metric_history(run_id, "nothing") == []


def test_newest_metric_is_that_of_the_highest_step(experiment):
    run_id = client.create_run(experiment).info.run_id
    for step, timestamp, value in [(5, 1, 0.5), (3, 9, 0.3), (5, 2, 0.6), (5, 2, 0.4)]:
        client.log_metric(run_id, "loss", value, timestamp=timestamp, step=step)
    assert client.get_run(run_id).data.metrics["loss"] == 0.6


def test_a_long_history_is_whole(experiment):
    run_id = client.create_run(experiment).info.run_id
    for first in range(0, 3000, 600):
        batch = [Metric("loss", 1 / (n + 1), 1000 + n, n) for n in range(first, first + 600)]
        client.log_batch(run_id, metrics=batch)
    history = client.get_metric_history(run_id, "loss")
    assert [(each.step, each.timestamp, each.value) for each in history] == [
        (n, 1000 + n, 1 / (n + 1)) for n in range(3000)
    ]


def test_histories_of_several_runs_are_read_at_once_and_thinned(experiment):
    runs = [client.create_run(experiment).info.run_id for _ in range(2)]
    for run_id in runs:
        client.log_batch(run_id, metrics=[Metric("loss", n / 10, n, n) for n in range(1000)])
    ids = "&".join(f"run_id={run_id}" for run_id in runs)
    status, answer = ask(f"/api/2.0/mlflow/metrics/get-history-bulk?{ids}&metric_key=loss&max_results=1500")
    assert (status, len(answer["metrics"])) == (200, 1500)
    ids = "&".join(f"run_ids={run_id}" for run_id in runs)
    base = f"/api/2.0/mlflow/metrics/get-history-bulk-interval?{ids}&metric_key=loss"
    status, answer = ask(f"{base}&start_step=100&end_step=899&max_results=5")
    steps = [(each["run_id"], each["step"]) for each in answer["metrics"]]
    assert steps == [(run_id, step) for run_id in runs for step in (100, 300, 500, 699, 899)]
    assert ask(f"{base}&start_step=5")[0] == 400
    assert ask(f"{base}&start_step=5&end_step=4")[0] == 400


def test_what_is_sent_again_for_want_of_an_answer_stands_once(experiment):
    run_id = client.create_run(experiment).info.run_id
    point = {"run_id": run_id, "key": "loss", "value": 0.5, "timestamp": 7, "step": 1}
    batch = {"run_id": run_id, "metrics": [{"key": "acc", "value": n, "timestamp": n, "step": n} for n in range(300)]}
    for _ in range(2):
        assert ask("/api/2.0/mlflow/runs/log-metric", point)[0] == 200
    for _ in range(2):
        assert ask("/api/2.0/mlflow/runs/log-batch", batch)[0] == 200
    assert len(client.get_metric_history(run_id, "loss")) == 1
    assert len(client.get_metric_history(run_id, "acc")) == 300


def test_names_in_every_language_and_long_values_are_kept_as_mlflow_keeps_them(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "größe/日本", 1)
    for kind, size in (("param", 6000), ("tag", 8000)):
        body = {"run_id": run_id, "key": "long", "value": "x" * 10_000}
        path = "log-parameter" if kind == "param" else "set-tag"
        assert ask(f"/api/2.0/mlflow/runs/{path}", body)[0] == 200
        data = client.get_run(run_id).data
        assert len((data.params if kind == "param" else data.tags)["long"]) == size
    assert client.get_run(run_id).data.metrics == {"größe/日本": 1}


def test_times_and_steps_that_no_calendar_and_no_double_has_are_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    point = {"run_id": run_id, "key": "a", "value": 1, "timestamp": 1, "step": 1}
    for wrong in ({"timestamp": time.time_ns()}, {"step": 2**60}, {"timestamp": -1}):
        status, answer = ask("/api/2.0/mlflow/runs/log-metric", point | wrong)
        assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.get_run(run_id).data.metrics == {}


def test_what_is_no_number_differs_from_every_number(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "loss", float("nan"))
    assert len(client.search_runs([experiment], "metrics.loss != 0.1")) == 1
    assert len(client.search_runs([experiment], "metrics.loss < 0.1")) == 0


def test_parameter_changed_after_the_fact_is_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_param(run_id, "depth", 3)
    client.log_param(run_id, "depth", 3)
    with pytest.raises(MlflowException, match="Changing param values is not allowed"):
        client.log_param(run_id, "depth", 5)
    assert client.get_run(run_id).data.params == {"depth": "3"}


def test_batch_is_logged_as_a_whole_or_not_at_all(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_batch(
        run_id,
        metrics=[Metric("metric", 123.456, 789, 3)],
        params=[Param("param", "value")],
        tags=[RunTag("taggity", "do-dah")],
    )
    with pytest.raises(MlflowException, match="Changing param values"):
        client.log_batch(
            run_id,
            metrics=[Metric("other", 1, 1, 1)],
            params=[Param("new", "1"), Param("param", "changed")],
            tags=[RunTag("late", "tag")],
        )
    data = client.get_run(run_id).data
    assert data.metrics == {"metric": 123.456}
    assert data.params == {"param": "value"}
    assert "late" not in data.tags


def test_tags_of_a_run_go(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.set_tag(run_id, "taggity", "do-dah")
    client.delete_tag(run_id, "taggity")
    assert "taggity" not in client.get_run(run_id).data.tags
    with pytest.raises(MlflowException, match=r"Run .+ not found"):
        client.delete_tag("0" * 32, "taggity")
    with pytest.raises(MlflowException, match="No tag with name: fakeTag"):
        client.delete_tag(run_id, "fakeTag")
    client.delete_run(run_id)
    with pytest.raises(MlflowException, match=f"The run {run_id} must be in"):
        client.delete_tag(run_id, "taggity")
    client.restore_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "active"


def test_inputs(experiment):
    import numpy

    run_id = client.create_run(experiment).info.run_id
    with mlflow.start_run(run_id=run_id):
        data = mlflow.data.from_numpy(numpy.arange(6).reshape(2, 3), name="six")
        mlflow.log_input(data, context="training")
    [used] = client.get_run(run_id).inputs.dataset_inputs
    assert (used.dataset.name, used.dataset.digest) == ("six", data.digest)
    assert {tag.key: tag.value for tag in used.tags} == {"mlflow.data.context": "training"}
    for condition in (
        "dataset.name = 'six'",
        f"dataset.digest IN ('{data.digest}')",
        "dataset.context = 'training'",
    ):
        assert [r.info.run_id for r in client.search_runs([experiment], condition)] == [run_id]
    assert client.search_runs([experiment], "dataset.context = 'testing'") == []


# Searches


@pytest.fixture
def three(experiment):
    """Runs a, b, c that began one after the other, with loss 0.3, 0.1, none."""
    made = {}
    for at, (name, loss, model) in enumerate([("a", 0.3, "cnn"), ("b", 0.1, "CNN"), ("c", None, "tree")]):
        run_id = client.create_run(experiment, start_time=1000 + at, run_name=name).info.run_id
        client.log_param(run_id, "model", model)
        if loss is not None:
            client.log_metric(run_id, "val loss", loss)
        made[name] = run_id
    client.set_tag(made["a"], "only.here", "it's")

    def search(condition="", **more):
        found = client.search_runs([experiment], condition, **more)
        return "".join(each.info.run_name for each in found)

    search.ids = made
    return search


@pytest.mark.parametrize(
    "condition, expected",
    [
        ("", "cba"),
        ("metrics.`val loss` < 0.2", "b"),
        ('metrics."val loss" <= 0.3', "ba"),
        ("params.model = 'cnn'", "a"),
        ("params.model != 'cnn'", "cb"),
        ("params.model LIKE 'c%'", "a"),
        ("params.model ILIKE 'c%' AND metrics.`val loss` > 0.05", "ba"),
        ("parameters.model = \"tree\"", "c"),
        ("tags.`only.here` = \"it's\"", "a"),
        ("attributes.run_name = 'b'", "b"),
        ("run_name LIKE '%'", "cba"),
        ("start_time >= 1001", "cb"),
        ("attribute.status = 'RUNNING' and start_time < 1001", "a"),
        ("params.nothing = 'x'", ""),
    ],
)
def test_runs_are_found(three, condition, expected):
    assert three(condition) == expected


def test_runs_are_found_by_ids(three):
    ids = three.ids
    assert three(f"attributes.run_id IN ('{ids['a']}', '{ids['c']}')") == "ca"
    assert three(f"run_id NOT IN ('{ids['a']}')") == "cb"


@pytest.mark.parametrize(
    "order, expected",
    [
        (["metrics.`val loss` ASC"], "bac"),
        (["metrics.`val loss` DESC"], "abc"),
        (["params.model DESC"], "cab"),
        (["attributes.start_time ASC"], "abc"),
        (["run_name DESC"], "cba"),
    ],
)
def test_runs_are_ordered(three, order, expected):
    assert three(order_by=order) == expected


def test_runs_come_in_pages(experiment):
    made = [client.create_run(experiment, start_time=n).info.run_id for n in range(1, 8)]
    found, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=3, page_token=token)
        found += [each.info.run_id for each in page]
        token = page.token
        if not token:
            break
    assert found == made[::-1]


@pytest.mark.parametrize(
    "condition",
    [
        "metrics.a = 'text'",
        "params.a = 1",
        "params.a > '1'",
        "nonsense.a = '1'",
        "attributes.nonsense = '1'",
        "metrics.a <",
        "params.a = 'x' OR params.b = 'y'",
        "params.a = 'x' params.b = 'y'",
        "params.a = 'unclosed",
        "'; DROP TABLE run; --",
    ],
)
def test_filters_that_mean_nothing_are_refused(experiment, condition):
    with pytest.raises(MlflowException) as refused:
        client.search_runs([experiment], condition)
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


# What bad input gets


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


# Artifacts


def test_artifacts_come_and_go(experiment, tmp_path):
    run_id = client.create_run(experiment).info.run_id
    large = os.urandom(3_000_000)
    (tmp_path / "large.bin").write_bytes(large)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "é ü.txt").write_text("ok")
    client.log_artifacts(run_id, str(tmp_path), "out")
    client.log_text(run_id, "hello", "notes/a.txt")
    assert [(each.path, each.is_dir) for each in client.list_artifacts(run_id)] == [
        ("notes", True),
        ("out", True),
    ]
    listed = {each.path: (each.is_dir, each.file_size) for each in client.list_artifacts(run_id, "out")}
    assert listed == {"out/large.bin": (False, 3_000_000), "out/sub": (True, None)}
    got = client.download_artifacts(run_id, "out", str(tmp_path))
    with open(os.path.join(got, "large.bin"), "rb") as file:
        assert file.read() == large
    with open(os.path.join(got, "sub", "é ü.txt")) as file:
        assert file.read() == "ok"


@pytest.mark.parametrize(
    "path",
    ["%2e%2e/evil", "a/..%2f..%2fevil", "a%2f..%2f..%2f..%2fevil", "%2fetc%2fpasswd", "a%5c..%5cevil", "a%00b"],
)
@pytest.mark.parametrize("method", ["PUT", "GET", "DELETE"])
def test_artifacts_stay_inside(path, method):
    base = "/api/2.0/mlflow-artifacts/artifacts/"
    status, answer = ask(base + path, {} if method == "PUT" else None, method=method)
    assert status in (400, 404)
    assert answer["error_code"] in ("INVALID_PARAMETER_VALUE", "ENDPOINT_NOT_FOUND")


def test_the_artifacts_of_all_runs_are_nobodys_to_delete(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_text(run_id, "hello", "a.txt")
    for path in ("", "x/.."):
        status, answer = ask(f"/api/2.0/mlflow-artifacts/artifacts/{path}", method="DELETE")
        assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert [each.path for each in client.list_artifacts(run_id)] == ["a.txt"]


# Autologging


def test_scikit_learn_logs_itself(experiment):
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    mlflow.sklearn.autolog()
    try:
        images, labels = load_digits(return_X_y=True)
        with mlflow.start_run(experiment_id=experiment) as run:
            LogisticRegression(max_iter=200, C=0.5).fit(images, labels)
    finally:
        mlflow.sklearn.autolog(disable=True)
    logged = client.get_run(run.info.run_id)
    assert logged.info.status == "FINISHED"
    assert logged.data.params["C"] == "0.5"
    assert logged.data.metrics["training_accuracy_score"] > 0.97
    assert logged.data.tags["estimator_name"] == "LogisticRegression"
    assert [each.dataset.name for each in logged.inputs.dataset_inputs] == ["dataset"]
    [output] = logged.outputs.model_outputs
    model = client.get_logged_model(output.model_id)
    assert model.status.value == "READY"
    assert model.source_run_id == run.info.run_id
    measured = {each.key: each.value for each in model.metrics}
    assert measured["training_accuracy_score"] > 0.97
    [found] = client.search_logged_models(
        [experiment], filter_string="metrics.training_accuracy_score > 0.9"
    )
    assert found.model_id == output.model_id
    loaded = mlflow.sklearn.load_model(f"models:/{output.model_id}")
    assert (loaded.predict(images) == labels).mean() > 0.97


def test_models_are_searched_ordered_tagged_and_deleted(experiment):
    made = [
        client.create_logged_model(experiment, name=f"m{n}", params={"n": str(n)}, tags={"even": str(n % 2 == 0)})
        for n in range(5)
    ]
    run_id = client.create_run(experiment).info.run_id
    for n, model in enumerate(made):
        client.log_metric(run_id, "score", n / 10, model_id=model.model_id)

    def names(**more):
        return [each.name for each in client.search_logged_models([experiment], **more)]

    order = [{"field_name": "metrics.score", "ascending": False}]
    assert names(order_by=order, max_results=2) == ["m4", "m3"]
    assert sorted(names(filter_string="tags.even = 'True' AND metrics.score >= 0.2")) == ["m2", "m4"]
    assert names(filter_string="name = 'm1'") == ["m1"]
    assert names(filter_string="params.n = '3'") == ["m3"]
    client.set_logged_model_tags(made[1].model_id, {"even": "no"})
    client.delete_logged_model_tag(made[0].model_id, "even")
    assert client.get_logged_model(made[1].model_id).tags == {"even": "no"}
    assert client.get_logged_model(made[0].model_id).tags == {}
    client.delete_logged_model(made[2].model_id)
    assert "m2" not in names()
    with pytest.raises(MlflowException, match="not found"):
        client.get_logged_model(made[2].model_id)
