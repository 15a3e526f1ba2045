"""The visit that old and new regisseur make together: the difference between a warm handover and a cold one."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import WrongState
from handover.models import Handover, JointVisit


def plan_visit(handover: Handover, *, on: date, attendees: str = "", by: User) -> JointVisit:
    """Plan a visit of both to the family. Whoever is regisseur may: the old one before the answer, the new one after.

    Raises WrongState for a second visit on one day.
    """
    with operation(Action.OFFER_HANDOVER, on=handover, by=by) as op:
        handover = op.target
        if JointVisit.objects.filter(handover=handover, planned_on=on).exists():
            raise WrongState(_("A visit on that day is planned already."), about=handover)
        visit = JointVisit.objects.create(
            family_id=handover.family_id, handover=handover, planned_on=on, attendees=attendees
        )
        op.record(Event.CHECKLIST_CHANGED, subject=visit, change="visit_planned")
    return visit


def hold_visit(visit: JointVisit, *, on: date, by: User, at: datetime) -> JointVisit:
    """Record that the visit took place on a day: from then on the handover counts as warm.

    Raises WrongState for a day to come, and when that was recorded already.
    """
    with operation(Action.OFFER_HANDOVER, on=visit, by=by) as op:
        visit = op.target
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=visit)
        if visit.held_on is not None:
            raise WrongState(_("This visit was recorded already."), about=visit)
        visit.held_on = on
        visit.save(update_fields=["held_on"])
        op.record(Event.CHECKLIST_CHANGED, change="visit_held")
    return visit
