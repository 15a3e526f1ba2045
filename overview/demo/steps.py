"""The steps of the story, each through the operation that a person would use, on the day it would have happened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from aftercare.models import Channel, FeelsSafe, HelpRunning, Initiative, Outcome, YesNo
from aftercare.operations import Answers, Attempt, issue_strippenkaart, record_check_in, start_aftercare
from cases import consent
from cases.models import Destination, Family, GroundKind, Law, Level, Person, Place, StayPlace, Trajectory
from cases.operations import NewGround, NewPerson, enter_person, record_authority, record_stay, share
from core.database import DatabaseRole, acting_as
from handover.models import Handover
from handover.operations import Decision, NewHandover, accept, offer, plan_departure
from organisations.models import Municipality
from overview.demo.people import Cast

Step = Callable[["Story"], None]


@dataclass
class Story:
    """A family on its way: who everybody is, who works for it now, and what day it is."""

    cast: Cast
    family: Family
    worker: User
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, days_ago: int) -> date:
        return timezone.localdate(self.ago(days_ago))

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory.objects.get(family=self.family, ends_on=None)

    @property
    def client(self) -> Person:
        return Person.objects.get(family=self.family, place=Place.CLIENT)


def as_in_the_browser(user: User) -> AbstractContextManager[None]:
    """Act behind both locks, as the web process does for this user."""
    return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)


def complete_the_file(story: Story) -> None:
    """The ex-partner as the one causing harm, authority over the children, and where everybody stays."""
    with as_in_the_browser(story.worker):
        father = enter_person(
            story.family, Place.EX_PARTNER, NewPerson("Ronald", "Verbeek", causes_harm=True), by=story.worker
        )
        for number, child in enumerate(
            Person.objects.filter(family=story.family, place=Place.CHILD).order_by("born_on")
        ):
            record_authority(child, holder=story.client, starts_on=date(2018, 1, 1), by=story.worker)
            if number == 0:
                record_authority(child, holder=father, starts_on=date(2018, 1, 1), by=story.worker)
            record_stay(child, place=StayPlace.SHELTER, starts_on=story.trajectory.starts_on, by=story.worker)


def client_has_authority(story: Story) -> None:
    """The client alone has authority over the children."""
    with as_in_the_browser(story.worker):
        for child in Person.objects.filter(family=story.family, place=Place.CHILD).order_by("born_on"):
            record_authority(child, holder=story.client, starts_on=date(2018, 1, 1), by=story.worker)


def share_with(organisation: str, level: Level, reader: str = "") -> Step:
    """Share with an organisation because the client consents."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            about = consent.subjects(story.family, level=level, persons=[])
            needed = consent.needed(story.family, Law.WMO, about=about, on=story.day(3))
            share(
                story.family,
                with_organisation=story.cast.organisations[organisation],
                level=level,
                task=Law.WMO,
                purpose="Meekijken of het veilig blijft",
                ground=NewGround(
                    GroundKind.CONSENT,
                    given_by=[giver for line in needed for giver in line.givers],
                    discussed_on=story.day(3),
                ),
                ends_at=story.now + timedelta(days=300),
                reader=story.cast.people[reader] if reader else None,
                by=story.worker,
                at=story.ago(2),
            )

    return step


def depart(days_ago: int, *, aftercare_days: int = 120) -> Step:
    """Decide on the departure to Zwolle. A negative number of days lies ahead."""

    def step(story: Story) -> None:
        on = story.day(days_ago)
        with as_in_the_browser(story.worker):
            plan_departure(
                story.trajectory,
                on=on,
                destination=Destination.MUNICIPALITY,
                municipality=Municipality.objects.get(name="Zwolle"),
                involvement_ends_on=on + timedelta(days=aftercare_days),
                decision=Decision(
                    decided_on=story.day(max(days_ago, 0) + 10),
                    decided_by="Begeleider, moeder en gedragswetenschapper",
                    why_safe_enough="De nieuwe plek is niet bekend en de afspraken met school staan.",
                ),
                by=story.worker,
                at=story.ago(max(days_ago, 0) + 10),
            )

    return step


def offer_to_neighbourhood_team(days_ago: int) -> Step:
    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            offer(
                story.family,
                to=story.cast.organisations["Wijkteam Oeverwijk"],
                what=NewHandover(
                    risk_of_care_avoidance="Zegt afspraken af als het druk is. Bel dan dezelfde dag nog een keer.",
                    background="Jarenlang bedreigd en gevolgd. Schulden uit de relatie. De kinderen slapen slecht.",
                    discussed_on=story.day(days_ago),
                    involvement_ends_on=story.trajectory.involvement_ends_on,
                ),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def hand_over_to(login: str, days_ago: int) -> Step:
    """Somebody of the neighbourhood team accepts, becomes regisseur and plans the contacts of the year."""

    def step(story: Story) -> None:
        receiver = story.cast.people[login]
        with as_in_the_browser(receiver):
            accept(Handover.objects.get(family=story.family), by=receiver, at=story.ago(days_ago))
            start_aftercare(story.trajectory, by=receiver, at=story.ago(days_ago))
        story.worker = receiver

    return step


def spoke(days_ago: int, *, score: int = 7, help_running: str = HelpRunning.YES, support: str = YesNo.NO) -> Step:
    """A conversation in which all four questions are answered, and everybody was seen."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            record_check_in(
                story.trajectory,
                Attempt(story.ago(days_ago), Channel.VISIT, Initiative.OURS, Outcome.REACHED),
                answers=Answers(
                    help_running=help_running,
                    feels_safe=FeelsSafe.YES,
                    plan_up_to_date=YesNo.YES,
                    needs_support=support,
                    safety_score=score,
                ),
                seen=list(Person.objects.filter(family=story.family, place__in=[Place.CLIENT, Place.CHILD])),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def not_reached(days_ago: int) -> Step:
    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            record_check_in(
                story.trajectory,
                Attempt(story.ago(days_ago), Channel.PHONE, Initiative.OURS, Outcome.NOT_REACHED),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def give_strippenkaart(story: Story) -> None:
    with as_in_the_browser(story.worker):
        issue_strippenkaart(story.trajectory, size=8, by=story.worker, at=story.ago(5))
