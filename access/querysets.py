"""How lists are narrowed to what one user may see. Every list, page, button and operation asks here."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from access import policy
from access.policy import Action

if TYPE_CHECKING:
    from accounts.models import User


class WindowQuerySet(models.QuerySet):
    """Rows that hold from `starts_at` until `ends_at` (exclusive), unless they were closed."""

    def live(self, now: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), closed_at=None, starts_at__lte=now)


class InvolvementQuerySet(WindowQuerySet):
    pass


class ScopedQuerySet(models.QuerySet):
    """A queryset that can narrow itself to the rows one user may see or act on.

    `family_path` leads from the filtered model to the key of its family: "pk" on Family, "family_id" on a child.
    """

    view_action: ClassVar[Action] = Action.VIEW_FAMILY
    family_path: ClassVar[str] = "family_id"

    def visible_to(self, user: "User") -> Self:
        """Narrow to what `user` may see. Without a ground that is nothing, not everything."""
        return self.permitting(user, self.view_action)

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to the rows on which `user` may perform `action`."""
        families = policy.families_open_to(user, action)
        if families is None:
            return self.none()
        return self.filter(**{f"{self.family_path}__in": families}).exclude(
            **{f"{self.family_path}__in": policy.barred_from(user)}
        )


class BreakGlassQuerySet(WindowQuerySet, ScopedQuerySet):  # type: ignore[override,misc,unused-ignore]  # two parents
    view_action: ClassVar[Action] = Action.REVIEW_BREAK_GLASS


class HoldQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.HOLD

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def freezing(self) -> Self:
        """Return those under which what was written stays as it was (B27)."""
        return self.standing().filter(kind="calamity")


class DecoyQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.SET_DECOY

    def standing(self) -> Self:
        return self.filter(ended_at=None)


class AssignmentQuerySet(WindowQuerySet, ScopedQuerySet):  # type: ignore[override,misc,unused-ignore]  # two parents
    pass
