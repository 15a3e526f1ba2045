from datetime import date

import pytest

from access.models import AssignmentKind, Relation
from cases.models import Person, Place, Trajectory
from tests import factories


@pytest.fixture
def trajectory(cast):
    """The cast's family, departed today, with a regisseur at the shelter and aftercare of ten months."""
    cast.regisseur = factories.user(at=cast.shelter, name="Samira Idrissi")
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, cast.regisseur, cast.shelter, AssignmentKind.REGISSEUR)
    found = Trajectory.objects.get(family=cast.family)
    found.departs_on, found.destination = date(2026, 3, 2), "unknown"
    found.involvement_ends_on = date(2027, 1, 4)
    found.save()
    return found


@pytest.fixture
def child(cast):
    return Person.objects.create(family=cast.family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 4, 2))
