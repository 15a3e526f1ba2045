"""How a trajectory ends, and what keeps the door open afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from aftercare.models.check_in import Channel

SMALLEST_CARD, LARGEST_CARD = 6, 10


class Enough(models.TextChoices):
    """Whether a year was enough. Asked at every closing, because the year itself is on trial."""

    SUFFICIENT = "sufficient", _("A year was enough")
    LONGER = "longer", _("It should have been longer")
    EARLIER = "earlier", _("It could have been shorter")


class TrajectoryClosing(FamilyRow):
    """The decision to end the watch over a family: a person's, with reasons. Nothing closes by itself."""

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="closings")
    enough = models.CharField(max_length=20, choices=Enough)
    enough_because = models.CharField(max_length=300)
    regisseur_after = models.CharField(max_length=200)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(reopened_at=None), name="trajectoryclosing_one_that_stands"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_because="")),
                name="trajectoryclosing_reopened_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(enough__in=Enough.values), name="trajectoryclosing_enough_known"),
            models.CheckConstraint(
                condition=~Q(enough_because="") & ~Q(regisseur_after=""), name="trajectoryclosing_says_why_and_who"
            ),
        ]

    def __str__(self) -> str:
        return f"trajectory closing {self.pk}"


class YearAnswer(FamilyRow):
    """What was answered when the support year was over: was it enough? The watch may run on, and closing looks back
    once more."""

    trajectory = models.OneToOneField("cases.Trajectory", on_delete=models.PROTECT, related_name="year_answer")
    enough = models.CharField(max_length=20, choices=Enough)
    because = models.CharField(max_length=300)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(enough__in=Enough.values), name="yearanswer_enough_known"),
            models.CheckConstraint(condition=~Q(because=""), name="yearanswer_says_why"),
        ]

    def __str__(self) -> str:
        return f"year answer {self.pk}"


class EarlyClosing(FamilyRow):
    """A team lead's decision, with reasons, that a trajectory may be closed before both clocks are over."""

    trajectory = models.OneToOneField("cases.Trajectory", on_delete=models.PROTECT, related_name="early_closing")
    because = models.CharField(max_length=300)
    allowed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="earlyclosing_says_why")]

    def __str__(self) -> str:
        return f"early closing {self.pk}"


class Strippenkaart(FamilyRow):
    """A card with conversations that a family may still have, also after the trajectory is closed."""

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "strippenkaarten"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=SMALLEST_CARD, size__lte=LARGEST_CARD), name="strippenkaart_size_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"strippenkaart {self.pk}"


class Strip(FamilyRow):
    """One conversation of a card. Strips are numbered from 1, so that two cannot use the last one together."""

    strippenkaart = models.ForeignKey(Strippenkaart, on_delete=models.PROTECT, related_name="strips")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, choices=Channel)
    happened_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strippenkaart", "number"], name="strip_used_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LARGEST_CARD), name="strip_number_on_the_card"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="strip_channel_known"),
        ]

    def __str__(self) -> str:
        return f"strip {self.pk}"
