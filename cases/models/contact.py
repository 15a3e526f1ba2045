"""How somebody can be reached without putting her in danger. Code words are class A and do not stand here."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import SafeContactQuerySet

# What was safe a month ago may not be now: a telephone changes hands, an ex-partner is back.
CONFIRMED_FOR = timedelta(days=30)


class Permission(models.TextChoices):
    """Not asked is not allowed."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")


class Way(models.TextChoices):
    """A way to reach somebody, as the safe contact allows or forbids it."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message or app")
    MAIL = "mail", _("E-mail or letter")


class SafeContact(FamilyRow):
    """How one person may be reached, as she said it on a day. A new answer replaces the row; the old one stays."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    phone = models.CharField(max_length=20, blank=True, default="")
    # The same number however it was typed.
    phone_digits = models.GeneratedField(
        expression=Func(F("phone"), function="phone_digits"), output_field=models.TextField(), db_persist=True
    )
    may_call = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    may_text = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    may_mail = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    # Whether one may say who is calling, when somebody else picks up.
    may_announce = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    hours = models.CharField(max_length=200, blank=True, default="")
    confirmed_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SafeContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(replaced_at=None), name="safecontact_one_open_per_person"
            ),
            *[
                models.CheckConstraint(condition=Q(**{f"{field}__in": Permission.values}), name=f"safecontact_{field}")
                for field in ("may_call", "may_text", "may_mail", "may_announce")
            ],
        ]
        indexes = [models.Index(fields=["phone_digits"], name="safecontact_by_phone")]

    def __str__(self) -> str:
        return f"safe contact {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cases:persons", args=[self.family_id])

    @property
    def expires_on(self) -> date:
        """The last day on which it still counts as confirmed."""
        return self.confirmed_on + CONFIRMED_FOR

    def is_confirmed(self, today: date) -> bool:
        return today <= self.expires_on

    def allows(self, way: Way) -> bool:
        """Say whether she said yes to this way. Anything but a yes is a no."""
        return bool(getattr(self, f"may_{way.value}") == Permission.YES)
