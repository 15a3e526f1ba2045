"""What a duty desk has with a signal: the families it may be about, and who was told that it lies there."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from core.models import Row
from signals.models.signal import Signal
from signals.querysets import CandidateQuerySet


class Fit(models.TextChoices):
    """Why a family may be the one. All that a desk gets to know of it, beside the reference."""

    SAME = "same", _("the name and the day of birth of a child are the same")
    ALIKE = "alike", _("the day of birth is the same, the name is nearly the same")
    NAME = "name", _("the name is the same, the day of birth is another or was not given")


class SignalCandidate(Row):
    """A family that a signal at a desk may be about. Found by the job; read by that desk and by nobody else (H12)."""

    # The signal. Not a foreign key: those between two tables with a family are held to one family, and it has none.
    about_id = models.UUIDField()
    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="+")
    # A copy: the desk may not read the family.
    reference = models.CharField(max_length=12)
    fit = models.CharField(max_length=10, choices=Fit)
    found_at = models.DateTimeField()

    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # Who works for this family said that it is not the one.
    refused_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_id", "family"], name="signalcandidate_once_per_signal"),
            models.UniqueConstraint(
                fields=["about_id"],
                condition=Q(chosen_at__isnull=False, refused_at=None),
                name="signalcandidate_one_chosen_per_signal",
            ),
            models.CheckConstraint(condition=Q(fit__in=Fit.values), name="signalcandidate_fit_known"),
            models.CheckConstraint(
                condition=Q(chosen_at=None, chosen_by=None) | Q(chosen_at__isnull=False, chosen_by__isnull=False),
                name="signalcandidate_chosen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class NoticeStep(models.IntegerChoices):
    """When those of a desk are told: on arrival, and when its day has passed. The second goes to coordinators too."""

    ARRIVED = 0
    LATE = 1


class DeskNotice(Row):
    """The fact that one person was told that something lies at her desk. Unique, so that nobody is told it twice."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Brought to another desk, or back, it is told again.
    desk_since = models.DateTimeField()
    step = models.PositiveSmallIntegerField(choices=NoticeStep)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signal", "user", "desk_since", "step"], name="desknotice_told_once"),
            models.CheckConstraint(condition=Q(step__in=NoticeStep.values), name="desknotice_step_known"),
        ]

    def __str__(self) -> str:
        return f"desk notice {self.pk}"


class ReopeningStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("opened again")
    DECLINED = "declined", _("not opened again")
    # The signal turned out to be about another family.
    LAPSED = "lapsed", _("no longer needed")


REOPENING_TRANSITIONS: dict[ReopeningStatus, set[ReopeningStatus]] = {
    ReopeningStatus.PROPOSED: {ReopeningStatus.ACCEPTED, ReopeningStatus.DECLINED, ReopeningStatus.LAPSED},
    ReopeningStatus.ACCEPTED: set(),
    ReopeningStatus.DECLINED: set(),
    ReopeningStatus.LAPSED: set(),
}


class Reopening(FamilyRow):
    """A proposal to open a closed family again because of a signal. A person decides; nothing opens by itself (H12)."""

    # The signal. Not a foreign key: it may leave this family again.
    about_id = models.UUIDField()
    proposed_at = models.DateTimeField()

    status = models.CharField(max_length=10, choices=ReopeningStatus, default=ReopeningStatus.PROPOSED)
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "about_id"], name="reopening_once_per_signal"),
            models.CheckConstraint(condition=Q(status__in=ReopeningStatus.values), name="reopening_status_known"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[ReopeningStatus.PROPOSED, ReopeningStatus.LAPSED],
                    reason="",
                    decided_by=None,
                    decided_at=None,
                )
                | (
                    Q(status__in=[ReopeningStatus.ACCEPTED, ReopeningStatus.DECLINED])
                    & ~Q(reason="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="reopening_decided_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.about_id])

    def move_to(self, status: ReopeningStatus) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in REOPENING_TRANSITIONS[ReopeningStatus(self.status)]:
            raise WrongState(str(_("This was decided already.")), about=self)
        self.status = status
