"""How long a file is kept, and how it goes: a dry run, two persons, a hold, a tombstone, nothing left (I15, L17)."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from access.models import HoldKind
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family, Person, ProtectedKind, ProtectedPlace, ProtectedValue, Trajectory
from core import keys
from core.errors import NotAllowed, WrongState
from oversight import retention
from oversight.models import Destruction, DestructionItem, Law, RetentionTerm, Status, Tombstone
from oversight.operations import approve_destruction, end_hold, hold, refuse_destruction
from proof.results import keep
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
LONG_AGO = datetime(2005, 5, 1, 9, tzinfo=UTC)
CANARY = "Kanarienaam-7qz"


def old_family(cast, did, *, changed=LONG_AGO, child=True):
    """A file that was closed long ago, with something in many of its tables."""
    family = factories.family(opened_by=cast.shelter, client=CANARY)
    Family.objects.filter(pk=family.pk).update(opened_at=LONG_AGO)
    Trajectory.objects.filter(family=family).update(starts_on=date(2005, 1, 1), ends_on=date(2005, 4, 1))
    factories.involvement(family, cast.shelter, starts_at=LONG_AGO)
    factories.assignment(family, cast.worker, cast.shelter, starts_at=LONG_AGO)
    factories.follow_up(family)
    factories.share(family, cast.other_org, by=cast.worker)
    if child:
        Person.objects.create(family=family, place="child", given_name=CANARY)
    did(cast.worker, Event.TRAJECTORY_CLOSED, family=family, at=changed)
    return family


@pytest.fixture
def old(cast, did):
    return old_family(cast, did)


@pytest.fixture
def tombstones(tmp_path):
    return tmp_path / "tombstones.jsonl"


@pytest.fixture
def proposed(cast, old, as_job):
    with as_job():
        assert retention.propose(now=NOW) == 1
    return Destruction.objects.get()


def approve(as_, batch, who, *, at=NOW):
    with as_(who):
        return approve_destruction(batch, second_factor_at=NOW, by=who, at=at)


@pytest.fixture
def approved(cast, as_, proposed):
    approve(as_, proposed, cast.privacy_officer)
    return approve(as_, proposed, cast.administrator)


class TestTerm:
    def test_the_terms_are_data_with_the_article_they_come_from(self, db):
        terms = {one.law: (one.years, one.article) for one in RetentionTerm.objects.filter(valid_until=None)}
        assert terms["wmo"][0] == 15
        assert terms["jeugdwet"][0] == terms["veilig_thuis"][0] == 20
        assert all("artikel" in article for _years, article in terms.values())

    @pytest.mark.parametrize(("child", "years", "law"), [(False, 15, Law.WMO), (True, 20, Law.JEUGDWET)])
    def test_runs_from_the_last_change_to_the_day_by_the_longest_law(self, cast, did, as_job, child, years, law):
        family = old_family(cast, did, child=child)
        last = LONG_AGO.date() + relativedelta(years=years)
        with as_job():
            assert retention.due(last) == []
            (due,) = retention.due(last + timedelta(days=1))
        assert (due.family_id, due.law, due.last_change_on) == (family.pk, law, LONG_AGO.date())

    def test_reading_is_no_change_and_an_open_track_or_a_change_keeps_the_file(self, cast, did, old, as_job):
        did(cast.worker, Event.FAMILY_VIEWED, family=old)
        with as_job():
            assert len(retention.due(TODAY)) == 1
        did(cast.worker, Event.PERSON_CORRECTED, family=old)
        with as_job():
            assert retention.due(TODAY) == []

    def test_a_law_that_changed_counts_from_its_day(self, cast, old, as_job):
        RetentionTerm.objects.filter(law="jeugdwet").update(valid_until=TODAY)
        RetentionTerm.objects.create(law="jeugdwet", years=30, article="Jeugdwet, artikel 7.3.8", valid_from=TODAY)
        with as_job():
            assert retention.due(TODAY) == []


@pytest.mark.row("I15")
def test_the_dry_run_lists_the_approved_batch_goes_and_a_hold_refuses(
    cast, did, as_, as_job, old, tombstones, client, sign_in
):
    held, kept = old_family(cast, did), old_family(cast, did)
    with as_(cast.privacy_officer):
        hold(held, kind=HoldKind.LEGAL, reason="De rechter vraagt erom", by=cast.privacy_officer, at=NOW)
    printed = StringIO()
    call_command("retention_dry_run", stdout=printed)
    assert old.reference in printed.getvalue()
    assert held.reference not in printed.getvalue()
    assert Family.objects.filter(pk=old.pk).exists()

    with as_job():
        retention.propose(now=NOW)
        assert retention.carry_out(now=NOW, tombstones=tombstones) == 0
    batch = Destruction.objects.get()
    sign_in(cast.privacy_officer)
    page = client.get(reverse("oversight:destruction", args=[batch.pk])).content.decode()
    assert old.reference in page
    assert CANARY not in page
    address = reverse("oversight:destruction", args=[batch.pk])
    for _ in range(2):  # the same person twice is one approval
        client.post(address, {"agree": "on"})
    assert Destruction.objects.get().status == Status.PROPOSED
    sign_in(cast.administrator)
    client.post(address, {"agree": "on"})
    with as_(cast.privacy_officer):
        hold(kept, kind=HoldKind.CALAMITY, reason="De inspectie onderzoekt", by=cast.privacy_officer, at=NOW)
    with as_job():
        assert retention.carry_out(now=NOW, tombstones=tombstones) == 1
    assert not Family.objects.filter(pk=old.pk).exists()
    assert Family.objects.filter(pk__in=[held.pk, kept.pk]).count() == 2
    assert DestructionItem.objects.get(family_key=kept.pk).left_because == "hold"


@pytest.mark.row("L17")
def test_what_is_destroyed_leaves_who_when_and_why_and_no_content(cast, as_, as_job, old, approved, tombstones):
    with as_job():
        retention.carry_out(now=NOW, tombstones=tombstones)

    stone = Tombstone.objects.get()
    assert (stone.family_key, stone.reference, stone.law) == (old.pk, old.reference, "jeugdwet")
    assert {stone.first_by_id, stone.second_by_id} == {cast.privacy_officer.pk, cast.administrator.pk}
    assert stone.destroyed_at == NOW
    event = AuditEvent.objects.get(event=Event.FAMILY_DESTROYED)
    assert event.details["approved_by"] == [str(cast.privacy_officer.pk), str(cast.administrator.pk)]
    assert CANARY not in tombstones.read_text() + str(stone.__dict__) + str(event.details)


def holding(word):
    """Return every table in which a row holds this word: of the whole database."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.proof
@pytest.mark.row("R59")
def test_nothing_of_it_is_left_in_any_table_and_class_a_goes_with_it(cast, as_, as_job, old, approved, tombstones):
    person = Person.objects.get(family=old, place="client")
    place = ProtectedPlace.objects.create(
        family=old, person=person, kind=ProtectedKind.ADDRESS, entered_by=cast.worker, entered_at=LONG_AGO
    )
    sealed = keys.seal(place.pk, "Geheim 1")
    ProtectedValue.objects.create(family=old, place=place, sealed=sealed)
    assert "cases_person" in holding(CANARY)
    assert keys.unseal(place.pk, sealed) == "Geheim 1"
    copy_of_the_database = transaction.savepoint()
    with as_job():
        retention.carry_out(now=NOW, tombstones=tombstones)

    assert holding(CANARY) == []
    left = set(holding(str(old.pk)))
    assert left <= {"audit_auditevent", "oversight_destructionitem", "oversight_tombstone"}
    assert not ProtectedValue.objects.exists()
    # A copy from before: the row is back, and nobody reads it, whatever keys the installation has.
    transaction.savepoint_rollback(copy_of_the_database)
    with pytest.raises(keys.KeyGone):
        keys.unseal(place.pk, ProtectedValue.objects.get().sealed)
    with pytest.raises(keys.KeyGone):
        keys.unseal(place.pk, sealed)
    # And an older copy of the folder with keys does not bring it back either, once the tombstones were replayed.
    keys.seal(place.pk, "De oude sleutel, teruggezet")
    call_command("replay_tombstones", "--tombstones", str(tombstones), stdout=StringIO())
    assert holding(CANARY) == []
    assert not (settings.PROTECTED_KEYS / f"{place.pk}.key").exists()
    keep(
        "R59",
        holds=True,
        figure="0 rows left; class A of a copy from before 0 of 1 readable at once; rows and keys that came back "
        "destroyed again by their tombstones; backups are kept 35 days",
    )


def test_an_older_backup_that_is_put_back_gives_nothing_back(cast, did, as_job, old, approved, tombstones):
    point = transaction.savepoint()
    with as_job():
        retention.carry_out(now=NOW, tombstones=tombstones)
    assert not Family.objects.filter(pk=old.pk).exists()
    transaction.savepoint_rollback(point)  # the database as it was before
    assert Family.objects.filter(pk=old.pk).exists()

    printed = StringIO()
    call_command("replay_tombstones", "--tombstones", str(tombstones), stdout=printed)
    assert "1 files" in printed.getvalue()
    assert holding(CANARY) == []
    call_command("replay_tombstones", "--tombstones", str(tombstones), stdout=printed)
    assert "0 files" in printed.getvalue()


class TestWhatIsRefused:
    def test_what_changed_or_opened_again_since_is_left(self, cast, did, as_job, old, approved, tombstones):
        did(cast.worker, Event.PERSON_CORRECTED, family=old)
        with as_job():
            assert retention.carry_out(now=NOW, tombstones=tombstones) == 0
        assert DestructionItem.objects.get().left_because == "changed"
        assert Destruction.objects.get().status == Status.CARRIED_OUT

    def test_the_database_itself_destroys_nothing_that_two_did_not_approve(self, cast, as_, as_job, proposed):
        item = DestructionItem.objects.get()
        for step in (lambda: None, lambda: approve(as_, proposed, cast.privacy_officer)):
            step()
            with (
                pytest.raises(ProgrammingError, match="may not be destroyed"),
                as_job(),
                connection.cursor() as cursor,
            ):
                cursor.execute("SELECT destroy_family(%s)", [item.pk])
        with pytest.raises(IntegrityError, match="approved_by_two"), transaction.atomic():
            Destruction.objects.update(status="approved")
        with pytest.raises(IntegrityError, match="two_different"), transaction.atomic():
            Destruction.objects.update(second_by=cast.privacy_officer)

    def test_neither_a_request_nor_a_job_removes_a_row_by_itself(self, cast, as_, as_job, old):
        for role in (lambda: as_(cast.worker), as_job):
            for statement in ("DELETE FROM cases_person", "SELECT remove_family(%s)", "SELECT destroy_again(%s)"):
                with (
                    pytest.raises(ProgrammingError, match="permission denied"),
                    role(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(statement, [old.pk] if "%s" in statement else [])

    def test_only_the_two_roles_of_that_organisation_decide_and_with_a_fresh_second_factor(self, cast, as_, proposed):
        elsewhere = factories.user("privacy_officer", at=cast.other_org)
        for who in (cast.worker, cast.team_lead, cast.coordinator, elsewhere):
            with pytest.raises(NotAllowed):
                approve(as_, proposed, who)
            with as_(who):
                assert not Destruction.objects.of(who).exists()
        with as_(elsewhere):
            assert not Destruction.objects.exists()
            assert not DestructionItem.objects.exists()
        with pytest.raises(NotAllowed), as_(cast.privacy_officer):
            approve_destruction(proposed, second_factor_at=NOW - timedelta(minutes=6), by=cast.privacy_officer, at=NOW)

    def test_a_refusal_takes_a_reason_stops_it_and_the_files_come_back_later(self, cast, as_, as_job, approved):
        with pytest.raises(WrongState), as_(cast.administrator):
            refuse_destruction(approved, because=" ", by=cast.administrator, at=NOW)
        with as_(cast.administrator):
            refuse_destruction(approved, because="Het archief wil ze", by=cast.administrator, at=NOW)
        with as_job():
            assert retention.propose(now=NOW) == 1

    def test_what_somebody_approved_does_not_grow(self, cast, did, as_, as_job, proposed):
        approve(as_, proposed, cast.privacy_officer)
        old_family(cast, did)
        with as_job():
            assert retention.propose(now=NOW) == 0
        assert proposed.items.count() == 1

    @pytest.mark.parametrize("target", Status)
    @pytest.mark.parametrize("current", Status)
    def test_every_pair_of_statuses(self, current, target):
        batch = Destruction(status=current)
        allowed = {
            ("proposed", "approved"),
            ("proposed", "refused"),
            ("approved", "carried_out"),
            ("approved", "refused"),
        }
        if (current.value, target.value) in allowed:
            batch.move_to(target)
            assert batch.status == target
        else:
            with pytest.raises(WrongState):
                batch.move_to(target)


class TestHold:
    def test_is_the_privacy_officers_for_a_reason_and_once_per_kind(self, cast, as_):
        for who in (cast.worker, cast.team_lead, cast.administrator):
            with pytest.raises(NotAllowed), as_(who):
                hold(cast.family, kind=HoldKind.LEGAL, reason="De rechter", by=who, at=NOW)
        with pytest.raises(WrongState), as_(cast.privacy_officer):
            hold(cast.family, kind=HoldKind.LEGAL, reason=" ", by=cast.privacy_officer, at=NOW)
        with as_(cast.privacy_officer):
            held = hold(cast.family, kind=HoldKind.LEGAL, reason="De rechter", by=cast.privacy_officer, at=NOW)
        with pytest.raises(WrongState), as_(cast.privacy_officer):
            hold(cast.family, kind=HoldKind.LEGAL, reason="De rechter", by=cast.privacy_officer, at=NOW)
        with pytest.raises(WrongState), as_(cast.privacy_officer):
            end_hold(held, because=" ", by=cast.privacy_officer, at=NOW)
