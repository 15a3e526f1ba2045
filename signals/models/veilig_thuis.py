"""What is asked of Veilig Thuis without saying about whom, and what is reported to it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.models import FamilyRow
from core.models import Row
from signals.models.signal import Signal
from signals.querysets import AdviceRequestQuerySet


class AdviceRequest(Row):
    """A question to Veilig Thuis that says about nobody whom it concerns: no family, no signal, no name.

    The way back to the family is an AdviceLink, on the side of those who work with it.
    """

    from_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AdviceRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="advicerequest_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="advicerequest_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["to_organisation", "asked_at"], condition=Q(answered_at=None), name="advice_to_answer")
        ]

    def __str__(self) -> str:
        return f"advice request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:give_advice", args=[self.pk])


class AdviceLink(FamilyRow):
    """Which signal a question for advice is about. Veilig Thuis has no part in the family, so cannot read it."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="advice_links")
    advice_request = models.OneToOneField(AdviceRequest, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"advice link {self.pk}"


class VeiligThuisReport(FamilyRow):
    """A report to Veilig Thuis, as it was sent. The database lets nobody change it."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="reports")
    to_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    facts = models.TextField()
    # Whom it is about: several persons, adults and children together (J16).
    persons = ArrayField(models.UUIDField(), default=list, blank=True)
    reported_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(facts=""), name="veiligthuisreport_states_facts")]

    def __str__(self) -> str:
        return f"report to Veilig Thuis {self.pk}"


class VeiligThuisAnswer(FamilyRow):
    """What Veilig Thuis answered to a report, and whether it gave the responsibility back."""

    report = models.ForeignKey(VeiligThuisReport, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    hands_back = models.BooleanField(default=False)
    received_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="veiligthuisanswer_says_something")]

    def __str__(self) -> str:
        return f"answer of Veilig Thuis {self.pk}"
