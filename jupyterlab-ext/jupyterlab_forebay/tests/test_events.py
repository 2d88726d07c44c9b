"""What the real daemon announces reaches the browser over Jupyter's own event socket."""

import asyncio
import json

import pytest
from forebay.daemon.client import call

from jupyterlab_forebay.events import SCHEMA

pytestmark = pytest.mark.usefixtures("daemon")


@pytest.fixture
def extension(jp_serverapp):
    return jp_serverapp.extension_manager.extension_apps["jupyterlab_forebay"].copy().pop()


async def heard(socket, wanted) -> dict:
    """The next change that is wanted."""

    async def listen():
        while True:
            event = json.loads(await socket.read_message())
            if event.get("schema_id") == SCHEMA and wanted(event):
                return event

    return await asyncio.wait_for(listen(), 15)


async def test_every_change_is_heard_and_missed_ones_after_a_restart(jp_serverapp, jp_ws_fetch, extension, daemon):
    socket = await jp_ws_fetch("api", "events", "subscribe")
    await extension._start_jupyter_server_extension(jp_serverapp)
    assert await heard(socket, lambda event: event["kind"] == "reset")

    call("POST", "/api/v1/datasets", {"name": "first"})
    event = await heard(socket, lambda event: event["kind"] == "dataset")
    assert (event["subject"], type(event["id"])) == ("first", int)

    daemon.kill()
    daemon.start()
    assert await heard(socket, lambda event: event["kind"] == "reset")
    call("POST", "/api/v1/datasets", {"name": "second"})
    assert await heard(socket, lambda event: event["subject"] == "second")

    socket.close()
    await extension.stop_extension()
    assert all(task.done() for task in extension.tasks)


async def test_running_jobs_keep_the_culler_away(jp_serverapp, extension, scans):
    times = jp_serverapp.web_app.settings["last_activity_times"]
    await extension._start_jupyter_server_extension(jp_serverapp)
    await asyncio.sleep(0.5)
    assert "forebay" not in times
    await extension.stop_extension()

    call("POST", "/api/v1/working-copies/sync", {"folder": str(scans)})
    await extension._start_jupyter_server_extension(jp_serverapp)
    while "forebay" not in times:
        assert call("GET", "/api/v1/status")["jobs"], "the job ended unseen"
        await asyncio.sleep(0.02)
    await extension.stop_extension()
