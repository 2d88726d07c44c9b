import json

import httpx
from forebay import ForebayError
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web
from tornado.iostream import StreamClosedError

from .daemon import Daemon, unreachable
from .headers import query_to_daemon, to_browser, to_daemon
from .problems import problem
from .routes import allowed_methods


class ForwardHandler(APIHandler):
    """Passes what is on the list of routes to the daemon, and its answer back, errors included."""

    auth_resource = "forebay"

    @web.authenticated
    @authorized
    async def get(self):
        await self.forward()

    @web.authenticated
    @authorized
    async def post(self):
        await self.forward()

    @web.authenticated
    @authorized
    async def put(self):
        await self.forward()

    @web.authenticated
    @authorized
    async def delete(self):
        await self.forward()

    @web.authenticated
    @authorized
    async def patch(self):
        await self.forward()

    async def forward(self) -> None:
        path = self.request.path[len(f"{self.base_url}forebay") :]
        allowed = allowed_methods(path)
        if not allowed:
            return self.refuse(ForebayError("route-unknown", f"Forebay has no {path} here."))
        if self.request.method not in allowed:
            self.set_header("Allow", ", ".join(allowed))
            message = f"{path} takes {' and '.join(allowed)}, not {self.request.method}."
            return self.refuse(ForebayError("route-unknown", message), status=405)
        daemon: Daemon = self.settings["forebay_daemon"]
        query = query_to_daemon(self.request.query)
        target = f"{path}?{query}" if query else path
        try:
            async with daemon.send(
                self.request.method, target, to_daemon(self.request.headers), self.request.body
            ) as answer:
                await self.pass_back(answer)
        except ForebayError as error:
            self.refuse(error)

    async def pass_back(self, answer: httpx.Response) -> None:
        """Chunk by chunk, as fast as the browser takes it."""
        kind = answer.headers.get("content-type", "application/octet-stream")
        self.set_status(answer.status_code)
        for name, value in to_browser(answer.headers).items():
            self.set_header(name, value)
        self.set_header("Content-Type", kind)
        try:
            async for chunk in answer.aiter_raw():
                self.write(chunk)
                await self.flush()
        except StreamClosedError:
            return  # The browser has gone.
        except httpx.TransportError:
            if not self._headers_written:
                raise unreachable("broke off within its answer") from None
            self.log.warning("Forebay's daemon broke off within its answer to %s", self.request.path)
            return self.request.connection.stream.close()
        await self.finish(set_content_type=kind)

    def refuse(self, error: ForebayError, status: int | None = None) -> None:
        body = problem(error, status)
        self.set_status(body["status"])
        self.finish(json.dumps(body), set_content_type="application/problem+json")

    @property
    def content_security_policy(self) -> str:
        # A file of a dataset is shown under the server's own origin: it must not run there.
        return f"{super().content_security_policy}; sandbox"

    def compute_etag(self) -> None:
        return None
