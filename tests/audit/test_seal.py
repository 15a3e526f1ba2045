"""The chain over the audit log: whatever was changed before the last anchor is found, and where (R45)."""

import json
from collections import Counter
from datetime import timedelta
from io import StringIO
from random import Random
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from audit import seal
from audit.events import Event, Result
from audit.models import AuditEvent, Seal
from audit.record import from_origin, record
from core.database import DatabaseRole, acting_as
from reminders import tasks
from tests import factories
from tests.factories import NOW

EVENTS = 24
LATER = NOW + timedelta(minutes=10)


def fill(count=EVENTS):
    for number in range(count):
        AuditEvent.objects.create(
            event=Event.FAMILY_VIEWED,
            occurred_at=NOW + timedelta(seconds=number),
            actor_id=uuid4(),
            origin="web 127.0.0.1",
            subject_type="cases.family",
            subject_id=uuid4(),
            family_id=uuid4(),
            details={"number": number},
        )


@pytest.fixture
def file(tmp_path):
    return tmp_path / "anchors" / "anchors.jsonl"


@pytest.fixture
def sealed(db, file):
    """A log that was sealed and anchored twice, halfway and at its end."""
    fill(EVENTS // 2)
    seal.seal(now=NOW)
    seal.anchor(now=NOW, file=file)
    fill(EVENTS // 2)
    seal.seal(now=LATER)
    seal.anchor(now=LATER, file=file)
    return file


def found(file):
    return seal.breaks(now=LATER, anchored=list(seal.anchors(file)))


def test_a_log_that_was_left_alone_is_whole(sealed):
    assert found(sealed) == []
    assert Seal.objects.count() == AuditEvent.objects.count() == EVENTS
    assert [one.position for one in seal.anchors(sealed)] == [EVENTS // 2, EVENTS]


def test_sealing_and_anchoring_again_adds_nothing(sealed):
    assert seal.seal(now=LATER) == 0
    assert seal.anchor(now=LATER, file=sealed) is None


def test_an_event_that_commits_late_is_sealed_behind_the_others(sealed):
    AuditEvent.objects.create(event=Event.SIGNED_IN, occurred_at=NOW - timedelta(minutes=3), origin="web 127.0.0.1")
    assert seal.seal(now=LATER) == 1
    assert found(sealed) == []


def test_what_waits_for_a_seal_too_long_is_reported(sealed):
    late = AuditEvent.objects.create(event=Event.SIGNED_IN, occurred_at=NOW, origin="web 127.0.0.1")
    assert [(one.first, one.event_id) for one in found(sealed)] == [(EVENTS + 1, str(late.pk))]


# --- Tampering, by somebody who owns the database ---


def edit(random):
    """Change one field of one event."""
    place = random.randint(1, EVENTS)
    event = AuditEvent.objects.filter(pk=Seal.objects.get(position=place).event_id)
    event.update(
        **random.choice(
            [
                {"actor_id": uuid4()},
                {"result": Result.REFUSED},
                {"event": Event.SIGNED_OUT},
                {"occurred_at": NOW - timedelta(seconds=1)},
                {"details": {"number": -1}},
                {"origin": "web 127.0.0.2"},
                {"family_id": None},
                {"subject_id": uuid4()},
            ]
        )
    )
    return place, place


def delete(random):
    """Remove one event, with or without its seal."""
    place = random.randint(1, EVENTS)
    gone = Seal.objects.get(position=place)
    AuditEvent.objects.filter(pk=gone.event_id).delete()
    if random.random() < 0.5:
        gone.delete()
    return place, place


def cut_off(random):
    """Remove the end: events and seals alike."""
    place = random.randint(1, EVENTS)
    gone = Seal.objects.filter(position__gte=place)
    AuditEvent.objects.filter(pk__in=list(gone.values_list("event_id", flat=True))).delete()
    gone.delete()
    return place, EVENTS


def write_anew(random):
    """Change one event and seal everything from there anew, so that the chain itself is perfect."""
    place, _ = edit(random)
    before = Seal.objects.filter(position=place - 1).first()
    digest = before.digest if before else seal.FIRST
    for one in Seal.objects.filter(position__gte=place).order_by("position"):
        digest = seal.digest_of(digest, AuditEvent.objects.get(pk=one.event_id))
        Seal.objects.filter(pk=one.pk).update(digest=digest)
    return place, place


ATTACKS = [edit, delete, cut_off, write_anew]


def attack(how, random, file):
    """Attack, look, and undo. Say whether it was found, and whether the place that is named holds it."""
    with transaction.atomic():
        first, last = how(random)
        seen = found(file)
        transaction.set_rollback(True)
    return bool(seen), any(one.first <= first and last <= one.last for one in seen)


@pytest.mark.parametrize("how", ATTACKS, ids=lambda how: how.__name__)
def test_each_kind_of_tampering_is_found_where_it_is(sealed, how):
    random = Random(4)  # noqa: S311  # the same attacks each time
    assert Counter(attack(how, random, sealed) for _ in range(15)) == {(True, True): 15}
    assert found(sealed) == []


@pytest.mark.row("R45")
@pytest.mark.slow
@pytest.mark.parametrize("how", ATTACKS, ids=lambda how: how.__name__)
def test_five_hundred_of_each_are_all_found(sealed, how):
    random = Random(500)  # noqa: S311  # the same attacks each time
    assert Counter(attack(how, random, sealed) for _ in range(500)) == {(True, True): 500}


def test_without_the_anchor_a_log_written_anew_looks_whole(sealed):
    """Why the anchors are kept outside: the chain alone finds none of these."""
    with transaction.atomic():
        write_anew(Random(1))  # noqa: S311
        assert seal.breaks(now=LATER, anchored=[]) == []
        transaction.set_rollback(True)


def test_the_command_says_where_and_fails(sealed, settings):
    settings.AUDIT_ANCHORS = sealed
    out = StringIO()
    call_command("verify_audit_log", stdout=out)
    assert f"position {EVENTS}" in out.getvalue()
    changed = Seal.objects.get(position=7).event_id
    AuditEvent.objects.filter(pk=changed).update(origin="web elsewhere")
    with pytest.raises(CommandError):
        call_command("verify_audit_log", stdout=out)
    assert f"position 7: the event or its seal was changed (event {changed})" in out.getvalue()


@pytest.mark.row("R45")
def test_a_job_may_add_seals_and_a_request_may_do_nothing_with_them(sealed):
    for role, statements in (
        (DatabaseRole.APP, ("SELECT 1 FROM audit_seal", "DELETE FROM audit_seal")),
        (
            DatabaseRole.JOBS,
            (
                "UPDATE audit_seal SET digest = digest",
                "DELETE FROM audit_seal",
                "DELETE FROM audit_auditevent",
                "UPDATE audit_auditevent SET origin = ''",
            ),
        ),
    ):
        for statement in statements:
            with pytest.raises(ProgrammingError), acting_as(role), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_jobs_seal_anchor_and_check(db, file, settings, caplog):
    settings.AUDIT_ANCHORS = file
    with from_origin("web 127.0.0.1"):
        record(Event.SIGNED_IN, actor=factories.user())
    tasks.seal_audit_log()
    tasks.anchor_audit_log()
    assert json.loads(file.read_text())["position"] == Seal.objects.count() == 1
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    tasks.check_audit_log()
    assert not [line for line in caplog.records if line.levelname == "ERROR"]
    AuditEvent.objects.update(origin="elsewhere")
    tasks.check_audit_log()
    assert [line.message for line in caplog.records if line.levelname == "ERROR"] == ["the audit log was broken"]


def test_an_audit_row_holds_who_what_when_where_about_what_and_how_it_ended(db):
    """The six fields of BIO2 8.15.01, filled in by the one writer."""
    somebody = factories.user()
    family = factories.family()
    with from_origin("web 203.0.113.9"):
        row = record(Event.FAMILY_VIEWED, actor=somebody, subject=family)
    row.refresh_from_db()
    assert (row.actor_id, row.event, row.occurred_at, row.origin, row.subject_id, row.result) == (
        somebody.pk,
        Event.FAMILY_VIEWED,
        NOW,
        "web 203.0.113.9",
        family.pk,
        Result.DONE,
    )
    assert (row.subject_type, row.family_id) == ("cases.family", family.pk)
