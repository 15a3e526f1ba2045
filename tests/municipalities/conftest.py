import pytest

from access.models import AssignmentKind, Relation
from accounts.models import Role
from cases.models import RegieKind, RegisseurPeriod
from tests import factories

NOW = factories.NOW
TODAY = NOW.date()


@pytest.fixture
def municipality(cast):
    organisation = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    factories.involvement(cast.family, organisation, Relation.RESPONSIBLE)
    return organisation


@pytest.fixture
def coordinator(municipality):
    return factories.user(Role.COORDINATOR, at=municipality)


def regie(family, user, organisation):
    return RegisseurPeriod.objects.create(
        family=family,
        user=user,
        organisation=organisation,
        kind=RegieKind.SHELTER,
        reason="family_opened",
        starts_at=NOW,
    )


@pytest.fixture
def regisseur(cast):
    regie(cast.family, cast.worker, cast.shelter)
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, cast.worker, cast.shelter, AssignmentKind.REGISSEUR)
    return cast.worker


@pytest.fixture
def team(municipality):
    made = factories.organisation("Wijkteam Hier")
    made.lead = factories.user(Role.TEAM_LEAD, at=made)
    made.worker = factories.user(at=made)
    return made
