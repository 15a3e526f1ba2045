"""The families of the demonstration, each at another place of the story. `docs/demo.md` says which shows which step."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from cases.models import Family
from cases.operations import NewPerson, open_family
from core.database import DatabaseRole, acting_as
from overview.demo.people import Cast

Step = Callable[["Story"], None]


@dataclass
class Story:
    """A family on its way: who everybody is, what day it is, and what has been made so far."""

    cast: Cast
    family: Family
    worker: User
    now: datetime

    def days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)


@dataclass(frozen=True)
class Opening:
    """How a family of the demonstration comes in, and the steps it has taken since."""

    by: str
    shelter: str
    client: NewPerson
    children: tuple[NewPerson, ...]
    days_ago: int
    steps: tuple[Step, ...] = ()


def openings(today: date) -> tuple[Opening, ...]:
    def born(years: int, month: int, day: int) -> date:
        return date(today.year - years, month, day)

    return (
        Opening(
            "els",
            "De Haven",
            NewPerson("Marloes", "de Wit", born(34, 5, 2)),
            (NewPerson("Daan", "de Wit", born(8, 2, 11)), NewPerson("Sofie", "de Wit", born(15, 9, 30))),
            41,
        ),
        Opening(
            "els",
            "De Haven",
            NewPerson("Aylin", "Yıldız", born(27, 11, 19)),
            (NewPerson("Emre", "Yıldız", born(3, 4, 7)),),
            12,
        ),
        Opening("noor", "Het Anker", NewPerson("Ruben", "Oosterhof"), (NewPerson("Lotte"), NewPerson("Bram")), 5),
    )


def load_families(cast: Cast, *, now: datetime) -> int:
    """Open the families that are not there yet, and walk each to its place in the story."""
    return sum(_load(opening, cast, now) for opening in openings(timezone.localdate(now)))


def _load(opening: Opening, cast: Cast, now: datetime) -> bool:
    client = opening.client
    if Family.objects.filter(persons__given_name=client.given_name, persons__surname=client.surname).exists():
        return False
    by, at = cast.people[opening.by], now - timedelta(days=opening.days_ago)
    with as_in_the_browser(by):
        family = open_family(
            organisation=cast.organisations[opening.shelter],
            client=client,
            children=opening.children,
            starts_on=timezone.localdate(at),
            by=by,
            at=at,
        )
    story = Story(cast, family, by, now)
    for step in opening.steps:
        step(story)
    return True


def as_in_the_browser(user: User) -> AbstractContextManager[None]:
    """Act behind both locks, as the web process does for this user."""
    return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)
