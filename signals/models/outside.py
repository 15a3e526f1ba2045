"""What was done outside the application because of a signal: the police was told; and whom a signal concerns."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.models import Row
from organisations.models import OrganisationKind
from signals.models.signal import Signal


class SignalPerson(FamilyRow):
    """A person whom a signal concerns: adults and children together, as many as it is about (J16)."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="concerns")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signal", "person"], name="signalperson_once_per_signal")]

    def __str__(self) -> str:
        return f"signal person {self.pk}"


class PoliceContactKind(models.TextChoices):
    COMMUNITY_OFFICER = "community_officer", _("The community police officer was told")
    POLICE = "police", _("The police was called")


class PoliceContact(FamilyRow):
    """The police or the community officer was told, because of a signal or of what came up in a contact (C8)."""

    # The signal that led to it, where there was one.
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="police_contacts", null=True, blank=True)
    kind = models.CharField(max_length=20, choices=PoliceContactKind)
    told_at = models.DateTimeField()
    spoke_with = models.CharField(max_length=200)
    agreed = models.TextField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PoliceContactKind.values), name="policecontact_kind_known"),
            models.CheckConstraint(
                condition=~Q(spoke_with="") & ~Q(agreed=""), name="policecontact_says_with_whom_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"police contact {self.pk}"


class KnowledgePage(Row):
    """A short page for one kind of partner: what to look for, what to do, what to say (J13, J14). Kept per version.

    Without a kind it is for everybody. Changing it writes a new version; the ones before stay.
    """

    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=120)
    signs = models.TextField(_("what to look for"))
    what_to_do = models.TextField(_("what to do"))
    what_to_say = models.TextField(_("what you can say"), blank=True, default="")
    sources = models.TextField(_("sources"), blank=True, default="")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(replaced_at=None),
                nulls_distinct=False,
                name="knowledgepage_one_current_per_kind",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(signs="") & ~Q(what_to_do=""), name="knowledgepage_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"knowledge page {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:knowledge_page", args=[self.pk])
