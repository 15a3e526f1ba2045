"""What a round finds wrong that nobody planned: work for it is made first, so that the same round raises it."""

import logging
from datetime import date, datetime

from cases.models import Family
from cases.operations import raise_alarm
from core.database import DatabaseRole, acting_as
from follow_ups.models import FollowUp, Kind

log = logging.getLogger(__name__)

BATCH = 500


def watch_regie(*, today: date, now: datetime) -> None:
    """Make the absence of a regisseur somebody's work. One family that fails does not keep the others silent."""
    with acting_as(DatabaseRole.JOBS):
        told = FollowUp.objects.open().filter(kind=Kind.NO_REGISSEUR)
        alarmed = list(Family.objects.without_regisseur(today).exclude(pk__in=told.values("family_id"))[:BATCH])
    for family in alarmed:
        try:
            with acting_as(DatabaseRole.JOBS):
                raise_alarm(family, at=now)
        except Exception:
            log.exception("alarm not raised", extra={"family": str(family.pk)})
