"""Files beside runs, which stay inside."""

import os
import urllib.request

import pytest

from server import ask, client


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


@pytest.mark.parametrize("told", ["true", None])
def test_a_client_that_would_send_parts_sends_and_fetches_the_whole(experiment, tmp_path, monkeypatch, told):
    """Whether it was told to try, or asks the server first."""
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "1000")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "100000")
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE", "100000")
    for way in ("UPLOAD", "DOWNLOAD"):
        name = f"MLFLOW_ENABLE_PROXY_MULTIPART_{way}"
        monkeypatch.setenv(name, told) if told else monkeypatch.delenv(name, raising=False)
    run_id = client.create_run(experiment).info.run_id
    large = os.urandom(1_000_000)
    (tmp_path / "large.bin").write_bytes(large)
    client.log_artifact(run_id, str(tmp_path / "large.bin"), "out")
    got = client.download_artifacts(run_id, "out/large.bin", str(tmp_path))
    with open(got, "rb") as file:
        assert file.read() == large


@pytest.mark.parametrize(
    "method, path, message",
    [
        ("POST", "mpu/create/0", "Multipart upload is not supported for the current artifact repository"),
        ("POST", "mpu/complete/0", "Multipart upload is not supported for the current artifact repository"),
        ("POST", "mpu/abort/0", "Multipart upload is not supported for the current artifact repository"),
        ("GET", "presigned/0/a", "Multipart download is not supported for the current artifact repository"),
    ],
)
def test_parts_are_refused_as_mlflow_over_a_folder_refuses_them(method, path, message):
    body = None if method == "GET" else {"path": "a", "num_parts": 2}
    status, answer = ask(f"/api/2.0/mlflow-artifacts/{path}", body, method=method)
    assert (status, answer) == (501, {"error_code": "NOT_IMPLEMENTED", "message": message})


def fetch(path, data=None):
    """The bytes of a file by a bare request."""
    sent = {"Authorization": f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}"}
    request = urllib.request.Request(os.environ["MLFLOW_TRACKING_URI"] + path, data, sent)
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def test_one_file_is_sent_and_fetched_by_its_runs_id(experiment):
    run_id = client.create_run(experiment).info.run_id
    fetch(f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run_id}&path=notes/a.txt", b"hello")
    assert fetch(f"/get-artifact?run_uuid={run_id}&path=notes/a.txt") == b"hello"
    upload = "/ajax-api/2.0/mlflow/upload-artifact"
    for query, message in (
        ("", "Request must specify run_uuid."),
        (f"?run_uuid={run_id}", "Request must specify path."),
        (f"?run_uuid={run_id}&path=../a", "Invalid path"),
        (f"?run_uuid={run_id}&path=a", "Request must specify data."),
    ):
        status, answer = ask(upload + query, method="POST")
        assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert message in answer["message"]
    assert ask(f"/get-artifact?run_id={run_id}&path=../a")[0] == 400
    assert ask(f"/get-artifact?run_id={run_id}&path=b")[0] == 404


def test_a_relative_place_for_artifacts_is_the_same_for_every_client(experiment):
    made = client.create_experiment(f"{experiment} relative", artifact_location="mine")
    assert client.get_experiment(made).artifact_location.endswith("/mine")
    assert os.path.isabs(client.get_experiment(made).artifact_location)
    made = client.create_experiment(f"{experiment} elsewhere", artifact_location="s3://bucket/a")
    assert client.get_experiment(made).artifact_location == "s3://bucket/a"


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
