"""Who has which version: receipts, the percentage, and what a new version does to both."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.operations import withdraw_share
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from safety_plans import operations, shared
from safety_plans.models import Receipt, SafetyPlan, Section
from tests import factories

LATER = factories.NOW + timedelta(days=1)


@pytest.fixture
def confirm():
    def confirm(plan, reader, at=factories.NOW):
        return operations.confirm_receipt(plan, organisation=reader.organisation, by=reader, at=at)

    return confirm


def standing(plan, at=factories.NOW):
    return [(one.organisation.name, one.version, one.is_current) for one in shared.holders(plan, at)]


@pytest.mark.row("C4")
def test_a_new_version_makes_every_copy_outdated_until_it_is_confirmed(
    current, household, shared_with, confirm, hold, next_draft, sign_in
):
    school, team = shared_with("Basisschool"), shared_with("Wijkteam", kind="neighbourhood_team", level=4)
    shared_with("Overburen", level=1)
    confirm(current, school)
    assert standing(current) == [("Basisschool", 1, True), ("Wijkteam", None, False)]
    assert shared.percentage(shared.holders(current, factories.NOW)) == 50
    confirm(current, team)
    assert shared.percentage(shared.holders(current, factories.NOW)) == 100

    second = hold(next_draft())

    assert standing(second) == [("Basisschool", 1, False), ("Wijkteam", 1, False)]
    browser = sign_in(household.worker)
    page = browser.get(reverse("safety_plans:plan", args=[household.family.pk])).content.decode()
    assert "0% van de organisaties" in page
    assert page.count("Verouderd: heeft versie 1") == 2
    owed = FollowUp.objects.open().get(kind=Kind.TELL_NEW_SAFETY_PLAN)
    assert owed.falls_to == "regisseur"
    confirm(second, school)
    assert shared.percentage(shared.holders(second, factories.NOW)) == 50
    assert FollowUp.objects.open().filter(pk=owed.pk).exists()
    confirm(second, team)
    assert not FollowUp.objects.open().filter(pk=owed.pk).exists()
    page = browser.get(reverse("safety_plans:plan", args=[household.family.pk])).content.decode()
    assert "100% van de organisaties" in page
    assert "Gelezen op 2 maart 2026" in page


def test_saying_twice_that_it_was_read_changes_nothing(current, shared_with, confirm):
    school = shared_with("Basisschool")
    first = confirm(current, school)

    assert confirm(current, school, at=LATER).read_at == first.read_at
    assert Receipt.objects.count() == 1


def test_an_old_version_is_not_confirmed(current, shared_with, confirm, hold, next_draft):
    school = shared_with("Basisschool")
    hold(next_draft())

    with pytest.raises(WrongState):
        confirm(SafetyPlan.objects.get(pk=current.pk), school)


def test_nobody_confirms_for_another_and_nobody_without_a_share(current, household, shared_with, confirm):
    school, neighbours = shared_with("Basisschool"), shared_with("Overburen", level=1)

    for who in (household.worker, household.colleague, household.other_worker, household.barred_worker, neighbours):
        with pytest.raises(NotAllowed):
            operations.confirm_receipt(current, organisation=school.organisation, by=who, at=factories.NOW)
    with pytest.raises(WrongState):
        operations.confirm_receipt(current, organisation=household.shelter, by=school, at=factories.NOW)
    assert not Receipt.objects.exists()


def test_who_lost_the_share_holds_nothing_and_confirms_nothing(current, household, shared_with, confirm):
    school = shared_with("Basisschool")
    confirm(current, school)

    withdraw_share(school.shared, because="Daan ging van school.", by=household.regisseur, at=factories.NOW)

    assert shared.holders(current, factories.NOW) == []
    assert shared.percentage([]) is None
    with pytest.raises(NotAllowed):
        confirm(current, school)


def test_a_plan_that_is_shared_with_nobody_asks_nobody(current):
    assert not FollowUp.objects.filter(kind=Kind.TELL_NEW_SAFETY_PLAN).exists()


@pytest.mark.row("I11")
def test_a_reader_sees_the_plan_that_holds_of_the_children_she_was_told_of_and_confirms_it(
    current, household, shared_with, sign_in, write, hold, next_draft
):
    second = next_draft()
    write(second, Section.EARLY_SIGNS, "Femke doet haar deur op slot.", person=household.femke)
    write(second, Section.EARLY_SIGNS, "Daan wil niet naar school.", person=household.daan)
    hold(second)
    third = next_draft()
    school = shared_with("Basisschool", persons=[household.daan])
    browser = sign_in(school)

    page = browser.get(reverse("safety_plans:plan", args=[household.family.pk])).content.decode()

    assert "Daan wil niet naar school." in page
    assert "Hij komt langs als hij boos is." in page
    assert "Femke" not in page
    for hidden in (third, current):
        assert browser.get(reverse("safety_plans:version", args=[hidden.pk])).status_code == 404
    assert "Femke" not in browser.get(reverse("safety_plans:version", args=[second.pk])).content.decode()
    for name in ("risk", "assess", "phase", "holders"):
        assert browser.get(reverse(f"safety_plans:{name}", args=[household.family.pk])).status_code == 404
    for name in ("papers", "confirm"):
        assert browser.get(reverse(f"safety_plans:{name}", args=[second.pk])).status_code == 404
    page = browser.post(reverse("safety_plans:receive", args=[second.pk]), follow=True).content.decode()
    assert "Je bevestigde op 2 maart 2026 dat je deze versie hebt" in page
    assert Receipt.objects.get().read_by == school


def test_a_share_of_level_one_opens_no_plan(current, household, shared_with, sign_in):
    neighbours = shared_with("Overburen", level=1)
    browser = sign_in(neighbours)

    assert browser.get(reverse("safety_plans:plan", args=[household.family.pk])).status_code == 404
    assert browser.post(reverse("safety_plans:receive", args=[current.pk])).status_code == 404
