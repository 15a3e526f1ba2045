"""Class A: writing it down, letting one person see one value for a time, and showing it (product decision 12)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from accounts.step_up import insist_on_fresh
from audit.events import Event
from cases.models import (
    REVEAL,
    Family,
    Person,
    ProtectedGrant,
    ProtectedKind,
    ProtectedPlace,
    ProtectedReveal,
    ProtectedValue,
    RegisseurPeriod,
)
from core import keys
from core.database import as_protected
from core.errors import NotAllowed, WrongState
from follow_ups.models import Kind
from follow_ups.operations import plan

LONGEST_GRANT = timedelta(days=92)


def enter_place(
    person: Person,
    *,
    kind: ProtectedKind,
    value: str,
    replaces: UUID | None,
    because: str = "",
    by: User,
    at: datetime,
) -> ProtectedPlace:
    """Write a value of class A down, in place of the one that is there. Nobody can read it until somebody is let.

    `replaces` is the place the form was made for: when a colleague was faster, WrongState. Who could see the old value
    cannot see the new one: that is decided anew. A new value takes a reason (L4); the ones before stay, unread.
    """
    with operation(Action.ENTER_PROTECTED, on=person, by=by) as op:
        person = op.target
        current = ProtectedPlace.objects.current().filter(person=person, kind=kind).first()
        if (current.pk if current else None) != replaces:
            raise WrongState(_("Somebody else wrote this down just now."), about=person.family)
        if not value.strip():
            raise WrongState(_("Fill this in."), about=person.family)
        if current is not None and not because.strip():
            raise WrongState(_("Say why it changes."), about=person.family)
        if current is not None:
            for grant in ProtectedGrant.objects.filter(place=current, closed_at=None):
                _end(grant, at=at, within=op)
            current.replaced_at = at
            current.save(update_fields=["replaced_at"])
        place = ProtectedPlace.objects.create(
            family=person.family,
            person=person,
            kind=kind,
            entered_by=by,
            entered_at=at,
            changed_because=because.strip() if current else "",
        )
        with as_protected():
            sealed = keys.seal(place.pk, value.strip())
            ProtectedValue.objects.create(family_id=person.family_id, place=place, sealed=sealed)
        op.record(Event.PROTECTED_ENTERED, subject=place, kind=kind.value)
    return place


def grant_place(
    place: ProtectedPlace,
    *,
    to: User,
    because: str,
    ends_at: datetime,
    second_factor_at: datetime | None,
    by: User,
    at: datetime,
) -> ProtectedGrant:
    """Let one person be shown one value until `ends_at` (exclusive), three months at most. An earlier grant ends.

    Raises WrongState when policy would not let this person see it anyway, and StaleSecondFactor.
    """
    with operation(Action.GRANT_PROTECTED, on=place, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        return let_see(op.target, to=to, because=because, ends_at=ends_at, by=by, at=at, within=op)


def let_see(
    place: ProtectedPlace,
    *,
    to: User,
    because: str,
    ends_at: datetime,
    by: User,
    at: datetime,
    within: Operation[Any],
) -> ProtectedGrant:
    """Let one person be shown one value. A step of who may grant and has shown her second factor just now.

    Raises WrongState as `grant_place` does.
    """
    if place.replaced_at is not None:
        raise WrongState(_("This was replaced meanwhile."), about=place)
    if not because.strip() or not at < ends_at <= at + LONGEST_GRANT:
        raise WrongState(_("Give a reason, and a day within three months."), about=place)
    if not ProtectedPlace.objects.permitting(to, Action.REVEAL_PROTECTED).filter(pk=place.pk).exists():
        raise WrongState(_("This person does not work with the family."), about=place)
    for earlier in ProtectedGrant.objects.filter(place=place, user=to, closed_at=None):
        _end(earlier, at=at, within=within)
    grant = ProtectedGrant.objects.create(
        family=place.family,
        place=place,
        user=to,
        reason=because.strip(),
        granted_by=by,
        starts_at=at,
        ends_at=ends_at,
    )
    assign_perm(REVEAL, to, place)
    within.record(Event.PROTECTED_GRANTED, subject=grant, to=str(to.pk), kind=place.kind)
    return grant


def end_grant(grant: ProtectedGrant, *, by: User, at: datetime) -> ProtectedGrant:
    """End what one person may see, from the next request on. Raises WrongState when it had ended already."""
    with operation(Action.GRANT_PROTECTED, on=grant, by=by) as op:
        grant = op.target
        if grant.closed_at is not None:
            raise WrongState(_("This had ended already."), about=grant.place)
        _end(grant, at=at, within=op)
    return grant


def end_grants_of(user: User, family: Family, *, at: datetime, within: Operation[Any]) -> None:
    """End everything one person may see of class A of a family."""
    for grant in ProtectedGrant.objects.filter(family=family, user=user, closed_at=None):
        _end(grant, at=at, within=within)


def reveal(place: ProtectedPlace, *, because: str, second_factor_at: datetime | None, by: User, at: datetime) -> str:
    """Return one value of class A, once, and tell the regisseur who looked and why.

    Raises StaleSecondFactor, KeyGone, and NotAllowed without a grant that holds now. Policy asks, guardian's grant is
    asked, and then the database asks once more before it gives the row.
    """
    with operation(Action.REVEAL_PROTECTED, on=place, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        place = op.target
        if not because.strip():
            raise WrongState(_("Give a reason."), about=place)
        if not ProtectedPlace.objects.revealable_by(by).filter(pk=place.pk).exists():
            raise NotAllowed(_("You may not do this."))
        with as_protected():
            found = ProtectedValue.objects.filter(place=place).first()
        if found is None:
            raise NotAllowed(_("You may not do this."))
        value = keys.unseal(place.pk, found.sealed)
        shown = ProtectedReveal.objects.create(
            family=place.family, place=place, user=by, reason=because.strip(), revealed_at=at
        )
        op.record(Event.PROTECTED_REVEALED, subject=shown, kind=place.kind)
        if not RegisseurPeriod.objects.filter(family=place.family, user=by).current().exists():
            plan(
                place.family,
                Kind.READ_REVEAL,
                due_on=timezone.localdate(at),
                falls_to=AssignmentKind.REGISSEUR,
                about=shown,
                within=op,
            )
    return value


def _end(grant: ProtectedGrant, *, at: datetime, within: Operation[Any]) -> None:
    grant.closed_at = at
    grant.save(update_fields=["closed_at"])
    remove_perm(REVEAL, grant.user, grant.place)
    within.record(Event.PROTECTED_GRANT_ENDED, subject=grant, of=str(grant.user_id))
