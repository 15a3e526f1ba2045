"""How somebody wants to hear of work, when she is not there, and that today's message went out."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from reminders.querysets import AbsenceQuerySet

EARLIEST_HOUR, LATEST_HOUR = 6, 18
DEFAULT_HOUR = 7


class MailPreference(Row):
    """The hour, in the Netherlands, after which the one message of a working day goes out. Urgent work never waits."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="mail_preference")
    digest_hour = models.PositiveSmallIntegerField(default=DEFAULT_HOUR)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_hour__gte=EARLIEST_HOUR, digest_hour__lte=LATEST_HOUR),
                name="mailpreference_hour_of_a_working_day",
            ),
        ]

    def __str__(self) -> str:
        return f"mail preference {self.pk}"


class Absence(Row):
    """Days on which somebody is not there: what would reach her reaches her stand-in or her team lead.

    Half-open: `ends_on` is her first day back. Without it she is away until somebody says otherwise.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("first day back"), null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # Ended before it began: she was there all the time.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="absence_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="absence_of_user")]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class Digest(Row):
    """That somebody got the one message of a day."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_one_per_user_and_day")]

    def __str__(self) -> str:
        return f"digest {self.pk}"
