"""For whom a paper of this version can be: read from the plan and its shares. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import Person, Place
from organisations.models import Organisation
from safety_plans.models import PaperKind, SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.operations.papers import Recipient
from safety_plans.shared import shares_of_plan


@dataclass(frozen=True)
class Choice:
    """A paper that can be made. `value` is what the form sends: the kind, and the key of for whom it is."""

    kind: PaperKind
    label: str
    person: Person | None = None
    organisation: Organisation | None = None
    network: SafetyPlanItem | None = None

    @property
    def value(self) -> str:
        whom = self.person or self.organisation or self.network
        return f"{self.kind}:{whom.pk}" if whom else str(self.kind)

    def to(self, *, with_places: bool) -> Recipient:
        """Return what the paper says about for whom it is: the name of an organisation is a place, its kind is not."""
        if self.organisation:
            words = self.organisation.name if with_places else (self.organisation.kind.label or _("an organisation"))
        elif self.network:
            words = self.network.who
        else:
            words = self.person.given_name if self.person else ""
        return Recipient(words, self.person, self.organisation, self.network)


def of(plan: SafetyPlan, *, at: datetime) -> list[Choice]:
    """Return the papers that can be made: for the family always, for somebody else only of the version that holds."""
    persons = Person.objects.filter(family=plan.family_id, place__in=[Place.CLIENT, Place.CHILD]).in_reading_order()
    client = next((person for person in persons if person.place == Place.CLIENT), None)
    there = [
        Choice(PaperKind.CLIENT, str(PaperKind.CLIENT.label), client),
        Choice(PaperKind.CARD, str(PaperKind.CARD.label), client),
    ]
    there += [
        Choice(PaperKind.CHILD, _("Own page: %(name)s") % {"name": person.given_name}, person)
        for person in persons
        if person.place == Place.CHILD
    ]
    if plan.status != Status.CURRENT:
        return there
    network = SafetyPlanItem.objects.filter(plan=plan, section=Section.NETWORK).standing()
    there += [
        Choice(PaperKind.NETWORK, _("The task of %(name)s") % {"name": item.who}, network=item) for item in network
    ]
    return there + [
        Choice(PaperKind.PARTNER, share.organisation.name, organisation=share.organisation)
        for share in shares_of_plan(plan.family_id, at)
    ]
