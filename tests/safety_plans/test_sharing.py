"""Who has which version: receipts, the percentage, and what a new version does to both."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.events import Event
from audit.models import AuditEvent
from cases.operations import withdraw_share
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from municipalities import worklist
from organisations import reference_data
from organisations.models import CodeItem
from safety_plans import operations, shared
from safety_plans.models import PaperKind, Receipt, SafetyPlan, Section
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


@pytest.mark.parametrize("how", ["withdrawn", "its last moment passed"])
def test_a_paper_is_outdated_when_the_share_it_went_out_on_ends(current, household, shared_with, sign_in, how):
    school = shared_with("Basisschool")
    to = operations.Recipient("Basisschool", organisation=school.organisation)
    issued = operations.issue_paper(current, PaperKind.PARTNER, to=to, by=household.worker, at=factories.NOW)

    def stands(at):
        (paper,) = shared.papers([issued], household.family.pk, at)
        return paper.is_outdated

    assert not stands(factories.NOW)
    if how == "withdrawn":
        withdraw_share(school.shared, because="Zij wil het niet meer.", by=household.regisseur, at=factories.NOW)
        browser = sign_in(household.worker)
        page = browser.get(reverse("safety_plans:holders", args=[household.family.pk])).content.decode()
        assert "Verouderd: het wordt niet meer met hen gedeeld. Vraag het terug." in page
        assert stands(LATER)
    else:
        assert stands(school.shared.ends_at)
    issued.withdrawn_at = LATER
    assert not stands(school.shared.ends_at)


@pytest.mark.row("C4")
def test_the_coordinators_page_says_how_many_have_the_version_that_holds(
    current, household, shared_with, confirm, hold, next_draft, sign_in
):
    municipality = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    factories.involvement(household.family, municipality, "responsible")
    coordinator = factories.user(Role.COORDINATOR, at=municipality)
    school, team = shared_with("Basisschool"), shared_with("Wijkteam", kind="neighbourhood_team", level=4)
    shared_with("Overburen", level=1)
    confirm(current, school)

    def shown():
        found = worklist.copies(coordinator, at=factories.NOW)
        return found.held, found.shown, found.percentage

    assert shown() == (1, 2, 50)
    page = sign_in(coordinator).get(reverse("municipalities:families")).content.decode()
    assert "heeft 50% de versie die nu geldt (1 van 2)" in page
    confirm(current, team)
    assert shown() == (2, 2, 100)

    second = hold(next_draft())

    assert shown() == (0, 2, 0)
    owed = FollowUp.objects.open().filter(kind=Kind.TELL_NEW_SAFETY_PLAN)
    assert not worklist.page(coordinator, "outdated_plan", today=factories.NOW.date()).lines
    late = owed.get().due_on + timedelta(days=1)
    (line,) = worklist.page(coordinator, "outdated_plan", today=late).lines
    assert line.reference == household.family.reference
    confirm(second, school)
    confirm(second, team)
    assert shown() == (2, 2, 100)
    assert not worklist.page(coordinator, "outdated_plan", today=late).lines


class TestSignsBesideASignal:
    """Who reports sees the signs of a plan for a child that she knows of, only when it was shared with her (E27)."""

    @pytest.fixture
    def signs(self, draft, write, hold):
        reference_data.load()
        write(draft, Section.RELAPSE, "Zij neemt haar telefoon niet meer op.")
        return hold(draft)

    @pytest.fixture
    def form(self, sign_in):
        def form(user, child=None):
            url = reverse("signals:report") + (f"?kind={child.pk}" if child else "")
            return sign_in(user).get(url)

        return form

    @pytest.mark.row("E27")
    def test_the_form_offers_the_list_and_the_plan_of_the_child_she_chose(self, signs, household, shared_with, form):
        listed = CodeItem.objects.of("relapse_signs").in_order()
        reader = shared_with("Basisschool", persons=[household.daan])

        plain = form(reader).content.decode()

        assert listed
        for sign in listed:
            assert sign.label_nl.capitalize() in plain
        assert f"?kind={household.daan.pk}" in plain
        assert f"?kind={household.femke.pk}" not in plain
        assert "neemt haar telefoon niet meer op" not in plain
        seen = AuditEvent.objects.filter(event=Event.SAFETY_PLAN_VIEWED, actor_id=reader.pk)
        assert not seen.exists()

        shown = form(reader, household.daan)

        assert "neemt haar telefoon niet meer op" in shown.content.decode()
        assert shown.context["form"]["child"].value() == str(household.daan.pk)
        assert seen.count() == 1
        # Of a child nobody told her of: as if it were not there.
        assert form(reader, household.femke).status_code == 404

    @pytest.mark.parametrize("who", ["knows the child only", "share ended", "another organisation"])
    def test_to_nobody_else(self, signs, household, shared_with, form, who):
        reader = shared_with("Basisschool", level=1 if who == "knows the child only" else 2)
        if who == "share ended":
            withdraw_share(reader.shared, because="Klaar.", by=household.regisseur, at=factories.NOW)
        elif who == "another organisation":
            reader = factories.user(Role.SIGNALLER, at=factories.organisation("School Elders"))

        assert form(reader, household.daan).status_code == 404
        plain = form(reader).content.decode()
        assert f"?kind={household.daan.pk}" not in plain
        assert "telefoon niet meer op" not in plain

    def test_what_was_typed_and_refused_keeps_the_signs_beside_it(self, signs, household, shared_with, sign_in):
        reader = shared_with("Basisschool")
        url = f"{reverse('signals:report')}?kind={household.daan.pk}"

        refused = sign_in(reader).post(url, {"child": household.daan.pk, "callback_phone": "088 000 04 56"})

        assert refused.status_code == 200
        assert "neemt haar telefoon niet meer op" in refused.content.decode()
        assert refused.context["form"]["callback_phone"].value() == "088 000 04 56"
