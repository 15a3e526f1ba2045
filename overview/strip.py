"""The strip on top of every page about a family: who they are, who has the regie, and where else one can go."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.policy import Action
from accounts.models import User
from cases.models import Family, Person, Place
from cases.regie import regisseur_of
from overview.entries import Entry

# The pages of a family. Each takes its key. The first stand in a row, the rest under "More".
PAGES = (
    (_("How it stands"), "overview:family"),
    (_("Persons"), "cases:persons"),
    (_("Safety plan"), "safety_plans:plan"),
    (_("Plan"), "family_plans:plan"),
    (_("Aftercare"), "aftercare:family"),
    (_("Departure"), "handover:departure"),
    (_("Parents"), "cases:parents"),
    (_("Measures"), "cases:measures"),
    (_("Network"), "cases:network"),
    (_("The stay"), "cases:stay"),
    (_("Regie"), "handover:regie"),
    (_("Signals"), "signals:of_family"),
    (_("Who knows what"), "cases:who_knows"),
    (_("Partners"), "handover:partners"),
    (_("Supporter"), "handover:supporter"),
    (_("Move"), "handover:move"),
    (_("Protected"), "cases:protected"),
)
IN_A_ROW = 6
# Only for who works with the family: no share reaches them.
OF_THE_WORKING_FILE = frozenset({"cases:parents", "cases:network", "handover:partners", "handover:move"})


@dataclass(frozen=True)
class Strip:
    """What the strip shows. It holds names, so it exists only for who may open the file."""

    name: str
    url: str
    is_home: bool
    reference: str
    persons: list[Person]
    regisseur: str
    since: date | None
    phone: str
    entries: list[Entry]
    more: list[Entry]
    works_with_it: bool


def strip_of(family_id: UUID, user: User, *, here: str) -> Strip | None:
    """Return the strip of a family, or None for somebody who sees only a part of it, such as what was shared."""
    working = Family.objects.permitting(user, Action.VIEW_WORKING_FILE).filter(pk=OuterRef("pk"))
    family = Family.objects.visible_to(user).filter(pk=family_id).annotate(works_with_it=Exists(working)).first()
    if family is None:
        return None
    persons = list(Person.objects.filter(family=family).in_reading_order())
    client = next((person for person in persons if person.place == Place.CLIENT), None)
    period = regisseur_of(family, today=timezone.localdate())
    entries = [
        Entry(str(label), reverse(name, args=[family.pk]), name == here)
        for label, name in PAGES
        if family.works_with_it or name not in OF_THE_WORKING_FILE
    ]
    return Strip(
        name=client.name if client else family.reference,
        url=family.get_absolute_url(),
        is_home=here == "overview:family",
        reference=family.reference,
        persons=persons,
        regisseur=f"{period.user.name}, {period.organisation.name}" if period else "",
        since=timezone.localdate(period.starts_at) if period else None,
        phone=period.organisation.central_phone if period else "",
        # Where one is stands in the row too: a closed list hides it.
        entries=[*entries[:IN_A_ROW], *(entry for entry in entries[IN_A_ROW:] if entry.current)],
        more=[entry for entry in entries[IN_A_ROW:] if not entry.current],
        works_with_it=family.works_with_it,
    )
