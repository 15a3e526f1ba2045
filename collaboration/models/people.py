"""Who can be called at an organisation, and who has been introduced where (B10, B31, J8)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration.querysets import ContactPersonQuerySet, KeptQuerySet
from core.models import Row


class ContactPerson(Row):
    """Somebody at an organisation whom a colleague elsewhere may call, with a back-up for when there is no answer.

    A professional's own work number. `ends_on` is her last day; a name is never changed into another.
    """

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="contact_persons"
    )
    name = models.CharField(_("name"), max_length=120)
    function_name = models.CharField(_("function"), max_length=100)
    direct_phone = models.CharField(_("direct number"), max_length=20)
    backup = models.ForeignKey(
        "self", on_delete=models.PROTECT, verbose_name=_("back-up"), related_name="+", null=True, blank=True
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = ContactPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(function_name="") & ~Q(direct_phone=""),
                name="contactperson_can_be_called",
            ),
            models.CheckConstraint(
                condition=Q(backup=None) | ~Q(backup=F("id")), name="contactperson_is_not_her_own_backup"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="contactperson_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(ends_on=None), name="contactperson_once_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"contact person {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:directory")


class Introduction(Row):
    """A supporter was in a shelter to get to know the people there, on a day (B31)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    shelter = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    visited_on = models.DateField(_("visited on"))

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "shelter", "visited_on"], name="introduction_once_a_day")
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:directory")
