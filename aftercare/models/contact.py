"""What a contact brought up beside the four questions: help line by help line, what rose or fell, and own requests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from aftercare.models.check_in import Channel, CheckIn


class HelpState(models.TextChoices):
    """How one help line runs, by the family's own account."""

    GOOD = "good", _("Yes, it goes well")
    POOR = "poor", _("It runs, but it does not fit")
    STOPPED = "stopped", _("No, it stopped")
    UNSURE = "unsure", _("Not sure")


class HelpAnswer(FamilyRow):
    """The answer to "is there still contact, and does it work?" for one help line."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="help_answers")
    help_line = models.ForeignKey("family_plans.HelpLine", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=HelpState)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "help_line"], name="helpanswer_once_per_check_in"),
            models.CheckConstraint(condition=Q(state__in=HelpState.values), name="helpanswer_state_known"),
        ]

    def __str__(self) -> str:
        return f"help answer {self.pk}"


class Factor(models.TextChoices):
    """What makes it less safe, and what makes it safer. The first five are risks, the others protect."""

    CONTACT_WITH_EX = "contact_with_ex", _("Contact with the ex-partner")
    MONEY = "money", _("Worries about money")
    HOUSING = "housing", _("Worries about the house")
    ADDICTION = "addiction", _("Drink or drugs")
    LONELINESS = "loneliness", _("Being alone")
    NETWORK = "network", _("People around the family")
    WORK_OR_SCHOOL = "work_or_school", _("Work, school or day care")
    CHILDREN_WELL = "children_well", _("The children do well")
    HELP_ACCEPTED = "help_accepted", _("Help is accepted")


RISKS = frozenset({Factor.CONTACT_WITH_EX, Factor.MONEY, Factor.HOUSING, Factor.ADDICTION, Factor.LONELINESS})


class Direction(models.TextChoices):
    UP = "up", _("more")
    DOWN = "down", _("less")


class FactorChange(FamilyRow):
    """That a factor rose or fell since the contact before. What stayed as it was has no row."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="factors")
    factor = models.CharField(max_length=20, choices=Factor)
    direction = models.CharField(max_length=5, choices=Direction)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "factor"], name="factorchange_once_per_check_in"),
            models.CheckConstraint(condition=Q(factor__in=Factor.values), name="factorchange_factor_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="factorchange_direction_known"),
        ]

    def __str__(self) -> str:
        return f"factor change {self.pk}"


class OwnRequest(FamilyRow):
    """That the family itself asked for help, by the number on its contact card or otherwise."""

    channel = models.CharField(max_length=20, choices=Channel)
    words = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="ownrequest_channel_known"),
        ]

    def __str__(self) -> str:
        return f"own request {self.pk}"
