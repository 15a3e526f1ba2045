"""Leaving: what the file settles by itself, what may be overridden, and what stands in the way of letting go."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Destination, Person, Place
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.arranged import arranged
from handover.models import (
    SETTLED_BY_THE_FILE,
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    Handover,
    JointVisit,
)
from handover.operations.departure import INVITE_BEFORE
from organisations.models import Region
from safety_plans.models import Level, Moment, RiskAssessment, SubjectKind, subjects_of
from safety_plans.operations import Judgement, NewAssessment
from safety_plans.operations import assess as assess_risk
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned

TODAY = NOW.date()
LEFT = NOW + timedelta(days=20)


def assess(world, *, on=TODAY, at=NOW, moment=Moment.DEPARTURE):
    """Assess the risk of everybody in the family."""
    subjects = [
        Judgement(kind, person, Level.LOW)
        for kind, person in subjects_of(Person.objects.filter(family=world.family).in_reading_order())
        if person is not None or kind == SubjectKind.HOUSEHOLD
    ]
    return assess_risk(
        world.family, NewAssessment("Laag."), moment=moment, on=on, subjects=subjects, by=world.worker, at=at
    )


def settle_all(world, at=NOW):
    for check in DepartureCheck.objects.open():
        settle = operations.override if check.kind in SETTLED_BY_THE_FILE else operations.set_aside
        settle(check, because="Hoeft niet.", by=world.worker, at=at)


@pytest.mark.row("A7")
def test_a_planned_departure_invites_who_must_be_involved_before_it(world):
    planned(world, on=date(2026, 6, 1))
    days = dict(FollowUp.objects.filter(state=State.OPEN).values_list("kind", "due_on"))
    assert days[Kind.INVITE_INCOME] == date(2026, 4, 6)
    assert days[Kind.INVITE_HOUSING] == date(2026, 4, 6)
    assert days[Kind.INVITE_NEIGHBOURHOOD_TEAM] == date(2026, 4, 20)
    assert days[Kind.INVITE_YOUTH_CARE] == date(2026, 4, 20)
    assert days[Kind.INVITE_SCHOOL] == date(2026, 5, 11)


def test_a_departure_that_moves_moves_the_invitations_and_asks_nobody_twice(world):
    planned(world, on=date(2026, 6, 1))
    FollowUp.objects.filter(kind=Kind.INVITE_HOUSING).update(state=State.DONE, closed_at=NOW)
    planned(world, on=date(2026, 6, 8))
    assert FollowUp.objects.open().get(kind=Kind.INVITE_INCOME).due_on == date(2026, 4, 13)
    assert not FollowUp.objects.open().filter(kind=Kind.INVITE_HOUSING).exists()


def test_a_sudden_departure_to_nobody_knows_where_is_work_today(world):
    planned(world, on=TODAY, destination=Destination.UNKNOWN, municipality=None)
    due = FollowUp.objects.open().filter(due_on=TODAY).values_list("kind", flat=True)
    assert {Kind.OUT_OF_SIGHT, Kind.PREPARE_DEPARTURE, *INVITE_BEFORE} <= set(due)


def test_the_list_settles_itself_from_the_file(client, sign_in, world):
    planned(world)
    assess(world)
    assert [one.kind for one in arranged(world.trajectory.__class__.objects.get())] == [CheckKind.NEW_ASSESSMENT]
    sign_in(world.worker)
    page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
    assert "Vanzelf afgevinkt." in page
    # Looking changes nothing.
    assert DepartureCheck.objects.get(kind=CheckKind.NEW_ASSESSMENT).state == CheckState.OPEN


def test_an_assessment_of_long_ago_settles_nothing(world):
    trajectory = planned(world)
    RiskAssessment.objects.create(
        family=world.family,
        moment="departure",
        assessed_on=date(2025, 6, 1),
        assessed_by=world.worker,
        conclusion="Laag.",
        recorded_at=NOW,
    )
    assert arranged(trajectory) == []


@pytest.mark.row("F19")
def test_a_talk_with_the_school_says_with_whom_and_what_was_agreed(client, sign_in, world):
    child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 1, 1))
    baby = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Bo", born_on=date(2025, 1, 1))
    planned(world)
    talks = DepartureCheck.objects.filter(kind=CheckKind.SCHOOL_TALK)
    assert [talk.person for talk in talks] == [child]
    assert DepartureCheck.objects.filter(kind=CheckKind.REFERRAL_INDEX, person=baby).exists()
    sign_in(world.worker)
    url = reverse("handover:settle_point", args=[talks.get().pk])
    refused = client.post(url, {"answer": "done", "done_on": "2026-03-02", "note": ""})
    assert refused.context["form"].errors.keys() == {"note"}
    with pytest.raises(WrongState):
        operations.tick(talks.get(), done_on=TODAY, by=world.worker, at=NOW)
    client.post(url, {"answer": "done", "done_on": "2026-03-02", "note": "Mentor. Oma haalt op, geen foto."})
    page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
    assert "Oma haalt op, geen foto." in page


def test_a_point_is_overridden_in_somebodys_name_for_a_reason(client, sign_in, world):
    planned(world)
    check = DepartureCheck.objects.get(kind=CheckKind.INCOME_STARTED)
    with pytest.raises(WrongState):
        operations.override(check, because=" ", by=world.worker, at=NOW)
    operations.override(check, because="Er is geen plek meer.", by=world.worker, at=NOW)
    sign_in(world.worker)
    page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
    assert "Niet geregeld, en toch: Er is geen plek meer. (Els Vonk)" in page


@pytest.mark.parametrize("current", CheckState)
@pytest.mark.parametrize("target", CheckState)
def test_every_pair_of_states(current, target):
    check = DepartureCheck(state=current)
    again = {CheckState.DONE, CheckState.OVERRIDDEN}
    if (current == CheckState.OPEN) != (target == CheckState.OPEN) and current in {CheckState.OPEN, *again}:
        check.move_to(target)
        assert check.state == target
    else:
        with pytest.raises(WrongState):
            check.move_to(target)


class TestCancelling:
    def test_takes_the_day_and_its_work_away_and_keeps_what_was_settled(self, world):
        planned(world)
        operations.tick(
            DepartureCheck.objects.get(kind=CheckKind.ADDRESS_LEVEL), done_on=TODAY, by=world.worker, at=NOW
        )
        operations.cancel_departure(world.trajectory, because="De woning ging niet door.", by=world.worker, at=NOW)
        world.trajectory.refresh_from_db()
        assert (world.trajectory.departs_on, world.trajectory.destination) == (None, "")
        assert not FollowUp.objects.open().filter(kind=Kind.PREPARE_DEPARTURE).exists()
        planned(world, on=date(2026, 4, 1))
        assert DepartureCheck.objects.get(kind=CheckKind.ADDRESS_LEVEL).state == CheckState.DONE
        assert FollowUp.objects.open().filter(kind=Kind.PREPARE_DEPARTURE).count() == 1

    def test_is_refused_without_a_reason_without_a_departure_and_after_it(self, world):
        with pytest.raises(WrongState):
            operations.cancel_departure(world.trajectory, because="Zo maar.", by=world.worker, at=NOW)
        planned(world)
        with pytest.raises(WrongState):
            operations.cancel_departure(world.trajectory, because=" ", by=world.worker, at=NOW)
        with pytest.raises(WrongState):
            operations.cancel_departure(world.trajectory, because="Toch.", by=world.worker, at=LEFT)


def complete(world, by=None, at=LEFT):
    with time_machine.travel(at, tick=False):
        return operations.complete_departure(world.trajectory, by=by or world.worker, at=at)


def handed_over(world, *, warm):
    made = operations.offer(world.family, to=world.team, what=offered(visit_on=TODAY), by=world.worker, at=NOW)
    if warm:
        operations.hold_visit(JointVisit.objects.get(), on=TODAY, by=world.worker, at=NOW)
    operations.accept(made, by=world.receiver, at=NOW)


def in_one_region(world):
    region = Region.objects.create(kind="veilig_thuis", name="Hier", basis="verified", valid_from=date(2023, 1, 1))
    home = world.shelter.municipality
    home.veilig_thuis_region = region
    home.save()
    world.team.municipality.refresh_from_db()


@pytest.mark.row("A8", "F9")
def test_a_shelter_without_aftercare_hands_over_warmly_before_it_lets_go(world):
    in_one_region(world)
    world.shelter.aftercare_months = 0
    world.shelter.save()
    planned(world)
    settle_all(world)
    with pytest.raises(WrongState, match=r"nazorg|aftercare"):
        complete(world)
    handed_over(world, warm=True)
    assert complete(world, by=world.receiver)


def test_a_cold_handover_is_not_enough_for_that(world):
    in_one_region(world)
    world.shelter.aftercare_months = 0
    world.shelter.save()
    planned(world)
    settle_all(world)
    handed_over(world, warm=False)
    with pytest.raises(WrongState, match=r"nazorg|aftercare"):
        complete(world, by=world.receiver)


@pytest.mark.row("F4")
def test_a_move_to_another_region_ends_with_an_accepted_regisseur_there_or_a_refusal(world):
    elsewhere = factories.OrganisationFactory(
        name="Wijkteam Friesland", municipality__code="GM0080", municipality__name="Leeuwarden"
    )
    frisian = factories.user(at=elsewhere)
    planned(world, municipality=elsewhere.municipality)
    settle_all(world)
    with pytest.raises(WrongState, match=r"nieuwe gemeente|new municipality"):
        complete(world)
    made = operations.offer(world.family, to=elsewhere, what=offered(), by=world.worker, at=NOW)
    with pytest.raises(WrongState, match=r"nieuwe gemeente|new municipality"):
        complete(world)
    operations.decline(made, because="Vol.", by=frisian, at=NOW)
    assert complete(world)


@pytest.mark.parametrize("what_happened", ["in an earlier stay", "and it came back"])
def test_what_was_accepted_before_this_stay_or_came_back_lets_nobody_go(world, what_happened):
    elsewhere = factories.OrganisationFactory(
        name="Wijkteam Friesland", municipality__code="GM0080", municipality__name="Leeuwarden"
    )
    frisian = factories.user(at=elsewhere)
    planned(world, municipality=elsewhere.municipality)
    settle_all(world)
    made = operations.offer(world.family, to=elsewhere, what=offered(), by=world.worker, at=NOW)
    operations.accept(made, by=frisian, at=NOW)
    world.trajectory.refresh_from_db()
    assert CheckKind.NEW_REGISSEUR in {one.kind for one in arranged(world.trajectory)}
    back = NOW + timedelta(minutes=1)
    with time_machine.travel(back + timedelta(seconds=1), tick=False):
        offer = operations.offer(world.family, to=world.shelter, what=offered(), by=frisian, at=back)
        operations.accept(offer, by=world.worker, at=back)
    if what_happened == "in an earlier stay":
        Handover.objects.update(decided_at=NOW - timedelta(days=400))
        Handover.objects.filter(pk=offer.pk).update(status="declined", decided_because="Vol.")
    assert CheckKind.NEW_REGISSEUR not in {one.kind for one in arranged(world.trajectory)}
    with pytest.raises(WrongState, match=r"nieuwe gemeente|new municipality"):
        complete(world)
    world.shelter.aftercare_months = 0
    world.shelter.save()
    with pytest.raises(WrongState, match=r"nazorg|aftercare"):
        complete(world)


@pytest.mark.row("F3")
def test_a_move_to_another_region_asks_for_all_and_within_the_region_for_less(client, sign_in, world):
    Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 1, 1))
    elsewhere = factories.MunicipalityFactory(code="GM0080", name="Leeuwarden")
    only_far = {
        CheckKind.VEILIG_THUIS_INFORMED,
        CheckKind.NEW_REGISSEUR,
        CheckKind.NEW_SUPPORTER,
        CheckKind.NEW_GENERAL_PRACTICE,
        CheckKind.NEW_SCHOOL,
    }
    in_one_region(world)
    world.team.municipality.veilig_thuis_region_id = world.shelter.municipality.veilig_thuis_region_id
    planned(world)
    near = set(DepartureCheck.objects.values_list("kind", flat=True))
    assert CheckKind.INCOME_STARTED in near
    assert near & only_far == set()
    planned(world, municipality=elsewhere)
    assert only_far | near == set(DepartureCheck.objects.values_list("kind", flat=True))
    sign_in(world.worker)
    page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
    assert "Naar een andere regio" in page


@pytest.mark.row("F7")
def test_veilig_thuis_of_the_new_region_not_told_is_late_and_lets_nobody_go(client, sign_in, world):
    planned(world, municipality=factories.MunicipalityFactory(code="GM0080", name="Leeuwarden"))
    told = DepartureCheck.objects.get(kind=CheckKind.VEILIG_THUIS_INFORMED)
    for check in DepartureCheck.objects.open().exclude(pk=told.pk):
        operations.override(check, because="Hoeft niet.", by=world.worker, at=NOW)
    handed = FollowUp.objects.open().filter(kind=Kind.PREPARE_DEPARTURE)
    assert handed.exists()
    with time_machine.travel(LEFT, tick=False):
        sign_in(world.worker)
        page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
        assert "Te laat:" in page
        operations.tick(told, done_on=LEFT.date(), note="Wettelijke taak, art. 5.2.6 Wmo.", by=world.worker, at=LEFT)
        page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
    assert "art. 5.2.6" in page
    assert not handed.exists()


def test_an_open_point_stands_in_the_way_and_before_the_day_there_is_nothing_to_complete(world):
    in_one_region(world)
    planned(world)
    with pytest.raises(WrongState):
        complete(world)
    settle_all(world)
    with pytest.raises(WrongState):
        complete(world, at=NOW)
    complete(world)
    with pytest.raises(WrongState):
        complete(world)
    assert DepartureCompletion.objects.count() == 1
