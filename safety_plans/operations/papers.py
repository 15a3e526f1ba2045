"""What went out on paper, for whom and under which number. The content itself is made by safety_plans.papers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person
from cases.papers import mark
from core.errors import WrongState
from organisations.models import Organisation
from safety_plans.models import IssuedPaper, PaperKind, SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.shared import shares_of_plan


@dataclass(frozen=True)
class Recipient:
    """For whom a paper is. `words` is what the paper says about that; a place only when that was ticked."""

    words: str
    person: Person | None = None
    organisation: Organisation | None = None
    network: SafetyPlanItem | None = None


def issue_paper(
    plan: SafetyPlan, kind: PaperKind, *, to: Recipient, with_places: bool = False, by: User, at: datetime
) -> IssuedPaper:
    """Give out a paper of a version: its number and for whom. The content is made from what this returns.

    Raises WrongState for places on any paper but that of an organisation the plan is shared with, for an organisation
    it is not shared with, and for a version that does not hold and would go to somebody else than the family.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=plan, by=by) as op:
        plan = op.target
        wrong = None
        if with_places and kind != PaperKind.PARTNER:
            wrong = _("Places can only be left in for an organisation the plan is shared with.")
        elif kind in {PaperKind.PARTNER, PaperKind.NETWORK} and plan.status != Status.CURRENT:
            wrong = _("This version does not hold. Only the one that holds goes to somebody else.")
        elif kind == PaperKind.PARTNER and (
            to.organisation is None
            or to.organisation.pk not in {share.organisation_id for share in shares_of_plan(plan.family_id, at)}
        ):
            wrong = _("This plan is not shared with this organisation.")
        elif kind == PaperKind.NETWORK and not _stands_in(plan, to.network):
            wrong = _("This is out of the plan already.")
        if wrong:
            raise WrongState(wrong, about=plan)
        issued = IssuedPaper.objects.create(
            family_id=plan.family_id,
            plan=plan,
            kind=kind,
            person=to.person,
            organisation=to.organisation,
            recipient=to.words,
            number=mark(by, at).number,
            with_places=with_places,
            issued_by=by,
            issued_at=at,
        )
        op.record(Event.PAPER_ISSUED, paper=f"safety_plan_{kind}", number=issued.number, places=with_places)
    return issued


def withdraw_paper(issued: IssuedPaper, *, by: User, at: datetime) -> IssuedPaper:
    """Record that a paper was taken back or torn up. Raises WrongState when it was already."""
    with operation(Action.EDIT_SAFETY_PLAN, on=issued, by=by) as op:
        paper = op.target
        if paper.withdrawn_at is not None:
            raise WrongState(_("This paper was taken back already."), about=paper.plan)
        paper.withdrawn_at = at
        paper.save(update_fields=["withdrawn_at"])
        op.record(Event.PAPER_WITHDRAWN, number=paper.number)
    return paper


def _stands_in(plan: SafetyPlan, item: SafetyPlanItem | None) -> bool:
    return item is not None and item.plan_id == plan.pk and item.section == Section.NETWORK and not item.taken_out_at
