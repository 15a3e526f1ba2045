"""Which duty desk a signal goes to when there is no regisseur for it, and who is told that it lies there."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from access.models import Involvement, Relation
from accounts.models import Membership, Role, User
from core.database import DatabaseRole, acting_as
from organisations.kinds import DefaultKind
from organisations.models import Municipality, Organisation
from signals.deadlines import Terms, judge_by
from signals.models import DeskNotice, NoticeStep, Signal

log = logging.getLogger(__name__)
Send = Callable[[User], None]


def desk_for(signal: Signal, *, today: date) -> Organisation | None:
    """Return the desk for a signal: of the municipality that is responsible for its family, else of the reporter's.

    Only a desk where somebody is on duty counts. Where a municipality has none it is its centre municipality's, then
    one of its Veilig Thuis region, then any: a stranger who reads it is better than nobody. None when nobody in the
    whole country has that role.
    """
    manned = {
        desk.municipality_id: desk
        for desk in Organisation.objects.filter(
            pk__in=_members(Role.DUTY_DESK, today).values("organisation_id"),
            kind__slug=DefaultKind.MUNICIPALITY,
            is_active=True,
        ).order_by("-plain_name", "-pk")
    }
    for municipality in _nearest(signal, today=today):
        if municipality.pk in manned:
            return manned[municipality.pk]
    return next(iter(reversed(manned.values())), None)


def _nearest(signal: Signal, *, today: date) -> Iterator[Municipality]:
    for start in filter(None, (_responsible(signal), signal.organisation.municipality)):
        here = start.on(today) or start
        yield here
        if here.centre_municipality:
            yield here.centre_municipality
        if here.veilig_thuis_region_id:
            yield from Municipality.objects.filter(veilig_thuis_region_id=here.veilig_thuis_region_id).order_by("code")


def _responsible(signal: Signal) -> Municipality | None:
    if signal.family_id is None:
        return None
    open_doors = Involvement.objects.filter(family_id=signal.family_id, relation=Relation.RESPONSIBLE, closed_at=None)
    door = open_doors.select_related("organisation__municipality").order_by("-starts_at").first()
    return door.organisation.municipality if door else None


def _members(role: Role, today: date) -> QuerySet:
    found: QuerySet = Membership.objects.live(today).filter(role=role, user__is_active=True)
    return found


def tell_desks(*, now: datetime, send: Send) -> int:
    """Tell everybody on duty that something lies at her desk, on arrival and again when it is late; return how many.

    Called every minute by the job, outside a transaction. Sent and then written down: a crash between the two repeats
    a message, never loses one. An address that fails is tried again the next minute and holds up no other.
    """
    told = 0
    with acting_as(DatabaseRole.JOBS):
        owed = list(_owed(now))
    for signal_id, desk_since, user, step in owed:
        try:
            send(user)
        except Exception:
            log.exception("desk not told", extra={"signal": str(signal_id)})
            continue
        with acting_as(DatabaseRole.JOBS):
            row = DeskNotice(signal_id=signal_id, user=user, desk_since=desk_since, step=step, sent_at=now)
            DeskNotice.objects.bulk_create([row], ignore_conflicts=True)
        told += 1
    return told


def _owed(now: datetime) -> Iterator[tuple[UUID, datetime, User, NoticeStep]]:
    today = timezone.localdate(now)
    lying = Signal.objects.at_any_desk().order_by("desk_since", "pk")
    rows: QuerySet = lying.values_list(
        "pk", "desk_id", "desk_since", "acute", "reported_at", "mild_days", "serious_days"
    )
    for pk, desk_id, since, acute, at, *terms in rows:
        steps = [NoticeStep.ARRIVED]
        if judge_by(acute, at, Terms(*terms)) < today:
            steps.append(NoticeStep.LATE)
        for step in steps:
            roles = [Role.DUTY_DESK] if step == NoticeStep.ARRIVED else [Role.DUTY_DESK, Role.COORDINATOR]
            members = Membership.objects.live(today).filter(organisation_id=desk_id, role__in=roles)
            told = DeskNotice.objects.filter(signal_id=pk, desk_since=since, step=step)
            untold = User.objects.active().filter(pk__in=members.values("user_id"))
            for user in untold.exclude(pk__in=told.values("user_id")).order_by("pk"):
                yield pk, since, user, step
