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
    CONFIRM_SAFE_CONTACT = "confirm_safe_contact", _("Ask again how to reach safely")
    CALL_PERSON = "call_person", _("Call")
    TEXT_PERSON = "text_person", _("Send a message")
    MAIL_PERSON = "mail_person", _("Write")
    TURNS_EIGHTEEN = "turns_eighteen", _("A child turns 18: ask for its own consent")
    AGREE_WITH_GUARDIAN = "agree_with_guardian", _("Agree with the child protection worker who is regisseur")
    ASK_FOR_CONSENT = "ask_for_consent", _("Ask for the answer about consent to help")
    MEASURE_ENDS = "measure_ends", _("A measure ends: discuss whether it must go on")
    HAND_OVER_ALARM = "hand_over_alarm", _("The alarm stops: hand over who watches")
    REVIEW_MEASURE = "review_measure", _("Review a measure")
    COMPARE_FILES = "compare_files", _("Look whether this family is in another file too")
    SHARE_AGAIN = "share_again", _("Share again after the files were put together")
    ASSESS_RISK = "assess_risk", _("Make a new risk assessment")
    ASSESS_BEFORE_DEPARTURE = "assess_before_departure", _("Assess the risk before the departure")
    ASSESS_AT_MOVE = "assess_at_move", _("Assess the risk at the move")
    ASSESS_AFTER_SIGNAL = "assess_after_signal", _("Assess the risk again after a serious signal")
    ASSESS_AFTER_MONTHS = "assess_after_months", _("Assess the risk again, some months after the departure")
    SHARE_RISK = "share_risk", _("Share a risk that nobody was told of yet")
    TELL_NEW_SAFETY_PLAN = "tell_new_safety_plan", _("See that everybody has the new safety plan")
    REVISE_SAFETY_PLAN = "revise_safety_plan", _("Revise the safety plan")
    REVISE_FAMILY_PLAN = "revise_family_plan", _("Revise the plan")
    AWAIT_SECOND = "await_second", _("Ask whether your colleague has weighed along")
    PREPARE_DEPARTURE = "prepare_departure", _("Prepare the departure")
    INVITE_INCOME = "invite_income", _("Ask for an income in the new place")
    INVITE_HOUSING = "invite_housing", _("Involve housing")
    INVITE_NEIGHBOURHOOD_TEAM = "invite_neighbourhood_team", _("Invite the neighbourhood team to the shelter")
    INVITE_YOUTH_CARE = "invite_youth_care", _("Involve help for the children")
    INVITE_SCHOOL = "invite_school", _("Involve the school")
    ASK_FOR_ANSWER = "ask_for_answer", _("Ask for an answer to the handover")
    HANDOVER_UNANSWERED = "handover_unanswered", _("A handover was not answered in time")
    HANDOVER_DECLINED = "handover_declined", _("A handover was refused: read why, and ask somebody else")
    HOLD_CONVERSATION = "hold_conversation", _("Discuss what is still open with the old side")
    TAKE_AGREED_MEASURE = "take_agreed_measure", _("A measure that was agreed at the departure")
    END_AFTERCARE = "end_aftercare", _("The aftercare ends: see who keeps watch")
    WATCH_ENDS = "watch_ends", _("A partner soon stops keeping watch: ask whether it goes on")
    FIND_WATCHERS = "find_watchers", _("Too few keep watch: ask a partner")
    FIND_SUPPORTER = "find_supporter", _("Find another supporter for the family")
    INTRODUCE_SUPPORTER = "introduce_supporter", _("Let the family meet its supporter")
    CONFIRM_DEPARTURE = "confirm_departure", _("Confirm that you know of the departure")
    SUPPORTER_UNCONFIRMED = "supporter_unconfirmed", _("The supporter did not confirm the departure: call")
    SUPPORTER_GAP = "supporter_gap", _("No supporter in the new municipality: call its contact point")
    PREPARE_MOVE = "prepare_move", _("Prepare the move to another municipality")
    CHOOSE_REGISSEUR = "choose_regisseur", _("Agree who becomes regisseur")
    NO_REGISSEUR = "no_regisseur", _("Nobody has the regie: see to it that somebody gets it")
    APPOINT_REGISSEUR = "appoint_regisseur", _("Nobody has the regie: choose a regisseur")
    CONFIRM_REGISSEUR = "confirm_regisseur", _("Make sure that the partners know the regisseur")
    CONTACT = "contact", _("Contact the family")
    OWN_REQUEST = "own_request", _("The family asks for help itself: get in touch")
    ROUND_OFF = "round_off", _("Round off or hand over")
    YEAR_ENOUGH = "year_enough", _("A year has passed: say whether it was enough")
    RE_ESTABLISH_HELP = "re_establish_help", _("Get the help going again")
    PICK_UP_WISH = "pick_up_wish", _("Pick up a problem or a wish")
    GIVE_SUPPORT = "give_support", _("Help to get help")
    SOLVE_STAGNATION = "solve_stagnation", _("Solve what is stuck")
    MUNICIPALITY_ASKS = "municipality_asks", _("The municipality asks you to act")
    BINDING_REQUEST = "binding_request", _("See whether a partner answered a binding request")
    CHECK_AGREEMENT = "check_agreement", _("See whether an agreement of the plan was kept")
    HELP_SHOULD_START = "help_should_start", _("Help should have started by now")
    ARRANGE_SUCCESSOR = "arrange_successor", _("Arrange who takes over help that ends")
    FIND_FITTING_HELP = "find_fitting_help", _("Find help that fits")
    CHECK_INCOME = "check_income", _("See whether there is income without a gap")
    START_DEBT_HELP = "start_debt_help", _("The first talk about debts should have been held")
    TRIAGE_SIGNAL = "triage_signal", _("Judge a signal")
    CALL_BACK = "call_back", _("Call back")
    ANSWER_ADDRESS_REQUEST = "answer_address_request", _("Veilig Thuis asks for an address: answer it")
    WHO_WATCHES = "who_watches", _("Agree who watches now that Veilig Thuis stops")
    REVIEW_HELP = "review_help", _("See whether the help works")
    DECIDE_REOPENING = "decide_reopening", _("Decide whether the family is opened again")
    OUT_OF_SIGHT = "out_of_sight", _("Follow the steps for out of sight")
    READ_REVEAL = "read_reveal", _("Read who was shown a protected value")
    READ_BROKEN_GLASS = "read_broken_glass", _("Read who opened the file in an emergency")
    REVIEW_BROKEN_GLASS = "review_broken_glass", _("Review who opened a file in an emergency")


# What does not wait for the daily message.
URGENT = frozenset(
    {
        Kind.TRIAGE_SIGNAL,
        Kind.CALL_BACK,
        Kind.ANSWER_ADDRESS_REQUEST,
        Kind.OUT_OF_SIGHT,
        Kind.NO_REGISSEUR,
        Kind.OWN_REQUEST,
    }
)


# What only the answer itself settles: "done" would pass over the question.
ANSWERED = frozenset({Kind.YEAR_ENOUGH})


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
    # From when on there was nobody at all to tell it to; empty as soon as there is.
    nobody_since = models.DateTimeField(null=True, blank=True)
    # Whose turn it is: a dispatcher that dies in the middle of sending loses it when this moment has passed.
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None) | Q(lease__isnull=False, leased_until__isnull=False),
                name="outbox_leased_until_exactly_when_leased",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "made_at"], condition=Q(sent_at=None, dropped_at=None), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"outbox {self.pk}"


class Quarantine(FamilyRow):
    """A step of a follow-up that the database would not raise: set apart so that the others go on, and tried again.

    It stands on the page of who keeps this running, and every page says so, until it was raised after all.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(choices=Step)
    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "quarantine"
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "step"], name="quarantine_one_per_follow_up_and_step"),
        ]

    def __str__(self) -> str:
        return f"quarantine {self.pk}"


class Trigger(models.TextChoices):
    """What started a round. Three that know nothing of each other, so that one that stops takes no other with it."""

    BEAT = "beat", _("The beat")
    COMMAND = "command", _("The timer of the machine")
    PAGE = "page", _("Somebody who opened a page")


class SweepRun(models.Model):
    """When a round of reminders finished, and what it saw. A round that does not come is what nobody notices."""

    finished_at = models.DateTimeField()
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.BEAT)
    due_seen = models.PositiveIntegerField()
    raised = models.PositiveIntegerField()
    # Owed, not raised and not set apart: rows that somebody held just now. Rounds in a row in which that stayed so.
    left = models.PositiveIntegerField(default=0)
    stuck_rounds = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    # How far the clocks of this machine and of the database lie apart; empty when it was not measured.
    skew_seconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="sweeprun_latest")]

    def __str__(self) -> str:
        return f"sweep {self.pk}"


class DispatchRun(models.Model):
    """When a round of sending finished, and what still waits."""

    finished_at = models.DateTimeField()
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.BEAT)
    sent = models.PositiveIntegerField()
    # Messages that the mail server would not take.
    failed = models.PositiveIntegerField()
    # Rows for which there is nobody at all, now.
    without_recipient = models.PositiveIntegerField()
    oldest_waiting_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="dispatchrun_latest")]

    def __str__(self) -> str:
        return f"dispatch {self.pk}"
