"""What a round of reminders asks of, and says to, the world outside: the clock of the database, and a watchdog."""

import logging
from datetime import datetime
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from core.database import DatabaseRole, acting_as

log = logging.getLogger(__name__)

_PATIENCE = 5  # seconds


def clock_skew(now: datetime) -> int:
    """Return how many seconds `now` and the clock of the database lie apart."""
    with acting_as(DatabaseRole.JOBS), connection.cursor() as cursor:
        cursor.execute("SELECT abs(extract(epoch FROM clock_timestamp() - %s))::integer", [now])
        (seconds,) = cursor.fetchone()
    return int(seconds)


def tell_watchdog() -> None:
    """Let a watchdog of one's own know that a round succeeded; nothing when none is set. It learns that and no more."""
    if not settings.WATCHDOG_URL:
        return
    try:
        with urlopen(settings.WATCHDOG_URL, timeout=_PATIENCE):  # noqa: S310  set by whoever installs this, https only
            pass
    except OSError:
        log.warning("the watchdog did not answer")
