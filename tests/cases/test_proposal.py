"""Who should be regisseur: a measure first, then the shelter, then the neighbourhood team (B2)."""

from datetime import date

import pytest

from access.models import Relation
from cases.models import ChildProtectionMeasure, Person, Place, RegieKind, Trajectory
from cases.regie import propose
from follow_ups.models import FollowUp, Kind, State
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import planned, regie_of_the_shelter

TODAY = NOW.date()


@pytest.fixture
def world(cast):
    regie_of_the_shelter(cast)
    factories.involvement(cast.family, cast.coordinator.memberships.get().organisation, Relation.RESPONSIBLE)
    cast.team = factories.organisation("AA wijkteam")
    cast.trajectory = Trajectory.objects.get(family=cast.family)
    return cast


@pytest.mark.row("B2")
def test_the_three_cases_give_the_three_proposals_and_the_last_is_asked_before_the_aftercare_ends(world):
    def proposed(day):
        proposal = propose(world.family, today=day)
        return proposal.kind, proposal.organisation

    planned(world, involvement_ends_on=date(2026, 6, 21))
    assert proposed(TODAY) == (RegieKind.SHELTER, world.shelter)
    # The last day of the aftercare counts; the day after is the team's.
    assert proposed(date(2026, 6, 21)) == (RegieKind.SHELTER, world.shelter)
    assert proposed(date(2026, 6, 22)) == (RegieKind.NEIGHBOURHOOD_TEAM, world.team)
    asked = FollowUp.objects.get(kind=Kind.CHOOSE_REGISSEUR, state=State.OPEN)
    assert asked.due_on < date(2026, 6, 21)

    institution = factories.organisation("Jeugdbescherming", kind="child_protection")
    child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan")
    ChildProtectionMeasure.objects.create(
        family=world.family, child=child, kind="supervision", organisation=institution, starts_on=date(2026, 1, 1)
    )
    assert proposed(TODAY) == (RegieKind.CHILD_PROTECTION, institution)
    assert proposed(date(2026, 6, 22)) == (RegieKind.CHILD_PROTECTION, institution)


def test_a_shelter_without_aftercare_is_out_on_the_day_after_the_departure(world):
    world.shelter.aftercare_months = 0
    world.shelter.save()
    planned(world)
    assert propose(world.family, today=date(2026, 3, 21)).kind == RegieKind.SHELTER
    assert propose(world.family, today=date(2026, 3, 22)).kind == RegieKind.NEIGHBOURHOOD_TEAM
