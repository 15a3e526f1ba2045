"""What was heard when somebody tried to reach a family, and who was really seen."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from aftercare.querysets import CheckInQuerySet, SeenPersonQuerySet


class Channel(models.TextChoices):
    PHONE = "phone", _("By phone")
    VISIT = "visit", _("Visit")
    VIDEO = "video", _("Video call")
    MESSAGE = "message", _("By message")
    OUTREACH = "outreach", _("Went by without an appointment")


class Initiative(models.TextChoices):
    OURS = "ours", _("We did")
    FAMILY = "family", _("The family did")
    SOMEBODY_ELSE = "somebody_else", _("Somebody else did")


class Outcome(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    REFUSED = "refused", _("Reached, but does not want to talk")


class Refusal(models.TextChoices):
    """Why a family does not want contact now. Each keeps the watch running."""

    NO_HELP_WANTED = "no_help_wanted", _("Does not want help any more")
    NO_QUESTION_NOW = "no_question_now", _("Has no question now")
    CANNOT_SAY = "cannot_say", _("Cannot say what is needed")


class HelpRunning(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No, some of it stopped")
    UNSURE = "unsure", _("Not sure")
    NONE = "none", _("There is no help")


class FeelsSafe(models.TextChoices):
    YES = "yes", _("Yes")
    DOUBT = "doubt", _("Not sure")
    NO = "no", _("No")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class WishLeadsTo(models.TextChoices):
    """What happens with a problem or a wish that nobody picks up. There is no "nothing"."""

    GOAL = "goal", _("A goal in the plan")
    STAGNATION = "stagnation", _("A stagnation")


class Mood(models.TextChoices):
    GOOD = "good", _("Good")
    MIXED = "mixed", _("Good and bad")
    BAD = "bad", _("Bad")


_ANSWERED = ~Q(help_running="") & ~Q(feels_safe="") & ~Q(plan_up_to_date="") & ~Q(needs_support="")
_UNANSWERED = Q(help_running="", feels_safe="", plan_up_to_date="", needs_support="", wish="")


class CheckIn(FamilyRow):
    """One attempt to have contact, as it went. Never changed: a mistake is put right by the next one.

    The four questions are answered exactly when somebody was reached.
    """

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="check_ins")
    # The planned contact it answers; empty when nobody had planned it.
    follow_up = models.ForeignKey(
        "follow_ups.FollowUp", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    happened_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=Channel)
    initiative = models.CharField(max_length=20, choices=Initiative)
    outcome = models.CharField(max_length=20, choices=Outcome)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True, default="")

    mood = models.CharField(max_length=10, choices=Mood, blank=True, default="")
    own_words = models.TextField(blank=True, default="")
    help_running = models.CharField(max_length=10, choices=HelpRunning, blank=True, default="")
    feels_safe = models.CharField(max_length=10, choices=FeelsSafe, blank=True, default="")
    safety_score = models.PositiveSmallIntegerField(null=True, blank=True)
    plan_up_to_date = models.CharField(max_length=10, choices=YesNo, blank=True, default="")
    wish = models.CharField(max_length=300, blank=True, default="")
    wish_leads_to = models.CharField(max_length=20, choices=WishLeadsTo, blank=True, default="")
    needs_support = models.CharField(max_length=10, choices=YesNo, blank=True, default="")

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    # Filled in by who reads it for somebody: the words were said to another organisation, and not passed on.
    words_withheld: bool = False

    objects: ClassVar[Any] = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="checkin_channel_known"),
            models.CheckConstraint(condition=Q(initiative__in=Initiative.values), name="checkin_initiative_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="checkin_outcome_known"),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.REACHED) & _ANSWERED) | (~Q(outcome=Outcome.REACHED) & _UNANSWERED),
                name="checkin_answered_exactly_when_reached",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.REFUSED) & Q(refusal__in=Refusal.values))
                | (~Q(outcome=Outcome.REFUSED) & Q(refusal="")),
                name="checkin_refusal_exactly_when_refused",
            ),
            models.CheckConstraint(
                condition=Q(wish="", wish_leads_to="") | (~Q(wish="") & Q(wish_leads_to__in=WishLeadsTo.values)),
                name="checkin_wish_leads_to_something",
            ),
            models.CheckConstraint(
                condition=Q(safety_score=None) | Q(safety_score__lte=10), name="checkin_score_out_of_ten"
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=models.F("recorded_at")), name="checkin_happened_before_it_was_recorded"
            ),
        ]
        indexes = [models.Index(fields=["family", "-happened_at"], name="checkin_of_family")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class SeenPerson(FamilyRow):
    """Who was really seen or spoken to: a phone call with a mother says nothing about her children."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="seen")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="seen")
    # A copy of when the contact happened, so that "last seen" is one index and no join.
    seen_at = models.DateTimeField()

    objects: ClassVar[Any] = SeenPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "person"], name="seenperson_once_per_check_in"),
        ]
        indexes = [models.Index(fields=["family", "person", "-seen_at"], name="seenperson_latest")]

    def __str__(self) -> str:
        return f"seen person {self.pk}"
