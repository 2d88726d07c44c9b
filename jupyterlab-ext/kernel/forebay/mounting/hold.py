import http.client
import os
import socket
import threading
import time

from ..daemon.client import call, connect, segment
from ..errors import ForebayError
from ..notebook.identity import program_name

_UNTIL_HELD = 5.0  # seconds; a process that ends before its connection is open leaves a lease behind
_PAUSE = 1.0  # seconds between attempts to reach a daemon that went away; it honours leases for 300


def holder() -> dict:
    """Who this process is, for people who ask what is in use."""
    return {"kind": "connection", "label": f"{program_name()}, process {os.getpid()}"}


class Hold:
    """Keeps one lease alive by an open connection, from a thread of its own, until `release` or the process's end.

    A daemon that went away is waited for, not started: while none runs, nobody evicts.
    """

    def __init__(self, lease: dict):
        self.lease = lease
        self.path: str | None = lease["path"]
        self.alive = True
        self.connected = False
        self._socket: socket.socket | None = None
        self._tried = threading.Event()
        threading.Thread(target=self._keep, name=f"forebay {lease['id']}", daemon=True).start()
        self._tried.wait(_UNTIL_HELD)

    def release(self) -> None:
        """Gives the lease back; a lease that the daemon no longer knows is given back already."""
        self.alive = False
        try:
            call("DELETE", _lease_path(self.lease))
        except ForebayError as error:
            if error.code not in ("lease-unknown", "daemon-unreachable"):
                raise
        finally:
            self._break_off()

    def _break_off(self) -> None:
        if self._socket:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _keep(self) -> None:
        while self.alive:
            try:
                if not self._stay():
                    self.alive = self._renew()
                    continue
            except (ForebayError, OSError, http.client.HTTPException):
                pass
            finally:
                self._tried.set()
            if self.alive:
                time.sleep(_PAUSE)

    def _stay(self) -> bool:
        """Reads the stream until it ends; False when the daemon doesn't know the lease."""
        connection = connect(timeout=None, start=False)
        self._socket = connection.sock
        try:
            headers = {"Accept": "text/event-stream", "Connection": "close"}
            connection.request("GET", f"{_lease_path(self.lease)}/hold", headers=headers)
            response = connection.getresponse()
            if response.status == 404:
                return False
            if response.status == 200:
                self.connected = True
                self._tried.set()
                while response.read1(4096):
                    pass
            return True
        finally:
            self.connected = False
            self._socket = None
            connection.close()

    def _renew(self) -> bool:
        """Takes anew a lease that the daemon lost, since this process reads on; False where the files are gone."""
        try:
            if not self.alive or not self._is_cached():
                return False
            ref = f"{self.lease['dataset']}@v{self.lease['version']}"
            body = {"ref": ref, "cache": self.lease["cache"], "holder": holder(), **(self.lease["selection"] or {})}
            self.lease = call("POST", "/api/v1/leases", body, start=False)
        except ForebayError as error:
            if error.code == "daemon-unreachable":
                raise
            return False
        return True

    def _is_cached(self) -> bool:
        """Whether the files are still where this process reads them."""
        answer = call("GET", "/api/v1/placements", query={"dataset": self.lease["dataset"]}, start=False)
        return any(found["state"] == "ready" and found["path"] == self.path for found in answer["items"])


def _lease_path(lease: dict) -> str:
    return f"/api/v1/leases/{segment(lease['id'])}"
