"""The steps of the story that are about who supports, who keeps watch, and what was agreed at the departure."""

from collections.abc import Callable
from datetime import datetime, timedelta

from accounts.models import User
from cases.models import Person, Place
from handover import operations
from handover.models import Criterion, SupporterAssignment, WatchRole
from organisations.models import Supporter
from overview.demo.people import Cast
from overview.demo.steps import Step, Story, as_in_the_browser

LONG_AGO = timedelta(days=600)
SCHOOL = "Basisschool De Papieren Vlieger"


def load_supporters(cast: Cast, *, now: datetime) -> None:
    """Let the coordinator appoint somebody of the neighbourhood team as supporter, once."""
    ilse, team, town = (
        cast.people["ilse"],
        cast.organisations["Wijkteam Oeverwijk"],
        cast.organisations["Gemeenteteam Oostrand"],
    )
    if Supporter.objects.filter(user=ilse).exists():
        return
    with as_in_the_browser(cast.people["hanna"]):
        operations.appoint_supporter(
            ilse,
            organisation=team,
            municipality=team.municipality,
            attention_area="Vrouwenopvang en mannenopvang",
            capacity=6,
            on_behalf_of=town,
            by=cast.people["hanna"],
            at=now - LONG_AGO,
        )


def supported_by(login: str, days_ago: int, *, met: int | None = None) -> Step:
    """Give the family a supporter, and let them meet in the shelter `met` days ago."""

    def step(story: Story) -> None:
        supporter = Supporter.objects.get(user=story.cast.people[login])
        with as_in_the_browser(story.worker):
            assignment = operations.assign_supporter(
                story.family,
                supporter,
                criterion=Criterion.ALONE,
                introduce_on=story.day(days_ago - 7),
                by=story.worker,
                at=story.ago(days_ago),
            )
            if met is not None:
                operations.record_introduction(
                    assignment, on=story.day(met), in_shelter=True, by=story.worker, at=story.ago(met)
                )

    return step


def confirmed_by_supporter(login: str, days_ago: int) -> Step:
    def step(story: Story) -> None:
        user = story.cast.people[login]
        with as_in_the_browser(user):
            operations.confirm_departure(
                SupporterAssignment.objects.get(family=story.family, ended_at=None), by=user, at=story.ago(days_ago)
            )

    return step


def watched_by(login: str, organisation: str, days_ago: int, *, accepted: bool = True) -> Step:
    """Ask a partner to keep watch on the youngest child, and let it say yes."""

    def step(story: Story) -> None:
        child = Person.objects.filter(family=story.family, place=Place.CHILD).order_by("-born_on").first()
        if child is None:
            raise AssertionError("nobody to keep watch on")
        with as_in_the_browser(story.worker):
            role = operations.ask_to_watch(
                child,
                organisation=story.cast.organisations[organisation],
                until=story.day(-300),
                by=story.worker,
                at=story.ago(days_ago),
            )
        if accepted:
            _as_partner(story, story.cast.people[login], lambda user: _accept(role, user, story.ago(days_ago)))

    return step


def agreed(what: str, owner: str, *, due_in: int, days_ago: int) -> Step:
    """Agree on a measure at the departure. A negative `due_in` is late."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            operations.agree_measure(
                story.trajectory,
                what=what,
                owner=owner,
                due_on=story.day(-due_in),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def _as_partner(story: Story, user: User, act: Callable[[User], object]) -> None:
    with as_in_the_browser(user):
        act(user)


def _accept(role: WatchRole, user: User, at: datetime) -> None:
    operations.answer_watch(role, accept=True, by=user, at=at)
    operations.confirm_signal_place(role.family, organisation_id=role.organisation_id, by=user, at=at)
