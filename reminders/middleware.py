"""The third way in which a round of reminders starts: somebody of the staff opens a page while none has come."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from audit.record import from_origin
from core.database import DatabaseRole, acting_as
from follow_ups.models import Trigger
from reminders.sweep import Bounds, sweep

log = logging.getLogger(__name__)

# One at a time over all web processes. The number means nothing; it is this lock's name.
_LOCK = 7_203_114
_PAGE_VIEW = Bounds(role=DatabaseRole.APP, statement_seconds=1.5, seconds=2)


class SweepWhenStale:
    """After a page was made that found the rounds overdue, do one. Stands around the request's own transaction.

    It raises only: mail goes out from the worker or the timer. A page never fails, and waits two seconds at most.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "reminders_are_stale", False):
            try:
                _one_round()
            except DatabaseError:
                log.exception("a page view could not do a round of reminders")
        return response


def _one_round() -> None:
    if not _taken("pg_try_advisory_lock"):
        return
    try:
        with from_origin("page view"):
            sweep(today=timezone.localdate(), now=timezone.now(), trigger=Trigger.PAGE, bounds=_PAGE_VIEW)
    finally:
        _taken("pg_advisory_unlock")


def _taken(function: str) -> bool:
    with acting_as(DatabaseRole.APP), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
