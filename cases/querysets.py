from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from access.policy import Action
from access.querysets import ScopedQuerySet, WindowQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class FamilyQuerySet(ScopedQuerySet):
    family_path: ClassVar[str] = "pk"

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to the families on which `user` may perform `action`: weighing along only where she was asked."""
        permitted = super().permitting(user, action)
        if action == Action.WEIGH_ALONG:
            asked = apps.get_model("cases.Share").objects.filter(ground__second_professional=user)
            return permitted.filter(Exists(asked.filter(family_id=OuterRef("pk"))))
        return permitted

    def of_people(self) -> Self:
        """Leave out what is no family: the files that are a bait, and exist for nobody."""
        return self.exclude(pk__in=apps.get_model("access.Decoy").objects.standing().values("family_id"))

    def with_regisseur_known(self, today: date) -> Self:
        """Annotate `has_regisseur`: an open period of somebody who is still there.

        A leaver is no regisseur, from the moment the account or the membership ends (B3), whatever the period says.
        """
        periods = apps.get_model("cases.RegisseurPeriod").objects.present(today)
        return self.annotate(has_regisseur=Exists(periods.filter(family_id=OuterRef("pk"))))

    def without_regisseur(self, today: date) -> Self:
        """Narrow to open families without a regisseur: the alarmed state. A closed family needs none any more."""
        open_ones = apps.get_model("cases.Trajectory").objects.filter(family_id=OuterRef("pk"), ends_on=None)
        return self.of_people().with_regisseur_known(today).filter(Exists(open_ones), has_regisseur=False)

    def with_the_clock(self) -> Self:
        """Annotate what `cases.regie.without_since` reads: when the last regie ended, or on which day its holder left.

        Both are empty while there never was one; the clock then runs from the opening of the file.
        """
        periods = apps.get_model("cases.RegisseurPeriod").objects.filter(family_id=OuterRef("pk"))
        memberships = apps.get_model("accounts.Membership").objects.filter(
            user_id=OuterRef("user_id"), organisation_id=OuterRef("organisation_id")
        )
        open_ones = periods.current().annotate(left=Subquery(memberships.order_by("-ends_on").values("ends_on")[:1]))
        return self.annotate(
            regie_ended_at=Subquery(periods.exclude(ends_at=None).order_by("-ends_at").values("ends_at")[:1]),
            regie_left_on=Subquery(open_ones.values("left")[:1]),
        )


class PersonQuerySet(ScopedQuerySet):
    def once(self) -> Self:
        """Narrow to everybody once: where two files became one, a double stands behind the person whom it is."""
        return self.filter(same_as=None)

    def in_reading_order(self) -> Self:
        """Order as people say it: the client, the children from old to young, then the others. Doubles are left out."""
        first = models.Case(
            models.When(place="client", then=0),
            models.When(place="child", then=1),
            default=2,
            output_field=models.SmallIntegerField(),
        )
        return self.once().order_by(first, "born_on", "given_name", "pk")


class OwnFileQuerySet(ScopedQuerySet):
    """Rows that only those who work with the family read. No share reaches them, whatever its level."""

    view_action: ClassVar[Action] = Action.VIEW_WORKING_FILE


class CurrentQuerySet(ScopedQuerySet):
    def current(self, today: date) -> Self:
        """Narrow to what has not ended before `today`: an end may be the last day, or the day after it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class SafeContactQuerySet(OwnFileQuerySet):
    def current(self) -> Self:
        return self.filter(replaced_at=None)


class NetworkQuerySet(OwnFileQuerySet):
    def on(self, day: date) -> Self:
        """Narrow to the network as it was on `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class RegisseurPeriodQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        return self.filter(ends_at=None)

    def present(self, today: date) -> Self:
        """Narrow to open periods of somebody who is still there: with an account, and a worker of that organisation."""
        memberships = apps.get_model("accounts.Membership").objects.live(today)
        there = memberships.filter(
            user_id=OuterRef("user_id"), organisation_id=OuterRef("organisation_id"), role="worker"
        )
        return self.current().filter(Exists(there), user__is_active=True)


class ShareQuerySet(ScopedQuerySet):
    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to the rows on which `user` may perform `action`: weighing along is for who was asked by name."""
        permitted = super().permitting(user, action)
        if action == Action.WEIGH_ALONG:
            return permitted.filter(ground__second_professional=user)
        return permitted

    def live(self, now: datetime) -> Self:
        """Narrow to shares that show something at this moment."""
        return self.filter(withdrawn_at=None, opened_at__isnull=False, starts_at__lte=now, ends_at__gt=now)

    def waiting(self, now: datetime) -> Self:
        """Narrow to shares that wait for the second professional."""
        return self.filter(withdrawn_at=None, opened_at=None, ends_at__gt=now)


class ProtectedPlaceQuerySet(ScopedQuerySet):
    # Somebody else's reader may be granted one value without seeing that there are others.
    view_action: ClassVar[Action] = Action.ENTER_PROTECTED

    def current(self) -> Self:
        return self.filter(replaced_at=None)

    def revealable_by(self, user: "User") -> Self:
        """Narrow to the values `user` may be shown now: by policy, and by a personal grant that has not ended."""
        allowed: Any = self.current().permitting(user, Action.REVEAL_PROTECTED)
        grants = apps.get_model("cases.ProtectedGrant").objects.live(timezone.now()).filter(user_id=user.pk)
        return cast(
            Self,
            get_objects_for_user(
                user,
                "cases.reveal_protectedplace",
                klass=allowed.filter(Exists(grants.filter(place_id=OuterRef("pk")))),
                use_groups=False,
                with_superuser=False,
                accept_global_perms=False,
            ),
        )


class ProtectedGrantQuerySet(WindowQuerySet, ScopedQuerySet):  # type: ignore[override,misc,unused-ignore]
    view_action: ClassVar[Action] = Action.GRANT_PROTECTED


class ProtectedRevealQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.GRANT_PROTECTED
