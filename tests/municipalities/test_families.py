import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from access.models import Relation
from accounts.models import Role, User
from cases.models import RegieKind, RegisseurPeriod
from follow_ups.models import Kind
from municipalities import worklist
from tests import factories

TODAY = factories.NOW.date()


@pytest.fixture
def municipality(cast):
    organisation = factories.organisation("Gemeente Zwolle", kind="municipality")
    factories.involvement(cast.family, organisation, Relation.RESPONSIBLE)
    return organisation


@pytest.fixture
def coordinator(municipality):
    return factories.user(Role.COORDINATOR, at=municipality)


@pytest.fixture
def regisseur(cast):
    RegisseurPeriod.objects.create(
        family=cast.family,
        user=cast.worker,
        organisation=cast.shelter,
        kind=RegieKind.SHELTER,
        reason="family_opened",
        starts_at=factories.NOW,
    )
    return cast.worker


def counts(user):
    return {figure.label: figure.count for figure in worklist.figures(user, today=TODAY)}


@pytest.mark.row("K1")
def test_the_list_shows_references_and_no_name(client, sign_in, cast, coordinator):
    page = sign_in(coordinator).get(reverse("municipalities:families")).content.decode()

    assert cast.family.reference in page
    assert "Marloes" not in page
    assert "de Wit" not in page
    assert "De Haven" not in page


@pytest.mark.row("B3")
def test_a_family_without_a_regisseur_is_counted_at_once_when_an_account_ends(cast, coordinator, regisseur):
    label = "gezinnen zonder regisseur"
    with translation.override("nl"):
        assert counts(coordinator)[label] == 0

        User.objects.filter(pk=regisseur.pk).update(is_active=False)

        assert counts(coordinator)[label] == 1
        assert [line.regisseur for line in worklist.families(coordinator, today=TODAY)] == [False]


@pytest.mark.row("B3")
def test_the_coordinator_reads_since_when_there_is_none(client, sign_in, cast, coordinator, regisseur):
    regisseur.memberships.update(ends_on=TODAY)
    page = sign_in(coordinator).get(reverse("municipalities:families")).content.decode()
    assert "2 maart 2026, 00.00" in page


def test_a_membership_that_ended_leaves_no_regisseur_either(cast, coordinator, regisseur):
    assert worklist.families(coordinator, today=TODAY)[0].regisseur

    regisseur.memberships.update(ends_on=TODAY)

    assert not worklist.families(coordinator, today=TODAY)[0].regisseur


@pytest.mark.row("K1")
def test_the_counts_are_of_families_and_not_of_rows(cast, coordinator):
    for number in (1, 2):
        factories.follow_up(cast.family, kind=Kind.TRIAGE_SIGNAL, due_on=TODAY.replace(day=1), version=number)

    found = list(counts(coordinator).values())

    #               families, without, late, out of sight, signals, handovers, stuck, unanswered
    assert found == [1, 1, 1, 0, 1, 0, 0, 0]


def test_families_of_another_municipality_do_not_appear(cast, coordinator):
    other = factories.user(Role.COORDINATOR, at=factories.organisation("Gemeente Elders", kind="municipality"))

    assert worklist.families(other, today=TODAY) == []
    assert set(counts(other).values()) == {0}


@pytest.mark.row("I12")
def test_a_worker_has_no_such_page(client, sign_in, cast):
    assert sign_in(cast.worker).get(reverse("municipalities:families")).status_code == 404


def test_the_page_costs_the_same_for_twenty_families(client, sign_in, cast, municipality, coordinator):
    sign_in(coordinator)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("municipalities:families"))
        return len(queries)

    cost()
    for_one = cost()
    for _ in range(20):
        family = factories.family(opened_by=cast.shelter)
        factories.involvement(family, municipality, Relation.RESPONSIBLE)
        factories.follow_up(family, due_on=TODAY.replace(day=1))

    assert cost() == for_one
