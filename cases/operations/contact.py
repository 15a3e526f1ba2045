"""How somebody may be reached, and arranging a contact only in a way that she said yes to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Permission, Person, SafeContact, Way
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan


@dataclass(frozen=True)
class Reachable:
    """How somebody says she may be reached. What was not asked is not allowed."""

    phone: str = ""
    may_call: str = Permission.NOT_ASKED
    may_text: str = Permission.NOT_ASKED
    may_mail: str = Permission.NOT_ASKED
    may_announce: str = Permission.NOT_ASKED
    hours: str = ""


def confirm_safe_contact(
    person: Person, reachable: Reachable, *, confirmed_on: date, by: User, at: datetime
) -> SafeContact:
    """Record how a person may be reached, as confirmed with her on a day. The answer before is kept, and replaced.

    Counts for thirty days, the last one included; the day after, asking again is work. Raises WrongState for a day to
    come, from which it would count for longer, and when a later answer is there already.
    """
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        if confirmed_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=person.family)
        earlier = SafeContact.objects.filter(person=person).current().first()
        if earlier is not None:
            if earlier.confirmed_on > confirmed_on:
                raise WrongState(_("A later answer is recorded already."), about=earlier)
            earlier.replaced_at = at
            earlier.save(update_fields=["replaced_at"])
        recorded = SafeContact.objects.create(
            family_id=person.family_id,
            person=person,
            confirmed_on=confirmed_on,
            recorded_by=by,
            **{name: getattr(reachable, name) for name in Reachable.__dataclass_fields__},
        )
        op.record(Event.SAFE_CONTACT_CONFIRMED, subject=recorded)
        # About the person, so that a next answer moves the work instead of adding to it.
        finish(
            FollowUp.objects.filter(kind=Kind.CONFIRM_SAFE_CONTACT, about_id=person.pk),
            as_=State.DONE,
            at=at,
            within=op,
        )
        plan(
            person.family,
            Kind.CONFIRM_SAFE_CONTACT,
            due_on=recorded.expires_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=person,
            version=SafeContact.objects.filter(person=person).count(),
            within=op,
        )
    return recorded


def arrange_contact(person: Person, way: Way, *, due_on: date, today: date, by: User) -> FollowUp:
    """Plan that somebody reaches this person on a day, in one way. Falls to the regisseur.

    Raises WrongState for a way that she did not say yes to, and when what she said is older than thirty days.
    """
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        contact = SafeContact.objects.filter(person=person).current().first()
        if contact is None or not contact.is_confirmed(today):
            raise WrongState(_("First ask again how this person can be reached safely."), about=person.family)
        if not contact.allows(way):
            raise WrongState(_("This person did not say yes to this way. Choose another."), about=contact)
        return plan(
            person.family,
            ARRANGED[way],
            due_on=due_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=person,
            within=op,
        )


ARRANGED = {Way.CALL: Kind.CALL_PERSON, Way.TEXT: Kind.TEXT_PERSON, Way.MAIL: Kind.MAIL_PERSON}
