"""Somebody asks what is kept about her, or to have it corrected or removed (R19, I16)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models import Person
from core.errors import WrongState
from oversight.querysets import RightsRequestQuerySet


class Asks(models.TextChoices):
    ACCESS = "access", _("To see what is kept")
    CORRECTION = "correction", _("To have something corrected")
    DESTRUCTION = "destruction", _("To have it destroyed")


class Step(models.TextChoices):
    RECEIVED = "received", _("received: identity not checked")
    CHECKED = "checked", _("identity and capacity checked")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")


class Nature(models.TextChoices):
    """What a passage is: a reader must be able to tell what was seen from what somebody made of it (R19)."""

    FACT = "fact", _("fact: it was seen or heard")
    VIEW = "view", _("view: what somebody makes of it")
    SAID = "said", _("own words")
    AGREED = "agreed", _("agreement")


TRANSITIONS: dict[Step, set[Step]] = {
    Step.RECEIVED: {Step.CHECKED, Step.REFUSED},
    Step.CHECKED: {Step.ANSWERED, Step.REFUSED},
    Step.ANSWERED: set(),
    Step.REFUSED: set(),
}


class RightsRequest(FamilyRow):
    """One question, by one person of the family, about one person's part of the file.

    Until identity and capacity were checked nothing is said, not even that there is a file. `answer_by` is the last
    day for an answer: one month after the day it came in (inclusive; AVG, article 12).
    """

    asks = models.CharField(max_length=20, choices=Asks)
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    answer_by = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    status = models.CharField(max_length=20, choices=Step, default=Step.RECEIVED)
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    # How identity was seen: a document, in person. Never its number.
    checked_how = models.CharField(max_length=200, blank=True, default="")
    # The passages that the second person let through, corrected or removed, by their key.
    released = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    # Of what goes along on paper: its Nature by that key.
    natures = models.JSONField(default=dict, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, default="")

    objects: ClassVar[Any] = RightsRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(asks__in=Asks.values), name="rightsrequest_asks_known"),
            models.CheckConstraint(condition=Q(status__in=Step.values), name="rightsrequest_status_known"),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(checked_by__isnull=False, answered_by__isnull=False),
                name="rightsrequest_answered_after_it_was_checked",
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("checked_by")), name="rightsrequest_by_two_persons"),
        ]

    def __str__(self) -> str:
        return f"rights request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:request", args=[self.pk])

    def move_to(self, status: Step) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Step(self.status)]:
            raise WrongState(str(_("This was decided already.")), about=self)
        self.status = status
