"""Persons, who has authority over whom, and who lived where."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, ParentalAuthority, Person, Place, Stay, StayPlace
from core.errors import WrongState


@dataclass(frozen=True)
class NewPerson:
    """A person as it is entered: before it belongs to a family."""

    given_name: str
    surname: str = ""
    born_on: date | None = None
    causes_harm: bool = False


def add_person(family: Family, place: Place, person: NewPerson, *, within: Operation[Any]) -> Person:
    """Add a person to the family."""
    added = Person.objects.create(
        family=family,
        place=place,
        given_name=person.given_name,
        surname=person.surname,
        born_on=person.born_on,
        causes_harm=person.causes_harm,
    )
    within.record(Event.PERSON_ADDED, subject=added, place=place.value)
    return added


def enter_person(family: Family, place: Place, person: NewPerson, *, by: User) -> Person:
    """Add a person to a file that is open already. Raises WrongState for a second client."""
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        if place == Place.CLIENT and Person.objects.filter(family=family, place=Place.CLIENT).exists():
            raise WrongState(_("This family already has a client."), about=family)
        return add_person(op.target, place, person, within=op)


def record_authority(child: Person, *, holder: Person, starts_on: date, by: User) -> ParentalAuthority:
    """Record that somebody has authority over a child. Both are persons of one family; the database refuses others.

    Recording it again changes nothing. Raises WrongState when the person is not a child of the family.
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = op.target
        if child.place != Place.CHILD or child.family_id != holder.family_id:
            raise WrongState(_("Choose a child of this family."), about=child.family)
        authority, is_new = ParentalAuthority.objects.get_or_create(
            family_id=child.family_id, child=child, holder=holder, ends_on=None, defaults={"starts_on": starts_on}
        )
        op.record(Event.PARENTAL_AUTHORITY_RECORDED, subject=authority, is_new=is_new)
    return authority


def record_stay(person: Person, *, place: StayPlace, starts_on: date, by: User) -> Stay:
    """Record where a person stays from a day on. What was open before ends on that day (exclusive)."""
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        Stay.objects.filter(person=person, ends_on=None, starts_on__lte=starts_on).update(ends_on=starts_on)
        if Stay.objects.filter(person=person, ends_on=None).exists():
            raise WrongState(_("A later stay is recorded already."), about=person.family)
        stay = Stay.objects.create(family_id=person.family_id, person=person, place=place, starts_on=starts_on)
        op.record(Event.STAY_RECORDED, subject=stay, place=place.value)
    return stay
