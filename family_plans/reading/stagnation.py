"""What is stuck, as its timeline: everything that was done about it, and what happens by itself when nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Family
from core.working_days import add_working_days
from family_plans.models import BindingRequest, Source, Stagnation, Status
from family_plans.norms import ladder_of
from family_plans.reading.shown import Reader
from follow_ups.models import FollowUp, Kind
from organisations.models import LadderRung


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `ahead`: it happens then, if nothing does before."""

    day: date
    what: str
    words: str = ""
    ahead: bool = False


@dataclass(frozen=True)
class StuckShown:
    stuck: Stagnation
    days: int
    late: bool
    help: str
    moments: list[Moment]
    waiting_request: BindingRequest | None
    # The request ran out, so the municipality has it although nobody escalated it.
    went_by_itself: bool

    @property
    def is_over(self) -> bool:
        """Say whether the days count no more: what it waited for came, or it was solved."""
        return self.stuck.came_on is not None or self.stuck.status == Status.SOLVED


def stuck_things(family: Family, reader: Reader, *, today: date, solved: bool = True) -> list[StuckShown]:
    every = Stagnation.objects.filter(family=family)
    rows = reader.narrowed(every if solved else every.unsolved(), about="help_line__person")
    found = (
        rows.select_related("domain__parent", "help_line__organisation__kind", "addressed__kind", "answered_by")
        .prefetch_related("requests__to__kind")
        .order_by("solved_at", "since", "pk")
    )
    ladder = ladder_of(family.pk, today)
    ordered = sorted(found, key=lambda row: (row.status == Status.SOLVED, row.since))
    return [_shown(stuck, reader, ladder, today) for stuck in ordered]


def _shown(stuck: Stagnation, reader: Reader, ladder: Sequence[LadderRung], today: date) -> StuckShown:
    requests = sorted(stuck.requests.all(), key=lambda one: (one.asked_on, str(one.pk)))
    waiting = next((one for one in requests if one.answered_on is None), None)
    return StuckShown(
        stuck=stuck,
        days=stuck.days(today),
        late=stuck.status == Status.OPEN and stuck.solve_by < today,
        help=reader.organisation(stuck.help_line.organisation) if stuck.help_line else "",
        moments=sorted(_moments(stuck, requests, reader, ladder, today), key=lambda moment: moment.day),
        waiting_request=waiting,
        went_by_itself=waiting is not None and stuck.is_left_unanswered(waiting, today),
    )


def said_and_not_reported(family: Family) -> list[FollowUp]:
    """Return what a conversation left as stuck and nobody has put down yet: no cause, no domain, nobody to push."""
    reported = Stagnation.objects.filter(family=family).values("pk")
    owed = FollowUp.objects.open().filter(family=family, kind=Kind.SOLVE_STAGNATION)
    return list(owed.exclude(about_id__in=reported).order_by("due_on", "pk"))


def _moments(
    stuck: Stagnation, requests: list[BindingRequest], reader: Reader, ladder: Sequence[LadderRung], today: date
) -> list[Moment]:
    found = [
        Moment(timezone.localdate(stuck.reported_at), _("Reported: %(how)s") % {"how": Source(stuck.source).label})
    ]
    for one in requests:
        to = reader.organisation(one.to)
        found.append(Moment(one.asked_on, _("Binding request to %(name)s") % {"name": to}, one.what))
        if one.answered_on:
            found.append(Moment(one.answered_on, _("%(name)s answered") % {"name": to}, one.answer))
        elif stuck.status in {Status.OPEN, Status.ANSWERED}:
            found.append(_when_unanswered(one, today))
    if stuck.escalated_on:
        found.append(Moment(stuck.escalated_on, _("Taken to the municipality")))
    if stuck.status == Status.ESCALATED and stuck.answer_by:
        found += [
            Moment(rung.since, _("With the %(function)s") % {"function": rung.function}, ahead=rung.since > today)
            for rung in rungs(stuck.answer_by, ladder)
        ]
    if stuck.answered_at and stuck.addressed:
        what = _("The municipality called %(name)s to account") % {"name": reader.organisation(stuck.addressed)}
        found.append(Moment(timezone.localdate(stuck.answered_at), what, stuck.answer))
    return found + _the_end(stuck)


def _the_end(stuck: Stagnation) -> list[Moment]:
    came = [Moment(stuck.came_on, _("What it waited for came"))] if stuck.came_on else []
    if stuck.solved_at:
        came.append(Moment(timezone.localdate(stuck.solved_at), _("It moves again"), stuck.solution))
    return came


def _when_unanswered(request: BindingRequest, today: date) -> Moment:
    goes_on = request.answer_by + timedelta(days=1)
    if goes_on <= today:
        return Moment(goes_on, _("No answer: it went to the municipality by itself"))
    return Moment(goes_on, _("Without an answer it goes to the municipality"), ahead=True)


@dataclass(frozen=True)
class RungSince:
    """Who answers for the municipality from a day on, because the one before did not."""

    function: str
    since: date


def rungs(answer_by: date, ladder: Sequence[LadderRung]) -> list[RungSince]:
    """Return the rungs after the first, each from the day after the one before should have answered."""
    found, day = [], answer_by
    for rung in ladder[1:]:
        since = day + timedelta(days=1)
        found.append(RungSince(rung.function, since))
        day = add_working_days(since, rung.answer_within)
    return found


def rung_now(family_id: UUID, asked_to_answer_by: date, today: date) -> str:
    """Return who must answer for the municipality today: the function on the ladder that has been reached."""
    ladder = ladder_of(family_id, today)
    return rung_of(ladder, asked_to_answer_by, today)


def rung_of(ladder: Sequence[LadderRung], answer_by: date, today: date) -> str:
    reached = [rung.function for rung in rungs(answer_by, ladder) if rung.since <= today]
    return reached[-1] if reached else (ladder[0].function if ladder else "")
