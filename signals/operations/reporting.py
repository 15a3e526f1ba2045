"""A concern comes in. It is stored and nothing else: who it concerns is never looked for in the reporter's request."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from core.errors import NotAllowed
from follow_ups.models import Kind
from follow_ups.operations import plan
from organisations.models import Organisation
from signals.deadlines import Severity, reported_severity
from signals.known_child import KnownChild
from signals.models import Acute, Signal, SignalKind, Source
from signals.numbers import new_number


@dataclass(frozen=True)
class Account:
    """What somebody reports: about which child, and what she saw, heard or thinks. At least one of these is filled.

    `child` is one that the reporter was found to know; otherwise a name and a day of birth. `token` is the form's.
    """

    token: UUID
    acute: str
    kind: str
    callback_phone: str
    child: KnownChild | None = None
    child_name: str = ""
    child_born_on: date | None = None
    also_about: str = ""
    what_seen: str = ""
    what_heard: str = ""
    what_i_think: str = ""
    discussed: str = ""
    discussed_with: str = ""
    source: str = Source.ORGANISATION


def report(account: Account, *, organisation: Organisation, by: User, at: datetime) -> Signal:
    """Store a signal. The same token of the same user gives the signal that is there.

    Raises NotAllowed for a child that this user does not know here.
    """
    op: Operation[Signal]
    with operation(Action.REPORT_SIGNAL, within_organisation=organisation.pk, by=by) as op:
        # Whether she knows the child was asked a moment ago, in this request: asking it twice would tell nothing new.
        if account.child is not None and account.child.known_to != by.pk:
            raise NotAllowed(_("You may not do this."))
        # What the report itself says; the router may make it more, never less.
        told = {**vars(account), "severity": reported_severity(account.acute)}
        if account.child is not None:
            # What the reporter knew, so that a desk that may not open the family can read whom it is about.
            child = account.child.person
            told |= {"child": child, "child_name": child.name, "child_born_on": child.born_on}
        signal, is_new = _stored(
            Signal(reported_by=by, number=new_number("S"), organisation=organisation, reported_at=at, **told)
        )
        op.record(Event.SIGNAL_REPORTED, subject=signal, again=not is_new)
    return signal


def _stored(signal: Signal) -> tuple[Signal, bool]:
    """Store a new signal, or return the one that came with the same token. Nearly all are new: so no look first."""
    try:
        with transaction.atomic():
            signal.save(force_insert=True)
    except IntegrityError:
        there: Signal | None = Signal.objects.filter(reported_by=signal.reported_by, token=signal.token).first()
        if there is None:
            raise
        return there, False
    return signal, True


def self_report(
    family: Family, *, text: str, by: User, at: datetime, acute: str = Acute.UNKNOWN, within: Operation[Any]
) -> Signal:
    """Store that the family itself says it is not safe, and plan the judging of it for today. A step."""
    here = Assignment.objects.live(at).filter(family=family, user=by).order_by("starts_at").first()
    signal: Signal = Signal.objects.create(
        family=family,
        number=new_number("S"),
        token=uuid4(),
        source=Source.FAMILY,
        reported_by=by,
        organisation_id=here.organisation_id if here else family.opened_by_id,
        reported_at=at,
        acute=acute,
        kind=SignalKind.HEARD,
        what_heard=text,
        severity=Severity.ACUTE,
        routed_at=at,
    )
    within.record(Event.SIGNAL_REPORTED, subject=signal, source=Source.FAMILY.value)
    plan(
        family,
        Kind.TRIAGE_SIGNAL,
        due_on=timezone.localdate(at),
        falls_to=AssignmentKind.REGISSEUR,
        about=signal,
        within=within,
    )
    return signal
