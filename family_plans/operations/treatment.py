"""Help to somebody from whom the others must be safe: kept apart from the plan, on a ground of its own (C40, E31)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person
from core.errors import WrongState
from family_plans.models import EndReason, TreatmentLine
from organisations.models import CodeItem, Organisation


def record_treatment(
    person: Person,
    *,
    organisation: Organisation,
    kind: CodeItem,
    starts_on: date,
    ground: str,
    note: str = "",
    by: User,
    at: datetime,
) -> TreatmentLine:
    """Record a treatment. It opens no door of the family for that organisation.

    Raises WrongState without a ground, and for somebody the others need not be safe from.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=person, by=by) as op:
        person = op.target
        if not person.causes_harm:
            raise WrongState(_("Help to this person belongs in the plan."), about=person.family)
        if not ground.strip():
            raise WrongState(_("Say on which ground this may be known here."), about=person.family)
        line = TreatmentLine.objects.create(
            family_id=person.family_id,
            person=person,
            organisation=organisation,
            kind=kind,
            starts_on=starts_on,
            ground=ground,
            note=note,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.TREATMENT_RECORDED, subject=line)
    return line


def end_treatment(line: TreatmentLine, *, on: date, reason: EndReason, by: User) -> TreatmentLine:
    """Record that a treatment ended, and why. Raises WrongState before its start, and a second time."""
    with operation(Action.VIEW_TREATMENT, on=line, by=by) as op:
        line = op.target
        if line.ended_on is not None:
            raise WrongState(_("This help has ended already."), about=line)
        if on < line.starts_on:
            raise WrongState(_("Help cannot end before it starts."), about=line)
        line.ended_on, line.end_reason = on, reason
        line.save(update_fields=["ended_on", "end_reason"])
        op.record(Event.TREATMENT_ENDED, reason=reason.value)
    return line
