"""The application's own clock, sped up: its minute takes a second here. Tasks, queue and settings are the real ones."""

import os
from typing import Any

from celery.signals import worker_init

from config.celery import app

# A look takes a quarter of it.
SECONDS = float(os.environ.get("CHAOS_BEAT", "1"))

app.conf.beat_schedule = {
    name: entry | {"schedule": SECONDS, "options": {"expires": 2 * SECONDS}}
    for name, entry in app.conf.beat_schedule.items()
    if name in {"sweep-reminders", "dispatch-messages"}
}


@worker_init.connect
def speed_up_lease(**_ignored: Any) -> None:
    """Let what a killed dispatcher had in hand come free as soon, measured in turns of the beat, as in life."""
    from reminders import dispatch

    dispatch.LEASE = dispatch.LEASE / 60 * SECONDS


@worker_init.connect
def tell_watchdog_here(**_ignored: Any) -> None:
    """In life the address is an https one; here it is an ear on this machine."""
    from django.conf import settings

    settings.WATCHDOG_URL = os.environ["CHAOS_WATCHDOG"]
