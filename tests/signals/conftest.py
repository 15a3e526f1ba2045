from datetime import date
from uuid import uuid4

import pytest

from access.models import Relation
from accounts.models import Role
from cases.models import Person, Place, RegieKind
from cases.operations import move_regie
from core.database import DatabaseRole, acting_as
from organisations.models import ContactPoint
from signals import operations
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW


class _Opening:
    """Stands in for an open operation where a test builds what was there before."""

    actor = None

    def record(self, *args, **details):
        pass


def give_regie(world, to, organisation, at=NOW, kind=RegieKind.SHELTER):
    return move_regie(
        world.family, to=to, organisation=organisation, kind=kind, reason="test", at=at, within=_Opening()
    )


def account(**changed):
    return operations.Account(
        **{
            "token": uuid4(),
            "acute": "no",
            "kind": "facts",
            "callback_phone": "088 000 04 56",
            "child_name": "Daan de Wit",
            "child_born_on": date(2018, 2, 1),
            "what_seen": "Daan durft na school niet naar huis.",
            **changed,
        }
    )


def typed(world, **changed):
    """What the form posts, about a child that is not on the list."""
    return {
        "token": str(uuid4()),
        "organisation": str(world.school.pk),
        "acute": "no",
        "child": "another",
        "child_name": "Daan de Wit",
        "child_born_on": "2018-02-01",
        "kind": "facts",
        "what_seen": "Daan durft na school niet naar huis.",
        "callback_phone": "088 000 04 56",
        **changed,
    }


@pytest.fixture
def world(cast):
    """The family of `cast` with a regisseur, a child of eight, a school that knows it, and a Veilig Thuis."""
    give_regie(cast, cast.worker, cast.shelter)
    cast.child = Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=date(2018, 2, 1)
    )
    cast.school = factories.organisation("De Regenboog", kind="school_primary")
    cast.teacher = factories.user(Role.SIGNALLER, at=cast.school, name="Bas Smit")
    factories.involvement(cast.family, cast.school, Relation.PARTNER, level=1)
    cast.contact = ContactPoint.objects.create(
        municipality=cast.school.municipality, function_name="Meldpunt zorg", central_phone="14 038"
    )
    cast.veilig_thuis = factories.organisation("Veilig Thuis Oost", kind="veilig_thuis")
    cast.adviser = factories.user(at=cast.veilig_thuis)
    return cast


@pytest.fixture
def signal(world):
    """Reported by the school and routed."""
    made = operations.report(account(), organisation=world.school, by=world.teacher, at=NOW)
    route_waiting(now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def as_member():
    """Act as a person does in a request: the database's second lock is on."""

    def act(user):
        return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=list(user.standing))

    return act
