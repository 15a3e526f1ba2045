from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from reminders import operations
from reminders.models import Absence, MailPreference
from tests import factories
from tests.factories import NOW

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker(cast, sign_in):
    sign_in(cast.worker)
    return cast.worker


def test_somebody_chooses_the_hour_of_her_message(client, worker):
    client.post(reverse("reminders:choose_hour"), {"hour": "9"})

    assert MailPreference.objects.get(user=worker).digest_hour == 9
    assert 'value="9" selected' in client.get(reverse("reminders:own")).content.decode()
    assert AuditEvent.objects.get(event="mail_preference.changed").actor_id == worker.pk


def test_an_hour_in_the_night_is_refused(client, worker):
    page = client.post(reverse("reminders:choose_hour"), {"hour": "3"}).content.decode()

    assert "errors" in page or "vp-error" in page
    assert not MailPreference.objects.exists()
    with pytest.raises(WrongState):
        operations.choose_hour(hour=3, by=worker)


def test_somebody_says_when_she_is_away(client, worker):
    client.post(reverse("reminders:record_own_absence"), {"starts_on": "2026-03-09", "ends_on": "2026-03-16"})

    again = {"starts_on": "2026-03-09", "ends_on": "2026-03-16"}
    page = client.post(reverse("reminders:record_own_absence"), again, follow=True).content.decode()
    assert "al opgeschreven" in page  # a double click: of two, ending one would leave her away
    absence = Absence.objects.get()
    assert (absence.user, absence.starts_on, absence.ends_on) == (worker, date(2026, 3, 9), date(2026, 3, 16))
    assert not Absence.objects.on(date(2026, 3, 16)).exists()
    assert Absence.objects.on(date(2026, 3, 15)).exists()


def test_a_year_that_nobody_means_is_said_beside_the_field(client, worker):
    page = client.post(reverse("reminders:record_own_absence"), {"starts_on": "2026-03-09", "ends_on": "9999-12-31"})

    assert "Kijk het jaar nog eens na." in page.content.decode()
    assert not Absence.objects.exists()


def test_days_in_the_wrong_order_are_said_beside_the_field_and_stay_filled_in(client, worker):
    page = client.post(
        reverse("reminders:record_own_absence"), {"starts_on": "2026-03-09", "ends_on": "2026-03-09"}
    ).content.decode()

    assert "2026-03-09" in page
    assert not Absence.objects.exists()


def test_a_team_lead_says_it_for_who_is_ill(client, sign_in, cast):
    sign_in(cast.team_lead)

    url = reverse("reminders:record_absence", args=[cast.worker.pk])
    client.post(url, {"starts_on": "2026-03-02"})

    # Twice is said on the page about her, and not on that of the lead's own reminders.
    assert client.post(url, {"starts_on": "2026-03-02"}).url == url
    absence = Absence.objects.get()
    assert (absence.user, absence.recorded_by, absence.ends_on) == (cast.worker, cast.team_lead, None)


@pytest.mark.parametrize("who", ["colleague", "other_worker"])
def test_nobody_else_does(cast, who):
    with pytest.raises(NotAllowed):
        operations.record_absence(cast.worker, starts_on=TODAY, ends_on=None, by=getattr(cast, who), at=NOW)


def test_a_team_lead_elsewhere_does_not(cast):
    elsewhere = factories.user("team_lead")

    with pytest.raises(NotAllowed):
        operations.record_absence(cast.worker, starts_on=TODAY, ends_on=None, by=elsewhere, at=NOW)


def test_who_is_back_earlier_says_so_once(cast):
    absence = operations.record_own_absence(starts_on=date(2026, 2, 2), ends_on=None, by=cast.worker, at=NOW)

    operations.end_absence(absence, by=cast.worker, at=NOW)

    assert not Absence.objects.on(TODAY).exists()
    with pytest.raises(WrongState):
        operations.end_absence(absence, by=cast.worker, at=NOW)


def test_an_absence_that_does_not_come_about_is_withdrawn(cast):
    absence = operations.record_own_absence(starts_on=date(2026, 6, 1), ends_on=None, by=cast.worker, at=NOW)

    operations.end_absence(absence, by=cast.worker, at=NOW)

    assert not Absence.objects.on(date(2026, 6, 1)).exists()


def test_the_page_says_for_how_many_families_there_is_no_stand_in(client, sign_in, cast):
    sign_in(cast.worker)
    assert "geen waarnemer" not in client.get(reverse("reminders:own")).content.decode()
    other = factories.family(opened_by=cast.shelter)
    factories.involvement(other, cast.shelter)
    factories.assignment(other, cast.worker, cast.shelter)

    assert "Voor één van je gezinnen is er geen waarnemer" in client.get(reverse("reminders:own")).content.decode()
