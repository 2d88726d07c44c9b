"""Files beside runs, which stay inside."""

import os
import urllib.request

import pytest
import requests

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


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A file that clients think worth parts."""
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "1000")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "100000")
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE", "100000")
    path = tmp_path / "large é.bin"
    path.write_bytes(os.urandom(1_050_000))
    return path


@pytest.fixture
def parts_sent(monkeypatch):
    sent = []
    put = requests.put
    monkeypatch.setattr(requests, "put", lambda url, **more: sent.append(url) or put(url, **more))
    return sent


@pytest.mark.parametrize("told, parts", [("true", 11), (None, 0)])
def test_a_file_is_sent_in_parts_where_a_client_was_told_to_else_whole(
    experiment, tmp_path, monkeypatch, large, parts_sent, told, parts
):
    for way in ("UPLOAD", "DOWNLOAD"):
        name = f"MLFLOW_ENABLE_PROXY_MULTIPART_{way}"
        monkeypatch.setenv(name, told) if told else monkeypatch.delenv(name, raising=False)
    run_id = client.create_run(experiment).info.run_id
    client.log_artifact(run_id, str(large), "out")
    assert len(set(parts_sent)) == parts
    assert [each.path for each in client.list_artifacts(run_id)] == ["out"]
    [listed] = client.list_artifacts(run_id, "out")
    assert (listed.path, listed.file_size) == ("out/large é.bin", 1_050_000)
    got = client.download_artifacts(run_id, "out/large é.bin", str(tmp_path))
    with open(got, "rb") as file:
        assert file.read() == large.read_bytes()


def upload(verb, place, **body):
    return ask(f"/api/2.0/mlflow-artifacts/mpu/{verb}/{place}", {"path": "C:\\mine\\a.bin"} | body)


def send(url, data):
    """A part without a token, as clients send it; its hash, or the refusal."""
    answer = requests.put(url, data=data)
    return answer.headers["ETag"] if answer.ok else (answer.status_code, answer.json()["error_code"])


def begun(place, parts=2):
    status, answer = upload("create", place, num_parts=parts)
    assert status == 200
    return answer["upload_id"], [each["url"] for each in answer["credentials"]]


def parts_of(*etags):
    return [{"part_number": at + 1, "etag": each} for at, each in enumerate(etags)]


def test_a_file_in_parts_is_seen_once_it_is_whole_and_one_that_was_aborted_never(experiment):
    run_id = client.create_run(experiment).info.run_id
    place = f"{experiment}/{run_id}/artifacts/out"
    upload_id, [first, second] = begun(place)
    later = send(second, b"two")
    wrong = send(first, b"none")
    right = send(first, b"one ")
    for parts in (parts_of(right), parts_of(later, right), parts_of(right, ""), parts_of(right, "../upload.json")):
        status, answer = upload("complete", place, upload_id=upload_id, parts=parts)
        assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.list_artifacts(run_id) == []
    assert upload("complete", f"{place}2", upload_id=upload_id, parts=parts_of(right, later))[0] == 404
    assert wrong != right
    assert upload("complete", place, upload_id=upload_id, parts=parts_of(right, later)) == (200, {})
    assert [each.path for each in client.list_artifacts(run_id, "out")] == ["out/a.bin"]
    assert fetch(f"/get-artifact?run_uuid={run_id}&path=out/a.bin") == b"one two"
    assert send(first, b"late") == (404, "RESOURCE_DOES_NOT_EXIST")
    aborted, [first, _] = begun(f"{place}/other")
    send(first, b"one")
    assert upload("abort", f"{place}/other", upload_id=aborted) == (200, {})
    assert send(first, b"one") == (404, "RESOURCE_DOES_NOT_EXIST")
    status, _ = upload("complete", f"{place}/other", upload_id=aborted, parts=parts_of("a", "b"))
    assert status == 404
    assert [each.path for each in client.list_artifacts(run_id, "out")] == ["out/a.bin"]


def test_a_parts_address_is_good_for_that_part_alone(experiment):
    upload_id, [first, second] = begun(f"{experiment}/parts")
    assert send(first.replace(upload_id, "0" * 64), b"x") == (404, "RESOURCE_DOES_NOT_EXIST")
    assert send(second[:-1] + "3", b"x") == (400, "INVALID_PARAMETER_VALUE")
    server = os.environ["MLFLOW_TRACKING_URI"]
    for method, url in (
        ("PUT", first.replace(upload_id, upload_id[:-1])),
        ("PUT", f"{first}/../../../../artifacts/a"),
        ("GET", first),
        ("POST", f"{server}/api/2.0/mlflow-artifacts/mpu/complete/{experiment}/parts"),
    ):
        assert requests.request(method, url, json={"upload_id": upload_id}).status_code == 401


@pytest.mark.parametrize(
    "place, name",
    [("a%2f..%2f..%2fb", "x"), ("%2fetc", "passwd"), ("a%5cb", "x"), ("a", ".."), ("a", "b/"), ("a%00b", "x")],
)
def test_parts_of_a_file_that_would_lie_elsewhere_are_refused(place, name):
    status, answer = upload("create", place, num_parts=1, path=name)
    assert (status, answer["error_code"], answer["message"]) == (400, "INVALID_PARAMETER_VALUE", "Invalid path")


@pytest.mark.parametrize("parts", [-1, 10_001, "many"])
def test_a_file_has_at_most_ten_thousand_parts(experiment, parts):
    status, answer = upload("create", f"{experiment}/x", num_parts=parts)
    assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_downloads_in_parts_are_refused_as_mlflow_over_a_folder_refuses_them():
    status, answer = ask("/api/2.0/mlflow-artifacts/presigned/0/a", method="GET")
    message = "Multipart download is not supported for the current artifact repository"
    assert (status, answer) == (501, {"error_code": "NOT_IMPLEMENTED", "message": message})


def fetch(path, data=None):
    """The bytes of a file by a bare request."""
    token = os.environ["MLFLOW_TRACKING_TOKEN"]
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream"}
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
