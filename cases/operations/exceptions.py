"""The exceptions to who has a family: somebody who may never, and somebody in an emergency."""

import re
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from access.models import Assignment, AssignmentKind, BreakGlass, Involvement
from access.operation import Operation, operation
from access.policy import BREAK_GLASS_GRANT, BREAK_GLASS_HOURS, WORKER, WORKS_WITH, Action
from accounts.models import User
from accounts.step_up import insist_on_fresh
from audit.events import Event, Result
from audit.record import record
from cases.models import Family
from cases.operations.protected import end_grants_of
from core.errors import WrongState
from follow_ups.models import Kind
from follow_ups.operations import plan

_REFERENCE = re.compile(r"[A-Z0-9]{2,6}-[A-Z0-9]{2,6}")


def bar(family: Family, *, who: User, because: str, by: User, at: datetime) -> Assignment:
    """Keep somebody out of a family, whatever else holds (R15), and end what she was to it.

    Raises WrongState without a reason, twice, and for the regisseur: first somebody else is regisseur, so that nothing
    is lost.
    """
    with operation(Action.BAR, on=family, by=by) as op:
        family = op.target
        held = Assignment.objects.live(at).filter(family=family, user=who)
        if not because.strip():
            raise WrongState(_("Give a reason."), about=family)
        if held.filter(kind=AssignmentKind.BARRED).exists():
            raise WrongState(_("This person may not see the family already."), about=family)
        if held.filter(kind=AssignmentKind.REGISSEUR).exists():
            raise WrongState(_("This is the regisseur. First let somebody else be regisseur."), about=family)
        for one in held:
            one.closed_at = at
            one.save(update_fields=["closed_at"])
            op.record(Event.ASSIGNMENT_ENDED, subject=one, kind=one.kind)
        end_grants_of(who, family, at=at, within=op)
        for glass in BreakGlass.objects.live(at).filter(family=family, user=who):
            glass.closed_at = at
            glass.save(update_fields=["closed_at"])
            remove_perm(BREAK_GLASS_GRANT, who, family)
        barred = Assignment.objects.create(
            family=family,
            user=who,
            organisation_id=min([*who.standing, *by.standing]),
            kind=AssignmentKind.BARRED,
            reason=because.strip(),
            starts_at=at,
        )
        op.record(Event.BARRED, subject=barred, who=str(who.pk))
    return barred


def lift_bar(barred: Assignment, *, because: str, by: User, at: datetime) -> Assignment:
    """Let somebody no longer be kept out. She gets nothing back: what she was to the family has ended."""
    with operation(Action.BAR, on=barred, by=by) as op:
        barred = op.target
        if barred.kind != AssignmentKind.BARRED or barred.closed_at is not None:
            raise WrongState(_("This had ended already."), about=barred.family)
        if not because.strip():
            raise WrongState(_("Give a reason."), about=barred.family)
        barred.closed_at = at
        barred.reason = f"{barred.reason} / {because.strip()}"[:200]
        barred.save(update_fields=["closed_at", "reason"])
        op.record(Event.BAR_LIFTED, subject=barred, who=str(barred.user_id))
    return barred


def break_glass(
    reference: str, *, because: str, second_factor_at: datetime | None, by: User, at: datetime
) -> BreakGlass | None:
    """Open the file of a family that a colleague has, for four hours, to read and without class A (R16).

    In one transaction the grant, and the notice to the regisseur and the privacy officer. None when the reference
    is not one of this user's organisations, or she is barred, or it does not exist: which of these is not said.
    Raises StaleSecondFactor, and WrongState when the file was open to her already.
    """
    organisations = by.organisations_as(WORKER)
    own = organisations[0] if organisations else None
    op: Operation[Family]
    with operation(Action.BREAK_GLASS, within_organisation=own, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        door = (
            Involvement.objects.live(at)
            .filter(organisation_id__in=organisations, relation__in=WORKS_WITH, family__reference=reference)
            .exclude(family_id__in=Assignment.objects.live(at).filter(user=by, kind="barred").values("family_id"))
            .select_related("family")
            .order_by("pk")
            .first()
        )
        if door is None:
            # Only what can be a reference is written down: somebody may have typed a name there.
            asked = reference if _REFERENCE.fullmatch(reference) else ""
            record(
                Event.ACCESS_DENIED,
                actor=by,
                organisation_id=own,
                result=Result.REFUSED,
                details={"asked": "reference", "key": asked},
            )
            op.events += 1
            return None
        if Family.objects.visible_to(by).filter(pk=door.family_id).exists():
            raise WrongState(_("You can open this file already."), about=door.family)
        glass = BreakGlass.objects.create(
            family=door.family,
            user=by,
            organisation_id=door.organisation_id,
            reason=because.strip(),
            starts_at=at,
            ends_at=at + timedelta(hours=BREAK_GLASS_HOURS),
        )
        assign_perm(BREAK_GLASS_GRANT, by, door.family)
        op.record(Event.GLASS_BROKEN, subject=glass)
        today = timezone.localdate(at)
        for kind, told in (
            (Kind.READ_BROKEN_GLASS, AssignmentKind.REGISSEUR),
            (Kind.REVIEW_BROKEN_GLASS, AssignmentKind.PRIVACY_OFFICER),
        ):
            plan(door.family, kind, due_on=today, falls_to=told, about=glass, within=op)
    return glass
