from datetime import date

import pytest

from cases.models import Person, Place
from safety_plans import operations
from safety_plans.models import Level, Section, SubjectKind
from safety_plans.operations import Judgement
from tests import factories


@pytest.fixture
def household(cast):
    """The client, two children and the person the others must be safe from."""

    def add(place, given_name, **fields):
        return Person.objects.create(family=cast.family, place=place, given_name=given_name, **fields)

    cast.client = Person.objects.get(family=cast.family, place=Place.CLIENT)
    cast.femke = add(Place.CHILD, "Femke", born_on=date(2010, 5, 1))
    cast.daan = add(Place.CHILD, "Daan", born_on=date(2017, 9, 1))
    cast.ex = add(Place.EX_PARTNER, "Robert", causes_harm=True)
    cast.whole_family = [
        Judgement(SubjectKind.PERSON_CAUSING_HARM, cast.ex, Level.HIGH, "Hij belt haar moeder."),
        Judgement(SubjectKind.CLIENT, cast.client, Level.RAISED),
        Judgement(SubjectKind.CHILD, cast.femke, Level.LOW),
        Judgement(SubjectKind.CHILD, cast.daan, Level.RAISED),
        Judgement(SubjectKind.HOUSEHOLD, None, Level.RAISED),
    ]
    return cast


@pytest.fixture
def draft(household):
    """A first version with an agreement for one child and nothing about the police."""
    made = operations.draft_plan(household.family, by=household.worker, at=factories.NOW)
    operations.add_item(made, section=Section.DANGER, text="Hij komt langs als hij boos is.", by=household.worker)
    operations.add_item(
        made,
        section=Section.AGREEMENTS,
        text="Alleen oma haalt Daan op.",
        person=household.daan,
        checked_by="Intern begeleider",
        by=household.worker,
    )
    return made


@pytest.fixture
def current(draft, household):
    return operations.activate(
        draft,
        agreed_with_client_on=date(2026, 3, 2),
        review_on=date(2026, 4, 2),
        by=household.worker,
        at=factories.NOW,
    )
