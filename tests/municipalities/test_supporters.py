"""The coordinator keeps the supporters of her own municipality, on the page (B9)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from handover.forms import AssignSupporter
from handover.models import SupporterAssignment
from handover.supporters import supporters_of
from organisations.models import Municipality, PassageText, Supporter
from organisations.passages import words_of
from tests import factories
from tests.factories import NOW
from tests.organisations import factories as make

LIST = "municipalities:supporters"


def supporter(user, team, **changed):
    known = {"attention_area": "Vrouwenopvang", "capacity": 5, "valid_from": date(2026, 1, 1)}
    return Supporter.objects.create(user=user, organisation=team, municipality=team.municipality, **known | changed)


@pytest.fixture
def page(client, sign_in, coordinator):
    sign_in(coordinator)
    return client


@pytest.mark.row("B11")
def test_what_is_asked_of_a_supporter_is_worded_per_region_and_who_is_not_trained_is_warned_about(
    page, cast, team, municipality
):
    here = Municipality.objects.get(pk=municipality.municipality_id)
    region = make.region()
    Municipality.objects.filter(pk=here.pk).update(veilig_thuis_region=region)
    came = page.get(reverse(LIST)).content.decode()
    assert "Een ondersteuner weet wat gezinnen meemaken" in came

    PassageText.objects.create(
        slug="supporter_profile", region=region, version=1, valid_from=date(2026, 1, 1), text_nl="Iemand die blijft."
    )
    for address in (LIST, "municipalities:appoint_supporter"):
        assert "Iemand die blijft." in page.get(reverse(address)).content.decode()
    elsewhere = make.municipality()
    words = words_of("supporter_profile", on=NOW.date(), language="nl", municipality=elsewhere)
    assert "Iemand die blijft." not in words.values()

    made = supporter(team.worker, team)
    shown = page.get(reverse(LIST)).content.decode()
    assert "sinds 1 januari 2026" in shown
    assert "heeft nog niet gevolgd" in shown
    # Where she is given a family: whatever she has not followed yet stands at her name (J11).
    choose = AssignSupporter(candidates=supporters_of(here, today=NOW.date()))
    assert [words for words in choose.fields["who"].widget.then.values() if "Heeft nog niet gevolgd" in words]

    page.post(reverse("municipalities:dismiss_supporter", args=[made.pk]))
    assert "van 1 januari 2026, gestopt op 2 maart 2026" in page.get(reverse(LIST)).content.decode()


def test_a_supporter_is_appointed_changed_and_ended(page, cast, team):
    url = reverse("municipalities:appoint_supporter")
    membership = Membership.objects.get(user=team.worker, organisation=team)
    typed = {"who": membership.pk, "attention_area": "Vrouwenopvang", "capacity": "0"}
    refused = page.post(url, typed)
    # Nothing that was typed is lost, and the message stands at the field.
    assert 'value="Vrouwenopvang"' in refused.content.decode()
    assert "capacity" in refused.context["form"].errors

    assert page.post(url, typed | {"capacity": "2"}).url == reverse(LIST)
    made = Supporter.objects.get()
    assert (made.user, made.organisation, made.capacity) == (team.worker, team, 2)
    # Sent twice: she stands there once, and is no choice any more.
    assert page.post(url, typed | {"capacity": "2"}).status_code == 200
    assert Supporter.objects.count() == 1

    change = reverse("municipalities:change_supporter", args=[made.pk])
    page.post(change, {"attention_area": "Mannenopvang", "capacity": "1"})
    given = SupporterAssignment.objects.create(
        family=factories.family(), supporter=made, assigned_by=team.worker, assigned_at=NOW, criterion="alone"
    )
    shown = page.get(reverse(LIST)).content.decode()
    end = reverse("municipalities:dismiss_supporter", args=[made.pk])
    assert "Mannenopvang" in shown
    assert "1 van 1" in shown
    assert "vol" in shown
    assert end not in shown
    # Whoever asks all the same, from a tab that stood open, hears why not.
    assert "heeft nog gezinnen" in page.post(end, follow=True).content.decode()

    given.ended_at, given.ended_by, given.ended_because = NOW, team.worker, "Klaar."
    given.ended_as = "not_needed"
    given.save()
    page.post(end)
    assert supporters_of(team.municipality, today=factories.NOW.date().replace(year=2030)) == []
    assert page.post(end, follow=True).status_code == 200


def test_a_supporter_of_another_municipality_is_not_there(page, cast):
    elsewhere = factories.OrganisationFactory(
        name="Wijkteam Ver", municipality__code="GM0080", municipality__name="Leeuwarden"
    )
    theirs = supporter(factories.user(at=elsewhere, name="Sjoukje Hiemstra"), elsewhere)
    assert "Sjoukje" not in page.get(reverse(LIST)).content.decode()
    assert "Sjoukje" not in page.get(reverse("municipalities:appoint_supporter")).content.decode()
    for name in ("change_supporter", "dismiss_supporter"):
        url = reverse(f"municipalities:{name}", args=[theirs.pk])
        assert page.get(url).status_code == 404
        assert page.post(url, {"attention_area": "Ik", "capacity": "9"}).status_code == 404


def test_only_the_coordinator_keeps_them(client, sign_in, cast, team):
    sign_in(team.lead)
    assert client.get(reverse(LIST)).status_code == 404
    assert client.get(reverse("municipalities:appoint_supporter")).status_code == 404


def test_twenty_cost_as_many_questions_as_two(page, cast, team):
    cost = set()
    page.get(reverse(LIST))  # the first request of a session asks more
    for count in (2, 18):
        for _ in range(count):
            supporter(factories.user(at=team), team)
        with CaptureQueriesContext(connection) as asked:
            page.get(reverse(LIST))
        cost.add(len(asked))
    assert len(cost) == 1
