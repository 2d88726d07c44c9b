import asyncio
from pathlib import Path

from jupyter_server.extension.application import ExtensionApp

from .activity import keep_active
from .daemon import Daemon
from .events import EventRelay
from .handlers import ForwardHandler
from .terminal import terminal_command


class ForebayExtension(ExtensionApp):
    name = "jupyterlab_forebay"
    extension_url = "/forebay"
    load_other_extensions = True

    def initialize_settings(self):
        self.daemon = Daemon(self.log)
        self.tasks: list[asyncio.Task] = []
        self.settings["forebay_daemon"] = self.daemon
        page = self.serverapp.web_app.settings.setdefault("page_config_data", {})
        page["forebayCommand"] = terminal_command()
        # Before any browser subscribes: a subscription covers what is registered by then.
        self.serverapp.event_logger.register_event_schema(Path(__file__).with_name("change.yaml"))

    def initialize_handlers(self):
        self.handlers.append((r"/forebay(?:/.*)?", ForwardHandler))

    async def _start_jupyter_server_extension(self, serverapp):
        """What goes on beside the requests: the daemon's start, its events, and the culler's answer."""
        relay = EventRelay(self.daemon, serverapp.event_logger, self.log)
        times = serverapp.web_app.settings["last_activity_times"]
        self.tasks = [
            asyncio.create_task(relay.run(), name="forebay events"),
            asyncio.create_task(keep_active(self.daemon, times), name="forebay activity"),
        ]
        for task in self.tasks:
            task.add_done_callback(self._report)

    def _report(self, task: asyncio.Task):
        if not task.cancelled() and task.exception():
            self.log.error("%s ended: %s", task.get_name(), task.exception(), exc_info=task.exception())

    async def stop_extension(self):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.daemon.close()
