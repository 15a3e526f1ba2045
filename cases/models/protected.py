"""Protected places, class A: a street address, an escape route, a code word, a safe contact person.

Two tables. `ProtectedPlace` says that there is something, for whom and of what kind, and may be read by who works with
the family. `ProtectedValue` holds what it is, sealed, and the application's role cannot read it: only the role
`vinger_protected` can, and row-level security shows it only the value that the person who asks was granted.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import ProtectedGrantQuerySet, ProtectedPlaceQuerySet, ProtectedRevealQuerySet
from core.fields import EncryptedTextField

REVEAL = "reveal_protectedplace"


class ProtectedKind(models.TextChoices):
    ADDRESS = "address", _("Address")
    ESCAPE_ROUTE = "escape_route", _("Escape route")
    CODE_WORD = "code_word", _("Code word")
    SAFE_CONTACT = "safe_contact", _("Safe contact person")


class ProtectedPlace(FamilyRow):
    """That a value of class A is known, of whom and of what kind. A value is never changed: a new one replaces it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ProtectedKind)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    # Why the value before it did not hold any more; empty for the first one.
    changed_because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = ProtectedPlaceQuerySet.as_manager()

    class Meta:
        permissions = [(REVEAL, "May be shown this value")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(replaced_at=None), name="protectedplace_one_of_a_kind_per_person"
            ),
            models.CheckConstraint(condition=Q(kind__in=ProtectedKind.values), name="protectedplace_kind_known"),
        ]

    def __str__(self) -> str:
        return f"protected place {self.pk}"

    def get_absolute_url(self) -> str:
        return self.family.get_absolute_url()


class ProtectedValue(FamilyRow):
    """The value itself, sealed twice: with the key of this value, outside the database, and with FIELD_KEYS.

    Reached through `core.database.as_protected` only; elsewhere the database refuses. `core.keys` opens what it holds.
    """

    place = models.OneToOneField(ProtectedPlace, on_delete=models.PROTECT, related_name="+")
    sealed = EncryptedTextField()

    def __str__(self) -> str:
        return f"protected value {self.pk}"


class ProtectedGrant(FamilyRow):
    """Why one person may be shown one value, and until when (exclusive). Counts together with guardian's own row."""

    place = models.ForeignKey(ProtectedPlace, on_delete=models.PROTECT, related_name="grants")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    granted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ProtectedGrantQuerySet.as_manager()  # type: ignore[assignment]  # two parents, one row

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "user"], condition=Q(closed_at=None), name="protectedgrant_one_open_per_person"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="protectedgrant_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="protectedgrant_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"protected grant {self.pk}"


class ProtectedPlacePermission(UserObjectPermissionBase):
    """Where django-guardian keeps the grant. Written and removed only by the operations, beside a ProtectedGrant."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="+")
    content_object = models.ForeignKey(ProtectedPlace, on_delete=models.PROTECT, related_name="permissions")

    class Meta(UserObjectPermissionBase.Meta):
        pass

    def __str__(self) -> str:
        return f"protected place permission {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.family_id = self.content_object.family_id
        super().save(*args, **kwargs)


class ProtectedReveal(FamilyRow):
    """That somebody was shown a value, when and why. What it was is not here. The regisseur is told of each."""

    place = models.ForeignKey(ProtectedPlace, on_delete=models.PROTECT, related_name="reveals")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    revealed_at = models.DateTimeField()

    objects: ClassVar[Any] = ProtectedRevealQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="protectedreveal_for_a_reason")]
        indexes = [models.Index(fields=["family", "-revealed_at"], name="protectedreveal_latest")]

    def __str__(self) -> str:
        return f"protected reveal {self.pk}"
