"""What a privacy officer does with what the log shows: judge, settle, set a bait, take a proof."""

from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from access.models import BreakGlass, Decoy, Involvement
from access.operation import Operation, operation
from access.policy import WORKS_WITH, Action
from accounts.models import User
from accounts.step_up import insist_on_fresh
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from oversight.models import Alert, Judgement, Outcome, Verdict


def judge_broken_glass(glass: BreakGlass, *, verdict: Verdict, note: str, by: User, at: datetime) -> Judgement:
    """Say whether an emergency was one, and close what was owed for it. Raises WrongState the second time.

    Nobody judges her own emergency. That it was not needed takes a note.
    """
    with operation(Action.REVIEW_BREAK_GLASS, on=glass, by=by) as op:
        glass = op.target
        if Judgement.objects.filter(glass=glass).exists():
            raise WrongState(_("This was judged already."), about=glass)
        if glass.user_id == by.pk:
            raise WrongState(_("Somebody else judges what you did yourself."), about=glass)
        if verdict == Verdict.NOT_NEEDED and not note.strip():
            raise WrongState(_("Say why it was not needed."), about=glass)
        judged = Judgement.objects.create(
            family=glass.family, glass=glass, verdict=verdict, note=note.strip(), judged_by=by, judged_at=at
        )
        owed = FollowUp.objects.filter(family_id=glass.family_id, kind=Kind.REVIEW_BROKEN_GLASS, about_id=glass.pk)
        finish(owed, as_=State.DONE, at=at, within=op)
        op.record(Event.BROKEN_GLASS_JUDGED, subject=glass, verdict=verdict.value)
    return judged


def settle_alert(alert: Alert, *, outcome: Outcome, note: str, by: User, at: datetime) -> Alert:
    """Write down what came of an alert. Raises WrongState when it was settled already, and without a note."""
    op: Operation[Alert]
    with operation(Action.SETTLE_ALERT, within_organisation=alert.organisation_id, by=by) as op:
        alert = Alert.objects.select_for_update().get(pk=alert.pk)
        if alert.outcome:
            raise WrongState(_("This was settled already."), about=alert)
        if alert.actor_id == by.pk:
            raise WrongState(_("Somebody else looks into what you did yourself."), about=alert)
        if not note.strip():
            raise WrongState(_("Write down what you found."), about=alert)
        alert.outcome, alert.note = outcome, note.strip()
        alert.settled_by, alert.settled_at = by, at
        alert.save(update_fields=["outcome", "note", "settled_by", "settled_at"])
        op.record(Event.ALERT_SETTLED, subject=alert, outcome=outcome.value, pattern=alert.pattern)
    return alert


# A row in one of these is about people: nobody writes them in a file that exists for nobody.
_WORK = ("signals.Signal", "aftercare.CheckIn", "safety_plans.SafetyPlan", "cases.Share", "handover.Handover")


def set_decoy(family: Family, *, by: User, at: datetime) -> Decoy:
    """Make a file a bait: from now on an alert tells of everybody who opens it or tries to, within minutes.

    It is counted nowhere any more, and nobody is alarmed when it has no regisseur. Raises WrongState for a file that
    somebody works with: a family would drop out of view.
    """
    with operation(Action.SET_DECOY, on=family, by=by) as op:
        family = op.target
        if (standing := Decoy.objects.filter(family=family).standing().first()) is not None:
            raise WrongState(_("This file is a decoy already."), about=standing)
        if any(apps.get_model(label)._base_manager.filter(family=family).exists() for label in _WORK):
            raise WrongState(
                _("People work with this file. A decoy is a file that exists for nobody."), about=Decoy(family=family)
            )
        door = (
            Involvement.objects.live(at)
            .filter(family=family, relation__in=WORKS_WITH, organisation_id__in=list(by.standing))
            .order_by("starts_at", "pk")
            .first()
        )
        if door is None:
            raise WrongState(
                _("Your organisation did not work with this family at that moment."), about=Decoy(family=family)
            )
        decoy = Decoy.objects.create(family=family, organisation_id=door.organisation_id, set_by=by, set_at=at)
        op.record(Event.DECOY_SET, subject=decoy)
    return decoy


def end_decoy(decoy: Decoy, *, by: User, at: datetime) -> Decoy:
    """Let a file be no bait any more. Raises WrongState the second time."""
    with operation(Action.SET_DECOY, on=decoy, by=by) as op:
        decoy = op.target
        if decoy.ended_at is not None:
            raise WrongState(_("This file is no decoy any more."), about=decoy)
        decoy.ended_at = at
        decoy.save(update_fields=["ended_at"])
        op.record(Event.DECOY_ENDED, subject=decoy)
    return decoy


def export_proof(
    organisation_id: UUID, *, rows: int, second_factor_at: datetime | None, by: User, at: datetime
) -> None:
    """Record that a proof of so many rows is taken out. Raises StaleSecondFactor without a fresh second factor."""
    op: Operation[Family]
    with operation(Action.EXPORT_PROOF, within_organisation=organisation_id, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        op.record(Event.PROOF_EXPORTED, subject=by, rows=rows)


def export_inspection(
    organisation_id: UUID, *, files: int, number: str, second_factor_at: datetime | None, by: User, at: datetime
) -> None:
    """Record that an export for an inspectorate is taken out, under the number that stands in it.

    Raises StaleSecondFactor without a fresh second factor.
    """
    op: Operation[Family]
    with operation(Action.EXPORT_INSPECTION, within_organisation=organisation_id, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        op.record(Event.INSPECTION_EXPORTED, subject=by, rows=files, number=number)


def resume_reading(*, because: str, second_factor_at: datetime | None, by: User, at: datetime) -> None:
    """Give somebody a new reading budget, for a reason that the privacy officer reads (R43).

    Raises StaleSecondFactor without a fresh second factor.
    """
    own = min(by.standing, default=None)
    op: Operation[Family]
    with operation(Action.READ_ON, within_organisation=own, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        op.record(Event.READING_RESUMED, subject=by, why=because)
