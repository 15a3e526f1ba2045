"""How a family came in, what plays a part, since when it could leave, and a next trajectory."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Admission, CaseContext, Family, Person, Place, ReadyToLeave, Trajectory, WaitsFor
from cases.operations.children import plan_majority
from core.errors import WrongState
from organisations.models import CodeItem, Municipality, Organisation


@dataclass(frozen=True)
class Picture:
    """The picture at admission. Every part may be empty until it is frozen."""

    place: str = ""
    outside_because: str = ""
    income: str = ""
    debts: str = ""
    why_now: str = ""
    background: str = ""
    needs: str = ""


def describe_admission(
    trajectory: Trajectory, picture: Picture, *, origin: Municipality | None, freeze: bool, by: User, at: datetime
) -> Admission:
    """Write down the picture at admission; half of it is enough. With `freeze` it is complete and never changes again.

    Raises WrongState when it was frozen before, or is frozen without the background and the income.
    """
    with operation(Action.EDIT_FAMILY, on=trajectory, by=by) as op:
        trajectory = op.target
        earlier = Admission.objects.filter(trajectory=trajectory).first()
        if earlier is not None and earlier.frozen_at is not None:
            raise WrongState(_("The picture at admission is closed: it shows how it was then."), about=earlier)
        if freeze and not (picture.background.strip() and picture.income):
            raise WrongState(
                _("To close the picture, the background and the income are needed."), about=trajectory.family
            )
        if trajectory.origin != origin:
            trajectory.origin = origin
            trajectory.save(update_fields=["origin"])
        admission, _is_new = Admission.objects.update_or_create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            defaults={name: getattr(picture, name) for name in Picture.__dataclass_fields__}
            | {"recorded_by": by, "frozen_at": at if freeze else None},
        )
        op.record(Event.ADMISSION_DESCRIBED, subject=admission, frozen=freeze)
    return admission


def note_context(family: Family, code: CodeItem, *, starts_on: date, by: User) -> CaseContext:
    """Note that something special plays a part. Noting it again changes nothing."""
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        context, is_new = CaseContext.objects.get_or_create(
            family=op.target, code=code, ends_on=None, defaults={"starts_on": starts_on, "recorded_by": by}
        )
        op.record(Event.CONTEXT_NOTED, subject=context, code=code.code, is_new=is_new)
    return context


def end_context(context: CaseContext, *, ends_on: date, by: User) -> CaseContext:
    """Note that something plays no part any more; `ends_on` is exclusive. Raises WrongState when it had ended."""
    with operation(Action.EDIT_FAMILY, on=context, by=by) as op:
        context = op.target
        if context.ends_on is not None:
            raise WrongState(_("This was ended already."), about=context.family)
        context.ends_on = max(ends_on, context.starts_on)
        context.save(update_fields=["ends_on"])
        op.record(Event.CONTEXT_NOTED, subject=context, code=context.code.code, ended=True)
    return context


def mark_ready(trajectory: Trajectory, *, waits_for: WaitsFor | None, starts_on: date, by: User) -> ReadyToLeave | None:
    """Record since when a family could leave, and what it waits for; None ends the waiting on that day (exclusive).

    Another cause ends the one before, so that the days are counted per cause. Raises WrongState for a day before the
    trajectory, or before the last change.
    """
    with operation(Action.EDIT_FAMILY, on=trajectory, by=by) as op:
        trajectory = op.target
        if starts_on < trajectory.starts_on:
            raise WrongState(_("This day lies before the stay."), about=trajectory.family)
        earlier = ReadyToLeave.objects.filter(trajectory=trajectory, ends_on=None).first()
        if earlier is not None:
            if earlier.starts_on > starts_on:
                raise WrongState(_("Something is recorded from a later day already."), about=trajectory.family)
            earlier.ends_on = starts_on
            earlier.save(update_fields=["ends_on"])
        ready = None
        if waits_for is not None:
            ready = ReadyToLeave.objects.create(
                family_id=trajectory.family_id, trajectory=trajectory, waits_for=waits_for, starts_on=starts_on
            )
        op.record(Event.READINESS_RECORDED, subject=trajectory, waits_for=str(waits_for or ""))
    return ready


def start_trajectory(
    family: Family, *, kind: str, organisation: Organisation, starts_on: date, by: User, at: datetime
) -> Trajectory:
    """Start a next trajectory of a family that is known already: it came back (D30), or gets help at home (G17).

    `kind` is a code of the list of kinds. The history stays with the family. Raises WrongState while one still runs, or
    on a day before the last one ended.
    """
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        family = op.target
        last = Trajectory.objects.filter(family=family).order_by("-starts_on").first()
        if last is not None and (last.ends_on is None or last.ends_on > starts_on):
            raise WrongState(_("The trajectory before this one has not ended on that day."), about=family)
        started = Trajectory.objects.create(family=family, kind=kind, organisation=organisation, starts_on=starts_on)
        op.record(Event.TRAJECTORY_STARTED, subject=started, kind=kind)
        for child in Person.objects.filter(family=family, place=Place.CHILD).once():
            plan_majority(child, at=at, within=op)
    return started
