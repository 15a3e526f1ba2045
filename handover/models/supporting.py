"""Who is supporter of a family: asked, introduced in the shelter, told of the departure, and kept (E21, E22)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow


class Criterion(models.TextChoices):
    """When a family gets a supporter (E29). One of these holds; where several do, the one that weighs most."""

    ALONE = "alone", _("Hardly anybody to lean on")
    MANY_HELPERS = "many_helpers", _("Many organisations at once: one face keeps the thread")
    HELP_STOPS = "help_stops", _("Help stopped before, or threatens to stop")
    WAITING = "waiting", _("Help has not begun yet: somebody is there until then")
    FAR_AWAY = "far_away", _("The family goes to live where it knows nobody")
    ASKED_FOR = "asked_for", _("The family asks for it")


class Stop(models.TextChoices):
    """Why a supporter stops (E29)."""

    NOT_NEEDED = "not_needed", _("It is not needed any more")
    DECLINED = "declined", _("The family does not want it any more")
    NO_MATCH = "no_match", _("It does not work between the two")
    SUPPORTER_LEFT = "supporter_left", _("The supporter stops or is away")
    MOVED = "moved", _("The family moved")
    HANDED_OVER = "handed_over", _("The regie went to another organisation")


class SupporterAssignment(FamilyRow):
    """One supporter of one family. At most one at a time; another one is another row, with why the first stopped.

    `introduce_on` is the day agreed on, `introduced_on` the day on which they met. `confirmed_at` is of the departure
    that `told_on` told her of: a departure that moves must be confirmed anew.
    """

    supporter = models.ForeignKey("organisations.Supporter", on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    criterion = models.CharField(max_length=20, choices=Criterion)
    # Why this family goes to somebody who has as many as was agreed, or more.
    over_capacity_because = models.CharField(max_length=200, blank=True, default="")

    introduce_on = models.DateField(null=True, blank=True)
    introduced_on = models.DateField(null=True, blank=True)
    introduced_in_shelter = models.BooleanField(default=False)

    told_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_as = models.CharField(max_length=20, choices=Stop, blank=True, default="")
    ended_because = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at=None), name="supporterassignment_one_open_per_family"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_as="", ended_because="")
                | (
                    Q(ended_at__isnull=False, ended_at__gte=F("assigned_at"), ended_by__isnull=False)
                    & Q(ended_as__in=Stop.values)
                    & ~Q(ended_because="")
                ),
                name="supporterassignment_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(criterion__in=Criterion.values), name="supporterassignment_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(introduced_in_shelter=False) | Q(introduced_on__isnull=False),
                name="supporterassignment_introduced_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(told_on__isnull=False), name="supporterassignment_told_of_something"
            ),
        ]
        indexes = [models.Index(fields=["supporter"], condition=Q(ended_at=None), name="supporterassignment_caseload")]

    def __str__(self) -> str:
        return f"supporter assignment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:supporter", args=[self.family_id])
