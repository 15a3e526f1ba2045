"""The meldcode at a signal: the five steps, the five weighing questions, and what was decided and by whom."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from signals.models.signal import Signal


class Step(models.IntegerChoices):
    """The five steps of the meldcode, by their names in the law (C13)."""

    SIGNS = 1, _("Write down the signs")
    CONSULT = 2, _("Consult a colleague, and Veilig Thuis if needed")
    TALK = 3, _("Talk with those it is about")
    WEIGH = 4, _("Weigh the violence")
    DECIDE = 5, _("Decide: report, and help")


class ChildCheck(models.TextChoices):
    """Are there children who depend on this adult, and are they safe? (kindcheck)"""

    CHILDREN_SEEN = "children_seen", _("Yes, and the children were asked or seen")
    CHILDREN_NOT_SEEN = "children_not_seen", _("Yes, but the children were not seen yet")
    NO_CHILDREN = "no_children", _("No children depend on this adult")


class MeldcodeStep(FamilyRow):
    """One step of the meldcode for one signal: taken on a day, or left out for a reason."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="meldcode_steps")
    step = models.PositiveSmallIntegerField(choices=Step)
    taken_on = models.DateField(null=True, blank=True)
    skipped_because = models.CharField(max_length=200, blank=True, default="")
    # With whom it was talked over, or with whom it was talked about (steps 2 and 3).
    with_whom = models.CharField(max_length=200, blank=True, default="")
    child_check = models.CharField(max_length=20, choices=ChildCheck, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signal", "step"], name="meldcodestep_once_per_signal"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="meldcodestep_known"),
            models.CheckConstraint(
                condition=Q(child_check__in=["", *ChildCheck.values]), name="meldcodestep_child_check_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_on__isnull=False, skipped_because="") | (Q(taken_on=None) & ~Q(skipped_because="")),
                name="meldcodestep_taken_or_left_out_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"meldcode step {self.pk}"


class Question(models.IntegerChoices):
    """The five weighing questions of steps 4 and 5, in our own words (afwegingskader, field.md 1)."""

    SUSPECTED = 1, _("After steps 1 to 3: do you suspect violence at home or child abuse, or a threat of it?")
    UNSAFE = 2, _("Is there acute or structural unsafety?")
    CAN_HELP = 3, _("Can you give or organise help that takes the danger away?")
    ACCEPTED = 4, _("Do all involved accept this help, and do they work along?")
    WORKS = 5, _("Does the help lead in time to safety and recovery of everybody?")


class Advice(models.TextChoices):
    """What the questions lead to. It is advice: a person decides, and nothing is sent or closed by itself."""

    CLOSE = "close", _("No suspicion: close it, and keep what was written down")
    REPORT = "report", _("Report to Veilig Thuis, and discuss the other questions with them")
    HELP = "help", _("Give or organise help, and look on a day whether it works")
    CLOSE_HELP = "close_help", _("Round off the help, with agreements about who keeps watch")


class WeighingAnswer(FamilyRow):
    """The answer to one weighing question, with its reason, by whom and when. Never changed."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="weighing_answers")
    round = models.PositiveSmallIntegerField(default=1)
    question = models.PositiveSmallIntegerField(choices=Question)
    answer = models.BooleanField()
    reason = models.TextField()
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signal", "round", "question"], name="weighinganswer_once_per_round"),
            models.CheckConstraint(condition=Q(question__in=Question.values), name="weighinganswer_question_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="weighinganswer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"weighing answer {self.pk}"


class MeldcodeDecision(FamilyRow):
    """What was decided in step 5: whether it is reported, whether help is given, and who took the final decision.

    `advice` is what the questions led to at that moment. With help comes the day on which question 5 is asked.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="meldcode_decisions")
    round = models.PositiveSmallIntegerField(default=1)
    advice = models.CharField(max_length=20, choices=Advice)
    reports = models.BooleanField()
    helps = models.BooleanField()
    reason = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signal", "round"], name="meldcodedecision_once_per_round"),
            models.CheckConstraint(condition=Q(advice__in=Advice.values), name="meldcodedecision_advice_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="meldcodedecision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(helps=False, review_on=None) | Q(helps=True, review_on__isnull=False),
                name="meldcodedecision_help_is_looked_at_again",
            ),
        ]

    def __str__(self) -> str:
        return f"meldcode decision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.signal_id])
