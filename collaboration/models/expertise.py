"""What people and organisations know: training, network meetings, protocols (A12, B11, C27, J9-J11)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration.querysets import KeptQuerySet, TrainingQuerySet
from core.fields import WordField, is_a_word
from core.models import Row

# In a year and a region (A12).
MEETINGS_A_YEAR = 4


class TrainingSubject(models.TextChoices):
    MELDCODE = "meldcode", _("Meldcode")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Domestic violence and child abuse")
    # The four of a supporter (J11).
    FAMILIES_IN_SHELTER = "families_in_shelter", _("What families in a shelter live through")
    WORK_OF_SHELTERS = "work_of_shelters", _("What shelters do, and how")
    SAFETY_SIGNS = "safety_signs", _("Signs of danger to look for")
    FROM_SHELTER_TO_HOME = "from_shelter_to_home", _("What gets stuck between the shelter and home")


SUPPORTER_NEEDS = frozenset(
    {
        TrainingSubject.FAMILIES_IN_SHELTER,
        TrainingSubject.WORK_OF_SHELTERS,
        TrainingSubject.SAFETY_SIGNS,
        TrainingSubject.FROM_SHELTER_TO_HOME,
    }
)


class Training(Row):
    """That somebody followed a training, on a day, and until when it counts (the last day counts; empty: always)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    subject = WordField(max_length=40, choices=TrainingSubject)
    followed_on = models.DateField(_("followed on"))
    valid_until = models.DateField(_("counts until"), null=True, blank=True)

    objects: ClassVar[Any] = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=is_a_word("subject"), name="training_subject_is_a_word"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("followed_on")),
                name="training_counts_after_it_was_followed",
            ),
            models.UniqueConstraint(fields=["user", "subject", "followed_on"], name="training_followed_once_a_day"),
        ]
        indexes = [models.Index(fields=["organisation", "subject"], name="training_of_organisation")]

    def __str__(self) -> str:
        return f"training {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:expertise")


class NetworkMeeting(Row):
    """A meeting of the people of a region about one theme; four a year are agreed (A12)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(_("theme"), max_length=200)
    meets_on = models.DateField(_("day"))
    cancelled_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(theme=""), name="networkmeeting_has_a_theme"),
            models.UniqueConstraint(
                fields=["region", "meets_on"],
                condition=Q(cancelled_on=None),
                name="networkmeeting_one_a_day_in_a_region",
            ),
        ]

    def __str__(self) -> str:
        return f"network meeting {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:meeting", args=[self.pk])


class MeetingGuest(Row):
    """An organisation that is invited to a network meeting, and how many of its people came."""

    meeting = models.ForeignKey(NetworkMeeting, on_delete=models.PROTECT, related_name="guests")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    came = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)

    objects: ClassVar[Any] = KeptQuerySet.through("meeting__owner_id").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="meetingguest_invited_once"),
        ]

    def __str__(self) -> str:
        return f"meeting guest {self.pk}"

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()


class Protocol(Row):
    """Whether an organisation has a protocol for domestic violence and child abuse, as seen on a day (C27)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="protocols")
    has_one = models.BooleanField(_("there is a protocol"))
    dated_on = models.DateField(_("date of the protocol"), null=True, blank=True)
    seen_on = models.DateField(_("seen on"))

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_one=False, dated_on=None) | Q(has_one=True, dated_on__isnull=False),
                name="protocol_dated_exactly_when_there_is_one",
            ),
            models.UniqueConstraint(fields=["organisation", "seen_on"], name="protocol_seen_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"protocol {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:directory")
