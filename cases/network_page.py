"""What the page about the network shows: who is there now, who left, and how its size went."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from cases.models import Family, Knows, NetworkMember, Strength, SupportKind, Trajectory
from cases.reading import SMALL_NETWORK


@dataclass(frozen=True)
class Line:
    member: NetworkMember
    support: str
    knows_address: bool


@dataclass(frozen=True)
class Size:
    on: date
    count: int


@dataclass(frozen=True)
class NetworkPage:
    now: list[Line]
    before: list[NetworkMember]
    sizes: list[Size]
    is_empty: bool
    is_weak: bool


def read(family: Family, *, today: date) -> NetworkPage:
    """Read it in two queries. Sizes: at the start of the last trajectory, each half year after it, and today (D17)."""
    members = list(NetworkMember.objects.filter(family=family).order_by("starts_on", "name", "pk"))
    now = [one for one in members if one.starts_on <= today and (one.ends_on is None or one.ends_on > today)]
    trajectory = Trajectory.objects.filter(family=family).order_by("-starts_on").first()
    days = []
    if trajectory:
        days = [trajectory.starts_on + relativedelta(months=6 * step) for step in range(8)]
    days = [*[day for day in days if day < today], today]
    return NetworkPage(
        now=[Line(one, _kinds(one), one.knows_address == Knows.YES) for one in now],
        before=[one for one in members if one.ends_on is not None and one.ends_on <= today],
        sizes=[Size(day, sum(_is_there(one, day) for one in members)) for day in days],
        is_empty=not now,
        is_weak=is_weak(now),
    )


def is_weak(members: list[NetworkMember]) -> bool:
    """Say whether a network is weak: few people, or nobody in it who is strong (D16)."""
    return len(members) < SMALL_NETWORK or not any(one.strength == Strength.STRONG for one in members)


def _is_there(member: NetworkMember, day: date) -> bool:
    return member.starts_on <= day and (member.ends_on is None or member.ends_on > day)


def _kinds(member: NetworkMember) -> str:
    labels = dict(SupportKind.choices)
    return ", ".join(str(labels[kind]) for kind in member.support)
