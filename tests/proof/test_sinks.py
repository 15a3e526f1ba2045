"""Everything that leaves other than pages: the log, mail, the cache, sessions and every other table (R3, R28, R29)."""

import logging

import pytest
from django.core import mail  # noqa: TID251 - read here, sent by reminders.mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from access.models import Relation
from cases.models import Person, ProtectedKind, ProtectedPlace, ProtectedValue
from core.logs import WithoutContents
from follow_ups.models import Outbox, Reminder
from reminders.mail import tell
from reminders.recipients import candidates
from tests import factories
from tests.factories import NOW

TOKEN = "kanarie-a-adres-8q2v"


@pytest.fixture
def told(cast, client, sign_in):
    """A value that was entered, granted and shown, with everything that follows from it."""
    regisseur = factories.user(at=cast.shelter)
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, regisseur, cast.shelter, "regisseur")
    person = Person.objects.get(family=cast.family, place="client")
    sign_in(cast.worker)
    client.post(
        reverse("cases:enter_place", args=[cast.family.pk]),
        {"person": person.pk, "kind": "address", "value": TOKEN},
    )
    place = ProtectedPlace.objects.get()
    sign_in(regisseur)
    client.post(
        reverse("cases:grant_place", args=[place.pk]),
        {"user": cast.worker.pk, "because": "Brengt spullen", "until": "2026-03-09"},
    )
    sign_in(cast.worker)
    page = client.post(
        reverse("cases:reveal", args=[cast.family.pk]), {"place": place.pk, "because": "Ik rijd er nu heen"}
    )
    assert TOKEN in page.content.decode()  # the positive control: with the grant it does come out
    assert TOKEN not in str(page.headers)
    return cast


@pytest.mark.row("R3", "D19")
def test_no_other_table_holds_it_and_its_own_only_as_ciphertext(told):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        assert "cases_protectedvalue" in tables
        holding = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{TOKEN}%"])
            if cursor.fetchone()[0]:
                holding.append(table)
    assert holding == []


@pytest.mark.row("R3", "R29")
def test_neither_sessions_nor_the_cache_hold_it(told, client):
    assert TOKEN not in str(dict(client.session))
    assert TOKEN not in str(cache.__dict__) + str(getattr(cache, "_cache", ""))


@pytest.mark.row("R3", "R21", "I14")
def test_the_mail_that_tells_of_it_says_nothing(told):
    for follow_up in told.family.follow_ups.filter(kind="read_reveal"):
        reminder = Reminder.objects.create(family=told.family, follow_up=follow_up, step=0, raised_at=NOW)
        Outbox.objects.create(family=told.family, reminder=reminder, made_at=NOW)
        tell(next(candidates(reminder, now=NOW)))

    (message,) = mail.outbox
    client_ = Person.objects.get(family=told.family, place="client")
    text = message.message().as_string()
    for word in (TOKEN, client_.given_name, client_.surname, told.shelter.name, told.family.reference):
        assert word not in text


@pytest.mark.row("R28")
def test_a_violated_constraint_of_its_table_says_nothing_in_the_log(told):
    place = ProtectedPlace.objects.get()
    lines = []
    try:
        with transaction.atomic():
            ProtectedValue.objects.create(family=told.family, place=place, sealed=TOKEN)
    except IntegrityError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed: %s", (error,), (type(error), error, None))
        lines.append(WithoutContents().format(record))

    (line,) = lines
    assert TOKEN not in line
    assert "Key (" not in line


@pytest.mark.row("R3")
def test_all_kinds_are_planted_in_the_grid():
    from tests.proof import canaries

    assert set(canaries.CLASS_A) == set(ProtectedKind)
    page = f"<p>{canaries.CLASS_A[ProtectedKind.ADDRESS]}</p>".encode()
    assert canaries.found_in(page) == {canaries.CLASS_A[ProtectedKind.ADDRESS]}
