import asyncio
from contextlib import asynccontextmanager

import httpx
from forebay import ForebayError
from forebay.daemon.connection import require_unix_sockets
from forebay.daemon.home import forebay_home, is_ours, sockets
from forebay.daemon.launch import read_answer

from .program import find_program

# Seconds. A lake may take long to answer; a file's bytes may come slowly.
_PATIENCE = httpx.Timeout(60, read=300)
_START_PATIENCE = 60
# Seconds between questions to a daemon that is ending: its socket outlives it by moments. None gives up.
_PAUSES = (0.1, 0.3, None)


class Daemon:
    """This user's daemon, behind its Unix socket. Started when a request finds nobody there."""

    def __init__(self, log):
        self._log = log
        self._starting: asyncio.Task | None = None

    @asynccontextmanager
    async def send(self, method: str, target: str, headers: dict, body: bytes = b"", *, start: bool = True):
        """One request; its answer, whose body is still to be read. Raises `daemon-unreachable`, `node-unfit`."""
        url = httpx.URL("http://localhost").copy_with(raw_path=target.encode("ascii"))
        request = httpx.Request(method, url, headers=headers, content=body or None)
        client, answer = await self._ask(request, start)
        try:
            yield answer
        finally:
            await answer.aclose()
            await client.aclose()

    async def _ask(self, request: httpx.Request, start: bool) -> tuple[httpx.AsyncClient, httpx.Response]:
        """Asks again where a daemon went away under the question; a write only with a key, by which it is done once."""
        again = request.method == "GET" or "Idempotency-Key" in request.headers
        for pause in _PAUSES if again else (None,):
            client = await self._open(start)
            try:
                return client, await client.send(request, stream=True)
            except httpx.TransportError as error:
                await client.aclose()
                if pause is None:
                    why = f"broke off before it answered ({type(error).__name__})"
                    raise unreachable(why) from None
            except BaseException:
                await client.aclose()
                raise
            await asyncio.sleep(pause)

    async def get(self, target: str, *, start: bool = False):
        """The JSON at `target`."""
        async with self.send("GET", target, {"Accept": "application/json"}, start=start) as answer:
            await answer.aread()
            answer.raise_for_status()
            return answer.json()

    async def start(self) -> str:
        """Runs `forebay up`, which starts the daemon or takes over from an older one; the socket. One at a time."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._run_up())
        return await asyncio.shield(self._starting)

    async def close(self) -> None:
        if self._starting and not self._starting.done():
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)

    async def _open(self, start: bool) -> httpx.AsyncClient:
        require_unix_sockets()
        for path in sockets(forebay_home()):
            if is_ours(path) and await _answers(path):
                return _client(path)
        if not start:
            raise unreachable("isn't running")
        return _client(await self.start())

    async def _run_up(self) -> str:
        command = [*await find_program(), "up", "--json"]
        self._log.info("Starting Forebay's daemon: %s", " ".join(command))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            output = await asyncio.wait_for(process.communicate(), _START_PATIENCE)
        except asyncio.TimeoutError:
            raise unreachable(f"didn't start within {_START_PATIENCE} s") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return read_answer(*output)


def unreachable(why: str) -> ForebayError:
    hint = "Try again; if it stays so, run 'forebay up' in a terminal and read what it says."
    return ForebayError("daemon-unreachable", f"The Forebay daemon {why}.", hint)


def _client(path: str) -> httpx.AsyncClient:
    # A connection for each request: none in a pool can have died with an earlier daemon. No TLS, no certificates.
    transport = httpx.AsyncHTTPTransport(uds=path, verify=False)
    return httpx.AsyncClient(transport=transport, timeout=_PATIENCE, trust_env=False)


async def _answers(path: str) -> bool:
    try:
        _, writer = await asyncio.open_unix_connection(path)
    except OSError:
        return False
    writer.close()
    return True
