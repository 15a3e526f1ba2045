"""Reading the log by machine: what stands out becomes an alert with an owner and a day (R46).

Daily, and the decoys within minutes. A day that was missed is caught up; running twice makes no second alert.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from access.models import Involvement
from access.policy import WORKS_WITH
from accounts.models import Membership, Role, User
from audit.events import Event
from audit.record import record
from core.working_days import add_working_days
from organisations.models import Organisation
from oversight.models import Alert, Outcome, Pattern, ReviewRun
from oversight.patterns import Finding, findings

log = logging.getLogger(__name__)
AT_LEAST_BACK = timedelta(days=2)
# Working days within which an alert is looked into.
WITHIN = 1
# A name that was explained is not asked about again, for this long.
EXPLAINED_FOR = timedelta(days=180)
KEPT_EVENTS = 50
_ABOUT_NAMES = (Pattern.OWN_FAMILY, Pattern.SAME_SURNAME)
# A day without a round is a day in which nobody looked.
OVERDUE_AFTER = timedelta(hours=26)


def review(*, now: datetime, only: frozenset[Pattern] | None = None) -> int:
    """Make an alert of everything that stands out since the last full round; return how many are new. Safe to repeat.

    `only` reads for a few patterns, for what does not wait, and leaves the mark of the full round where it was.
    Raises nothing for one finding that cannot be kept: it is logged, and the others go on.
    """
    last = ReviewRun.objects.order_by("-read_until").first()
    since = min(now - AT_LEAST_BACK, last.read_until if last else now - AT_LEAST_BACK)
    made = sum(_keep(one, now=now) for one in findings(since, now) if only is None or one.pattern in only)
    if only is None:
        ReviewRun.objects.create(finished_at=now, read_until=now, found=made)
    return made


def tell_owners(*, now: datetime, send: Callable[[User], None]) -> int:
    """Tell the owner of each alert on arrival, and everybody with her role when it is late; return how many were told.

    Sent and then written down: a crash between the two repeats a message and loses none.
    """
    told = 0
    today = timezone.localdate(now)
    for alert in Alert.objects.open().filter(told_at=None).select_related("owner"):
        told += _tell(alert, [alert.owner] if alert.owner else [], "told_at", now=now, send=send)
    for alert in Alert.objects.late(today).filter(told_late_at=None):
        told += _tell(alert, officers_of(alert.organisation_id, now=now), "told_late_at", now=now, send=send)
    return told


def officers_of(organisation_id: UUID, *, now: datetime) -> list[User]:
    """Return the privacy officers of an organisation, in a fixed order."""
    members = Membership.objects.live(timezone.localdate(now)).filter(
        role=Role.PRIVACY_OFFICER, organisation_id=organisation_id
    )
    return list(User.objects.active().filter(pk__in=members.values("user_id")).order_by("created_at", "pk"))


def _tell(alert: Alert, to: list[User], mark: str, *, now: datetime, send: Callable[[User], None]) -> int:
    told = 0
    for user in to:
        try:
            send(user)
        except Exception:
            log.exception("owner of an alert not told", extra={"alert": str(alert.pk)})
            return told
        told += 1
    if told:
        setattr(alert, mark, now)
        alert.save(update_fields=[mark])
    return told


def _keep(one: Finding, *, now: datetime) -> int:
    if one.pattern in _ABOUT_NAMES and _is_explained(one, now=now):
        return 0
    organisation, owner = _owner(one, now=now)
    if organisation is None:
        # There is not one privacy officer anywhere: whoever runs this must know.
        log.error("an alert without anybody to own it", extra={"pattern": one.pattern.value})
        return 0
    moments = [at for at, _event in one.seen]
    events = [event for _at, event in sorted(one.seen)]
    with transaction.atomic():
        alert, is_new = Alert.objects.get_or_create(
            pattern=one.pattern,
            actor_id=one.actor_id,
            family_key=one.family_id,
            on_day=one.on_day,
            defaults={
                "organisation_id": organisation,
                "owner": owner,
                "first_at": min(moments),
                "last_at": max(moments),
                "times": len(events),
                "events": events[:KEPT_EVENTS],
                "found_at": now,
                "due_on": add_working_days(timezone.localdate(now), WITHIN),
            },
        )
        if is_new:
            record(Event.ALERT_RAISED, actor=None, subject=alert, organisation_id=organisation)
        elif not alert.outcome and len(events) > alert.times:
            # The day went on after the alert was made.
            alert.last_at, alert.times, alert.events = max(moments), len(events), events[:KEPT_EVENTS]
            alert.save(update_fields=["last_at", "times", "events"])
    return int(is_new)


def _is_explained(one: Finding, *, now: datetime) -> bool:
    return bool(
        Alert.objects.filter(
            pattern=one.pattern,
            actor_id=one.actor_id,
            family_key=one.family_id,
            outcome=Outcome.EXPLAINED,
            settled_at__gt=now - EXPLAINED_FOR,
        ).exists()
    )


def _owner(one: Finding, *, now: datetime) -> tuple[UUID | None, User | None]:
    """Return whose alert it is: the privacy officer of where the person works, else of who works with the family, else
    of the person's municipality, else any. Never the person herself.
    """
    for organisation_id in _organisations(one, now=now):
        others = [user for user in officers_of(organisation_id, now=now) if user.pk != one.actor_id]
        if others:
            return organisation_id, others[0]
    return None, None


def _organisations(one: Finding, *, now: datetime) -> list[UUID]:
    today = timezone.localdate(now)
    held = Membership.objects.filter(user_id=one.actor_id).order_by("ends_on", "starts_on", "pk")
    own = list(held.values_list("organisation_id", flat=True))
    families = [one.family_id] if one.family_id else []
    around = Involvement.objects.live(now).filter(family_id__in=families, relation__in=WORKS_WITH)
    towns = Organisation.objects.filter(pk__in=own).values("municipality")
    town_halls = Organisation.objects.filter(municipality__in=towns, kind__slug="municipality").order_by("pk")
    anywhere = Membership.objects.live(today).filter(role=Role.PRIVACY_OFFICER).order_by("starts_on", "pk")
    return [
        *own,
        *around.order_by("starts_at", "pk").values_list("organisation_id", flat=True),
        *town_halls.values_list("pk", flat=True),
        *anywhere.values_list("organisation_id", flat=True),
    ]
