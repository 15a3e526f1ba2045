"""What a partner at the lowest level is told: which child, be alert, and whom to call. Preview and page show this."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from django.utils import timezone

from access.models import Involvement, Relation
from cases.models import Family, Person, Place
from organisations.models import ContactPoint, Organisation


@dataclass(frozen=True)
class Alert:
    """The children it is about, and the desk of the partner's *own* municipality: never the regisseur (decision 6).

    A desk elsewhere, or a name, would tell a partner where the family went. Without a desk only the national numbers
    stand there.
    """

    family_id: UUID
    children: list[Person]
    contact: ContactPoint | None
    until: date | None

    @classmethod
    def by(cls, involvement: Involvement) -> Self:
        """Return what this involvement, of a partner, shows."""
        return cls.as_it_would_be(
            involvement.family,
            involvement.organisation,
            persons=involvement.persons,
            until=last_day(involvement.ends_at) if involvement.ends_at else None,
        )

    @classmethod
    def as_it_would_be(
        cls, family: Family, organisation: Organisation, *, persons: list[UUID], until: date | None
    ) -> Self:
        children = Person.objects.filter(family=family, place=Place.CHILD)
        if persons:
            children = children.filter(pk__in=persons)
        return cls(
            family_id=family.pk,
            children=list(children.in_reading_order()),
            contact=ContactPoint.of(organisation.municipality_id, timezone.localdate()),
            until=until,
        )


def shown_to(organisation_ids: list[UUID], *, now: datetime, family_id: UUID | None = None) -> list[Involvement]:
    """Return the shares that show these organisations something now, the one that ends first on top."""
    found = (
        Involvement.objects.live(now)
        .filter(relation=Relation.PARTNER, organisation_id__in=organisation_ids)
        .select_related("family", "organisation")
        .order_by("ends_at", "pk")
    )
    return list(found.filter(family_id=family_id) if family_id else found)


def last_day(ends_at: datetime) -> date:
    """Return the last day on which something that ends at this moment (exclusive) is still shown."""
    return timezone.localdate(ends_at - timedelta(microseconds=1))
