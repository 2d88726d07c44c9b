"""Through the Jupyter server to the real daemon and back."""

import json

import pytest
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.usefixtures("daemon")
VERSION = ("forebay", "api", "v1", "datasets", "digits", "versions", "v1")


async def test_what_is_read_is_what_the_daemon_says(jp_fetch, daemon):
    hello = json.loads((await jp_fetch("forebay", "api", "hello")).body)
    assert hello["pid"] == daemon.pid
    answer = await jp_fetch("forebay", "api", "v1", "datasets")
    [dataset] = json.loads(answer.body)["items"]
    assert (dataset["name"], dataset["latest"]["version"]) == ("digits", 2)
    assert answer.headers["Content-Type"].startswith("application/json")


async def test_a_query_reaches_the_daemon_without_jupyters_token(jp_fetch, jp_serverapp):
    token = jp_serverapp.identity_provider.token
    query = {"folder": "class 0", "limit": "2", "token": token}
    answer = await jp_fetch(*VERSION, "files", params=query, headers={"Authorization": ""})
    assert [entry["path"] for entry in json.loads(answer.body)["items"]] == [
        "class 0/00000.bin",
        "class 0/00004.bin",
    ]


async def test_a_file_comes_whole_and_by_range(jp_fetch, folders):
    bytes_there = (folders / "digits" / "class 0" / "00000.bin").read_bytes()
    path = {"path": "class 0/00000.bin"}
    whole = await jp_fetch(*VERSION, "content", params=path)
    assert whole.body == bytes_there
    part = await jp_fetch(*VERSION, "content", params=path, headers={"Range": "bytes=10-19"})
    assert (part.code, part.body) == (206, bytes_there[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(bytes_there)}"


async def test_a_file_never_runs_in_jupyters_name(jp_fetch):
    answer = await jp_fetch(*VERSION, "content", params={"path": "class 0/00000.bin"})
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_refusal_comes_through_as_the_daemon_said_it(jp_fetch):
    with pytest.raises(HTTPClientError) as refused:
        await jp_fetch("forebay", "api", "v1", "datasets", "digit")
    answer = refused.value.response
    assert answer.code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = json.loads(answer.body)
    assert body["code"] == "dataset-unknown"
    assert "digits" in body["detail"] + body.get("hint", "")


async def test_a_version_is_cached_followed_and_cleared(jp_fetch):
    async def ask(method: str, *path: str, body: dict | None = None):
        options = {} if body is None else {"body": json.dumps(body), "headers": {"Content-Type": "application/json"}}
        answer = await jp_fetch("forebay", "api", "v1", *path, method=method, **options)
        return json.loads(answer.body or "null")

    placement = await ask("POST", "placements", body={"ref": "digits@v2"})
    while (placement := await ask("GET", "placements", placement["id"]))["state"] != "ready":
        assert placement["state"] in ("queued", "filling")
    job = await ask("DELETE", "placements", placement["id"])
    while (job := await ask("GET", "jobs", job["id"]))["state"] != "done":
        assert job["state"] in ("queued", "running")
    assert (await ask("GET", "placements"))["items"] == []


async def test_a_daemon_that_has_ended_is_started_by_the_next_request(jp_fetch, daemon):
    ended = daemon.pid
    daemon.kill()
    hello = json.loads((await jp_fetch("forebay", "api", "hello")).body)
    daemon.start()
    assert hello["pid"] == daemon.pid != ended
