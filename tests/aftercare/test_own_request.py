"""The family calls itself: a card with a function and a central number, and work within the minute."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.models import OwnRequest
from aftercare.operations import Answers, Attempt, record_check_in, record_own_request
from audit.models import AuditEvent
from core.errors import NotAllowed
from follow_ups.models import FollowUp, Kind, State
from organisations.models import ContactPoint
from reminders.dispatch import dispatch
from reminders.sweep import sweep
from tests.factories import NOW
from tests.paper_text import read

FINE = Answers(help_running="yes", feels_safe="yes", plan_up_to_date="yes", needs_support="no")


@pytest.fixture
def point(cast):
    return ContactPoint.objects.create(
        municipality=cast.shelter.municipality, function_name="Contactpunt nazorg", central_phone="088-000 00 11"
    )


@pytest.mark.row("E13")
def test_the_card_holds_a_function_and_a_central_number_and_no_place_or_person(
    client, sign_in, cast, trajectory, point
):
    sign_in(cast.worker)

    answer = client.get(reverse("aftercare:contact_card", args=[cast.family.pk]))
    text = read(answer.content).text

    assert "Contactpunt nazorg" in text
    assert "088-000 00 11" in text
    for hidden in ("Marloes", "Wit", cast.family.reference, "De Haven", "Zwolle", "Els Vonk", "2026"):
        assert hidden not in text
    assert AuditEvent.objects.filter(event="paper.issued", family_id=cast.family.pk).exists()


def test_without_a_contact_point_there_is_no_card_and_a_word_about_it(client, sign_in, cast, trajectory):
    sign_in(cast.worker)

    page = client.get(reverse("aftercare:contact_card", args=[cast.family.pk]), follow=True)

    assert "heeft nog geen contactpunt" in page.content.decode()


@pytest.mark.row("E13")
def test_an_own_request_is_work_today_and_told_within_the_minute(client, sign_in, cast, trajectory):
    sign_in(cast.worker)
    told = []

    client.post(reverse("aftercare:own_request", args=[cast.family.pk]), {"channel": "phone", "words": "Bel mij"})
    sweep(today=NOW.date(), now=NOW + timedelta(minutes=1))
    dispatch(now=NOW + timedelta(minutes=1), send=lambda message: told.append(message.recipient))

    owed = FollowUp.objects.get(kind=Kind.OWN_REQUEST)
    assert (owed.due_on, owed.falls_to, owed.about_id) == (NOW.date(), "regisseur", OwnRequest.objects.get().pk)
    assert cast.regisseur in told
    trail = AuditEvent.objects.get(event="own_request.recorded")
    assert "Bel" not in str(trail.details)


def test_two_requests_on_one_day_are_two_things_to_do_and_one_conversation_settles_both(cast, trajectory):
    for _ in range(2):
        record_own_request(cast.family, channel="phone", words="", by=cast.worker, at=NOW)
    assert FollowUp.objects.filter(kind=Kind.OWN_REQUEST).open().count() == 2

    how = Attempt(happened_at=NOW, channel="phone", initiative="family", outcome="reached")
    record_check_in(trajectory, how, answers=FINE, by=cast.worker, at=NOW)

    assert set(FollowUp.objects.filter(kind=Kind.OWN_REQUEST).values_list("state", flat=True)) == {State.DONE}


def test_who_does_not_work_for_the_family_records_none(cast, trajectory):
    with pytest.raises(NotAllowed):
        record_own_request(cast.family, channel="phone", words="", by=cast.colleague, at=NOW)
