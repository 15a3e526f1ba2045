"""Everything that another organisation sees or saw joins to a ground that held at that moment (R17)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from access.models import Involvement, Relation
from audit.events import Event
from audit.models import AuditEvent
from audit.record import record
from cases import operations
from cases.basis_of_disclosures import orphans
from cases.models import Consent, Level, Share
from core.database import DatabaseRole, acting_as
from reminders import tasks
from tests import factories
from tests.cases.test_disclosures import shared_with_team
from tests.cases.test_sharing import shared, url
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("authority")


def found():
    with acting_as(DatabaseRole.JOBS):
        return [one.kind for one in orphans()]


@pytest.mark.row("R17")
def test_what_was_shared_and_read_in_every_way_rests_on_a_ground(client, sign_in, world):
    school, team = shared(world), shared_with_team(world)
    for who, page in (
        (world.mentor, url("alert", world.family)),
        (world.reader, world.family.get_absolute_url()),
        (world.worker, world.family.get_absolute_url()),
        (world.stand_in, url("persons", world.family)),
    ):
        sign_in(who)
        assert client.get(page).status_code == 200
    operations.withdraw_share(school, because="Klaar.", by=world.worker, at=NOW + timedelta(minutes=5))
    operations.withdraw_consent(
        Consent.objects.filter(ground=team.ground).first(),
        because="Niet meer.",
        by=world.worker,
        at=NOW + timedelta(minutes=5),
    )
    assert AuditEvent.objects.filter(event=Event.FAMILY_VIEWED, actor_id=world.reader.pk).exists()
    assert found() == []


@pytest.mark.row("R17")
def test_a_reading_without_a_ground_is_found(world):
    shared(world)
    record(Event.FAMILY_VIEWED, actor=world.mentor, subject=world.family)
    assert found() == []
    record(Event.FAMILY_VIEWED, actor=world.other_worker, subject=world.family)
    assert found() == ["reading"]


@pytest.mark.row("R17")
@pytest.mark.parametrize(
    "changed",
    [
        {"withdrawn_at": NOW - timedelta(minutes=1), "withdrawn_because": "x"},
        {"starts_at": NOW - timedelta(days=2), "ends_at": NOW},
        {"opened_at": NOW + timedelta(hours=1)},
    ],
    ids=["withdrawn", "ended", "not_yet_open"],
)
def test_a_reading_outside_the_time_of_its_ground_is_found(world, changed):
    shared(world)
    Share.objects.update(**changed)
    record(Event.FAMILY_VIEWED, actor=world.mentor, subject=world.family)
    assert "reading" in found()


@pytest.mark.row("R17")
def test_consent_that_was_taken_back_carries_nothing(world):
    shared(world)
    Consent.objects.update(withdrawn_at=NOW - timedelta(minutes=1), withdrawn_because="x")
    record(Event.FAMILY_VIEWED, actor=world.mentor, subject=world.family)
    assert "reading" in found()


@pytest.mark.row("R17")
def test_a_door_that_no_share_opened_or_that_stayed_open_is_found(world):
    factories.involvement(world.family, world.other_org, Relation.PARTNER, level=Level.ALERT)
    assert found() == ["door"]
    Involvement.objects.filter(organisation=world.other_org).delete()
    made = shared(world)
    Share.objects.update(withdrawn_at=NOW + timedelta(minutes=1), withdrawn_because="x")
    assert Involvement.objects.get(source_id=made.pk).closed_at is None
    assert found() == ["open_door"]


@pytest.mark.row("R17")
def test_the_command_and_the_nightly_job_say_so(world, caplog):
    out = StringIO()
    call_command("check_disclosures", stdout=out)
    record(Event.FAMILY_VIEWED, actor=world.other_worker, subject=world.family)
    with pytest.raises(CommandError):
        call_command("check_disclosures", stdout=out)
    assert "reading" in out.getvalue()
    assert connection.in_atomic_block
    tasks.check_disclosures()
    assert [line.kind for line in caplog.records if line.levelname == "ERROR"] == ["reading"]
