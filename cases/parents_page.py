"""What the page about the parents shows, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta

from cases.models import (
    Answer,
    ContactArrangement,
    Family,
    HelpConsent,
    Knows,
    ParentalAuthority,
    ParentInvolvement,
    Perpetrator,
    Person,
    Place,
    ProtectiveMeasure,
    Relationship,
)
from cases.models.measure import FORBIDS_CONTACT
from cases.operations.parents import DECIDES_ALONE


@dataclass(frozen=True)
class Other:
    """An adult who is not the client: what he or she is to the others, and whether involved."""

    person: Person
    perpetrator: Perpetrator | None
    involvement: ParentInvolvement | None
    knows_address: bool


@dataclass(frozen=True)
class Consent:
    row: HelpConsent
    is_missing: bool
    is_refused: bool


@dataclass(frozen=True)
class Child:
    """A child with who decides about it, what was asked, and when it sees a parent."""

    person: Person
    holders: list[ParentalAuthority]
    decides_alone: bool
    consents: list[Consent]
    arrangements: list[tuple[ContactArrangement, bool]]  # the second: a measure forbids it now


@dataclass(frozen=True)
class ParentsPage:
    others: list[Other]
    children: list[Child]
    relationships: list[Relationship]


def read(family: Family, *, today: date) -> ParentsPage:
    """Read it all in nine queries. Only for who may see the working file."""
    persons = list(Person.objects.filter(family=family).in_reading_order())
    described = {row.person_id: row for row in Perpetrator.objects.filter(family=family)}
    involved = {row.parent_id: row for row in ParentInvolvement.objects.filter(family=family, replaced_at=None)}
    others = [
        Other(
            person,
            described.get(person.pk),
            involved.get(person.pk),
            knows_address=person.pk in described and described[person.pk].knows_address == Knows.YES,
        )
        for person in persons
        if person.place not in {Place.CLIENT, Place.CHILD}
    ]
    relationships = Relationship.objects.filter(family=family).select_related("person", "other")
    return ParentsPage(
        others,
        _children(family, persons, today),
        list(relationships.order_by("ends_on", "person__given_name", "pk")),
    )


def _children(family: Family, persons: list[Person], today: date) -> list[Child]:
    authorities = ParentalAuthority.objects.filter(family=family, ends_on=None).select_related("holder", "child")
    consents = HelpConsent.objects.filter(family=family).select_related("holder").order_by("-asked_on", "pk")
    arrangements = ContactArrangement.objects.filter(family=family).current(today).select_related("parent", "child")
    forbidden = _forbidden(family, today)
    by_child: dict[UUID, list[ParentalAuthority]] = {}
    for authority in authorities.order_by("starts_on", "pk"):
        by_child.setdefault(authority.child_id, []).append(authority)
    asked, agreed = list(consents), list(arrangements.order_by("starts_on", "pk"))
    return [
        Child(
            child,
            by_child.get(child.pk, []),
            bool(child.born_on and today >= child.born_on + relativedelta(years=DECIDES_ALONE)),
            [Consent(c, c.answer == Answer.ASKED, c.answer == Answer.REFUSED) for c in asked if c.child_id == child.pk],
            [(a, _is_forbidden(a, forbidden)) for a in agreed if a.child_id == child.pk],
        )
        for child in persons
        if child.place == Place.CHILD
    ]


def _forbidden(family: Family, today: date) -> list[tuple[ProtectiveMeasure, set[UUID]]]:
    running = ProtectiveMeasure.objects.filter(family=family, kind__in=FORBIDS_CONTACT, starts_on__lte=today)
    measures = running.current(today).prefetch_related("scopes")
    return [(one, {scope.person_id for scope in one.scopes.all()}) for one in measures]


def _is_forbidden(arrangement: ContactArrangement, bans: list[tuple[ProtectiveMeasure, set[UUID]]]) -> bool:
    return any(
        ban.against_id in (None, arrangement.parent_id) and (not protects or arrangement.child_id in protects)
        for ban, protects in bans
    )
