import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from access.models import Involvement, Relation
from accounts.models import Role, User
from aftercare.models import OutOfSight
from cases.models import Family, RegisseurPeriod, Trajectory
from collaboration.models import Undone
from core.database import DatabaseRole, acting_as
from family_plans.models import DOMAINS, Cause, Stagnation
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from municipalities import worklist
from municipalities.watched import LISTS
from organisations.models import CodeItem, CodeList
from safety_plans.models import SafetyPlan
from tests import factories
from tests.municipalities.conftest import NOW, TODAY, regie

HOME = "municipalities:families"


def counts(user):
    return {figure.name: figure.count for figure in worklist.figures(user, today=TODAY) if figure.count}


def listed(user, name):
    return [line.reference for line in worklist.page(user, name, today=TODAY).lines]


def undone_in_every_way(cast, family):
    """Put a family on every list, by the rows that do so."""
    factories.follow_up(family, kind=Kind.TRIAGE_SIGNAL, due_on=TODAY - timedelta(days=1))
    factories.follow_up(family, kind=Kind.CONTACT, due_on=TODAY - timedelta(days=1))
    factories.follow_up(family, kind=Kind.TELL_NEW_SAFETY_PLAN, due_on=TODAY - timedelta(days=1))
    trajectory = Trajectory.objects.get(family=family)
    OutOfSight.objects.create(family=family, trajectory=trajectory, since=date(2026, 2, 1), proposed_at=NOW)
    Handover.objects.create(
        family=family,
        from_organisation=cast.shelter,
        to_organisation=cast.other_org,
        risk_of_care_avoidance="Nee.",
        background="Rust.",
        discussed_on=TODAY,
        offered_by=cast.worker,
        offered_at=NOW,
        answer_by=TODAY - timedelta(days=1),
    )
    domain, _is_new = CodeItem.objects.get_or_create(
        code="finances",
        defaults={
            "code_list": CodeList.objects.get_or_create(slug=DOMAINS, title_nl="Leefgebieden")[0],
            "label_nl": "financiën",
            "valid_from": date(2023, 1, 1),
        },
    )
    Stagnation.objects.create(
        family=family,
        domain=domain,
        cause=Cause.MONEY,
        since=date(2026, 2, 1),
        reported_at=NOW,
        solve_by=TODAY,
        status="escalated",
        escalated_on=TODAY,
        answer_by=TODAY,
    )


@pytest.mark.row("K1")
def test_every_list_counts_what_is_undone_now_and_nothing_else(cast, municipality, coordinator, regisseur):
    assert counts(coordinator) == {Undone.NO_SAFETY_PLAN: 1, "all": 1}
    SafetyPlan.objects.create(
        family=cast.family,
        version=1,
        status="current",
        drafted_by=cast.worker,
        drafted_at=NOW,
        agreed_on=TODAY,
        review_on=TODAY,
        holds_from=TODAY,
        activated_at=NOW,
        activated_by=cast.worker,
    )
    assert counts(coordinator) == {"all": 1}

    undone_in_every_way(cast, cast.family)
    SafetyPlan.objects.update(status="superseded")
    RegisseurPeriod.objects.update(ends_at=NOW + timedelta(hours=1))

    assert counts(coordinator) == dict.fromkeys(LISTS, 1)
    for name in LISTS:
        assert listed(coordinator, name) == [cast.family.reference], name

    FollowUp.objects.update(due_on=TODAY)
    OutOfSight.objects.update(status="found", ended_at=NOW)
    Handover.objects.update(answer_by=TODAY)
    Stagnation.objects.update(status="open", escalated_on=None, answer_by=None)

    assert counts(coordinator) == {Undone.NO_REGISSEUR: 1, Undone.NO_SAFETY_PLAN: 1, "all": 1}


def test_a_closed_family_is_on_no_list_for_what_it_lacks(cast, coordinator):
    Trajectory.objects.update(ends_on=TODAY)

    assert counts(coordinator) == {"all": 1}


@pytest.mark.row("B3")
def test_a_family_without_a_regisseur_is_counted_at_once_when_an_account_ends(cast, coordinator, regisseur):
    assert Undone.NO_REGISSEUR not in counts(coordinator)

    User.objects.filter(pk=regisseur.pk).update(is_active=False)

    assert counts(coordinator)[Undone.NO_REGISSEUR] == 1
    assert listed(coordinator, Undone.NO_REGISSEUR) == [cast.family.reference]


@pytest.mark.row("B3")
def test_the_coordinator_reads_since_when_there_is_none(client, sign_in, cast, coordinator, regisseur):
    regisseur.memberships.update(ends_on=TODAY)
    sign_in(coordinator)

    for address in (reverse(HOME), reverse("municipalities:watched", args=[Undone.NO_REGISSEUR])):
        assert "2 maart 2026, 00.00" in client.get(address).content.decode()


def test_two_things_that_are_late_for_one_family_are_one_family(cast, coordinator):
    for number in (1, 2):
        factories.follow_up(cast.family, kind=Kind.TRIAGE_SIGNAL, due_on=TODAY.replace(day=1), version=number)

    assert counts(coordinator)[Undone.SIGNAL_NOT_JUDGED] == 1


def test_families_of_another_municipality_do_not_appear(cast, coordinator):
    other = factories.user(Role.COORDINATOR, at=factories.organisation("Gemeenteteam Middenveld", kind="municipality"))

    assert counts(other) == {}
    assert all(listed(other, name) == [] for name in LISTS)


@pytest.mark.row("I12")
def test_a_worker_has_no_such_page(client, sign_in, cast):
    sign_in(cast.worker)

    assert client.get(reverse(HOME)).status_code == 404
    assert client.get(reverse("municipalities:watched", args=["all"])).status_code == 404


# What somebody might add to an address to find out who is who.
ATTEMPTS = ["", "?q=Marloes", "?zoek=de+Wit", "?order=surname", "?sort=persons__surname", "?na=~", "?na=2026-03-02"]


ATTEMPTS += ["?persons__surname__startswith=d", "?format=csv", "?export=1", "?na=2026-03-02T09:00:00%2B00:00~A"]


@pytest.mark.row("K1")
def test_no_list_filter_order_count_or_export_leads_a_coordinator_to_a_name(
    client, sign_in, cast, municipality, coordinator, regisseur
):
    """Two families alike but for their names: whatever is asked, the pages differ in nothing but the reference."""
    second = factories.family(opened_by=cast.shelter, client="Aylin", surname="Zorlu")
    for family in (cast.family, second):
        if family == second:
            factories.involvement(family, municipality, Relation.RESPONSIBLE)
            regie(family, cast.worker, cast.shelter)
        undone_in_every_way(cast, family)
    sign_in(coordinator)
    addresses = [HOME, "municipalities:stagnations"]
    pages = [reverse(name) for name in addresses] + [reverse("municipalities:watched", args=[name]) for name in LISTS]

    for address in pages:
        for attempt in ATTEMPTS:
            answer = client.get(address + attempt)
            assert answer.headers["Content-Type"].startswith("text/html")
            page = answer.content.decode()
            for word in ("Marloes", "de Wit", "Aylin", "Zorlu", "De Haven", "Els Vonk", "Wijkteam Elders"):
                assert word not in page, (address + attempt, word)
            assert str(cast.family.pk) not in page
            if attempt.startswith("?") and "na=" not in attempt:
                plain = re.sub(r"csrf\S+|value=\S+", "", client.get(address).content.decode())
                assert re.sub(r"csrf\S+|value=\S+", "", page).replace(attempt, "") == plain


def every_page(resolver=None, space=""):
    """Return every page of the program that takes nothing in its address, by name."""
    for one in (resolver or get_resolver()).url_patterns:
        if not isinstance(one, URLPattern):
            yield from every_page(one, f"{one.namespace}:" if one.namespace else space)
        elif space and one.name and not one.pattern.converters:
            yield f"{space}{one.name}"


@pytest.mark.row("K1")
def test_no_page_that_a_coordinator_can_type_holds_a_name_of_a_family(
    client, sign_in, cast, municipality, coordinator, regisseur
):
    """Every page of every room, found in the table of addresses: one that is added later is asked here by itself."""
    undone_in_every_way(cast, cast.family)
    sign_in(coordinator)
    client.raise_request_exception = False
    opened = []

    for name in sorted(every_page()):
        for attempt in ("", "?q=Marloes", "?volgorde=naam", "?vorm=csv"):
            answer = client.get(reverse(name) + attempt)
            found = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code < 500, name
            for word in ("Wit", str(cast.family.pk), "De Haven, "):
                # What she typed herself may come back in the address of a link.
                assert word.encode() not in found, (name + attempt, word)
            assert b"Marloes" not in found.replace(b"q=Marloes", b""), name + attempt
            if answer.status_code == 200 and not attempt:
                opened.append(name)
    assert len([name for name in opened if name.startswith("municipalities:")]) >= 25, opened


def test_the_database_shows_a_coordinator_no_more_than_the_pages_do(cast, coordinator, regisseur):
    """The pages ask for references only; a file, a person or a plan is a 404 for her, whatever she types."""
    assert not Family.objects.visible_to(coordinator).exists()
    with acting_as(DatabaseRole.APP, user_id=coordinator.pk, organisation_ids=coordinator.standing):
        assert Family.objects.count() == 1


@pytest.mark.parametrize("name", ["home", *LISTS])
def test_a_list_costs_the_same_for_twenty_families(client, sign_in, cast, municipality, coordinator, name):
    sign_in(coordinator)
    address = reverse(HOME) if name == "home" else reverse("municipalities:watched", args=[name])
    undone_in_every_way(cast, cast.family)

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for_one = cost()
    for _ in range(19):
        family = factories.family(opened_by=cast.shelter)
        factories.involvement(family, municipality, Relation.RESPONSIBLE)
        undone_in_every_way(cast, family)

    assert cost() == for_one


def test_a_list_is_read_to_its_end_fifty_at_a_time(client, sign_in, cast, municipality, coordinator):
    for _ in range(60):
        factories.involvement(factories.family(opened_by=cast.shelter), municipality, Relation.RESPONSIBLE)
    sign_in(coordinator)
    seen, after = [], ""

    for _page in range(2):
        page = client.get(reverse("municipalities:watched", args=["no_regisseur"]), {"na": after}).context["page"]
        seen += [line.reference for line in page.lines]
        after = page.after

    assert after == ""
    assert len(seen) == len(set(seen)) == 61


def test_a_list_of_five_thousand_families_pages_for_what_a_short_one_costs(
    client, sign_in, cast, municipality, coordinator
):
    def cost(address, after=""):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, {"na": after}).context["page"]
        return len(queries), page

    sign_in(coordinator)
    address = reverse("municipalities:watched", args=["no_regisseur"])
    client.get(address)
    for_one, _page = cost(address)
    families = Family.objects.bulk_create(
        Family(reference=f"BULK-{n:05}", opened_by=cast.shelter, opened_at=NOW) for n in range(5_000)
    )
    Trajectory.objects.bulk_create(
        Trajectory(
            family=one,
            kind="shelter",
            organisation=cast.shelter,
            starts_on=TODAY,
        )
        for one in families
    )
    Involvement.objects.bulk_create(
        Involvement(
            family=one,
            organisation=municipality,
            relation=Relation.RESPONSIBLE,
            source_id=one.pk,
            level=1,
            starts_at=NOW,
        )
        for one in families
    )

    for_many, first = cost(address)
    further, second = cost(address, first.after)
    assert for_one == for_many == further
    assert len(first.lines) == len(second.lines) == 50
    assert not {line.reference for line in first.lines} & {line.reference for line in second.lines}
    assert counts(coordinator)["no_regisseur"] == 5_001
