"""What was done in time in the families of the demonstration, so that what is late there is late for a reason."""

from aftercare.models import Enough
from aftercare.operations import answer_year
from follow_ups.models import FollowUp, Kind
from follow_ups.operations import close
from handover.models import SETTLED_BY_THE_FILE, CheckState, DepartureCheck
from handover.operations import tick
from overview.demo.safety import judged
from overview.demo.steps import Step, Story, as_in_the_browser
from safety_plans.models import Course, Moment


def assessed(moment: Moment, days_ago: int, *, score: int = 5) -> Step:
    """Somebody judged the risk at this moment, everybody in the family included."""

    def step(story: Story) -> None:
        judged(story, days_ago, score=score, course=Course.NEW, moment=moment)

    return step


def settled(days_ago: int, *, at_most: int = 40) -> Step:
    """So many points of the departure were done, with whom and when; what the file shows by itself is left to it."""

    def step(story: Story) -> None:
        points = DepartureCheck.objects.filter(family=story.family, state=CheckState.OPEN)
        with as_in_the_browser(story.worker):
            for point in points.exclude(kind__in=SETTLED_BY_THE_FILE).order_by("pk")[:at_most]:
                tick(
                    point,
                    done_on=story.day(days_ago),
                    note="Besproken met de cliënt en met wie het aangaat.",
                    by=story.worker,
                    at=story.ago(days_ago),
                )

    return step


def kept_up(*, but: int = 0) -> Step:
    """What fell to the worker was done on its day, save for the latest so many."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            due = list(
                FollowUp.objects.falling_to(story.worker)
                .open()
                .filter(family=story.family, due_on__lt=story.day(0))
                .order_by("-due_on", "pk")[but:]
            )
            for one in due:
                days_ago = max((story.day(0) - one.due_on).days, 0)
                if one.kind == Kind.YEAR_ENOUGH:
                    why = "Het gezin redt zich en weet wie het belt."
                    answer_year(
                        story.trajectory, enough=Enough.SUFFICIENT, because=why, by=story.worker, at=story.ago(days_ago)
                    )
                else:
                    close(one, by=story.worker, at=story.ago(days_ago))

    return step
