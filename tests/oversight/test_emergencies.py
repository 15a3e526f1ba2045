"""The queue in which emergencies are judged: by whom, by when, and once (I13, R16)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import BreakGlass
from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from core.errors import NotAllowed, WrongState
from oversight.models import Judgement, Verdict
from oversight.operations import judge_broken_glass
from tests import factories
from tests.factories import NOW

REASON = "Moeder belt in paniek, collega is ziek"


@pytest.fixture
def glass(cast, regisseur, as_):
    with as_(cast.colleague):
        return operations.break_glass(
            cast.family.reference, because=REASON, second_factor_at=NOW, by=cast.colleague, at=NOW
        )


@pytest.mark.row("I13")
def test_reading_without_the_family_takes_a_reason_and_is_on_the_list_of_the_week(cast, regisseur, client, sign_in):
    sign_in(cast.colleague)
    home = reverse("overview:family", args=[cast.family.pk])
    assert client.get(home).status_code == 404
    door = reverse("cases:break_glass")
    assert client.post(door, {"reference": cast.family.reference, "because": ""}).status_code == 200
    assert not BreakGlass.objects.exists()
    client.post(door, {"reference": cast.family.reference, "because": REASON})
    assert client.get(home).status_code == 200

    sign_in(cast.privacy_officer)
    page = client.get(reverse("oversight:queue")).content.decode()
    assert REASON in page
    assert cast.colleague.name in page
    assert cast.family.persons.get(place="client").given_name not in page
    # The read log of the last week, by name.
    log = client.get(reverse("oversight:own_log")).content.decode()
    assert cast.colleague.name in log
    assert cast.family.reference in log


@pytest.mark.row("R16")
def test_what_nobody_judged_after_one_working_day_is_marked_late(cast, glass, client, sign_in, time_machine):
    sign_in(cast.privacy_officer)
    address = reverse("oversight:queue")
    assert "vp-item--now" not in client.get(address).content.decode()
    time_machine.move_to(NOW + timedelta(days=2), tick=False)
    sign_in(cast.privacy_officer)
    assert "vp-item--now" in client.get(address).content.decode()


def test_is_judged_once_and_not_without_a_note_when_it_was_not_needed(cast, glass, client, sign_in):
    sign_in(cast.privacy_officer)
    address = reverse("oversight:emergency", args=[glass.pk])
    page = client.get(address).content.decode()
    assert REASON in page
    assert cast.family.persons.get(place="client").given_name not in page
    assert client.post(address, {"verdict": "not_needed"}).status_code == 200
    assert not Judgement.objects.exists()
    client.post(address, {"verdict": "not_needed", "note": "De collega was bereikbaar"})
    client.post(address, {"verdict": "needed"})  # a stale tab

    judged = Judgement.objects.get()
    assert (judged.verdict, judged.judged_by) == ("not_needed", cast.privacy_officer)
    assert AuditEvent.objects.filter(event=Event.BROKEN_GLASS_JUDGED).count() == 1
    assert REASON not in client.get(reverse("oversight:queue")).content.decode()


def test_only_the_privacy_officer_judges_and_nobody_judges_herself(cast, glass, as_):
    for who in (cast.worker, cast.team_lead, factories.user("privacy_officer", at=cast.other_org)):
        with pytest.raises(NotAllowed), as_(who):
            judge_broken_glass(glass, verdict=Verdict.NEEDED, note="", by=who, at=NOW)
    factories.membership(cast.colleague, cast.shelter, "privacy_officer")
    with pytest.raises(WrongState), as_(cast.colleague):
        judge_broken_glass(glass, verdict=Verdict.NEEDED, note="", by=cast.colleague, at=NOW)


def test_the_queue_asks_as_often_for_twenty_as_for_two(cast, regisseur, client, sign_in):
    sign_in(cast.privacy_officer)
    client.get(reverse("oversight:queue"))  # the first page of a session asks more
    counts = []
    for number in (2, 18):
        for _ in range(number):
            factories.broken_glass(cast.family, factories.user(at=cast.shelter), cast.shelter)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("oversight:queue"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
