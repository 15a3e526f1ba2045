"""What the pages of aftercare show of one family, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.clocks import clocks_of
from aftercare.models import (
    RISKS,
    Channel,
    CheckIn,
    ContactSchedule,
    Direction,
    Factor,
    FactorChange,
    Outcome,
    SeenPerson,
    Strippenkaart,
    YearAnswer,
)
from aftercare.year_line import Story, YearLine, draw
from cases.models import Family, Person, Place, Stay, StayPlace, Trajectory
from family_plans.models import HelpLine
from follow_ups.models import FollowUp, Kind
from handover.words import may_read_words

TOO_LONG_UNSEEN = timedelta(days=30)
SHOWN = 10
WIDE, NARROW = 940, 358


@dataclass(frozen=True)
class Sight:
    """When one person was last really seen. `too_long` is about this person, whoever else was phoned."""

    person: Person
    seen_at: datetime | None
    days: int | None
    too_long: bool


@dataclass(frozen=True)
class Card:
    card: Strippenkaart
    left: int


def trajectory_of(family: Family, user: User) -> Trajectory | None:
    """Return the trajectory that runs, or else the last one that did."""
    found: Trajectory | None = (
        Trajectory.objects.visible_to(user)
        .filter(family=family)
        .select_related("family", "organisation")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return found


def sights(trajectory: Trajectory, user: User, *, now: datetime) -> list[Sight]:
    """Return for the client and each child when somebody last saw them; who never was seen stands first to be seen.

    Who lives in the shelter is seen there, and not too long unseen by contacts. Of a child, a stay must say so: one
    that stays elsewhere, or of whom nobody wrote it down, is missed.
    """
    family, today = trajectory.family, timezone.localdate(now)
    latest = SeenPerson.objects.visible_to(user).latest_by_person(family.pk)
    sheltered = _sheltered(trajectory, user, today)
    persons = Person.objects.visible_to(user).filter(family=family, place__in=[Place.CLIENT, Place.CHILD])
    found = []
    for person in persons.in_reading_order():
        seen_at = latest.get(person.pk)
        days = (today - timezone.localdate(seen_at)).days if seen_at else None
        unseen = days is None or days > TOO_LONG_UNSEEN.days
        at_home = sheltered is not None and (person.place == Place.CLIENT or person.pk in sheltered)
        found.append(Sight(person, seen_at, days, unseen and not at_home))
    return found


def _sheltered(trajectory: Trajectory, user: User, today: date) -> set[UUID] | None:
    """Return who of the family stays in the shelter; None when the family does not live there."""
    if not trajectory.lives_in_the_shelter(today):
        return None
    stays = Stay.objects.visible_to(user).filter(family=trajectory.family, place=StayPlace.SHELTER, ends_on=None)
    return set(stays.values_list("person_id", flat=True))


@dataclass(frozen=True)
class FrontDoor:
    """Whether anybody still comes behind the front door (E25). No help that runs is a flag, whoever phoned."""

    visited_at: datetime | None
    days: int | None
    active_help: int

    @property
    def nobody_comes(self) -> bool:
        return self.active_help == 0


def front_door(family: Family, user: User, *, today: date) -> FrontDoor:
    """Return when somebody was last at the family's home and reached them, and how much help runs now."""
    visits = CheckIn.objects.visible_to(user).filter(family=family, channel__in=[Channel.VISIT, Channel.OUTREACH])
    last = visits.with_contact().order_by("-happened_at").values_list("happened_at", flat=True).first()
    days = (today - timezone.localdate(last)).days if last else None
    return FrontDoor(last, days, len(help_lines(family, user)))


def help_lines(family: Family, user: User) -> list[HelpLine]:
    """Return the help that runs: started and not ended."""
    running = HelpLine.objects.visible_to(user).filter(family=family, ended_on=None).exclude(starts_on=None)
    return list(running.select_related("kind", "organisation", "person").order_by("starts_on", "pk"))


@dataclass(frozen=True)
class FactorTrend:
    """How one factor went over the last contacts in which it changed, the latest last."""

    label: str
    is_risk: bool
    changes: list[str]
    is_worse: bool


def factors(trajectory: Trajectory, user: User) -> list[FactorTrend]:
    """Return each factor that ever changed, what got worse lately first (E18)."""
    rows = (
        FactorChange.objects.visible_to(user)
        .filter(check_in__trajectory=trajectory)
        .select_related("check_in")
        .order_by("check_in__happened_at", "pk")
    )
    by_factor: dict[str, list[FactorChange]] = {}
    for row in rows:
        by_factor.setdefault(row.factor, []).append(row)
    found = [_trend(Factor(name), changes) for name, changes in by_factor.items()]
    return sorted(found, key=lambda trend: (not trend.is_worse, not trend.is_risk, trend.label))


def _trend(factor: Factor, changes: list[FactorChange]) -> FactorTrend:
    is_risk = factor in RISKS
    return FactorTrend(
        str(factor.label),
        is_risk,
        [
            _("%(day)s: %(direction)s")
            % {
                "day": date_format(timezone.localdate(change.check_in.happened_at), "j M"),
                "direction": change.get_direction_display(),
            }
            for change in changes[-4:]
        ],
        (changes[-1].direction == Direction.UP) == is_risk,
    )


def needs_planning(trajectory: Trajectory, user: User) -> bool:
    """Say whether there is a departure for which no contacts, or those of other days, are planned."""
    if trajectory.departs_on is None or trajectory.ends_on is not None:
        return False
    plans = ContactSchedule.objects.visible_to(user).filter(trajectory=trajectory).order_by("-version")
    last = plans.first()
    days = (trajectory.departs_on, trajectory.involvement_ends_on)
    return last is None or (last.departs_on, last.involvement_ends_on) != days


def planned(family: Family, user: User) -> list[FollowUp]:
    open_ones = FollowUp.objects.visible_to(user).filter(family=family, kind=Kind.CONTACT).open()
    return list(open_ones.order_by("due_on", "pk"))


def check_ins(trajectory: Trajectory, user: User) -> list[CheckIn]:
    """Return the contacts of a trajectory, the latest first: without words that were not passed on in a handover."""
    rows = CheckIn.objects.visible_to(user).filter(trajectory=trajectory).select_related("recorded_by")
    found = list(rows.prefetch_related("seen__person").order_by("-happened_at", "-recorded_at"))
    may_read = may_read_words(trajectory.family_id, user)
    for row in found:
        if row.own_words and not may_read(row.recorded_by_id, row.recorded_at):
            row.own_words, row.words_withheld = "", True
    return found


def cards(trajectory: Trajectory, user: User) -> list[Card]:
    rows = Strippenkaart.objects.visible_to(user).filter(trajectory=trajectory).prefetch_related("strips")
    return [Card(card, card.size - len(card.strips.all())) for card in rows.order_by("-issued_at")]


def year_answer(trajectory: Trajectory, user: User) -> YearAnswer | None:
    """Return what was answered to the question whether a year was enough; None while it was not."""
    rows = YearAnswer.objects.filter(trajectory=trajectory, trajectory__in=Trajectory.objects.visible_to(user))
    found: YearAnswer | None = rows.select_related("answered_by").first()
    return found


def answered(trajectory: Trajectory, user: User) -> dict[str, str]:
    """Return that answer as a beginning for the closing, where it may be said otherwise."""
    answer = year_answer(trajectory, user)
    return {"enough": answer.enough, "enough_because": answer.because} if answer else {}


def year_lines(
    trajectory: Trajectory, shown: list[Sight], history: list[CheckIn], ahead: list[FollowUp], *, today: date
) -> list[YearLine]:
    """Return the line for a wide and for a narrow screen; none before there is a departure."""
    if trajectory.departs_on is None:
        return []
    seen: dict[object, list[date]] = {sight.person.pk: [] for sight in shown}
    for check_in in history:
        for row in check_in.seen.all():
            seen.setdefault(row.person_id, []).append(timezone.localdate(row.seen_at))
    story = Story(
        departs_on=trajectory.departs_on,
        involvement_ends_on=trajectory.involvement_ends_on,
        clocks=clocks_of(trajectory),
        today=today,
        reached=[_day(one) for one in history if one.outcome != Outcome.NOT_REACHED],
        missed=[_day(one) for one in history if one.outcome == Outcome.NOT_REACHED],
        ahead=[one.due_on for one in ahead],
        persons=[(sight.person.given_name, seen[sight.person.pk]) for sight in shown],
    )
    return [draw(story, width=WIDE, narrow=False), draw(story, width=NARROW, narrow=True)]


def _day(check_in: CheckIn) -> date:
    return timezone.localdate(check_in.happened_at)
