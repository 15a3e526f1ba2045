"""What the page about the persons shows, read in a fixed number of queries, narrowed to what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import User
from cases.models import (
    AroundChild,
    ChildContact,
    ChildProtectionMeasure,
    ChildVoice,
    Family,
    NameVariant,
    ParentalAuthority,
    Person,
    Place,
    ReferralIndexStatus,
    SafeContact,
    Stay,
    Way,
)
from cases.reading import turns_eighteen_on, uses_index


@dataclass(frozen=True)
class Contact:
    """How somebody is reached safely, and whether that still counts."""

    row: SafeContact
    is_confirmed: bool
    days: int
    ways: list[str]

    @property
    def may_plan(self) -> bool:
        return self.is_confirmed and bool(self.ways)


@dataclass(frozen=True)
class Line:
    person: Person
    is_child: bool
    authorities: list[ParentalAuthority]
    stays: list[Stay]
    names: list[NameVariant]
    contact: Contact | None
    around: list[ChildContact]
    has_own_worker: bool
    voices: list[ChildVoice]
    index_status: ReferralIndexStatus | None
    index_has_ended: bool
    measures: list[ChildProtectionMeasure]
    turns_eighteen_on: date | None

    @property
    def shows_contact(self) -> bool:
        """Of a child only what was asked: nobody calls a toddler."""
        return self.contact is not None or not self.is_child


@dataclass(frozen=True)
class PersonsPage:
    lines: list[Line]
    uses_index: bool
    sees_working_file: bool


def read(family: Family, user: User, *, today: date, sees_working_file: bool) -> PersonsPage:
    """Read it all in eleven queries, for two persons or for twenty."""

    def of(model: Any, key: str, *order: str, **filters: object) -> dict[UUID, list[Any]]:
        return _by(model.objects.visible_to(user).filter(family=family, **filters).order_by(*order, "pk"), key)

    authorities = _by(
        ParentalAuthority.objects.visible_to(user)
        .filter(family=family, ends_on=None)
        .select_related("holder")
        .order_by("starts_on", "pk"),
        "child_id",
    )
    around = _by(
        ChildContact.objects.visible_to(user)
        .filter(family=family, ends_on=None)
        .select_related("organisation")
        .order_by("kind", "pk"),
        "child_id",
    )
    stays, names = of(Stay, "person_id", "-starts_on"), of(NameVariant, "person_id", "name")
    contacts = of(SafeContact, "person_id", replaced_at=None)
    voices = of(ChildVoice, "child_id", "-asked_on")
    statuses = of(ReferralIndexStatus, "child_id", replaced_at=None)
    measures = of(ChildProtectionMeasure, "child_id", "starts_on")
    lines = []
    for person in Person.objects.visible_to(user).filter(family=family).in_reading_order():
        status = next(iter(statuses.get(person.pk, [])), None)
        lines.append(
            Line(
                person=person,
                is_child=person.place == Place.CHILD,
                authorities=authorities.get(person.pk, []),
                stays=stays.get(person.pk, []),
                names=names.get(person.pk, []),
                contact=_contact(next(iter(contacts.get(person.pk, [])), None), today),
                around=around.get(person.pk, []),
                has_own_worker=any(one.kind == AroundChild.OWN_WORKER for one in around.get(person.pk, [])),
                voices=voices.get(person.pk, []),
                index_status=status,
                index_has_ended=bool(status and status.expires_on and status.expires_on < today),
                measures=[one for one in measures.get(person.pk, []) if one.runs_on(today)],
                turns_eighteen_on=turns_eighteen_on(person) if person.place == Place.CHILD else None,
            )
        )
    return PersonsPage(lines, uses_index(family, today=today), sees_working_file)


def _contact(row: SafeContact | None, today: date) -> Contact | None:
    if row is None:
        return None
    ways = [str(way.label) for way in Way if row.allows(way)]
    return Contact(row, row.is_confirmed(today), (today - row.confirmed_on).days, ways)


def _by(rows: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found
