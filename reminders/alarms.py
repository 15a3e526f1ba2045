"""What a round finds wrong that nobody planned: work for it is made first, so that the same round raises it."""

import logging
from datetime import date, datetime

from aftercare.operations import propose_after_silence
from aftercare.silence import silent
from cases.models import Family
from cases.operations import raise_alarm
from core.database import DatabaseRole, acting_as
from follow_ups.models import FollowUp, Kind
from handover.fallen_away import gone_supporters, lapsed_watches
from handover.models import SupporterAssignment, WatchRole
from handover.operations import notice_fallen_away

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


def watch_silence(*, today: date, now: datetime) -> None:
    """Propose that a family is out of sight after weeks without contact. One that fails stops no other."""
    with acting_as(DatabaseRole.JOBS):
        found = list(silent(today).order_by("pk")[:BATCH])
    for trajectory in found:
        try:
            with acting_as(DatabaseRole.JOBS):
                propose_after_silence(trajectory, at=now)
        except Exception:
            log.exception("silence not proposed", extra={"family": str(trajectory.family_id)})


def watch_support(*, today: date, now: datetime) -> None:
    """Notice supporters and watching partners that fell away. One that fails stops no other."""
    with acting_as(DatabaseRole.JOBS):
        found: list[SupporterAssignment | WatchRole] = [
            *gone_supporters(now).order_by("pk")[:BATCH],
            *lapsed_watches(today, now).order_by("pk")[:BATCH],
        ]
    for row in found:
        try:
            with acting_as(DatabaseRole.JOBS):
                notice_fallen_away(row, at=now)
        except Exception:
            log.exception("somebody fell away and nobody was told", extra={"family": str(row.family_id)})
