"""Who keeps the members of an organisation is told by mail when its half-yearly review of access is due (R41)."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import AccessReview, Membership, Role, User
from administration.models import ReviewNotice
from administration.reading import review_due
from core.database import DatabaseRole, acting_as
from organisations.models import Organisation

log = logging.getLogger(__name__)
AGAIN_AFTER_DAYS = 7
FINISH_WITHIN = timedelta(days=14)
Send = Callable[[User], None]


def remind_reviewers(*, now: datetime, send: Send) -> int:
    """Tell each organisation administrator that a review is due, on its day and every week after; return how many.

    Called every night, outside a transaction. Sent and then written down: a crash between the two repeats a message,
    never loses one. An address that fails is tried again the next night and holds up no other.
    """
    told = 0
    with acting_as(DatabaseRole.JOBS):
        owed = list(_owed(timezone.localdate(now)))
    for organisation_id, user, due_on, step in owed:
        try:
            send(user)
        except Exception:
            log.exception("reviewer not told", extra={"organisation": str(organisation_id)})
            continue
        with acting_as(DatabaseRole.JOBS):
            row = ReviewNotice(organisation_id=organisation_id, user=user, due_on=due_on, step=step, sent_at=now)
            ReviewNotice.objects.bulk_create([row], ignore_conflicts=True)
        told += 1
    return told


def _owed(today: date) -> Iterator[tuple[UUID, User, date, int]]:
    for organisation in Organisation.objects.filter(is_active=True).order_by("pk"):
        begun = AccessReview.objects.filter(organisation=organisation, finished_at=None).first()
        # One that was begun and left lying is as much undone as one that was not begun.
        due_on = timezone.localdate(begun.started_at) + FINISH_WITHIN if begun else review_due(organisation, today)
        if due_on is None or due_on > today:
            continue
        step = (today - due_on).days // AGAIN_AFTER_DAYS
        told = ReviewNotice.objects.filter(organisation=organisation, due_on=due_on, step=step)
        held = Membership.objects.live(today).filter(organisation=organisation, role=Role.ORGANISATION_ADMINISTRATOR)
        untold = User.objects.active().filter(pk__in=held.values("user_id"))
        for user in untold.exclude(pk__in=told.values("user_id")).order_by("pk"):
            yield organisation.pk, user, due_on, step
