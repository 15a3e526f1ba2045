from datetime import date

import pytest

from cases.models import Destination, RegieKind, Trajectory
from cases.operations import move_regie
from core.database import DatabaseRole, acting_as
from handover import operations
from tests import factories
from tests.factories import NOW


class _Opening:
    """Stands in for an open operation where a test builds what was there before."""

    actor = None

    def record(self, *args, **details):
        pass


def offered(**changed):
    return operations.NewHandover(
        **{
            "risk_of_care_avoidance": "Zij belt niet uit zichzelf.",
            "background": "Twee keer eerder opgevangen.",
            "discussed_on": date(2026, 3, 2),
            **changed,
        }
    )


def regie_of_the_shelter(cast):
    """Make the worker of the cast the regisseur, as opening the file would have done."""
    move_regie(
        cast.family,
        to=cast.worker,
        organisation=cast.shelter,
        kind=RegieKind.SHELTER,
        reason="family_opened",
        at=NOW,
        within=_Opening(),
    )


@pytest.fixture
def world(cast):
    """The family of `cast` with its regisseur, and a team in Zwolle that can be offered it."""
    regie_of_the_shelter(cast)
    cast.team = factories.organisation("Wijkteam Noord")
    cast.receiver = factories.user(at=cast.team, name="Samir Bouzid")
    cast.second_receiver = factories.user(at=cast.team)
    cast.trajectory = Trajectory.objects.get(family=cast.family)
    return cast


@pytest.fixture
def handover(world):
    return operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)


@pytest.fixture
def as_member():
    """Act as a person does in a request: the database's second lock is on."""

    def act(user):
        return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=list(user.standing))

    return act


def planned(world, **changed):
    decision = operations.Decision(date(2026, 3, 2), "Els Vonk en de behandelcoördinator", "De dreiging is weg.")
    return operations.plan_departure(
        world.trajectory,
        **{
            "on": date(2026, 3, 21),
            "destination": Destination.MUNICIPALITY,
            "municipality": world.team.municipality,
            "decision": decision,
            "by": world.worker,
            "at": NOW,
            **changed,
        },
    )
