"""The lines of a draft, written by more than one worker at a time: no wording is ever lost.

A line is not changed but replaced by a newer wording of it. Whoever replaces a wording that somebody else replaced
meanwhile does not overwrite: both stand, and the draft comes to hold only when one was chosen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person
from core.errors import WrongState
from follow_ups.models import Kind
from follow_ups.operations import plan
from safety_plans.models import ConditionCheck, SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.operations.plan import open_draft


@dataclass(frozen=True)
class Line:
    """A line as it is entered. Which of the fields it needs depends on its section; the database holds the same."""

    text: str
    person: Person | None = None
    topic: str = ""
    who: str = ""
    phone: str = ""
    task: str = ""
    knows_address: bool | None = None
    checked_by: str = ""
    rhythm: str = ""
    until_on: date | None = None
    if_broken: str = ""

    def missing(self, section: str) -> str:
        """Return what this line still lacks in that section, or nothing."""
        if section == Section.AGREEMENTS and not self.checked_by:
            return _("Say who checks this agreement.")
        if section == Section.CONDITIONS and not (self.checked_by and self.if_broken and self.until_on):
            return _("A condition says until when, who checks it, and what happens if it is broken.")
        if section == Section.NETWORK and not (self.who and self.task and self.knows_address is not None):
            return _("Say who it is, what the task is, and whether this person knows the address.")
        if section == Section.PROFESSIONALS and not (self.who and self.rhythm):
            return _("Say who it is and how often.")
        return ""


def add_item(plan: SafetyPlan, line: Line, *, section: Section, by: User, at: datetime) -> SafetyPlanItem:
    """Add a line to a draft, for one person or for everybody. Raises WrongState when its section needs more.

    When the draft came to hold while this was being written the line goes into the next version, which is begun if need
    be: look at `item.plan`. What holds is not changed, and what was written is not lost.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=plan, by=by) as op:
        draft = open_draft(op.target, by=by, at=at, within=op)
        item = _write(draft, line, section=section, by=by)
        op.record(Event.SAFETY_PLAN_CHANGED, subject=draft, section=str(section), change="added")
    return item


def change_item(item: SafetyPlanItem, line: Line, *, by: User, at: datetime) -> SafetyPlanItem:
    """Replace the wording of a line. The earlier wording is kept, out of the draft.

    When `item` was replaced meanwhile nothing is overwritten: this wording stands beside the other, and `choose` or
    `keep_both` decides. When the draft came to hold meanwhile this is a line of the next version, as in `add_item`.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        before = op.target
        draft = open_draft(before.plan, by=by, at=at, within=op)
        for standing in SafetyPlanItem.objects.filter(plan=draft, line=before.line).standing():
            # In the next version it is another row that says the same.
            if standing.pk == before.pk or (draft.pk != before.plan_id and standing.says_the_same_as(before)):
                standing.taken_out_at = at
                standing.save(update_fields=["taken_out_at"])
        made = _write(draft, line, section=Section(before.section), by=by, of_line=before.line)
        op.record(Event.SAFETY_PLAN_CHANGED, subject=draft, section=made.section, change="reworded")
    return made


def remove_item(item: SafetyPlanItem, *, by: User, at: datetime) -> SafetyPlan:
    """Take a line out of a draft. Earlier versions still say it. Raises WrongState when the plan is no draft."""
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        item = op.target
        draft = item.plan
        draft.insist_on_draft()
        if item.taken_out_at is not None:
            raise WrongState(_("This is out of the draft already."), about=draft)
        item.taken_out_at = at
        item.save(update_fields=["taken_out_at"])
        op.record(Event.SAFETY_PLAN_CHANGED, subject=draft, section=item.section, change="removed")
    return draft


def choose(item: SafetyPlanItem, *, by: User, at: datetime) -> SafetyPlan:
    """Of two wordings of one line keep this one. Raises WrongState when it is not there any more."""
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        chosen = op.target
        chosen.plan.insist_on_draft()
        if chosen.taken_out_at is not None:
            raise WrongState(_("This is out of the draft already."), about=chosen.plan)
        others = SafetyPlanItem.objects.filter(plan=chosen.plan, line=chosen.line).standing().exclude(pk=chosen.pk)
        others.update(taken_out_at=at)
        op.record(Event.SAFETY_PLAN_CHANGED, subject=chosen.plan, section=chosen.section, change="chosen")
    return chosen.plan


def keep_both(item: SafetyPlanItem, *, by: User, at: datetime) -> SafetyPlan:
    """Let this wording be a line of its own, beside the other. Raises WrongState when it is not there any more."""
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        kept = op.target
        kept.plan.insist_on_draft()
        if kept.taken_out_at is not None:
            raise WrongState(_("This is out of the draft already."), about=kept.plan)
        kept.line = uuid4()
        kept.save(update_fields=["line"])
        op.record(Event.SAFETY_PLAN_CHANGED, subject=kept.plan, section=kept.section, change="kept_both")
    return kept.plan


def check_condition(
    item: SafetyPlanItem, *, on: date, is_kept: bool, note: str = "", by: User, at: datetime
) -> ConditionCheck:
    """Record whether a condition of the plan that holds was kept. A broken one is work today (C18).

    Raises WrongState for a line that is no condition or does not hold, a day still to come, or a broken one that does
    not say what happened.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        item = op.target
        wrong = None
        if item.section != Section.CONDITIONS or item.plan.status != Status.CURRENT:
            wrong = _("This version does not hold any more. Look at the one that does.")
        elif on > timezone.localdate(at):
            wrong = _("This day is still to come.")
        elif not is_kept and not note.strip():
            wrong = _("Say what happened.")
        if wrong:
            raise WrongState(wrong, about=item.plan)
        checked = ConditionCheck.objects.create(
            family_id=item.family_id,
            item=item,
            line=item.line,
            checked_on=on,
            is_kept=is_kept,
            note=note.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.CONDITION_CHECKED, subject=item.plan, kept=is_kept)
        if not is_kept:
            plan(
                item.plan.family,
                Kind.REVISE_SAFETY_PLAN,
                due_on=timezone.localdate(at),
                falls_to=AssignmentKind.REGISSEUR,
                about=checked,
                within=op,
            )
    return checked


def _write(draft: SafetyPlan, line: Line, *, section: Section, by: User, of_line: UUID | None = None) -> SafetyPlanItem:
    if missing := line.missing(section):
        raise WrongState(missing, about=draft)
    last = SafetyPlanItem.objects.filter(plan=draft).aggregate(last=Max("order"))["last"] or 0
    return SafetyPlanItem.objects.create(
        family_id=draft.family_id,
        plan=draft,
        section=section,
        line=of_line or uuid4(),
        order=last + 1,
        written_by=by,
        **vars(line),
    )
