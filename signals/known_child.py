"""Which child a reporter knows: asked once, in the request in which she reports about it."""

from dataclasses import dataclass
from uuid import UUID

from access.policy import Action
from accounts.models import User
from cases.models import Person, Place


@dataclass(frozen=True)
class KnownChild:
    """A child, and the user found to know it here. Only `known_child` makes one, in the request that uses it."""

    person: Person
    known_to: UUID


def known_child(user: User, pk: UUID) -> KnownChild | None:
    """Return this child if `user` knows it here, by policy and by row-level security; None says nothing more."""
    children = Person.objects.permitting(user, Action.VIEW_ALERT).filter(place=Place.CHILD)
    found: Person | None = children.filter(pk=pk).first()
    return KnownChild(found, user.pk) if found else None
