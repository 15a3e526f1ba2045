"""People who sign in, and what each may act as. A second factor is kept by allauth's own tables."""

from collections import defaultdict
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import LinkQuerySet, MembershipQuerySet, UserQuerySet
from core.fields import EncryptedTextField
from core.models import Row


class Role(models.TextChoices):
    """What somebody is at an organisation. Policy says what that allows, together with a relation to a family."""

    WORKER = "worker", _("Worker")
    TEAM_LEAD = "team_lead", _("Team lead")
    SIGNALLER = "signaller", _("Signaller")
    COORDINATOR = "coordinator", _("Municipal coordinator")
    DUTY_DESK = "duty_desk", _("Duty desk")
    ORGANISATION_ADMINISTRATOR = "organisation_administrator", _("Organisation administrator")
    FUNCTIONAL_ADMINISTRATOR = "functional_administrator", _("Functional administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    PROJECT_LEADER = "project_leader", _("Project leader of a region")
    EXPERIENCE_EXPERT = "experience_expert", _("Expert by experience")


class _Users(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a base made while running
    """Django asks for a manager here; making a user is all it adds."""

    def create_user(self, email: str, *, name: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user. Without a password nobody can sign in as this user until one is chosen."""
        user: User = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Row, AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Rights come from memberships, never from this row."""

    email = models.EmailField(_("work e-mail"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Closed because nobody signed in with it for too long; the memberships stay as they were.
    suspended_at = models.DateTimeField(null=True, blank=True)
    # From when on days without a sign-in count again, after somebody opened a suspended account.
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = _Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    is_staff = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_one_per_email"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_small_letters"),
            # Nobody is omnipotent: there is no such thing as a superuser here, whatever a library may offer.
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_nobody_is_superuser"),
            models.CheckConstraint(
                condition=Q(suspended_at=None) | Q(is_active=False), name="user_suspended_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_full_name(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Return one or two letters for the mark beside a name."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"

    @cached_property
    def standing(self) -> dict[UUID, frozenset[str]]:
        """Return the roles this user holds today, per organisation. One query, kept for the life of this instance.

        A request loads its user afresh; an operation forgets this first. So no answer outlives one request.
        """
        if not self.is_active:
            return {}
        held: dict[UUID, set[str]] = defaultdict(set)
        for organisation_id, role in self._held():
            held[organisation_id].add(role)
        return {organisation_id: frozenset(roles) for organisation_id, roles in held.items()}

    def _held(self) -> list[tuple[UUID, str]]:
        came_along: list[str] | None = self.__dict__.get("held")
        if came_along is not None:
            return [(UUID(at), role) for at, role in map(str.split, came_along)]
        live = Membership.objects.filter(user=self).live(timezone.localdate())
        return list(live.values_list("organisation_id", "role"))

    def forget_standing(self) -> None:
        """Make the next question about this user's roles go to the database."""
        self.__dict__.pop("standing", None)
        self.__dict__.pop("held", None)

    def organisations_as(self, roles: frozenset[str] | set[str]) -> list[UUID]:
        """Return the organisations at which this user holds one of `roles` today."""
        return sorted(pk for pk, held in self.standing.items() if held & roles)


class Membership(Row):
    """What one user may act as, on behalf of one organisation, from a day until a day (exclusive)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(
        "organisations.Team", on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    role = models.CharField(max_length=30, choices=Role)

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on=None),
                name="membership_one_open_per_role_and_organisation",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    def is_live(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today < self.ends_on)


class Draft(Row):
    """What somebody was typing in a long form, sealed, for seven days after the last save (product decision 3)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    # The row the form is about; the nil key when it is about something that does not exist yet.
    about_id = models.UUIDField(default=UUID(int=0))
    sealed = EncryptedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "about_id"], name="draft_one_per_form_and_subject"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Link(Row):
    """A link that was, or will be, sent to one address: open until it is used, withdrawn or over. Half-open."""

    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Of the last mail. Empty: none went out yet, so there is no link that works.
    token_hash = models.CharField(max_length=64, blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)

    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="%(class)s_ends_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="%(class)s_not_both_used_and_withdrawn"
            ),
        ]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


class Invitation(Link):
    """A person who was asked to come and work here, in these roles. She chooses her own password and second factor."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="invitations")
    team = models.ForeignKey("organisations.Team", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=30))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        constraints = [
            *Link.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="invitation_one_open_per_organisation_and_email",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_in_small_letters"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=Role.values) & ~Q(roles=[]), name="invitation_roles_known"
            ),
        ]
        indexes = [models.Index(fields=["token_hash"], name="invitation_by_token")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Lost(models.TextChoices):
    """What somebody can no longer sign in with. Who lost both is helped twice."""

    SECOND_FACTOR = "second_factor", _("The phone or the key")
    PASSWORD = "password", _("The password")


class Readmission(Link):
    """A way in again, that a second person opened after calling back: she gets the link, and never the way in itself.

    For a lost second factor the link asks for the password, for a lost password it leaves the second factor as it is.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readmissions")
    lost = models.CharField(max_length=20, choices=Lost)

    helped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Of the person who helped: her own, or the municipality whose desk it was.
    helped_for = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    called_number = models.CharField(max_length=20)
    called_at = models.DateTimeField()
    recognised_by = models.CharField(max_length=200)
    # She was told afterwards that her way of signing in was changed.
    changed_told_at = models.DateTimeField(null=True, blank=True)

    class Meta(Link.Meta):
        verbose_name_plural = "readmissions"
        constraints = [
            *Link.Meta.constraints,
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None, withdrawn_at=None), name="readmission_one_open_per_user"
            ),
            models.CheckConstraint(condition=~Q(helped_by=F("user")), name="readmission_takes_a_second_person"),
            models.CheckConstraint(
                condition=~Q(called_number="") & ~Q(recognised_by=""), name="readmission_after_a_call_back"
            ),
            models.CheckConstraint(condition=Q(lost__in=Lost.values), name="readmission_lost_known"),
        ]
        indexes = [models.Index(fields=["token_hash"], name="readmission_by_token")]

    def __str__(self) -> str:
        return f"readmission {self.pk}"


class AccessReview(Row):
    """Every half year somebody looks at who may act as what, at one organisation. A finished one is the evidence."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="reviews")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(finished_at=None), name="accessreview_one_open_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_at__gte=F("started_at"), finished_by__isnull=False),
                name="accessreview_finished_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"access review {self.pk}"


class ReviewedMembership(Row):
    """One membership in a review. It is settled when somebody kept it, or when it has ended since."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="lines")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "membership"], name="reviewedmembership_once_per_review"),
            models.CheckConstraint(
                condition=Q(kept_at=None, kept_by=None) | Q(kept_at__isnull=False, kept_by__isnull=False),
                name="reviewedmembership_kept_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"reviewed membership {self.pk}"
