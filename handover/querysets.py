"""How handovers and checks are narrowed to what one user may see and what is hers to answer."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, Value, When

from access import policy
from access.policy import Action
from access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


def _between_sides(user: "User", path: str = "") -> Q:
    """Return the handovers of this user's organisations: open ones, and decided ones for who works with the family now.

    An old side that is offered the family again would otherwise read what the others settled after it had left.
    """
    mine = list(user.standing)
    sides = Q(**{f"{path}from_organisation__in": mine}) | Q(**{f"{path}to_organisation__in": mine})
    families = policy.families_open_to(user, Action.VIEW_FAMILY)
    working = Q(family_id__in=families) if families is not None else Q(pk__in=[])
    return sides & (Q(**{f"{path}status": "offered"}) | working)


class HandoverQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_HANDOVER

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow further than the family: a handover concerns its two organisations and nobody after or before them.

        Whoever is offered a family later would otherwise read why another organisation refused it.
        """
        return super().permitting(user, action).filter(_between_sides(user))

    def open(self) -> Self:
        return self.filter(status="offered")

    def to_answer(self, user: "User") -> Self:
        """Narrow to what was offered to an organisation of this user and waits for an answer; the earliest first."""
        return (
            self.permitting(user, Action.ANSWER_HANDOVER)
            .open()
            .filter(to_organisation__in=list(user.standing))
            .order_by("answer_by", "pk")
        )

    def taken_over_for(self, user: "User") -> Self:
        """Narrow to what an organisation accepted at which this user works: she need not hear that it never was."""
        here = user.organisations_as(policy.WITHIN_ORGANISATION[Action.HEAR_OF_ACCEPTANCE])
        taken = self.filter(status="accepted", to_organisation__in=here)
        return taken.exclude(family_id__in=policy.barred_from(user))


class AgendaPointQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_HANDOVER

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to the two organisations of the handover, as the handover itself is."""
        return super().permitting(user, action).filter(_between_sides(user, "handover__"))

    def open(self) -> Self:
        return self.filter(state="open")

    def in_reading_order(self) -> Self:
        """Order as the conversation goes."""
        topics = enumerate(value for value, _label in self.model._meta.get_field("topic").choices)  # type: ignore[union-attr]
        as_listed = Case(
            *(When(topic=topic, then=Value(place)) for place, topic in topics), output_field=SmallIntegerField()
        )
        return self.order_by(as_listed, "pk")


class WatchRoleQuerySet(ScopedQuerySet):
    # A partner at the lowest level may be asked, and sees its own.
    view_action: ClassVar[Action] = Action.VIEW_ALERT

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow further than the family: a partner sees what it was asked, and not whom else."""
        works_with_it = policy.families_open_to(user, Action.VIEW_WORKING_FILE)
        working = Q(family_id__in=works_with_it) if works_with_it is not None else Q(pk__in=[])
        return super().permitting(user, action).filter(working | Q(organisation__in=list(user.standing)))

    def open(self) -> Self:
        return self.filter(state__in=["asked", "accepted"])

    def counting(self, today: date, now: datetime) -> Self:
        """Narrow to who keeps watch today: accepted, not over, and something is shared with it at this moment."""
        partners = (
            apps.get_model("access.Involvement")
            .objects.live(now)
            .filter(relation="partner", family_id=OuterRef("family_id"), organisation_id=OuterRef("organisation_id"))
        )
        return self.filter(Exists(partners), state="accepted", until__gte=today)


class AgreedMeasureQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_WORKING_FILE

    def open(self) -> Self:
        return self.filter(state="open")


class DepartureCheckQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(state="open")

    def in_reading_order(self) -> Self:
        """Order as the checklist is read: first what is about the family, then child by child, oldest first."""
        first = Case(When(person=None, then=Value(0)), default=Value(1), output_field=SmallIntegerField())
        kinds = enumerate(value for value, _label in self.model._meta.get_field("kind").choices)  # type: ignore[union-attr]
        as_listed = Case(
            *(When(kind=kind, then=Value(place)) for place, kind in kinds), output_field=SmallIntegerField()
        )
        return self.order_by(first, "person__born_on", "person__given_name", "person", as_listed, "pk")
