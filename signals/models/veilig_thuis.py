"""What is asked of Veilig Thuis without saying about whom, and what is reported to it."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.models import Row
from core.working_days import add_working_days
from signals.models.signal import Signal
from signals.querysets import AdviceRequestQuerySet, VeiligThuisReportQuerySet


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


class OriginReason(models.TextChoices):
    """Why the family is not told who reported: the three grounds of the law (Uitvoeringsbesluit Wmo 2015, 4.1.8)."""

    DANGER_TO_FAMILY = "danger_to_family", _("It would be a danger to the victim or to others in the home")
    DANGER_TO_REPORTER = "danger_to_reporter", _("It would be a danger to the reporter or to colleagues")
    TRUST = "trust", _("It would seriously disturb the relation of trust")


class VeiligThuisReport(FamilyRow):
    """A report to Veilig Thuis, as it was sent. The database lets nobody change it.

    Facts, what others said and what the reporter thinks are three fields. Persons are written down as they were on
    that day; an address never is: Veilig Thuis reads one in the application, by a grant that ends.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="reports")
    to_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, default="")
    is_acute = models.BooleanField(default=False)
    facts = models.TextField()
    from_others = models.TextField(blank=True, default="")
    interpretation = models.TextField(blank=True, default="")
    own_steps = models.TextField(blank=True, default="")
    # Whether those it is about were told, how they took it, or why they were not told.
    informed = models.TextField(blank=True, default="")
    question = models.TextField(blank=True, default="")
    origin_disclosed = models.BooleanField(default=True)
    origin_reason = models.CharField(max_length=20, choices=OriginReason, blank=True, default="")
    # Whom it is about: several persons, adults and children together (J16).
    persons = ArrayField(models.UUIDField(), default=list, blank=True)
    about = models.JSONField(default=list, blank=True)
    reported_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    objects: ClassVar[Any] = VeiligThuisReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="veiligthuisreport_number_is_unique"
            ),
            models.CheckConstraint(condition=~Q(facts=""), name="veiligthuisreport_states_facts"),
            models.CheckConstraint(
                condition=Q(origin_reason__in=["", *OriginReason.values]), name="veiligthuisreport_origin_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(origin_disclosed=True, origin_reason="")
                | (Q(origin_disclosed=False) & ~Q(origin_reason="")),
                name="veiligthuisreport_origin_hidden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"report to Veilig Thuis {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.signal_id])

    @property
    def named(self) -> list[dict[str, Any]]:
        """Return whom it names, as they were called on that day, with the day of birth as a day to be read."""
        return [one | {"born_on": date.fromisoformat(one["born_on"]) if one["born_on"] else None} for one in self.about]


class Assessment(models.TextChoices):
    """The outcome of the safety assessment as Veilig Thuis gives it; not how it came to it (C19)."""

    AT_VEILIG_THUIS = "at_veilig_thuis", _("Veilig Thuis goes on with it")
    TRANSFER = "transfer", _("Handed back: others go on with it")
    NO_STEPS = "no_steps", _("No further steps are needed")
    REGIONAL = "regional", _("Another approach of the region")
    NOT_YET = "not_yet", _("Not assessed yet")


class VeiligThuisAnswer(FamilyRow):
    """What Veilig Thuis answered to a report, and whether it gave the responsibility back."""

    report = models.ForeignKey(VeiligThuisReport, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    assessment = models.CharField(max_length=20, choices=Assessment, default=Assessment.NOT_YET)
    assessed_on = models.DateField(null=True, blank=True)
    hands_back = models.BooleanField(default=False)
    received_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="veiligthuisanswer_says_something"),
            models.CheckConstraint(
                condition=Q(assessment__in=Assessment.values), name="veiligthuisanswer_assessment_known"
            ),
            models.CheckConstraint(
                condition=Q(assessment=Assessment.NOT_YET) | Q(assessed_on__isnull=False),
                name="veiligthuisanswer_assessed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"answer of Veilig Thuis {self.pk}"


class MonitoringStatus(models.TextChoices):
    RUNS = "runs", _("Veilig Thuis monitors")
    FINISHED = "finished", _("The monitoring is finished")
    NONE = "none", _("Veilig Thuis does not monitor")


class Monitoring(FamilyRow):
    """Whether Veilig Thuis keeps watch over this family. Each change is a new row; the latest one holds (H13).

    When it is finished somebody else watches, and the row says who: there is no moment at which nobody does.
    """

    status = models.CharField(max_length=10, choices=MonitoringStatus)
    # The last day, as far as Veilig Thuis said.
    until = models.DateField(null=True, blank=True)
    who_watches = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MonitoringStatus.values), name="monitoring_status_known"),
            models.CheckConstraint(
                condition=~Q(status=MonitoringStatus.RUNS) | Q(until__isnull=False), name="monitoring_runs_until_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(status=MonitoringStatus.FINISHED) | ~Q(who_watches=""),
                name="monitoring_finished_says_who_watches",
            ),
        ]

    def __str__(self) -> str:
        return f"monitoring {self.pk}"


class TermUnit(models.TextChoices):
    WORKING_DAYS = "working_days", _("working days")
    WEEKS = "weeks", _("weeks")


class VeiligThuisTerm(Row):
    """A term of the law for Veilig Thuis, as data: what, how long, by which article. Holds from a day until a day."""

    slug = models.SlugField(max_length=40)
    label_nl = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=TermUnit)
    legal_source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "valid_from"], name="veiligthuisterm_one_from_a_day"),
            models.CheckConstraint(condition=Q(unit__in=TermUnit.values), name="veiligthuisterm_unit_known"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.pk})"

    @property
    def label(self) -> str:
        """What is expected, in the reader's language."""
        return self.label_en if (get_language() or "").startswith("en") else self.label_nl

    def expected_by(self, start: date) -> date:
        """Return the last day of the term that starts on `start`, which itself is not counted."""
        if self.unit == TermUnit.WORKING_DAYS:
            return add_working_days(start, self.amount)
        return start + timedelta(weeks=self.amount)
