"""A watchdog outside, as whoever installs this may keep one: it hears that a round succeeded, and no more."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from chaos.servers import Machines

ADDRESS = "CHAOS_WATCHDOG"


@contextlib.contextmanager
def watchdog(machines: Machines) -> Iterator[list[datetime]]:
    """Listen on the address that worker and beat know, and yield the moments at which it was told something."""
    heard: list[datetime] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(timezone.now())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_ignored: Any) -> None:
            """Say nothing: the figures stand on this screen."""

    ear = ThreadingHTTPServer(("127.0.0.1", urlsplit(machines.environment[ADDRESS]).port or 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    try:
        yield heard
    finally:
        ear.shutdown()
        ear.server_close()
