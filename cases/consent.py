"""Who must consent before something about a child, or about the client, is shared on the ground of consent (I8).

Decided by age and by law: Jeugdwet 7.3.4 and 7.3.5 (under 12 the parents with authority, 12 to 15 the child and the
parents, from 16 the child alone); Wmo 2015, 5.3.3 (under 12 the parents with authority, from 12 the child alone);
elsewhere UAVG 5 (under 16 the parents with authority, from 16 the child alone). The other grounds are not decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models import Family, Law, Level, ParentalAuthority, Person, Place

# law -> (from which age the child consents, from which age the parents no longer do)
AGES: dict[str, tuple[int, int]] = {Law.JEUGDWET: (12, 16), Law.WMO: (12, 12)}
_ELSEWHERE = (16, 16)


@dataclass(frozen=True)
class Needed:
    """Who must consent about one person, by name, and what must be recorded before that can be said."""

    about: Person
    givers: tuple[Person, ...]
    gaps: tuple[str, ...] = ()

    def missing(self, given_by: Sequence[Person]) -> list[Person]:
        """Return those who must consent and are not among `given_by`."""
        return [giver for giver in self.givers if giver not in given_by]


def needed_for(person: Person, law: str, *, holders: Sequence[Person], on: date) -> Needed:
    """Return who must consent about `person` under `law`. `holders` have authority over it, if it is a child.

    A child whose date of birth is not known is asked together with its parents: nobody is passed over.
    """
    if person.place != Place.CHILD:
        return Needed(person, (person,))
    from_age, until_age = AGES.get(law, _ELSEWHERE)
    age = person.age_on(on)
    gaps = [] if age is not None else [_("The date of birth of %(name)s is not known.") % {"name": person.given_name}]
    givers = [person] if age is None or age >= from_age else []
    if age is None or age < until_age:
        givers += holders
        if not holders:
            gaps.append(_("Nobody with authority over %(name)s is recorded.") % {"name": person.given_name})
    return Needed(person, tuple(givers), tuple(gaps))


def subjects(family: Family, *, level: int, persons: Sequence[UUID]) -> list[Person]:
    """Return about whom a share says something: the chosen children or all of them, and above "be alert" the client."""
    everybody = Person.objects.filter(family=family, place__in=[Place.CHILD, Place.CLIENT]).in_reading_order()
    return among(list(everybody), level=level, persons=persons)


def among(everybody: Sequence[Person], *, level: int, persons: Sequence[UUID]) -> list[Person]:
    """Return the subjects of a share out of the persons of its family, without a question to the database."""
    return [
        person
        for person in everybody
        if (person.place == Place.CLIENT and level > Level.ALERT)
        or (person.place == Place.CHILD and (not persons or person.pk in persons))
    ]


def holders_of(family: Family, *, on: date) -> dict[UUID, list[Person]]:
    """Return who has authority over each child on a day."""
    holders: dict[UUID, list[Person]] = {}
    live = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = ParentalAuthority.objects.filter(live, family=family, starts_on__lte=on).select_related("holder")
    for row in rows.order_by("starts_on", "pk"):
        holders.setdefault(row.child_id, []).append(row.holder)
    return holders


def needed(
    family: Family, law: str, *, about: Sequence[Person], on: date, holders: dict[UUID, list[Person]] | None = None
) -> list[Needed]:
    """Return who must consent about each of these persons. With `holders` from `holders_of` it asks nothing more."""
    holders = holders_of(family, on=on) if holders is None else holders
    return [needed_for(person, law, holders=holders.get(person.pk, []), on=on) for person in about]


def in_words(lines: Sequence[Needed], given_by: Sequence[Person]) -> list[str]:
    """Return as sentences what is missing: whose consent about whom, and what is not recorded yet."""
    words: list[str] = []
    for line in lines:
        words += line.gaps
        for giver in line.missing(given_by):
            names = {"name": giver.given_name, "about": line.about.given_name}
            own = giver == line.about
            words.append(
                (_("%(name)s must consent too.") if own else _("%(name)s must consent too, about %(about)s.")) % names
            )
    return words
