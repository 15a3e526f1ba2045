"""The figures of the demonstration: an invented history of families that are gone, and the releases made of it."""

from datetime import date, datetime

from django.utils import timezone

from core.database import DatabaseRole, acting_as
from figures.history import invent
from figures.models import Release, StatisticsRow
from figures.operations import freeze
from figures.periods import Quarter

# Each takes a second or two: enough for two whole years, and the quarters since.
QUARTERS = 8


def load_figures(*, now: datetime) -> None:
    """Make the history and its releases when there are none yet."""
    if Release.objects.exists():
        return
    last = Quarter.of(timezone.localdate(now)).plus(-1)
    with acting_as(DatabaseRole.JOBS):
        until = date(last.year, last.number * 3, 28)
        StatisticsRow.objects.bulk_create(StatisticsRow.of(one) for one in invent(until=until))
        for number in range(QUARTERS - 1, -1, -1):
            freeze(last.plus(-number), at=now)
