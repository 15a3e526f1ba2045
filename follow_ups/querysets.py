from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from access.policy import PRIVACY_OFFICER, Action
from access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class FollowUpQuerySet(ScopedQuerySet):
    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow as policy says. What is the privacy officer's to read is on nobody else's list, nor hers to close."""
        found = super().permitting(user, action)
        return found if action == Action.REVIEW_BREAK_GLASS else found.exclude(falls_to="privacy_officer")

    def open(self) -> Self:
        return self.filter(state="open")

    def due_by(self, day: date) -> Self:
        """Narrow to what is owed on or before `day`: a day that was missed is caught up, not lost."""
        return self.open().filter(due_on__lte=day)

    def falling_to(self, user: "User") -> Self:
        """Narrow to what is this user's to do: it falls to what she is to the family, or she stands in.

        This is about whose work it is; `visible_to` is about who may see it, and comes with it.
        """
        mine = (
            apps.get_model("access.Assignment")
            .objects.live(timezone.now())
            .filter(user_id=user.pk, family_id=OuterRef("family_id"))
        )
        # Work of a regisseur who is not there is not nobody's: it falls to those who work with the family.
        regisseurs = apps.get_model("access.Assignment").objects.live(timezone.now()).filter(kind="regisseur")
        orphaned = Q(falls_to="regisseur") & ~Exists(regisseurs.filter(family_id=OuterRef("family_id")))
        own = self.visible_to(user).filter(
            Exists(mine.filter(Q(kind=OuterRef("falls_to")) | Q(kind="stand_in")))
            | (orphaned & Exists(mine.filter(kind="worker")))
        )
        if not user.organisations_as(PRIVACY_OFFICER):
            return own
        reviews = self.permitting(user, Action.REVIEW_BREAK_GLASS).filter(falls_to="privacy_officer")
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=reviews.values("pk")))


class OutboxQuerySet(ScopedQuerySet):
    def unsettled(self) -> Self:
        """Narrow to what was neither sent nor dropped."""
        return self.filter(sent_at=None, dropped_at=None)

    def waiting(self, now: datetime) -> Self:
        """Narrow to what must be tried now and nobody has in hand, oldest first."""
        return (
            self.unsettled()
            .filter(Q(next_try_at=None) | Q(next_try_at__lte=now), Q(leased_until=None) | Q(leased_until__lte=now))
            .order_by("made_at", "pk")
        )
