"""Supporters are invited to the shelters (B31): who went where, and when."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import NotAllowed, WrongState
from organisations.models import Organisation, ShelterVisit, Supporter


class _Directory:
    """Where a coordinator is taken, who has no page of a supporter."""

    def get_absolute_url(self) -> str:
        return reverse("municipalities:directory")


def record_shelter_visit(
    supporter: Supporter, shelter: Organisation, *, on: date, on_behalf_of: Organisation, by: User, at: datetime
) -> ShelterVisit:
    """Record that a supporter was in a shelter. For the coordinator of the supporter's municipality.

    Raises NotAllowed for a supporter of another municipality; WrongState for a day to come, for an organisation that
    is no shelter, and for a visit that was recorded already.
    """
    op: Operation[ShelterVisit]
    with operation(Action.KEEP_SUPPORTERS, within_organisation=on_behalf_of.pk, by=by) as op:
        supporter = Supporter.objects.select_for_update().get(pk=supporter.pk)
        if supporter.municipality_id != on_behalf_of.municipality_id:
            raise NotAllowed(_("You may not do this."))
        refusal = ""
        if on > timezone.localdate(at):
            refusal = _("This day is still to come.")
        elif not shelter.kind.is_shelter:
            refusal = _("Choose a shelter.")
        elif ShelterVisit.objects.filter(supporter=supporter, shelter=shelter, visited_on=on).exists():
            refusal = _("This was recorded already.")
        if refusal:
            raise WrongState(refusal, about=_Directory())
        made = ShelterVisit.objects.create(supporter=supporter, shelter=shelter, visited_on=on, recorded_by=by)
        op.record(Event.SHELTER_VISITED, subject=made)
    return made
