"""What one reader gets to see of a plan: which parts and persons, and how an organisation is called for her."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from access import policy
from access.policy import WHOLE, Action, Reach
from accounts.models import User
from cases.models import Person
from family_plans.models import Owned
from organisations.models import Organisation


@dataclass(frozen=True)
class Reader:
    """How far somebody reads in the plan of one family. A partner below the file reads what kind of organisation helps.

    The name of one that works there may say where the family is (class L); its own name it knows.
    """

    reach: Reach = WHOLE
    own: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, user: User, family_id: UUID) -> Self:
        return cls(policy.reach(user, Action.VIEW_FAMILY_PLAN, family_id), frozenset(user.standing))

    def may_read(self, domain: str, about_id: UUID | None) -> bool:
        parts, persons = self.reach.parts, self.reach.persons
        return (parts is None or domain in parts) and (persons is None or about_id in persons)

    def narrowed(self, rows: QuerySet, *, about: str) -> QuerySet:
        """Narrow rows with a `domain`, and a member in the field `about`, to what this reader may read."""
        if self.reach.parts is not None:
            codes = list(self.reach.parts)
            rows = rows.filter(Q(domain__code__in=codes, domain__parent=None) | Q(domain__parent__code__in=codes))
        if self.reach.persons is not None:
            rows = rows.filter(**{f"{about}__in": list(self.reach.persons)})
        return rows

    def organisation(self, organisation: Organisation) -> str:
        """Return how this organisation is called here. Select its kind along."""
        known = self.reach.is_whole or organisation.pk in self.own
        return organisation.name if known else str(organisation.kind.label)

    def who(self, owned: Owned) -> str:
        """Return who is responsible, as this reader may read it. Select the four along."""
        return self.name(owned.owner)

    def name(self, owner: Any) -> str:
        if isinstance(owner, Organisation):
            return self.organisation(owner)
        if isinstance(owner, Person):
            return str(owner.given_name)
        return owner if isinstance(owner, str) else str(owner.name)
