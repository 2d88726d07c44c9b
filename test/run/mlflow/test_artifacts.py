"""Files beside runs, which stay inside."""

import os

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
