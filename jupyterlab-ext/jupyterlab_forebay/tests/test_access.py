"""Who may ask, before anything reaches the daemon: none runs here."""

import json
import urllib.parse

import pytest
from tornado.httpclient import HTTPClientError


@pytest.fixture(autouse=True)
def no_daemon(monkeypatch, tmp_path):
    monkeypatch.setenv("FOREBAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("FOREBAY_NODE", "/not/there")
    monkeypatch.setattr("jupyterlab_forebay.program.node_candidates", lambda: ["/not/there"])


async def refused(answer) -> HTTPClientError:
    with pytest.raises(HTTPClientError) as error:
        await answer
    return error.value


def problem(error: HTTPClientError) -> dict:
    assert error.response.headers["Content-Type"] == "application/problem+json"
    return json.loads(error.response.body)


async def test_without_a_login_nothing_is_answered(jp_fetch):
    for path in ("hello", "v1/status", "v1/unknown"):
        error = await refused(jp_fetch("forebay", "api", path, headers={"Authorization": "token wrong"}))
        assert error.code == 403


async def test_what_is_not_on_the_list_is_not_found(jp_fetch):
    for path in ("api/shutdown", "api/v1/events", "api/v1/leases/x/hold", "api", "elsewhere"):
        error = await refused(jp_fetch("forebay", *path.split("/")))
        assert (error.code, problem(error)["code"]) == (404, "route-unknown")


async def test_a_method_that_a_route_does_not_take_is_refused_with_those_it_takes(jp_fetch):
    error = await refused(jp_fetch("forebay", "api", "v1", "jobs", "j1", method="PUT", body="{}"))
    assert (error.code, error.response.headers["Allow"]) == (405, "GET, DELETE")
    error = await refused(jp_fetch("forebay", "api", "v1", "status", method="PATCH", body="{}"))
    assert error.code == 405


async def test_where_no_daemon_can_be_started_the_answer_says_why_and_what_to_do(jp_fetch):
    error = await refused(jp_fetch("forebay", "api", "v1", "status"))
    body = problem(error)
    assert (error.code, body["code"], body["status"]) == (503, "node-unfit", 503)
    assert "/not/there" in body["detail"]
    assert "FOREBAY_NODE" in body["hint"]


class Browser:
    """Logs in by cookie, as people do; a token in a header would skip the check."""

    def __init__(self, client, base: str, token: str):
        self.client = client
        self.base = base
        self.token = token
        self.cookies: dict[str, str] = {}

    async def ask(self, path: str, **options):
        headers = {
            **options.pop("headers", {}),
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        options = {**options, "headers": headers, "follow_redirects": False, "raise_error": False}
        answer = await self.client.fetch(f"{self.base}{path}", **options)
        for cookie in answer.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    async def login(self) -> None:
        await self.ask("login")
        form = urllib.parse.urlencode({"password": self.token, "_xsrf": self.cookies["_xsrf"]})
        assert (await self.ask("login", method="POST", body=form)).code == 302


@pytest.fixture
def browser(jp_serverapp, jp_web_app, http_server_client, jp_base_url):
    return Browser(http_server_client, jp_base_url, jp_serverapp.identity_provider.token)


async def test_a_write_from_another_page_is_refused(browser):
    await browser.login()
    for method, path in (("POST", "v1/placements"), ("PUT", "v1/lake"), ("DELETE", "v1/jobs/j1")):
        body = None if method == "DELETE" else "{}"
        forged = await browser.ask(f"forebay/api/{path}", method=method, body=body)
        assert forged.code == 403
        own = await browser.ask(
            f"forebay/api/{path}", method=method, body=body, headers={"X-XSRFToken": browser.cookies["_xsrf"]}
        )
        assert own.code == 503  # through to where the daemon would be


async def test_who_may_not_use_forebay_is_refused(browser, jp_serverapp, monkeypatch):
    await browser.login()
    asked = []

    def is_authorized(handler, user, action, resource):
        asked.append((action, resource))
        return action == "read"

    monkeypatch.setattr(jp_serverapp.authorizer, "is_authorized", is_authorized)
    headers = {"X-XSRFToken": browser.cookies["_xsrf"]}
    assert (await browser.ask("forebay/api/v1/status")).code == 503
    assert (await browser.ask("forebay/api/v1/placements", method="POST", body="{}", headers=headers)).code == 403
    assert asked == [("read", "forebay"), ("write", "forebay")]
