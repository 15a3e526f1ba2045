"""People who sign in, and what each may act as. A second factor is kept by allauth's own tables."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import MembershipQuerySet, UserQuerySet
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


class _Users(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
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
        for organisation_id, role in (
            Membership.objects.filter(user=self).live(timezone.localdate()).values_list("organisation_id", "role")
        ):
            held[organisation_id].add(role)
        return {organisation_id: frozenset(roles) for organisation_id, roles in held.items()}

    def forget_standing(self) -> None:
        """Make the next question about this user's roles go to the database."""
        self.__dict__.pop("standing", None)

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
