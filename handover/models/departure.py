"""Why somebody may leave, and what must be arranged before she does."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models import Destination, Trajectory
from core.errors import WrongState
from handover.models.move import Move
from handover.querysets import DepartureCheckQuerySet


class DepartureDecision(FamilyRow):
    """That it is safe and stable enough to leave: who said so, why, and who saw it otherwise. Never changed.

    The days that count stand on the trajectory. Moving the departure is a new decision, and each keeps what was planned
    by it: a departure that moves leaves what was written before (B27). Without `departs_on` it was cancelled.
    """

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="departure_decisions")
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    why_safe_enough = models.TextField()
    dissent = models.TextField(blank=True, default="")
    departs_on = models.DateField(null=True, blank=True)
    destination = models.CharField(max_length=20, choices=Destination, blank=True, default="")
    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    involvement_ends_on = models.DateField(null=True, blank=True)
    # On which look at the risk it rests. None is a decision without one, and the page says so.
    assessment = models.ForeignKey(
        "safety_plans.RiskAssessment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by="") & ~Q(why_safe_enough=""), name="departuredecision_says_who_and_why"
            )
        ]

    def __str__(self) -> str:
        return f"departure decision {self.pk}"


class CheckKind(models.TextChoices):
    """A point of the checklist. The label is what is to be done."""

    NEW_ASSESSMENT = "new_assessment", _("Make a new risk assessment")
    SELF_RELIANCE = "self_reliance", _("Look how the client manages by herself or himself")
    SAFETY_PLAN_CURRENT = "safety_plan_current", _("Go through the safety plan with the client")
    VEILIG_THUIS_INFORMED = "veilig_thuis_informed", _("Tell Veilig Thuis of the new region that the family is coming")
    PARTNERS_TOLD = "partners_told", _("Tell the partners about the departure")
    INCOME_STARTED = "income_started", _("Get the income in the new place started")
    SUPPORTER_INTRODUCED = "supporter_introduced", _("Let the family meet the supporter")
    HELP_BEFORE_DEPARTURE = "help_before_departure", _("Start the help that must run before the departure")
    MEASURES_KNOWN = "measures_known", _("Write down which measures protect the family")
    BACKGROUND_TAKEN_ALONG = "background_taken_along", _("Take along what was seen at admission")
    AUTHORITY_LETTERS = (
        "authority_letters",
        _("Send the parent with authority a letter without a place, or choose not to"),
    )
    ADDRESS_LEVEL = "address_level", _("Agree how the new address is protected")
    WHO_KEEPS_WATCH = "who_keeps_watch", _("Agree who keeps watch on each child afterwards")
    NEW_REGISSEUR = "new_regisseur", _("A regisseur of the new municipality accepts the handover")
    NEW_SUPPORTER = "new_supporter", _("Call the supporter of the new municipality")
    NEW_GENERAL_PRACTICE = "new_general_practice", _("Find a general practice in the new place")
    NEW_SCHOOL = "new_school", _("Find a school in the new place")
    SCHOOL_TALK = "school_talk", _("Talk with the school")
    REFERRAL_INDEX = "referral_index", _("Choose: report to the referral index (VIR) or not")


class CheckState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed")
    OVERRIDDEN = "overridden", _("not arranged, and yet")


DEPARTURE_TRANSITIONS: dict[CheckState, set[CheckState]] = {
    CheckState.OPEN: {CheckState.DONE, CheckState.NOT_NEEDED, CheckState.OVERRIDDEN},
    # Open again when the day moves away from what settled it.
    CheckState.DONE: {CheckState.OPEN},
    CheckState.NOT_NEEDED: set(),
    CheckState.OVERRIDDEN: {CheckState.OPEN},
}
# Whether these are done is for the file to say, and for nobody to tick: the assessments of everybody who leaves.
SETTLED_BY_THE_FILE = frozenset({CheckKind.NEW_ASSESSMENT, CheckKind.SELF_RELIANCE})


class DepartureCheck(FamilyRow):
    """One point of the checklist of a departure, or of a later move: about the family or about one child."""

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="departure_checks")
    kind = models.CharField(max_length=30, choices=CheckKind)
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # Of a move after the departure; empty: of the departure itself.
    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="checks", null=True, blank=True)

    state = models.CharField(max_length=12, choices=CheckState, default=CheckState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    # Of a talk: with whom, and what was agreed. Of a point that the file settled: what it says.
    note = models.CharField(max_length=300, blank=True, default="")
    because = models.CharField(max_length=200, blank=True, default="")
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    # Filled in by the page: what the file says of an open point, and whether what settled this one still holds.
    file_says: Any = None
    has_lapsed: bool = False

    objects: ClassVar[Any] = DepartureCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "move", "kind", "person"],
                nulls_distinct=False,
                name="departurecheck_once_per_person",
            ),
            models.CheckConstraint(condition=Q(kind__in=CheckKind.values), name="departurecheck_kind_known"),
            models.CheckConstraint(
                condition=Q(state="open", done_on=None, because="", closed_at=None, closed_by=None)
                | Q(state="done", done_on__isnull=False, closed_at__isnull=False, closed_by__isnull=False)
                | (
                    Q(
                        state__in=["not_needed", "overridden"],
                        done_on=None,
                        closed_at__isnull=False,
                        closed_by__isnull=False,
                    )
                    & ~Q(because="")
                ),
                name="departurecheck_done_on_a_day_or_not_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"departure check {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:move" if self.move_id else "handover:departure", args=[self.family_id])

    @property
    def what(self) -> str:
        """Return what is to be done, with the child it is about."""
        if self.person is None:
            return str(self.get_kind_display())
        return _("%(what)s: %(child)s") % {"what": self.get_kind_display(), "child": self.person.given_name}

    def move_to(self, state: CheckState) -> None:
        """Change the state if its lifecycle allows it. Does not save."""
        if state not in DEPARTURE_TRANSITIONS[CheckState(self.state)]:
            raise WrongState(str(_("This point was settled already.")), about=self)
        self.state = state


class DepartureCompletion(FamilyRow):
    """That a departure took place and everything around it is settled: the shelter may let go. One per trajectory."""

    trajectory = models.OneToOneField("cases.Trajectory", on_delete=models.PROTECT, related_name="+")
    completed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"departure completion {self.pk}"


def leaves_the_region(trajectory: Trajectory) -> bool:
    """Say whether another Veilig Thuis must know. Yes unless it is sure to be the same one."""
    here = trajectory.organisation.municipality.veilig_thuis_region_id
    there = trajectory.municipality and trajectory.municipality.veilig_thuis_region_id
    return here is None or here != there
