"""Who holds which version: on the screen (receipts) and on paper."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from safety_plans.models.plan import SafetyPlan
from safety_plans.querysets import WorkingQuerySet


class Receipt(FamilyRow):
    """That an organisation the plan is shared with read this version, and holds to it. One per version and
    organisation: a new version asks for a new one.
    """

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="receipts")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "organisation"], name="receipt_one_per_version_and_organisation")
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class PaperKind(models.TextChoices):
    CLIENT = "client", _("The whole plan, for the client")
    CHILD = "child", _("A child's own page")
    CARD = "card", _("The card “What do I do if…”, for in the bag")
    NETWORK = "network", _("For somebody of the network")
    PARTNER = "partner", _("For an organisation it is shared with")


class IssuedPaper(FamilyRow):
    """A paper that went out: for whom, which version, under which number. Its content is not kept.

    The card for in the bag has a number too, but does not show it: whoever finds it learns nothing.
    """

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind)
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.CharField(max_length=150)
    number = models.CharField(max_length=12, unique=True)
    # Whether places and names of organisations were left in, because somebody ticked that.
    with_places = models.BooleanField(default=False)
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    # Taken back or torn up.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="issuedpaper_kind_known"),
            models.CheckConstraint(
                condition=Q(with_places=False) | Q(kind=PaperKind.PARTNER),
                name="issuedpaper_places_only_for_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PaperKind.CHILD) | Q(person__isnull=False), name="issuedpaper_child_is_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PaperKind.PARTNER) | Q(organisation__isnull=False),
                name="issuedpaper_partner_is_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"issued paper {self.pk}"
