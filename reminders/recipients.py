"""Who hears of a reminder: decided when it is sent, from who may do the work at that moment."""

from datetime import datetime

from django.db.models import Q

from access.models import Assignment, AssignmentKind, Involvement, Relation
from accounts.models import Membership, Role, User
from follow_ups.models import FollowUp, Kind, Reminder, Step


def recipient_of(reminder: Reminder, *, now: datetime) -> User | None:
    """Return the person who hears of it: the one of this step, or of the next one that has somebody.

    Nobody is told who may not open the work: a leaver, somebody whose assignment ended, somebody who is barred.
    """
    follow_up = reminder.follow_up
    for step in _steps(reminder):
        for user in _candidates(step, follow_up, now=now):
            if step >= Step.TEAM_LEAD or FollowUp.objects.falling_to(user).filter(pk=follow_up.pk).exists():
                return user
    return None


def _steps(reminder: Reminder) -> list[Step]:
    """Return the steps in the order in which they are asked for somebody.

    That nobody is regisseur is the coordinator's from day 0 (B3); without one, the team lead's: never nobody's.
    """
    if reminder.follow_up.kind == Kind.NO_REGISSEUR:
        return [Step.COORDINATOR, Step.TEAM_LEAD, Step.STAND_IN, Step.DUE]
    return [step for step in Step if step >= reminder.step]


def _candidates(step: Step, follow_up: FollowUp, *, now: datetime) -> list[User]:
    match step:
        case Step.DUE if follow_up.falls_to == AssignmentKind.PRIVACY_OFFICER:
            return _with_role(follow_up, Role.PRIVACY_OFFICER, [Relation.WORKING, Relation.REGISSEUR], now=now)
        case Step.DUE:
            due = _assigned(follow_up, follow_up.falls_to, now=now)
            return due or _assigned(follow_up, AssignmentKind.WORKER, now=now)
        case Step.STAND_IN:
            return _assigned(follow_up, AssignmentKind.STAND_IN, now=now)
        case Step.TEAM_LEAD:
            return _with_role(follow_up, Role.TEAM_LEAD, [Relation.WORKING, Relation.REGISSEUR], now=now)
        case Step.COORDINATOR:
            return _with_role(follow_up, Role.COORDINATOR, [Relation.RESPONSIBLE], now=now)


def _assigned(follow_up: FollowUp, kind: str, *, now: datetime) -> list[User]:
    rows = Assignment.objects.live(now).filter(family_id=follow_up.family_id, kind=kind)
    return list(User.objects.active().filter(pk__in=rows.values("user_id")).order_by("pk"))


def _with_role(follow_up: FollowUp, role: Role, relations: list[Relation], *, now: datetime) -> list[User]:
    organisations = Involvement.objects.live(now).filter(family_id=follow_up.family_id, relation__in=relations)
    members = Membership.objects.live(now.date()).filter(
        Q(organisation_id__in=organisations.values("organisation_id")), role=role
    )
    barred = Assignment.objects.live(now).filter(family_id=follow_up.family_id, kind=AssignmentKind.BARRED)
    return list(
        User.objects.active()
        .filter(pk__in=members.values("user_id"))
        .exclude(pk__in=barred.values("user_id"))
        .order_by("pk")
    )
