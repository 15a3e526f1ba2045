"""The strip on top of every page about a family: who they are, who has the regie, and where else one can go."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.models import Hold
from access.policy import Action
from accounts.models import User
from cases.models import Family, Person, Place
from cases.regie import regisseur_of
from overview.entries import Entry

# The pages of a family, and what one must be allowed to read each: a link never leads to a page that is shut.
# Each takes the key of the family. The first stand in a row, the rest under "More".
PAGES = (
    (_("How it stands"), "overview:family", Action.VIEW_FAMILY),
    (_("Persons"), "cases:persons", Action.VIEW_FAMILY),
    (_("Safety plan"), "safety_plans:plan", Action.VIEW_FAMILY),
    (_("Plan"), "family_plans:plan", Action.VIEW_FAMILY),
    (_("Aftercare"), "aftercare:family", Action.VIEW_FAMILY),
    (_("Departure"), "handover:departure", Action.PLAN_DEPARTURE),
    (_("Parents"), "cases:parents", Action.VIEW_WORKING_FILE),
    (_("Measures"), "cases:measures", Action.VIEW_FAMILY),
    (_("Network"), "cases:network", Action.VIEW_WORKING_FILE),
    (_("The stay"), "cases:stay", Action.VIEW_FAMILY),
    (_("Regie"), "handover:regie", Action.APPOINT_REGISSEUR),
    (_("Signals"), "signals:of_family", Action.VIEW_SIGNAL),
    (_("Who knows what"), "cases:who_knows", Action.EDIT_FAMILY),
    (_("Partners"), "handover:partners", Action.PLAN_DEPARTURE),
    (_("Supporter"), "handover:supporter", Action.CONFIRM_SUPPORT),
    (_("Move"), "handover:move", Action.PLAN_DEPARTURE),
    (_("Protected"), "cases:protected", Action.ENTER_PROTECTED),
)
IN_A_ROW = 6


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
    edits: bool
    frozen: bool  # what was written stays as it was, and whoever would change it hears so before (B27)

    def leads_to(self, url: str) -> bool:
        """Say whether what is to be done there is for this user: of a file she only reads, the pages that are open."""
        return self.edits or url in {entry.url for entry in (*self.entries, *self.more)}


def strip_of(family_id: UUID, user: User, *, here: str) -> Strip | None:
    """Return the strip of a family, or None for somebody who sees only a part of it, such as what was shared."""
    works, edits = (_may(user, action) for action in (Action.VIEW_WORKING_FILE, Action.EDIT_FAMILY))
    families = Family.objects.visible_to(user).annotate(
        works_with_it=works, edits=edits, frozen=Exists(Hold.objects.freezing().filter(family=OuterRef("pk")))
    )
    family = families.filter(pk=family_id).first()
    if family is None:
        return None
    persons = list(Person.objects.filter(family=family).in_reading_order())
    client = next((person for person in persons if person.place == Place.CLIENT), None)
    period = regisseur_of(family, today=timezone.localdate())
    entries = [
        Entry(str(label), reverse(name, args=[family.pk]), name == here) for label, name in _open_pages(family, user)
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
        edits=family.edits,
        frozen=family.edits and family.frozen,
    )


def _open_pages(family: Family, user: User) -> list[tuple[str | Promise, str]]:
    """Return the pages this user may read. Whoever works with the file reads them all, and is asked no more."""
    if family.edits:  # type: ignore[attr-defined]  # annotated
        return [(label, name) for label, name, _action in PAGES]
    actions = sorted({action for _label, _name, action in PAGES})
    asked = Family.objects.filter(pk=family.pk).values_list(*(_may(user, action) for action in actions))
    may = dict(zip(actions, asked.get(), strict=True))
    return [(label, name) for label, name, action in PAGES if may[action]]


def _may(user: User, action: Action) -> Exists:
    return Exists(Family.objects.permitting(user, action).filter(pk=OuterRef("pk")))
