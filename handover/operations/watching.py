"""A partner is asked to keep watch on somebody, and says yes or no; and says that it knows where a signal goes."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action, may_within
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person, Share
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import SignalConfirmation, WatchRole, WatchState
from handover.watchers import too_few_watch, why_not_asked
from organisations.models import Organisation

ASK_AGAIN_BEFORE = timedelta(days=14)  # before a watch runs out: nobody notices by herself that somebody stopped


class _Register:
    """Where a partner is taken, who has no page of the family."""

    def get_absolute_url(self) -> str:
        return reverse("handover:register")


def ask_to_watch(person: Person, *, organisation: Organisation, until: date, by: User, at: datetime) -> WatchRole:
    """Ask a partner to keep watch on somebody until a day (inclusive). Nothing counts before it said yes (B30).

    Raises WrongState for a partner with which nothing is shared about this person, for somebody who is neither the
    client nor a child, for a day that has passed, and when it was asked already.
    """
    with operation(Action.PLAN_DEPARTURE, on=person, by=by) as op:
        person = op.target
        refusal = why_not_asked(person, organisation, at=at)
        if not refusal and until < timezone.localdate(at):
            refusal = _("This day has passed.")
        if refusal:
            raise WrongState(refusal, about=person.family)
        role = WatchRole.objects.create(
            family_id=person.family_id,
            organisation=organisation,
            person=person,
            until=until,
            asked_by=by,
            asked_at=at,
        )
        op.record(Event.WATCH_ASKED, subject=role)
    return role


def answer_watch(role: WatchRole, *, accept: bool, because: str = "", by: User, at: datetime) -> WatchRole:
    """Let the partner say yes, in one click, or no with a reason, which the regisseur reads.

    Only for somebody of that partner. Raises WrongState for a refusal without a reason, and when it was answered.
    """
    with operation(Action.VIEW_ALERT, on=role, by=by) as op:
        role = op.target
        if not may_within(by, Action.ANSWER_AS_PARTNER, role.organisation_id):
            raise NotAllowed(_("You may not do this."))
        if not accept and not because.strip():
            raise WrongState(_("Say why not."), about=_Register())
        role.move_to(WatchState.ACCEPTED if accept else WatchState.DECLINED)
        role.answered_by, role.answered_at, role.because = by, at, "" if accept else because.strip()
        role.save()
        op.record(Event.WATCH_ANSWERED, state=role.state)
        if accept:
            plan(
                role.family,
                Kind.WATCH_ENDS,
                due_on=max(timezone.localdate(at), role.until - ASK_AGAIN_BEFORE),
                falls_to=AssignmentKind.REGISSEUR,
                about=role,
                within=op,
            )
            close_when_enough_watch(role.family, at=at, within=op)
        else:
            _ask_another(role, at=at, within=op)
    return role


def end_watch(role: WatchRole, *, because: str, by: User, at: datetime) -> WatchRole:
    """Let a partner stop, or take the question back. Raises WrongState without a reason, or when it had ended."""
    with operation(Action.PLAN_DEPARTURE, on=role, by=by) as op:
        role = op.target
        if not because.strip():
            raise WrongState(_("Say why."), about=role)
        role.move_to(WatchState.ENDED)
        role.because, role.answered_at = because.strip(), at
        role.save()
        op.record(Event.WATCH_ENDED)
        ahead = FollowUp.objects.filter(family=role.family, kind=Kind.WATCH_ENDS, about_id=role.pk)
        finish(ahead, as_=State.LAPSED, at=at, within=op)
        _ask_another(role, at=at, within=op)
    return role


def confirm_signal_place(family: Family, *, organisation_id: UUID, by: User, at: datetime) -> SignalConfirmation:
    """Record that a partner knows where to bring a signal about this family (F13). Doing it again changes nothing.

    Raises NotAllowed for an organisation that nothing is shared with, or that `by` does not work for.
    """
    with operation(Action.VIEW_ALERT, on=family, by=by) as op:
        family = op.target
        share = Share.objects.live(at).filter(family=family, organisation=organisation_id).first()
        if share is None or not may_within(by, Action.ANSWER_AS_PARTNER, organisation_id):
            raise NotAllowed(_("You may not do this."))
        confirmation, is_new = SignalConfirmation.objects.get_or_create(
            family=family,
            share=share,
            organisation_id=organisation_id,
            defaults={"confirmed_by": by, "confirmed_at": at},
        )
        op.record(Event.SIGNAL_PLACE_KNOWN, subject=confirmation, is_new=is_new)
    return confirmation


def close_when_enough_watch(family: Family, *, at: datetime, within: Operation[Any]) -> None:
    """End the work of finding somebody who keeps watch, when enough do. A step."""
    if not too_few_watch(family, today=timezone.localdate(at), now=at):
        asked = FollowUp.objects.filter(family=family, kind=Kind.FIND_WATCHERS)
        finish(asked, as_=State.DONE, at=at, within=within)


def ask_for_watchers(family: Family, *, about: Any, at: datetime, within: Operation[Any]) -> None:
    """Make finding somebody who keeps watch the regisseur's work today. A step."""
    plan(
        family,
        Kind.FIND_WATCHERS,
        due_on=timezone.localdate(at),
        falls_to=AssignmentKind.REGISSEUR,
        about=about,
        within=within,
    )


def _ask_another(role: WatchRole, *, at: datetime, within: Operation[Any]) -> None:
    """A watch that fell away is work at once: nobody notices by herself that somebody stopped looking."""
    ask_for_watchers(role.family, about=role, at=at, within=within)
