"""Persons, who has authority over whom, and who lived where."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import AuthoritySource, Family, NameVariant, ParentalAuthority, Person, Place, Stay, StayPlace
from cases.operations.children import plan_majority
from core.errors import WrongState


@dataclass(frozen=True)
class NewPerson:
    """A person as it is entered: before it belongs to a family."""

    given_name: str
    surname: str = ""
    born_on: date | None = None
    causes_harm: bool = False
    born_on_is_estimated: bool = False
    language: str = ""
    needs_interpreter: bool = False
    reading: str = ""


def add_person(
    family: Family, place: Place, person: NewPerson, *, at: datetime | None = None, within: Operation[Any]
) -> Person:
    """Add a person to the family. A child's eighteenth birthday is planned with it; `at` is now when left out."""
    added = Person.objects.create(family=family, place=place, **asdict(person))
    within.record(Event.PERSON_ADDED, subject=added, place=place.value)
    _compare_again(added)
    if place == Place.CHILD:
        plan_majority(added, at=at or timezone.now(), within=within)
    return added


def correct_person(person: Person, corrected: NewPerson, *, by: User, at: datetime) -> Person:
    """Correct what is written down of a person. A name that changes stays findable as a name variant."""
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        if person.name and person.name != f"{corrected.given_name} {corrected.surname}".strip():
            NameVariant.objects.get_or_create(family_id=person.family_id, person=person, name=person.name)
        fields = asdict(corrected)
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
        op.record(Event.PERSON_CORRECTED)
        _compare_again(person)
        if person.place == Place.CHILD:
            plan_majority(person, at=at, within=op)
    return person


def add_name_variant(person: Person, name: str, *, by: User) -> NameVariant:
    """Add another name by which somebody is known. Adding it again changes nothing."""
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        variant, is_new = NameVariant.objects.get_or_create(family_id=person.family_id, person=person, name=name)
        op.record(Event.NAME_VARIANT_ADDED, subject=variant, is_new=is_new)
    return variant


def _compare_again(person: Person) -> None:
    """Let the job look again whether the same people are in another file."""
    Family.objects.filter(pk=person.family_id).update(compared_at=None)


def enter_person(family: Family, place: Place, person: NewPerson, *, by: User) -> Person:
    """Add a person to a file that is open already. Raises WrongState for a second client."""
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        if place == Place.CLIENT and Person.objects.filter(family=family, place=Place.CLIENT).exists():
            raise WrongState(_("This family already has a client."), about=family)
        return add_person(op.target, place, person, within=op)


def record_authority(
    child: Person,
    *,
    holder: Person,
    starts_on: date,
    source: AuthoritySource = AuthoritySource.SAID,
    by: User,
) -> ParentalAuthority:
    """Record that somebody has authority over a child. Both are persons of one family; the database refuses others.

    Recording it again keeps the day, and takes over a source that is not just what somebody said.
    Raises WrongState when the person is not a child of the family.
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = op.target
        if child.place != Place.CHILD or child.family_id != holder.family_id:
            raise WrongState(_("Choose a child of this family."), about=child.family)
        authority, is_new = ParentalAuthority.objects.get_or_create(
            family_id=child.family_id,
            child=child,
            holder=holder,
            ends_on=None,
            defaults={"starts_on": starts_on, "source": source},
        )
        was = authority.source
        if not is_new and source != AuthoritySource.SAID and was != source:
            authority.source = source
            authority.save(update_fields=["source"])
        op.record(Event.PARENTAL_AUTHORITY_RECORDED, subject=authority, is_new=is_new, was=was)
    return authority


def end_authority(
    authority: ParentalAuthority, *, ends_on: date, source: AuthoritySource, by: User
) -> ParentalAuthority:
    """Record that somebody has no authority over a child any more, and where that was seen. `ends_on` is exclusive.

    Raises WrongState when it had ended, and when nobody but the speaker says so: losing authority takes a judge.
    """
    with operation(Action.EDIT_FAMILY, on=authority, by=by) as op:
        authority = op.target
        if authority.ends_on is not None or ends_on < authority.starts_on:
            raise WrongState(_("This ended already, or would end before it began."), about=authority.family)
        if source == AuthoritySource.SAID:
            raise WrongState(
                _("Look it up first: authority only ends by a decision or in the register."), about=authority.family
            )
        was, authority.ends_on, authority.source = authority.source, ends_on, source
        authority.save(update_fields=["ends_on", "source"])
        op.record(Event.PARENTAL_AUTHORITY_ENDED, subject=authority, source=str(source), was=was)
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
