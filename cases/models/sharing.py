"""Grounds and shares: why another organisation may know something, what, and until when."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import ShareQuerySet
from core.fields import WordField, is_a_word


class GroundKind(models.TextChoices):
    """The four grounds there are (I6). Consent is one of them, not a cure for all."""

    CONSENT = "consent", _("Consent")
    STATUTORY_TASK = "statutory_task", _("Statutory task")
    RIGHT_TO_REPORT = "right_to_report", _("Right to report to Veilig Thuis")
    CONFLICT_OF_DUTIES = "conflict_of_duties", _("Conflict of duties")


class Level(models.IntegerChoices):
    """How much a share shows."""

    ALERT = 1, _("Be alert")
    SAFETY_PLAN = 2, _("Safety plan")
    DOMAINS = 3, _("Parts of the plan")
    FILE = 4, _("Working file")


class Law(models.TextChoices):
    """The task that a share serves, by its law (I17). It decides who must consent, and which articles are a ground."""

    WMO = "wmo", _("Social support (Wmo 2015)")
    JEUGDWET = "jeugdwet", _("Youth help (Jeugdwet)")
    PARTICIPATIEWET = "participatiewet", _("Income (Participatiewet)")
    DEBT_HELP = "debt_help", _("Debt help (Wgs)")
    EDUCATION = "education", _("Education")
    CARE = "care", _("Health care")


class NotDiscussed(models.TextChoices):
    """Why something is shared that was not discussed with the client first (I2). Always with a second person."""

    UNSAFE = "unsafe", _("Talking about it now would put somebody in danger")
    OVERHEARD = "overheard", _("The ex-partner reads or listens along")
    UNREACHABLE = "unreachable", _("She or he cannot be reached, and it cannot wait")


class ConsentGap(models.TextChoices):
    """Why consent holds although somebody who must give it did not (Jeugdwet 7.3.4, 7.3.15). With a second person."""

    UNSAFE_TO_ASK = "unsafe_to_ask", _("Asking this parent would put somebody in danger")
    CHILD_WANTS_IT = "child_wants_it", _("A parent refuses; the child, 12 or older, keeps wanting it")
    PREVENTS_HARM = "prevents_harm", _("It clearly prevents serious harm to the child")


class ConsentHow(models.TextChoices):
    """In which way somebody consented."""

    SPOKEN = "spoken", _("In a talk")
    WRITTEN = "written", _("On paper, signed")
    PHONE = "phone", _("By phone, on a safe number")
    INTERPRETER = "interpreter", _("With an interpreter")


class Ground(FamilyRow):
    """Why something may be shared, as recorded on a day: exactly one of the four grounds."""

    kind = models.CharField(max_length=20, choices=GroundKind)
    # Consent: see Consent, and why a missing one does not stand in the way. Statutory task: which article of which law.
    consent_gap = models.CharField(max_length=20, choices=ConsentGap, blank=True, default="")
    law = models.CharField(max_length=20, choices=Law, blank=True, default="")
    article = models.CharField(max_length=120, blank=True, default="")
    # Conflict of duties: the weighing. A second professional confirms that, and whatever was not discussed.
    weighing = models.TextField(blank=True, default="")
    second_professional = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Discussed with the client; empty only with a code that says why that was not safe.
    discussed_on = models.DateField(null=True, blank=True)
    not_discussed_because = models.CharField(max_length=200, choices=NotDiscussed, blank=True, default="")

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroundKind.values), name="ground_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=GroundKind.STATUTORY_TASK) | (~Q(article="") & ~Q(law="")),
                name="ground_task_names_its_law_and_article",
            ),
            models.CheckConstraint(
                condition=~Q(kind=GroundKind.CONFLICT_OF_DUTIES)
                | (~Q(weighing="") & Q(second_professional__isnull=False)),
                name="ground_conflict_is_weighed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(discussed_on__isnull=False) | ~Q(not_discussed_because=""),
                name="ground_discussed_or_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(not_discussed_because="", consent_gap="") | Q(second_professional__isnull=False),
                name="ground_exception_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(not_discussed_because__in=["", *NotDiscussed.values]), name="ground_exception_known"
            ),
            models.CheckConstraint(
                condition=Q(consent_gap="") | Q(kind=GroundKind.CONSENT, consent_gap__in=ConsentGap.values),
                name="ground_gap_only_in_consent",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(second_professional__isnull=False),
                name="ground_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"ground {self.pk}"

    @property
    def waits_for_second(self) -> bool:
        """Say whether nothing opens yet because a second professional has not confirmed."""
        return self.second_professional_id is not None and self.confirmed_at is None


class Consent(FamilyRow):
    """That somebody consented to a share: for which person, how, and until which day (exclusive)."""

    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=ConsentHow)
    given_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ground", "given_by", "about"], name="consent_once_per_giver_and_person"),
            models.CheckConstraint(condition=Q(how__in=ConsentHow.values), name="consent_how_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("given_on")), name="consent_ends_after_it_is_given"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="consent_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Share(FamilyRow):
    """What one organisation may see of a family, on one ground, until a moment (exclusive) or a withdrawal.

    It shows nothing before `opened_at`: a share that takes two waits for the second.
    """

    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    # Who reads it there, told to the client by name; nobody in particular at the lowest level.
    reader = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # About which persons; empty means all.
    persons = ArrayField(models.UUIDField(), default=list, blank=True)
    task = models.CharField(max_length=20, choices=Law)
    purpose = models.CharField(max_length=200)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "organisation"],
                condition=Q(withdrawn_at=None) & Q(opened_at__isnull=False),
                name="share_one_open_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["family", "organisation"],
                condition=Q(withdrawn_at=None, opened_at=None),
                name="share_one_waiting_per_organisation",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="share_level_known"),
            models.CheckConstraint(condition=Q(task__in=Law.values), name="share_task_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="share_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="share_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"

    def get_absolute_url(self) -> str:
        """Return where the second professional weighs it; what it shows has pages of its own."""
        return reverse("cases:weigh", args=[self.pk])

    def is_live(self, now: datetime) -> bool:
        """Say whether it shows something at this moment."""
        return self.opened_at is not None and self.withdrawn_at is None and self.starts_at <= now < self.ends_at

    def is_waiting(self, now: datetime) -> bool:
        """Say whether it waits for the second professional."""
        return self.opened_at is None and self.withdrawn_at is None and now < self.ends_at


class WhyNot(models.TextChoices):
    """Why something was not shared (I3), by us or by a partner (C39)."""

    NO_CONSENT = "no_consent", _("No consent")
    SECRECY = "secrecy", _("Professional secrecy")
    PRIVACY = "privacy", _("Privacy")
    UNKNOWN_DESTINATION = "unknown_destination", _("Not known where the family goes")
    UNSAFE = "unsafe", _("Sharing would put somebody in danger")
    NOT_NEEDED = "not_needed", _("Not needed for the task")


class NotShared(FamilyRow):
    """That something was not shared on a day, by whom, and why: a code, so that it can be counted."""

    # The partner that did not share, or with which was not shared.
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    by_partner = models.BooleanField()
    because = WordField(max_length=40, choices=WhyNot)
    on_day = models.DateField()

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "not shared"
        constraints = [models.CheckConstraint(condition=is_a_word("because"), name="notshared_because_is_a_word")]

    def __str__(self) -> str:
        return f"not shared {self.pk}"


class IssuedPaper(FamilyRow):
    """A paper that went out: for whom, under which number, in which version. The paper itself is not kept.

    What was printed by an organisation that only saw a share is marked as withdrawn when that share ends (I7).
    """

    paper = WordField(max_length=40)
    number = models.CharField(max_length=20, unique=True)
    version = models.PositiveIntegerField(default=1)
    # For a partner; without one it was made for the client, by who works with the family.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=is_a_word("paper"), name="issuedpaper_paper_is_a_word")]

    def __str__(self) -> str:
        return f"issued paper {self.pk}"
