"""What the page about the stay shows: every passage of the family, the picture at admission, and waiting."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases.models import Admission, CaseContext, Family, ReadyToLeave, Trajectory, WaitsFor
from organisations.models import CodeItem


@dataclass(frozen=True)
class Waiting:
    cause: str
    days: int
    since: date | None  # of what is waited for now


@dataclass(frozen=True)
class Passage:
    """One trajectory: which kind, where from and where to, its picture, and how long it waited for what."""

    trajectory: Trajectory
    kind: str
    has_stay: bool
    admission: Admission | None
    waiting: list[Waiting]


@dataclass(frozen=True)
class StayPage:
    passages: list[Passage]
    contexts: list[CaseContext]
    may_start: bool


def read(family: Family, *, today: date) -> StayPage:
    """Read it all in five queries. The last trajectory stands first: a second one is a re-admission (D30)."""
    trajectories = list(
        Trajectory.objects.filter(family=family)
        .select_related("organisation__municipality", "origin", "municipality")
        .order_by("-starts_on", "-pk")
    )
    labels = {
        item.code: item.label for item in CodeItem.objects.filter(code_list__slug="trajectory_kind").order_by("pk")
    }
    pictures = {row.trajectory_id: row for row in Admission.objects.filter(family=family)}
    waits = list(ReadyToLeave.objects.filter(family=family).order_by("starts_on", "pk"))
    passages = [
        Passage(
            one,
            labels.get(one.kind, one.kind.replace("_", " ")),
            one.kind != "ambulant",
            pictures.get(one.pk),
            waiting([row for row in waits if row.trajectory_id == one.pk], today=today),
        )
        for one in trajectories
    ]
    contexts = (
        CaseContext.objects.filter(family=family, ends_on=None).select_related("code").order_by("starts_on", "pk")
    )
    return StayPage(passages, list(contexts), all(one.ends_on for one in trajectories))


def waiting(periods: list[ReadyToLeave], *, today: date) -> list[Waiting]:
    """Return for how many days a family stayed longer than needed, by cause (G9)."""
    days: Counter[str] = Counter()
    now: dict[str, date] = {}
    for period in periods:
        days[period.waits_for] += ((period.ends_on or today) - period.starts_on).days
        if period.ends_on is None:
            now[period.waits_for] = period.starts_on
    return [Waiting(str(WaitsFor(cause).label), count, now.get(cause)) for cause, count in days.items()]
