"""Finding a family by how a name sounds, a birth date, a phone number or a reference: over what the searcher may see.

What she may not see does not exist here: no count, no message and no other order gives it away (R6).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from access import budget
from accounts.models import User
from audit.events import Event
from audit.record import record
from cases.models import Family, Person

MOST = 20  # who finds more than this searches again with more


@dataclass(frozen=True)
class Wanted:
    """What somebody searches for. Everything given must fit, except that a reference or a phone number is enough."""

    name: str = ""
    born_on: date | None = None
    phone: str = ""
    reference: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.born_on or self.phone.strip() or self.reference.strip())


@dataclass(frozen=True)
class Match:
    """A family that fits, with the names by which somebody recognises it."""

    family: Family
    persons: list[Person]


@dataclass(frozen=True)
class Found:
    matches: list[Match]
    is_cut_off: bool


def find(wanted: Wanted, *, by: User) -> Found:
    """Return the families that fit and that `by` may see, the best first. Leaves one audit row, without what was typed.

    A name fits when it sounds the same, word for word: "van Dijck" finds "Dijk" and "Dyk" (L7). Three statements and an
    audit row, whatever is found. Raises BudgetSpent when what is found is more than somebody may open in an hour (R43).
    """
    ranked: dict[UUID, int] = {} if wanted.is_empty else _ranked(wanted)
    persons = Prefetch("persons", queryset=Person.objects.in_reading_order(), to_attr="shown")
    seen = Family.objects.visible_to(by).filter(pk__in=list(ranked)).prefetch_related(persons)
    families = sorted(seen, key=lambda family: (ranked[family.pk], family.reference))
    shown = families[:MOST]
    budget.insist([family.pk for family in shown], by=by)
    asked = [name for name in ("name", "born_on", "phone", "reference") if getattr(wanted, name)]
    record(
        Event.FAMILIES_SEARCHED,
        actor=by,
        details={"by": asked, "found": [str(family.pk) for family in shown]},
    )
    return Found([Match(family, family.shown) for family in shown], len(families) > MOST)


def _ranked(wanted: Wanted) -> dict[UUID, int]:
    """Ask the database, which looks past row-level security and stays within the asker's organisations by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT family, rank FROM found_families(%s, %s, %s, %s)",
            [wanted.name.strip(), wanted.born_on, wanted.phone.strip(), wanted.reference.strip()],
        )
        return dict(cursor.fetchall())
