from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from access import policy
from access.policy import WITHIN_ORGANISATION, Action
from access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class AlertQuerySet(models.QuerySet):
    """Alerts hang from an organisation and not from a family: who reads one need not know the family."""

    def owned_by(self, user: "User") -> Self:
        """Narrow to what this privacy officer looks into: of her organisations, and never about herself, nor about a
        family that she may not see."""
        organisations = user.organisations_as(WITHIN_ORGANISATION[Action.SETTLE_ALERT])
        mine = self.filter(organisation_id__in=organisations).exclude(actor_id=user.pk)
        return mine.filter(Q(family_key=None) | ~Q(family_key__in=policy.barred_from(user)))

    def open(self) -> Self:
        return self.filter(outcome="")

    def late(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class JudgementQuerySet(ScopedQuerySet):
    view_action: ClassVar[Any] = Action.REVIEW_BREAK_GLASS


class _OfOrganisation(models.QuerySet):
    """Rows of an organisation, without anything of a family."""

    def of(self, user: "User") -> Self:
        """Narrow to the organisations on behalf of which this user approves destruction."""
        organisations = user.organisations_as(WITHIN_ORGANISATION[Action.APPROVE_DESTRUCTION])
        return self.filter(organisation_id__in=organisations)


class DestructionQuerySet(_OfOrganisation):
    pass


class DestructionItemQuerySet(_OfOrganisation):
    pass


class RightsRequestQuerySet(ScopedQuerySet):
    view_action: ClassVar[Any] = Action.ANSWER_RIGHTS
