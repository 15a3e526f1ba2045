"""How many families of others somebody reads before she is asked for her second step again (R43)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access import budget
from accounts.step_up import StaleSecondFactor
from audit.events import Event
from audit.models import AuditEvent
from oversight.models import Alert
from oversight.operations import resume_reading
from oversight.review import review
from proof.results import keep
from tests import factories
from tests.factories import NOW


@pytest.fixture
def reader(cast):
    """Somebody of a partner, named as reader of many shares."""
    partner = factories.organisation(kind="general_practice")
    who = factories.user(at=partner)
    who.partner = partner
    return who


def shared(cast, reader, number):
    families = []
    for _ in range(number):
        family = factories.family()
        factories.share(family, reader.partner, by=cast.worker)
        factories.assignment(family, reader, reader.partner, "reader", starts_at=NOW - timedelta(days=1))
        families.append(family)
    return families


def opened(client, families):
    return [client.get(reverse("overview:family", args=[family.pk])).status_code for family in families]


@pytest.mark.proof
@pytest.mark.row("R43")
def test_a_scraper_reads_fifteen_families_and_is_asked_again(cast, reader, client, sign_in, as_job):
    families = shared(cast, reader, 18)
    sign_in(reader)
    answers = opened(client, families)

    keep("R43", holds=answers.count(200) <= 15, figure=f"{answers.count(200)} families read before the brake")
    assert answers == [200] * 15 + [302] * 3
    # What was read already stays open, the second step opens the next ones, and the owner of alerts hears of it.
    assert opened(client, families[:3]) == [200] * 3
    address = client.get(reverse("overview:family", args=[families[16].pk])).headers["Location"]
    assert address == reverse("oversight:read_on")
    assert client.post(address, {}).status_code == 200
    client.post(address, {"because": "takes_over"})
    assert opened(client, families[15:]) == [200] * 3
    stopped = AuditEvent.objects.filter(event=Event.READING_STOPPED)
    assert stopped.count() == 4
    assert AuditEvent.objects.get(event=Event.READING_RESUMED).details == {"why": "takes_over"}
    with as_job():
        review(now=NOW + timedelta(minutes=1))
    assert Alert.objects.filter(actor=reader, pattern="breadth").exists()


def test_what_a_search_finds_counts(cast, reader, client, sign_in):
    families = shared(cast, reader, 16)
    sign_in(reader)
    answer = client.post(reverse("cases:find_family"), {"name": "Marloes de Wit"})
    assert answer.status_code == 302
    assert "Marloes" not in answer.content.decode()
    assert opened(client, families[:1]) == [200]


def test_ones_own_families_do_not_count(cast, client, sign_in):
    families = [factories.family(opened_by=cast.shelter) for _ in range(17)]
    for family in families:
        factories.involvement(family, cast.shelter)
        factories.assignment(family, cast.worker, cast.shelter)
    sign_in(cast.worker)
    assert opened(client, families) == [200] * 17


def test_after_an_hour_there_is_room_again_and_after_forty_in_a_day_there_is_not(
    cast, reader, client, sign_in, time_machine, did
):
    families = shared(cast, reader, 4)
    for number in range(39):
        did(reader, family=factories.family(), ago=timedelta(hours=2 + number // 14))
    sign_in(reader)
    assert opened(client, families[:2]) == [200, 302]
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    sign_in(reader)
    assert opened(client, families[2:3]) == [404] or opened(client, families[2:3]) == [200]


def test_the_budget_is_asked_after_the_permission(cast, reader, client, sign_in, did):
    """A brake that shows on a file that is not hers would say that it is there."""
    for _ in range(budget.PER_HOUR + 1):
        did(reader, family=factories.family(), ago=timedelta(minutes=5))
    sign_in(reader)
    assert opened(client, [cast.family]) == [404]


def test_reading_on_takes_a_fresh_second_factor_in_the_operation_too(reader, as_):
    stale = NOW - timedelta(minutes=6)
    with pytest.raises(StaleSecondFactor), as_(reader):
        resume_reading(because="takes_over", second_factor_at=stale, by=reader, at=NOW)
    assert not AuditEvent.objects.filter(event=Event.READING_RESUMED).exists()
