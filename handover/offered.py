"""What the receiver of an offer reads, and nothing else. The sender's preview shows the same."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from accounts.models import User
from cases.models import Family, Person, Place
from handover.models import Handover
from handover.operations import NewHandover
from organisations.models import Organisation


@dataclass(frozen=True)
class Offered:
    """A first name, the ages of the children, and the notes. No last name, no address, no file: that is for after."""

    reference: str
    persons: list[Person]
    sender: str
    regisseur: str
    risk_of_care_avoidance: str
    background: str
    discussed_on: date
    involvement_ends_on: date | None

    @classmethod
    def of(cls, handover: Handover) -> Self:
        return cls(
            reference=handover.family.reference,
            persons=_persons(handover.family),
            sender=handover.from_organisation.name,
            regisseur=handover.offered_by.name,
            risk_of_care_avoidance=handover.risk_of_care_avoidance,
            background=handover.background,
            discussed_on=handover.discussed_on,
            involvement_ends_on=handover.involvement_ends_on,
        )

    @classmethod
    def as_it_would_be(cls, family: Family, what: NewHandover, *, sender: Organisation, by: User) -> Self:
        return cls(
            reference=family.reference,
            persons=_persons(family),
            sender=sender.name,
            regisseur=by.name,
            risk_of_care_avoidance=what.risk_of_care_avoidance,
            background=what.background,
            discussed_on=what.discussed_on,
            involvement_ends_on=what.involvement_ends_on,
        )


def _persons(family: Family) -> list[Person]:
    """Return the client and the children. Whoever may read the offer may read this much of them."""
    return list(Person.objects.filter(family=family, place__in=[Place.CLIENT, Place.CHILD]).in_reading_order())
