"""A file that is kept as it was, for an investigation (B27): nothing that stands in it changes, and work goes on."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import RequestFactory
from django.urls import reverse

from access.models import Hold
from audit.events import Event
from audit.models import AuditEvent
from cases import operations as cases
from cases.models import Destination, Person, ProtectedKind, Trajectory
from core.errors import NotAllowed
from core.middleware import DomainErrors
from follow_ups.models import FollowUp
from handover.models import DepartureCheck, DepartureDecision
from oversight import retention
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import planned

# Who may come in, and what is owed: no part of what was written, and reminders must never stop.
LEFT_OUT = re.compile(r"^(access|follow_ups)_")


@pytest.fixture
def held(cast):
    return Hold.objects.create(
        family=cast.family, kind="calamity", reason="De inspectie", set_by=cast.privacy_officer, set_at=NOW
    )


def what_moves_on():
    """Return per table what may still become something else in a frozen file, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger"
            " WHERE tgname = 'stays_as_written' AND tgenabled = 'O'"
        )
        return {table: [name for name in arguments.split("\\000") if name] for table, arguments in cursor.fetchall()}


def test_every_table_of_a_family_keeps_what_was_written(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tables_of_families() t")
        tables = {table for (table,) in cursor.fetchall()} | {"cases_family"}
    assert {table for table in tables if not LEFT_OUT.match(table)} - set(what_moves_on()) == set()
    assert not [table for table in what_moves_on() if LEFT_OUT.match(table)]


# Cleared when a signal turns out to be about another family, and goes there.
OF_A_SIGNAL_THAT_LEAVES = {"signals_signal.returned_because"}


def test_what_moves_on_is_a_state_or_a_day_and_never_words(db):
    fields = {model._meta.db_table: {one.column: one for one in model._meta.fields} for model in apps.get_models()}
    for table, columns in what_moves_on().items():
        for column in columns:
            field, name = fields[table][column], f"{table}.{column}"
            has_words = isinstance(field, models.CharField | models.TextField) and not field.choices
            assert not has_words or name in OF_A_SIGNAL_THAT_LEAVES, name


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("was", "becomes", "stays"),
        [
            ({"given_name": "Marloes"}, {"given_name": "Anders"}, True),
            ({"given_name": "Marloes"}, {"given_name": ""}, True),
            ({"born_on": date(1990, 1, 1)}, {"born_on": None}, True),
            ({"needs_interpreter": True}, {"needs_interpreter": False}, True),
            ({"needs_interpreter": False}, {"needs_interpreter": True}, False),
            ({"language": "Tigrinya"}, {"language": "Tigrinya en Engels"}, False),
            ({"language": "Tigrinya"}, {"language": "Tigrinyaans"}, True),
            ({"surname": ""}, {"surname": "de Wit"}, False),
            ({"born_on": None}, {"born_on": date(1990, 1, 1)}, False),
            ({"given_name": "Marloes"}, {"given_name": "Marloes"}, False),
        ],
    )
    def test_fills_what_is_empty_and_changes_nothing_that_is_there(self, cast, held, was, becomes, stays):
        held.delete()
        client = Person.objects.filter(family=cast.family, place="client")
        client.update(**was)
        Hold.objects.bulk_create([held])

        def change():
            with transaction.atomic():
                client.update(**becomes)

        if stays:
            with pytest.raises(DatabaseError, match="frozen"):
                change()
            assert client.filter(**was).exists()
        else:
            change()

    def test_minds_the_files_that_are_frozen_and_no_other(self, cast, held):
        client = Person.objects.filter(family=cast.family, place="client")
        elsewhere = factories.family(opened_by=cast.shelter)
        Person.objects.filter(family=elsewhere).update(given_name="Anders")
        for changed in ({"kind": "legal"}, {"kind": "calamity", "ended_at": NOW, "ended_by": cast.worker}):
            Hold.objects.update(**changed | ({"ended_because": "Klaar"} if "ended_at" in changed else {}))
            client.update(given_name="Anders")


def test_who_writes_in_a_frozen_file_is_told_before_and_who_only_reads_it_is_not(cast, held, client, sign_in):
    told = "Vastgehouden voor een onderzoek"
    page = reverse("overview:family", args=[cast.family.pk])
    sign_in(cast.worker)
    assert told in client.get(page).content.decode()
    reader = factories.user(at=factories.organisation(kind="general_practice"))
    factories.share(cast.family, reader.memberships.get().organisation, by=cast.worker)
    factories.assignment(cast.family, reader, reader.memberships.get().organisation, "reader")
    sign_in(reader)
    shown = client.get(page)
    assert shown.status_code == 200
    assert told not in shown.content.decode()
    for changed in ({"kind": "legal"}, {"kind": "calamity", "ended_at": NOW, "ended_by": cast.worker}):
        Hold.objects.update(**changed | ({"ended_because": "Klaar"} if "ended_at" in changed else {}))
        sign_in(cast.worker)
        assert told not in client.get(page).content.decode()


@pytest.mark.row("B27")
def test_after_a_calamity_nothing_is_purged_or_edited_and_every_view_is_logged(cast, as_, as_job, client, sign_in):
    sign_in(cast.privacy_officer)
    typed = {"reference": cast.family.reference, "kind": "calamity", "reason": "De inspectie onderzoekt"}
    client.post(reverse("oversight:retention"), typed)
    held = Hold.objects.get()
    person = Person.objects.get(family=cast.family, place="client")

    # Whatever is asked of whatever table: it stays as it was written.
    other = factories.family(opened_by=cast.shelter)
    factories.involvement(other, cast.shelter)
    for who in (lambda: as_(cast.worker), as_job):
        with pytest.raises(DatabaseError, match="frozen"), who():
            Person.objects.filter(pk=person.pk).update(family=other)
    sign_in(cast.worker)
    address = reverse("cases:correct_person", args=[person.pk])
    refused = client.post(address, {"given_name": "Anders dan eerst"})
    assert refused.status_code == 403, refused.context["form"].errors
    person.refresh_from_db()
    assert person.given_name == "Marloes"
    assert AuditEvent.objects.filter(event=Event.ACCESS_DENIED, family_id=cast.family.pk).exists()
    # What she typed is there to copy.
    assert "Anders dan eerst" in refused.content.decode()
    assert "voor een onderzoek" in refused.content.decode()

    with as_job():
        assert cast.family.pk not in {one.family_id for one in retention.due(date(2099, 1, 1))}
    seen = AuditEvent.objects.filter(event=Event.FAMILY_VIEWED, family_id=cast.family.pk).count()
    client.get(reverse("overview:family", args=[cast.family.pk]))
    assert AuditEvent.objects.filter(event=Event.FAMILY_VIEWED, family_id=cast.family.pk).count() == seen + 1
    # What happens now is still written down: a freeze that stopped it would be a danger of its own.
    with as_(cast.worker):
        cases.enter_place(person, kind=ProtectedKind.CODE_WORD, value="Blauw", replaces=None, by=cast.worker, at=NOW)

    sign_in(cast.privacy_officer)
    address = reverse("oversight:end_hold", args=[held.pk])
    assert client.post(address, {"because": ""}).context["form"].errors["because"]
    client.post(address, {"because": "Het onderzoek is klaar"})
    client.post(address, {"because": "Nog eens klaar"})
    assert not Hold.objects.standing().exists()
    with as_(cast.worker):
        Person.objects.filter(pk=person.pk).update(given_name="Anders")


def test_what_was_to_be_protected_does_not_come_back_with_a_refusal(db):
    sent = {"value": "Geheimlaan 1", "because": "Zij verhuist morgen", "kind": "address"}
    request = RequestFactory().post("/", sent)
    page = DomainErrors(lambda request: None).process_exception(request, NotAllowed("Dit mag niet."))
    assert "Zij verhuist morgen" in page.content.decode()
    assert "Geheimlaan" not in page.content.decode()


def test_a_departure_that_moves_leaves_every_day_that_was_planned(cast, held):
    cast.team = factories.organisation("Wijkteam Noord")
    cast.trajectory = Trajectory.objects.get(family=cast.family)
    planned(cast)
    DepartureCheck.objects.filter(kind="new_assessment").update(
        state="overridden", because="De regisseur neemt het op zich.", closed_by=cast.worker, closed_at=NOW
    )
    planned(cast, on=NOW.date(), destination=Destination.UNKNOWN, municipality=None)

    cast.trajectory.refresh_from_db()
    assert cast.trajectory.departs_on == NOW.date()
    earlier = DepartureDecision.objects.get(departs_on=date(2026, 3, 21))
    assert earlier.municipality == cast.team.municipality
    assert DepartureCheck.objects.get(kind="new_assessment").because
    # Its work and its clocks follow the day on which the family really leaves.
    assert FollowUp.objects.filter(family=cast.family, kind="out_of_sight", state="open", due_on=NOW.date()).exists()
