"""The safety of a family in the demonstration: its risk over time, its plan in two versions, and who has it."""

from datetime import timedelta

from cases.models import Person, Place
from overview.demo.steps import Step, Story, as_in_the_browser
from safety_plans.models import Course, FactorKind, Level, Moment, SafetyPlan, Section, SubjectKind, subjects_of
from safety_plans.operations import (
    Judgement,
    Line,
    NewAssessment,
    activate,
    add_item,
    assess,
    change_item,
    check_condition,
    confirm_receipt,
    draft_plan,
)

_CONDITION = "De ex-partner komt niet bij het huis en niet bij school."


def assess_twice(story: Story) -> None:
    """The start of the stay, and a month later: the children feel safer, the stalking goes on."""
    judged(story, 38, score=3, course=Course.NEW, moment=Moment.ADMISSION)
    judged(story, 8, score=6, course=Course.WEAKER, moment=Moment.PERIODIC)


def judged(story: Story, days_ago: int, *, score: int, course: Course, moment: Moment) -> None:
    """The worker judges the risk of everybody in the family."""
    persons = list(Person.objects.filter(family=story.family).in_reading_order())
    judgements = [
        Judgement(
            kind,
            person,
            Level.RAISED if kind == SubjectKind.PERSON_CAUSING_HARM else Level.LOW,
            score=score if kind in {SubjectKind.CLIENT, SubjectKind.CHILD} else None,
        )
        for kind, person in subjects_of(persons)
    ]
    with as_in_the_browser(story.worker):
        assess(
            story.family,
            NewAssessment(
                conclusion="Hij zoekt haar nog. De kinderen slapen beter.",
                instrument="Inschatting van de opvang",
                instrument_version="3",
                is_trained=True,
                who_at_risk="Moeder",
                of_what="Nieuw geweld door de ex-partner",
                how_soon="Als hij weet waar zij is",
                next_on=story.day(min(days_ago - 90, -1)),
                factors={
                    (FactorKind.RISK, "stalking"): course,
                    (FactorKind.PROTECTIVE, "safe_adult_for_child"): Course.NEW
                    if course == Course.NEW
                    else Course.SAME,
                },
            ),
            moment=moment,
            on=story.day(days_ago),
            subjects=judgements,
            by=story.worker,
            at=story.ago(days_ago),
        )


def write_safety_plan(story: Story) -> None:
    """A first version with every part, a check, and a second version with one line in other words."""
    children = list(Person.objects.filter(family=story.family, place=Place.CHILD).order_by("born_on"))
    with as_in_the_browser(story.worker):
        draft = draft_plan(story.family, by=story.worker, at=story.ago(30))
        for section, line in _lines(story, children):
            add_item(draft, line, section=section, by=story.worker, at=story.ago(30))
        activate(
            draft,
            agreed_with_client_on=story.day(30),
            review_on=story.day(-30),
            by=story.worker,
            at=story.ago(30),
        )
        condition = draft.items.standing().get(section=Section.CONDITIONS)
        check_condition(condition, on=story.day(20), is_kept=True, by=story.worker, at=story.ago(20))
        second = draft_plan(story.family, by=story.worker, at=story.ago(4))
        pick_up = second.items.standing().get(section=Section.AGREEMENTS)
        words = Line(
            "Alleen moeder of oma haalt op.",
            person=pick_up.person,
            topic="school",
            checked_by="Intern begeleider",
        )
        change_item(pick_up, words, by=story.worker, at=story.ago(4))
        activate(
            second,
            because="De tante haalt niet meer op.",
            agreed_with_client_on=story.day(4),
            review_on=story.day(-60),
            by=story.worker,
            at=story.ago(4),
        )


def _lines(story: Story, children: list[Person]) -> list[tuple[Section, Line]]:
    until = story.day(-60)
    lines = [
        (Section.DANGER, Line("Als hij weet waar wij zijn, kan hij weer slaan.")),
        (
            Section.CONDITIONS,
            Line(
                _CONDITION,
                checked_by="Wijkagent",
                rhythm="elke vrijdag",
                until_on=until,
                if_broken="Wie hem ziet belt 112, en daarna de regisseur.",
            ),
        ),
        (Section.WHAT_I_DO, Line("Ik ga met de kinderen naar de buren en bel 112.", person=story.client)),
        (Section.WHOM_TO_CALL, Line("Oma", phone="088 000 00 41")),
        (Section.NETWORK, Line("Belt als zij hem ziet.", who="Oma", task="both", knows_address=True)),
        (Section.NETWORK, Line("Vraagt elke week hoe het gaat.", who="Vriendin", task="checks", knows_address=False)),
        (Section.PROFESSIONALS, Line("Praat met de kinderen.", who="Kinderbegeleider", rhythm="elke week")),
        (Section.POLICE, Line("Kent de situatie en komt meteen.", who="Wijkagent", until_on=until)),
        (Section.RELAPSE, Line("Ik neem de telefoon niet meer op.")),
    ]
    for child in children:
        lines += [
            (Section.EARLY_SIGNS, Line("Ik krijg buikpijn als ik aan papa denk.", person=child)),
            (Section.WHAT_I_DO, Line("Ik ga naar de juf of naar oma.", person=child)),
        ]
    lines.append(
        (
            Section.AGREEMENTS,
            Line(
                "Alleen moeder of een tante haalt op.",
                person=children[-1] if children else None,
                topic="school",
                checked_by="Intern begeleider",
            ),
        )
    )
    return lines


def confirmed_by(login: str, organisation: str) -> Step:
    """Let a reader say that she has the version that holds."""

    def step(story: Story) -> None:
        reader = story.cast.people[login]
        with as_in_the_browser(reader):
            confirm_receipt(
                SafetyPlan.objects.current().get(family=story.family),
                organisation=story.cast.organisations[organisation],
                by=reader,
                at=story.now - timedelta(days=1),
            )

    return step
