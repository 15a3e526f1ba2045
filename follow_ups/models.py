"""What is owed when, as rows. "Due today" is a question to these rows; nothing here depends on a scheduler."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import AssignmentKind, FamilyRow
from core.errors import WrongState
from core.fields import WordField, is_a_word
from follow_ups.querysets import FollowUpQuerySet, OutboxQuerySet


class Kind(models.TextChoices):
    """What is to be done. The label is the sentence on the list of work."""

    COMPLETE_FILE = "complete_file", _("Complete the file")
    ASSESS_RISK = "assess_risk", _("Make a new risk assessment")
    REVISE_SAFETY_PLAN = "revise_safety_plan", _("Revise the safety plan")
    REVISE_FAMILY_PLAN = "revise_family_plan", _("Revise the plan")
    AWAIT_SECOND = "await_second", _("Ask whether your colleague has weighed along")
    PREPARE_DEPARTURE = "prepare_departure", _("Prepare the departure")
    ASK_FOR_ANSWER = "ask_for_answer", _("Ask for an answer to the handover")
    CHOOSE_REGISSEUR = "choose_regisseur", _("Agree who becomes regisseur")
    NO_REGISSEUR = "no_regisseur", _("Nobody has the regie: see to it that somebody gets it")
    APPOINT_REGISSEUR = "appoint_regisseur", _("Nobody has the regie: choose a regisseur")
    CONFIRM_REGISSEUR = "confirm_regisseur", _("Make sure that the partners know the regisseur")
    CONTACT = "contact", _("Contact the family")
    ROUND_OFF = "round_off", _("Round off or hand over")
    RE_ESTABLISH_HELP = "re_establish_help", _("Get the help going again")
    PICK_UP_WISH = "pick_up_wish", _("Pick up a problem or a wish")
    GIVE_SUPPORT = "give_support", _("Help to get help")
    SOLVE_STAGNATION = "solve_stagnation", _("Solve what is stuck")
    TRIAGE_SIGNAL = "triage_signal", _("Judge a signal")
    CALL_BACK = "call_back", _("Call back")
    DECIDE_REOPENING = "decide_reopening", _("Decide whether the family is opened again")
    OUT_OF_SIGHT = "out_of_sight", _("Follow the steps for out of sight")
    READ_REVEAL = "read_reveal", _("Read who was shown a protected value")
    READ_BROKEN_GLASS = "read_broken_glass", _("Read who opened the file in an emergency")
    REVIEW_BROKEN_GLASS = "review_broken_glass", _("Review who opened a file in an emergency")


class State(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    LAPSED = "lapsed", _("no longer needed")


TRANSITIONS: dict[State, set[State]] = {
    State.OPEN: {State.DONE, State.LAPSED},
    State.DONE: set(),
    State.LAPSED: set(),
}


class FollowUp(FamilyRow):
    """Something that is owed to a family on a day, by whoever then is what `falls_to` says. Never deleted."""

    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="follow_ups")
    kind = WordField(max_length=40, choices=Kind)
    # The row it is about, so that two of a kind on one day stay two; the family itself when there is no other.
    about_id = models.UUIDField()
    due_on = models.DateField()
    falls_to = models.CharField(max_length=20, choices=AssignmentKind)
    # Of the schedule it came from: planning again under the same version plans nothing twice.
    version = models.PositiveIntegerField(default=1)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "kind", "about_id", "due_on", "version"], name="followup_planned_once"
            ),
            models.CheckConstraint(condition=is_a_word("kind"), name="followup_kind_is_a_word"),
            models.CheckConstraint(condition=Q(falls_to__in=AssignmentKind.values), name="followup_falls_to_known"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, closed_at=None)
                | Q(state__in=[State.DONE, State.LAPSED], closed_at__isnull=False),
                name="followup_closed_at_exactly_when_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["family", "due_on"], condition=Q(state="open"), name="followup_open_of_family"),
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="followup_open_by_day"),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"

    def get_absolute_url(self) -> str:
        return self.family.get_absolute_url()

    def move_to(self, state: State) -> None:
        """Change the state if its lifecycle allows it. Does not save. Nothing else assigns `state`."""
        if state not in TRANSITIONS[State(self.state)]:
            raise WrongState(str(_("This was already closed.")), about=self)
        self.state = state


class Step(models.IntegerChoices):
    """Who hears of a follow-up that is not done, and the working days after its day on which that happens."""

    DUE = 0
    STAND_IN = 2
    TEAM_LEAD = 5
    COORDINATOR = 8


class Reminder(FamilyRow):
    """The fact that a step of a follow-up was raised. Unique, so that no number of sweeps raises it twice."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField(choices=Step)
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "step"], name="reminder_one_per_follow_up_and_step"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class Outbox(FamilyRow):
    """A reminder that must be sent. It holds no recipient and no text: both are decided, and allowed, at sending.

    Written in the transaction that raised the reminder; sent by `reminders`, and only then marked. Never deleted.
    """

    reminder = models.OneToOneField(Reminder, on_delete=models.PROTECT, related_name="outbox")
    made_at = models.DateTimeField()

    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # No longer owed when its turn came: done meanwhile.
    dropped_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="outbox_not_both_sent_and_dropped"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_to=None) | Q(sent_at__isnull=False, sent_to__isnull=False),
                name="outbox_sent_to_exactly_when_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "made_at"], condition=Q(sent_at=None, dropped_at=None), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"outbox {self.pk}"


class SweepRun(models.Model):
    """When a round of reminders finished, and what it saw. A round that does not come is what nobody notices."""

    finished_at = models.DateTimeField()
    due_seen = models.PositiveIntegerField()
    raised = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="sweeprun_latest")]

    def __str__(self) -> str:
        return f"sweep {self.pk}"
