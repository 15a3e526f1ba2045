"""The year after the departure. Month 1 begins on the day of departure; month 12 ends on the same day a year later."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef
from django.utils import timezone

from aftercare.models import CheckIn, TrajectoryClosing, YearAnswer
from aftercare.models import Outcome as ContactOutcome
from cases.models import Place, Trajectory
from family_plans.models import HelpAtMove, HelpLine, IncomeLine, IncomeOccasion, Stagnation, Tailored
from figures.definitions.aftercare import DOMAINS
from figures.definitions.help import partner_of, payer_of
from figures.passages import MONTHS_ASKED
from handover.models import Handover, JointVisit, SupporterAssignment
from handover.models import Status as HandoverStatus
from organisations.models import Municipality, Norm, Subject
from signals.models import Acute, Outcome, Safe, Signal
from signals.models import Status as SignalStatus

if TYPE_CHECKING:
    from figures.gathering import Files

# Longer than any band: a signal that nobody judged.
NEVER_JUDGED = 9999
# Of several changes of income, what came furthest counts.
_TAILORED = (Tailored.GRANTED, Tailored.REFUSED, Tailored.ASKED, Tailored.NOT_ASKED)
_WENT_TO = frozenset({Outcome.REPORT, Outcome.POLICE})


class Norms:
    """The norms for the start of help on one day. Read once per municipality."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._of: dict[str, dict[str, int]] = {}

    def days(self, municipality: Municipality, kind: str) -> int | None:
        """Return how many days this kind of help may take to start here; None without a norm."""
        if municipality.code not in self._of:
            self._of[municipality.code] = Norm.objects.days_for(Subject.HELP_STARTS, municipality, self._today)
        norms = self._of[municipality.code]
        return norms.get(kind, norms.get(""))


def rows() -> Iterable[tuple[str, Iterable[Any]]]:
    """Yield what is read here, with the name under which `Files` keeps it. No text of anybody is read."""
    held = JointVisit.objects.filter(handover=OuterRef("pk"), held_on__isnull=False)
    yield "moves", HelpAtMove.objects.order_by("moved_on", "pk")
    yield "income", IncomeLine.objects.filter(occasion__in=[IncomeOccasion.DEPARTURE, IncomeOccasion.MOVE])
    yield "stagnations", Stagnation.objects.defer("note", "tried", "solution", "answer", "bridging").order_by("since")
    yield (
        "handovers",
        Handover.objects.filter(status=HandoverStatus.ACCEPTED)
        .only("family_id", "offered_at", "decided_at")
        .annotate(warm=Exists(held))
        .order_by("decided_at", "pk"),
    )
    yield (
        "check_ins",
        CheckIn.objects.filter(outcome=ContactOutcome.REACHED)
        .only("family_id", "happened_at", "feels_safe", "channel")
        .order_by("happened_at", "pk"),
    )
    yield (
        "signals",
        Signal.objects.exclude(family=None)
        .only("family_id", "reported_at", "decided_at", "status", "outcome", "child_safe", "acute")
        .order_by("reported_at", "pk"),
    )
    yield (
        "supporters",
        SupporterAssignment.objects.only("family_id", "assigned_at", "criterion", "ended_as").order_by(
            "assigned_at", "pk"
        ),
    )
    yield "year_answers", YearAnswer.objects.only("family_id", "trajectory_id", "enough")
    yield "closings", TrajectoryClosing.objects.filter(reopened_at=None).only("family_id", "trajectory_id", "enough")


def year_after(trajectory: Trajectory, files: "Files", norms: Norms, left_on: date, today: date) -> dict[str, Any]:
    """Return what happened in the year that follows a departure."""
    ends_on = left_on + relativedelta(years=1)
    accepted = [one for one in files.handovers if timezone.localdate(one.offered_at) >= trajectory.starts_on]
    first = accepted[0] if accepted else None
    return {
        "accepted_in": _days_between(first.offered_at, first.decided_at) if first else None,
        "warm": first.warm if first else None,
        # What was said last: at the closing, or else when the year was over.
        "enough": next(
            (one.enough for one in (*files.closings, *files.year_answers) if one.trajectory_id == trajectory.pk), ""
        ),
        "back_in": _back_in(files, left_on, ends_on),
        "without_income": max((one.days_without(today) for one in files.income), default=None),
        "interrupted": max((one.gap_days(today) for one in files.moves), default=None),
        "waiting": _waiting(trajectory, files, norms, ends_on, today),
        "tailored": next((word for word in _TAILORED if word in {one.tailored for one in files.income}), ""),
        **_paid(trajectory, files, ends_on),
        **_contact(files, left_on),
        **_supported(trajectory, files, left_on, ends_on),
        **_signals(files, left_on, ends_on),
        **_stuck(trajectory, files, ends_on, today),
    }


def _days_between(one: Any, other: Any) -> int:
    return (timezone.localdate(other) - timezone.localdate(one)).days


def _back_in(files: "Files", left_on: date, ends_on: date) -> int | None:
    later = [one.starts_on for one in files.trajectories if left_on < one.starts_on <= ends_on]
    return (min(later) - left_on).days if later else None


def month_of(day: date, left_on: date) -> int | None:
    """Return in which of the twelve months after the departure a day falls; None outside them."""
    if day < left_on:
        return None
    return next((month for month in range(1, 13) if day <= left_on + relativedelta(months=month)), None)


def _contact(files: "Files", left_on: date) -> dict[str, Any]:
    months: set[int] = set()
    felt: dict[str, str] = {}
    by: Counter[str] = Counter()
    for one in files.check_ins:
        month = month_of(timezone.localdate(one.happened_at), left_on)
        if month is not None:
            months.add(month)
            by[one.channel] += 1
            if month in MONTHS_ASKED:
                felt[str(month)] = one.feels_safe
    return {
        "contact_in": tuple(sorted(months)),
        "felt": felt,
        "met_by": tuple(name for name, _times in by.most_common()),
    }


def _supported(trajectory: Trajectory, files: "Files", left_on: date, ends_on: date) -> dict[str, str]:
    there = [one for one in files.supporters if trajectory.starts_on <= timezone.localdate(one.assigned_at) <= ends_on]
    if not there:
        return {}
    met = min((one.introduced_on for one in there if one.introduced_on), default=None)
    when = "not" if met is None else "before" if met <= left_on else "after"
    return {
        "supporter_for": there[0].criterion,
        "supporter_met": when,
        "supporter_stopped": there[-1].ended_as or "goes_on",
    }


def is_confirmed(signal: Signal) -> bool:
    """Say whether a signal was judged, and found to be violence: a child is not safe, or it was passed on (A5)."""
    return signal.status == SignalStatus.HANDLED and (signal.child_safe == Safe.NO or signal.outcome in _WENT_TO)


def _signals(files: "Files", left_on: date, ends_on: date) -> dict[str, Any]:
    there = [one for one in files.signals if left_on <= timezone.localdate(one.reported_at) <= ends_on]
    if not there:
        return {}
    days = [_days_between(one.reported_at, one.decided_at) if one.decided_at else NEVER_JUDGED for one in there]
    acute = {Acute.YES: True, Acute.NO: False}.get(Acute(there[0].acute))
    return {
        "acted_in": max(days),
        "confirmed": sum(1 for one in there if is_confirmed(one)),
        "child_incidents": sum(1 for one in there if is_confirmed(one) and one.child_safe == Safe.NO),
        "first_came_after": acute,
    }


def _stuck(trajectory: Trajectory, files: "Files", ends_on: date, today: date) -> dict[str, Any]:
    there = [one for one in files.stagnations if trajectory.starts_on <= one.since <= ends_on]
    if not there:
        return {}
    longest = max(there, key=lambda one: one.days(today))
    helpers = {line.pk: partner_of(line.organisation.kind.slug) for line in files.help}
    return {
        "stuck_with": helpers.get(longest.help_line_id, ""),
        "stuck_cause": longest.cause,
        "stuck_days": longest.days(today),
        "solved_by": longest.solved_by_means_of,
    }


def _paid(trajectory: Trajectory, files: "Files", ends_on: date) -> dict[str, str]:
    asked = [line for line in files.help if trajectory.starts_on <= line.asked_on <= ends_on]
    if not asked:
        return {}
    children = {one.pk for one in files.persons if one.place == Place.CHILD}
    payers = [(line.law.code if line.law else None, line.person_id in children) for line in asked]
    to_a_child = [law for law, is_child in payers if is_child]
    return {
        # In the order of the asking: the first counts where it is even.
        "paid_by": Counter(payer_of(law) for law, _is_child in payers).most_common(1)[0][0],
        "children_unpaid": "" if not to_a_child else "unknown" if None in to_a_child else "known",
    }


def _waiting(trajectory: Trajectory, files: "Files", norms: Norms, ends_on: date, today: date) -> dict[str, str]:
    home = trajectory.municipality or trajectory.organisation.municipality
    found: dict[str, str] = {}
    for line in files.help:
        domain = _domain(line)
        if domain is None or not trajectory.starts_on <= line.asked_on <= ends_on:
            continue
        norm = norms.days(home, line.kind.code)
        if norm is not None and line.waiting_days(today) > norm:
            found[domain] = "beyond"
        else:
            found.setdefault(domain, "within")
    return found


def _domain(line: HelpLine) -> str | None:
    code: str = line.domain.code
    if code not in DOMAINS and line.domain.parent is not None:
        code = line.domain.parent.code
    return code if code in DOMAINS else None
