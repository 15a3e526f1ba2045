from datetime import timedelta

import pytest

from access.models import Relation
from audit.events import Event
from audit.models import AuditEvent
from core.database import DatabaseRole, acting_as
from tests import factories
from tests.factories import NOW


@pytest.fixture
def regisseur(cast):
    who = factories.user(at=cast.shelter, name="Regisseur Vonk")
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, who, cast.shelter, "regisseur")
    return who


@pytest.fixture
def as_():
    return lambda user: acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)


@pytest.fixture
def as_job():
    return lambda: acting_as(DatabaseRole.JOBS)


@pytest.fixture
def did():
    """Write that somebody did something, some time ago: the log as it would stand."""

    def did(who, event=Event.FAMILY_VIEWED, *, family=None, ago=timedelta(hours=1), at=None, **fields):
        return AuditEvent.objects.create(
            event=event,
            actor_id=who.pk,
            family_id=family.pk if family else None,
            occurred_at=at or NOW - ago,
            origin="web 127.0.0.1",
            **fields,
        )

    return did
