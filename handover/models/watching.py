"""Who keeps watch on whom, and which partner knows where to bring a signal (B30, F13)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from handover.querysets import WatchRoleQuerySet


class WatchState(models.TextChoices):
    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("keeps watch")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


WATCH_TRANSITIONS: dict[WatchState, set[WatchState]] = {
    WatchState.ASKED: {WatchState.ACCEPTED, WatchState.DECLINED, WatchState.ENDED},
    WatchState.ACCEPTED: {WatchState.ENDED},
    WatchState.DECLINED: set(),
    WatchState.ENDED: set(),
}


class WatchRole(FamilyRow):
    """That a partner keeps watch on one person until a day (inclusive). It counts once the partner accepted it, and
    only as long as something is shared with that partner: who may know nothing of a family cannot watch it.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    until = models.DateField()

    state = models.CharField(max_length=10, choices=WatchState, default=WatchState.ASKED)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = WatchRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "organisation", "person"],
                condition=Q(state__in=["asked", "accepted"]),
                name="watchrole_one_open_per_partner_and_person",
            ),
            models.CheckConstraint(condition=Q(state__in=WatchState.values), name="watchrole_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None, answered_by=None)
                | Q(state="accepted", answered_at__isnull=False, answered_by__isnull=False)
                | (Q(state__in=["declined", "ended"], answered_at__isnull=False) & ~Q(because="")),
                name="watchrole_answered_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["family", "until"], name="watchrole_of_family")]

    def __str__(self) -> str:
        return f"watch role {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:partners", args=[self.family_id])

    def move_to(self, state: WatchState) -> Self:
        """Change the state if its lifecycle allows it. Does not save."""
        if state not in WATCH_TRANSITIONS[WatchState(self.state)]:
            raise WrongState(str(_("This was answered already.")), about=self)
        self.state = state
        return self

    def counts_on(self, day: date) -> bool:
        return self.state == WatchState.ACCEPTED and self.until >= day


class SignalConfirmation(FamilyRow):
    """That a partner said it knows where to bring a signal about this family. Of a later share it says nothing."""

    share = models.ForeignKey("cases.Share", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "organisation"], name="signalconfirmation_once_per_partner")
        ]

    def __str__(self) -> str:
        return f"signal confirmation {self.pk}"
