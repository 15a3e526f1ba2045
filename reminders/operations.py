"""When somebody hears of work, and that she is not there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Membership, User
from audit.events import Event
from core.errors import NotAllowed, WrongState
from reminders.models import EARLIEST_HOUR, LATEST_HOUR, Absence, MailPreference


def choose_hour(*, hour: int, by: User) -> MailPreference:
    """Choose after which hour the one message of a working day comes. Raises WrongState outside 6 to 18 o'clock."""
    op: Operation[Any]
    with operation(Action.SET_OWN_REMINDERS, within_organisation=_any_organisation(by), by=by) as op:
        if not EARLIEST_HOUR <= hour <= LATEST_HOUR:
            raise WrongState(_("Choose an hour of the day."), about=_Page())
        preference, _is_new = MailPreference.objects.update_or_create(user=by, defaults={"digest_hour": hour})
        op.record(Event.MAIL_PREFERENCE_CHANGED, subject=preference, hour=hour)
    return preference


def record_own_absence(*, starts_on: date, ends_on: date | None, by: User, at: datetime) -> Absence:
    """Record that `by` is away, from a day until her first day back. Raises WrongState for days in the wrong order,
    and for the same days once more: ending one of two would leave her away."""
    op: Operation[Any]
    with operation(Action.SET_OWN_REMINDERS, within_organisation=_any_organisation(by), by=by) as op:
        absence = _enter(by, starts_on, ends_on, by=by, at=at)
        op.record(Event.ABSENCE_RECORDED, subject=absence)
    return absence


def record_absence(member: User, *, starts_on: date, ends_on: date | None, by: User, at: datetime) -> Absence:
    """Record that a member of `by`'s own organisation is away: who is ill does not do so herself.

    Raises NotAllowed for somebody who is no member there on the day of `at`.
    """
    here = _organisation_of(member, lead=by, at=at)
    op: Operation[Any]
    with operation(Action.RECORD_ABSENCE, within_organisation=here, by=by) as op:
        absence = _enter(member, starts_on, ends_on, by=by, at=at)
        op.record(Event.ABSENCE_RECORDED, subject=absence, user=str(member.pk))
    return absence


def end_absence(absence: Absence, *, by: User, at: datetime) -> Absence:
    """Record that somebody is back today. Her own, or of a member of an organisation of which `by` is team lead."""
    own = absence.user_id == by.pk
    here = _any_organisation(by) if own else _organisation_of(absence.user, lead=by, at=at)
    action = Action.SET_OWN_REMINDERS if own else Action.RECORD_ABSENCE
    op: Operation[Any]
    with operation(action, within_organisation=here, by=by) as op:
        today = timezone.localdate(at)
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if absence.withdrawn_at or (absence.ends_on is not None and absence.ends_on <= today):
            raise WrongState(_("This absence is over already."), about=_Page(None if own else absence.user))
        # One that never began ends on the day after it would have: it is withdrawn, and stays on record.
        absence.withdrawn_at = at if absence.starts_on >= today else None
        absence.ends_on = max(today, absence.starts_on + timedelta(days=1))
        absence.save(update_fields=["withdrawn_at", "ends_on"])
        op.record(Event.ABSENCE_RECORDED, subject=absence, ended=True)
    return absence


@dataclass(frozen=True)
class _Page:
    """Where somebody is led when an act was overtaken: to her own page, or to that of the member she recorded it of."""

    of: User | None = None

    def get_absolute_url(self) -> str:
        return reverse("reminders:record_absence", args=[self.of.pk]) if self.of else reverse("reminders:own")


def _enter(member: User, starts_on: date, ends_on: date | None, *, by: User, at: datetime) -> Absence:
    there = _Page(None if member == by else member)
    if ends_on is not None and ends_on <= starts_on:
        raise WrongState(_("The first day back lies after the first day away."), about=there)
    User.objects.select_for_update().get(pk=member.pk)  # the second of a double click waits, and finds the first
    if Absence.objects.filter(user=member, starts_on=starts_on, ends_on=ends_on, withdrawn_at=None).exists():
        raise WrongState(_("This was recorded already."), about=there)
    return Absence.objects.create(user=member, starts_on=starts_on, ends_on=ends_on, recorded_by=by, recorded_at=at)


def _any_organisation(user: User) -> Any:
    user.forget_standing()
    if not user.standing:
        raise NotAllowed(_("You may not do this."))
    return min(user.standing)


def _organisation_of(member: User, *, lead: User, at: datetime) -> Any:
    """Return an organisation at which both are: `member` in any role, `lead` in whatever role policy then asks."""
    lead.forget_standing()
    shared = Membership.objects.live(timezone.localdate(at)).filter(
        user=member, organisation_id__in=list(lead.standing)
    )
    found = [pk for pk in shared.values_list("organisation_id", flat=True) if "team_lead" in lead.standing[pk]]
    if not found:
        raise NotAllowed(_("You may not do this."))
    return min(found)
