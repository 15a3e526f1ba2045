"""Who hears of a reminder: decided when it is sent, from who may do the work at that moment.

The step says where to begin; from there it goes up until somebody is there: not away, with an address, and allowed to
know. Whoever keeps the organisation, the municipality or this installation running comes last, so that there is always
a person.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.policy import Action
from accounts.models import Membership, Role, User
from follow_ups.models import FollowUp, Kind, Reminder, Step
from reminders.models import Absence


def candidates(reminder: Reminder, *, now: datetime) -> Iterator[User]:
    """Yield the persons who may hear of it, in order: who comes first hears, who follows hears when that fails."""
    told: set[object] = set()
    for step in _steps(reminder):
        for user in _of_step(step, reminder.follow_up, now=now):
            if user.pk not in told and may_be_told(user, reminder, now=now):
                told.add(user.pk)
                yield user
    for user in _last_resort(reminder.follow_up, now=now):
        if user.pk not in told and _is_there(user, now=now):
            told.add(user.pk)
            yield user


def _steps(reminder: Reminder) -> list[Step]:
    """Return the steps in the order in which they are asked for somebody.

    That nobody is regisseur is the coordinator's from day 0 (B3), and so is an offer from the day after it should have
    been answered (F2); without one, the team lead's: never nobody's.
    """
    if reminder.follow_up.kind in {Kind.NO_REGISSEUR, Kind.HANDOVER_UNANSWERED}:
        return [Step.COORDINATOR, Step.TEAM_LEAD, Step.STAND_IN, Step.DUE]
    return [step for step in Step if step >= reminder.step]


def may_be_told(user: User, reminder: Reminder, *, now: datetime) -> bool:
    """Say whether this user is there and may, at this moment, know that there is work about this family."""
    return _is_there(user, now=now) and (
        _works_on(user, reminder.follow_up) or _looks_over(user, reminder.follow_up, now=now)
    )


def _works_on(user: User, follow_up: FollowUp) -> bool:
    return bool(FollowUp.objects.falling_to(user).filter(pk=follow_up.pk).exists())


def _looks_over(user: User, follow_up: FollowUp, *, now: datetime) -> bool:
    if _is_barred(user, follow_up, now=now):
        return False
    rows = FollowUp.objects.filter(pk=follow_up.pk)
    return (
        rows.permitting(user, Action.VIEW_CLOCKS).exists()
        or rows.permitting(user, Action.VIEW_MUNICIPAL_LIST).exists()
        or user in set(_last_resort(follow_up, now=now))
    )


def _of_step(step: Step, follow_up: FollowUp, *, now: datetime) -> list[User]:
    match step:
        case Step.DUE if follow_up.falls_to == AssignmentKind.PRIVACY_OFFICER:
            return _with_role(follow_up, Role.PRIVACY_OFFICER, [Relation.WORKING, Relation.REGISSEUR], now=now)
        case Step.DUE:
            due = _assigned(follow_up, follow_up.falls_to, now=now)
            return due or _assigned(follow_up, AssignmentKind.WORKER, now=now)
        case Step.STAND_IN:
            return _assigned(follow_up, AssignmentKind.STAND_IN, now=now)
        case Step.TEAM_LEAD:
            return _with_role(follow_up, Role.TEAM_LEAD, _WORKING, now=now)
        case Step.COORDINATOR:
            return _with_role(follow_up, Role.COORDINATOR, [Relation.RESPONSIBLE], now=now)


_WORKING = [Relation.WORKING, Relation.REGISSEUR]


def _last_resort(follow_up: FollowUp, *, now: datetime) -> list[User]:
    """Return who can put somebody in the empty place: nobody here reads the family, and the message names none."""
    return [
        *_with_role(follow_up, Role.ORGANISATION_ADMINISTRATOR, _WORKING, now=now),
        *_with_role(follow_up, Role.DUTY_DESK, [Relation.RESPONSIBLE], now=now),
        *_members(Membership.objects.live(timezone.localdate(now)).filter(role=Role.FUNCTIONAL_ADMINISTRATOR)),
    ]


def _assigned(follow_up: FollowUp, kind: str, *, now: datetime) -> list[User]:
    rows = Assignment.objects.live(now).filter(family_id=follow_up.family_id, kind=kind)
    return list(User.objects.active().filter(pk__in=rows.values("user_id")).order_by("pk"))


def _with_role(follow_up: FollowUp, role: Role, relations: list[Relation], *, now: datetime) -> list[User]:
    organisations = Involvement.objects.live(now).filter(family_id=follow_up.family_id, relation__in=relations)
    members = Membership.objects.live(timezone.localdate(now)).filter(
        organisation_id__in=organisations.values("organisation_id"), role=role
    )
    return [user for user in _members(members) if not _is_barred(user, follow_up, now=now)]


def _members(of: object) -> list[User]:
    return list(User.objects.active().filter(pk__in=of.values("user_id")).order_by("pk"))  # type: ignore[attr-defined]


def _is_barred(user: User, follow_up: FollowUp, *, now: datetime) -> bool:
    rows = Assignment.objects.live(now).filter(family_id=follow_up.family_id, user=user, kind=AssignmentKind.BARRED)
    return bool(rows.exists())


def _is_there(user: User, *, now: datetime) -> bool:
    away = Absence.objects.on(timezone.localdate(now)).filter(user=user)
    return user.is_active and bool(user.email) and not away.exists()
