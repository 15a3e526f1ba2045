"""Why an organisation, and a person in it, has to do with a family. Policy reads these two tables and nothing else."""

from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from access.policy import BREAK_GLASS_HOURS
from access.querysets import (
    AssignmentQuerySet,
    BreakGlassQuerySet,
    DecoyQuerySet,
    HoldQuerySet,
    InvolvementQuerySet,
    ScopedQuerySet,
)
from core.models import Row

# For a family that nothing is owed to. A date rather than null, so that lists can page on it.
NEVER = date.max


class FamilyRow(Row):
    """A row about one family, only ever fetched through `visible_to`. Its table is guarded by row-level security."""

    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Relation(models.TextChoices):
    """What an organisation is to a family."""

    WORKING = "working", _("Works with the family")
    REGISSEUR = "regisseur", _("Holds the regie")
    PARTNER = "partner", _("Shared with")
    SENDING = "sending", _("Handing over")
    RECEIVING = "receiving", _("Offered a handover")
    AFTERCARE = "aftercare", _("Gives aftercare")
    FORMER = "former", _("Worked with the family")
    SIGNALLING = "signalling", _("Reported a signal")
    RESPONSIBLE = "responsible", _("Responsible municipality")
    REPORTED_TO = "reported_to", _("Veilig Thuis, may read one address")


class AssignmentKind(models.TextChoices):
    """What a person is to a family. `BARRED` outranks everything else."""

    WORKER = "worker", _("Worker")
    REGISSEUR = "regisseur", _("Regisseur")
    SUPPORTER = "supporter", _("Supporter")
    STAND_IN = "stand_in", _("Stand-in")
    READER = "reader", _("Reader of what was shared")
    BARRED = "barred", _("May not see this family")
    # By her role at an organisation of the family, never by a row of her own: she reads the log, not the file.
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")


class Involvement(Row):
    """An organisation that has to do with a family, because of one fact, from a moment until a moment (exclusive).

    One row per fact (`source_id`: the share, the handover, the regisseur period). Windows are never merged, and an
    ended one is closed, not changed: a gap between two windows is a time in which nobody may look.
    """

    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="involvements")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=Relation)
    source_id = models.UUIDField()
    # How much of the family it shows: 1 be alert, 2 safety plan, 3 parts of the plan, 4 working file.
    level = models.PositiveSmallIntegerField(default=4)
    # Which parts and which persons it covers; empty means all that the relation allows.
    parts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    persons = ArrayField(models.UUIDField(), default=list, blank=True)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    # A copy of the family's earliest open follow-up, kept by a trigger: it lets one index carry permission and order.
    next_due_on = models.DateField(default=NEVER)

    objects: ClassVar[Any] = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "organisation", "relation", "source_id"],
                condition=Q(closed_at=None),
                name="involvement_one_live_row_per_fact",
            ),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="involvement_relation_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="involvement_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "next_due_on", "family"],
                condition=Q(closed_at=None),
                name="involvement_worklist",
            ),
            models.Index(fields=["family", "organisation"], condition=Q(closed_at=None), name="involvement_of_family"),
        ]

    def __str__(self) -> str:
        return f"involvement {self.pk}"


class Assignment(FamilyRow):
    """A person who works for a family on behalf of an organisation, from a moment until a moment (exclusive)."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AssignmentKind)
    reason = models.CharField(max_length=200, blank=True, default="")

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    next_due_on = models.DateField(default=NEVER)

    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]  # narrower than the row's own

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "user", "organisation", "kind"],
                condition=Q(closed_at=None),
                name="assignment_one_live_row_per_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=AssignmentKind.values), name="assignment_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="assignment_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "next_due_on", "family"], condition=Q(closed_at=None), name="assignment_worklist"
            ),
            models.Index(fields=["family", "user"], condition=Q(closed_at=None), name="assignment_of_family"),
            models.Index(fields=["user", "kind", "family"], condition=Q(closed_at=None), name="assignment_by_kind"),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as it was chosen: `ends_at` is the first minute after it."""
        return timezone.localdate(self.ends_at - timedelta(seconds=1)) if self.ends_at else None

    def is_live(self) -> bool:
        now = timezone.now()
        return self.closed_at is None and self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


class BreakGlass(FamilyRow):
    """A colleague without the family who opened its file because it could not wait: who, why, until when (R16).

    It counts only together with the personal grant that django-guardian holds (`FamilyGrant`), and ends by itself:
    no window is longer than four hours, and the database holds that.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = BreakGlassQuerySet.as_manager()  # type: ignore[assignment]  # narrower than the row's own

    class Meta:
        verbose_name_plural = "broken glass"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(hours=BREAK_GLASS_HOURS)),
                name="breakglass_four_hours_at_most",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="breakglass_for_a_reason"),
        ]
        indexes = [models.Index(fields=["user", "family"], condition=Q(closed_at=None), name="breakglass_of_user")]

    def __str__(self) -> str:
        return f"broken glass {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:queue")


class HoldKind(models.TextChoices):
    LEGAL = "legal", _("A court or an inspectorate asks for the file")
    CALAMITY = "calamity", _("A calamity is being investigated")


class Hold(FamilyRow):
    """A file that is not destroyed, whatever its term. After a calamity what was written down is not changed (B27).

    What happens from now on is still recorded: a contact, a signal, a handover, a safety plan. A freeze that stopped
    those would be a danger of its own.
    """

    kind = models.CharField(max_length=20, choices=HoldKind)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "kind"], condition=Q(ended_at=None), name="hold_one_of_a_kind_per_family"
            ),
            models.CheckConstraint(condition=Q(kind__in=HoldKind.values), name="hold_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_for_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="hold_ended_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:retention")


class Decoy(FamilyRow):
    """A file that exists for nobody. Whoever opens it, or tries to, had no reason to.

    It is no family: nothing counts it, and nobody is alarmed about it. What notices who opens it stands in oversight.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DecoyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family"], condition=Q(ended_at=None), name="decoy_once_per_family"),
        ]

    def __str__(self) -> str:
        return f"decoy {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:decoys")


class FamilyGrant(UserObjectPermissionBase):
    """Where django-guardian keeps a personal grant on a family. Read by policy, together with the row that says why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    content_object = models.ForeignKey(
        "cases.Family", on_delete=models.PROTECT, related_name="personal_grants", db_column="family_id"
    )

    class Meta(UserObjectPermissionBase.Meta):
        pass

    def __str__(self) -> str:
        return f"family grant {self.pk}"

    @property
    def family_id(self) -> object:
        return self.content_object_id
