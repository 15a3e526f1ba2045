"""A partner confirms that it knows who is regisseur. With the last one the work of asking is done (B5)."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Involvement, Relation
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from cases.regie import regisseur_of
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from handover.models import RegieConfirmation


def confirm_regisseur(family: Family, *, organisation_id: UUID, by: User, at: datetime) -> RegieConfirmation:
    """Record that a partner knows who is regisseur now. Confirming it again changes nothing.

    Raises WrongState when there is none, and NotAllowed for an organisation that is no partner of this family or that
    `by` does not work for.
    """
    with operation(Action.VIEW_ALERT, on=family, by=by) as op:
        family = op.target
        linked = Involvement.objects.live(at).filter(family=family, relation=Relation.PARTNER)
        if organisation_id not in by.standing or not linked.filter(organisation_id=organisation_id).exists():
            raise NotAllowed(_("You may not do this."))
        period = regisseur_of(family, today=timezone.localdate(at))
        if period is None:
            raise WrongState(_("Nobody has the regie now. The municipality knows that."), about=_Register())
        confirmation, is_new = RegieConfirmation.objects.get_or_create(
            family=family,
            period=period,
            organisation_id=organisation_id,
            defaults={"confirmed_by": by, "confirmed_at": at},
        )
        op.record(Event.REGIE_CONFIRMED, subject=confirmation, is_new=is_new)
        known = RegieConfirmation.objects.filter(period=period).values("organisation_id")
        others = linked.exclude(organisation_id=period.organisation_id)
        if not others.exclude(organisation_id__in=known).exists():
            finish(
                FollowUp.objects.filter(family=family, kind=Kind.CONFIRM_REGISSEUR), as_=State.DONE, at=at, within=op
            )
    return confirmation


class _Register:
    """Where a partner is taken, who has no page of the family."""

    def get_absolute_url(self) -> str:
        return reverse("handover:register")
