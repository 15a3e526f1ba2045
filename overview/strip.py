"""The strip on top of every page about a family: who they are, who has the regie, and where else one can go."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Family, Person, Place
from cases.regie import regisseur_of
from overview.entries import Entry

# The pages of a family. Each takes its key.
PAGES = (
    (_("How it stands"), "overview:family"),
    (_("Persons"), "cases:persons"),
    (_("Safety plan"), "safety_plans:plan"),
    (_("Plan"), "family_plans:plan"),
    (_("Aftercare"), "aftercare:family"),
    (_("Departure"), "handover:departure"),
    (_("Regie"), "handover:regie"),
    (_("Who knows what"), "cases:who_knows"),
    (_("Protected"), "cases:protected"),
)


@dataclass(frozen=True)
class Strip:
    """What the strip shows. It holds names, so it exists only for who may open the file."""

    name: str
    url: str
    is_home: bool
    reference: str
    persons: list[Person]
    regisseur: str
    entries: list[Entry]


def strip_of(family_id: UUID, user: User, *, here: str) -> Strip | None:
    """Return the strip of a family, or None for somebody who sees only a part of it, such as what was shared."""
    family = Family.objects.visible_to(user).filter(pk=family_id).first()
    if family is None:
        return None
    persons = list(Person.objects.filter(family=family).in_reading_order())
    client = next((person for person in persons if person.place == Place.CLIENT), None)
    period = regisseur_of(family, today=timezone.localdate())
    return Strip(
        name=client.name if client else family.reference,
        url=family.get_absolute_url(),
        is_home=here == "overview:family",
        reference=family.reference,
        persons=persons,
        regisseur=f"{period.user.name}, {period.organisation.name}" if period else "",
        entries=[Entry(str(label), reverse(name, args=[family.pk]), name == here) for label, name in PAGES],
    )
