"""A move after the shelter: everything may stop at once, and nobody may be left without a regisseur."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Person, Place, Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind
from handover import operations
from handover.models import SETTLED_BY_THE_FILE, CheckKind, DepartureCheck, Move
from organisations.models import Region
from safety_plans.models import Moment
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned
from tests.handover.test_leaving import assess

TODAY = NOW.date()
LATER = NOW + timedelta(days=30)
MOVES_ON = date(2026, 3, 30)
FAR = {
    CheckKind.NEW_ASSESSMENT,
    CheckKind.VEILIG_THUIS_INFORMED,
    CheckKind.NEW_REGISSEUR,
    CheckKind.NEW_SUPPORTER,
    CheckKind.NEW_GENERAL_PRACTICE,
    CheckKind.WHO_KEEPS_WATCH,
    CheckKind.NEW_SCHOOL,
}


@pytest.fixture
def settled(world):
    """A family that left the shelter for Zwolle, with a child at school; one town in the region and one outside it."""
    Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 1, 1))
    here, there = (
        Region.objects.create(kind="veilig_thuis", name=name, basis="verified", valid_from=date(2023, 1, 1))
        for name in ("Hier", "Daar")
    )
    home = world.team.municipality
    home.veilig_thuis_region = here
    home.save()
    world.near = factories.MunicipalityFactory(code="GM0150", name="Deventer", veilig_thuis_region=here)
    world.far_team = factories.OrganisationFactory(
        name="Wijkteam Friesland",
        municipality__code="GM0080",
        municipality__name="Leeuwarden",
        municipality__veilig_thuis_region=there,
    )
    world.far = world.far_team.municipality
    world.frisian = factories.user(at=world.far_team)
    planned(world, on=TODAY, municipality=home)
    return world


def moved(world, municipality, **changed):
    return operations.plan_move(
        world.trajectory, **{"on": MOVES_ON, "municipality": municipality, "by": world.worker, "at": NOW, **changed}
    )


def kinds(move):
    return set(DepartureCheck.objects.filter(move=move).values_list("kind", flat=True))


@pytest.mark.row("F3")
def test_a_move_to_another_region_asks_for_all_of_it_and_one_nearby_for_less(settled, client, sign_in):
    near = moved(settled, settled.near)
    assert not near.leaves_region
    assert kinds(near) & FAR == set()
    assert {CheckKind.INCOME_STARTED, CheckKind.SCHOOL_TALK, CheckKind.SAFETY_PLAN_CURRENT} <= kinds(near)
    Move.objects.filter(pk=near.pk).update(completed_at=NOW, completed_by=settled.worker)
    far = moved(settled, settled.far, at=NOW + timedelta(minutes=1))
    assert far.leaves_region
    assert kinds(far) >= FAR
    sign_in(settled.worker)
    page = client.get(reverse("handover:move", args=[settled.family.pk])).content.decode()
    assert "Naar een andere regio" in page
    # The list of the departure is not the list of the move.
    assert CheckKind.NEW_ASSESSMENT in set(DepartureCheck.objects.filter(move=None).values_list("kind", flat=True))


def test_a_move_asks_for_a_new_assessment_and_that_settles_its_point(settled):
    move = moved(settled, settled.far)
    owed = FollowUp.objects.open().get(kind=Kind.ASSESS_AT_MOVE)
    assert (owed.due_on, owed.falls_to) == (MOVES_ON - timedelta(days=7), "regisseur")
    point = DepartureCheck.objects.get(move=move, kind=CheckKind.NEW_ASSESSMENT)
    with pytest.raises(WrongState):
        operations.tick(point, done_on=TODAY, by=settled.worker, at=NOW)
    assess(settled, moment=Moment.MOVE, on=TODAY)
    operations.tick(point, done_on=TODAY, by=settled.worker, at=NOW)
    assert not FollowUp.objects.open().filter(kind=Kind.ASSESS_AT_MOVE).exists()


@pytest.mark.row("F4")
def test_a_move_is_complete_with_a_regisseur_there_who_accepted_or_refused(settled):
    move = moved(settled, settled.far)
    for check in DepartureCheck.objects.filter(move=move):
        settle = operations.override if check.kind in SETTLED_BY_THE_FILE else operations.set_aside
        settle(check, because="Hoeft niet.", by=settled.worker, at=NOW)
    assert not FollowUp.objects.open().filter(kind=Kind.PREPARE_MOVE).exists()
    with time_machine.travel(LATER, tick=False):
        with pytest.raises(WrongState, match=r"nieuwe gemeente|new municipality"):
            operations.complete_move(move, by=settled.worker, at=LATER)
        made = operations.offer(settled.family, to=settled.far_team, what=offered(), by=settled.worker, at=LATER)
        with pytest.raises(WrongState, match=r"nieuwe gemeente|new municipality"):
            operations.complete_move(move, by=settled.worker, at=LATER)
        operations.accept(made, by=settled.frisian, at=LATER)
        operations.complete_move(move, by=settled.frisian, at=LATER)
        with pytest.raises(WrongState):
            operations.complete_move(move, by=settled.frisian, at=LATER)
    assert Trajectory.objects.get(family=settled.family).municipality == settled.far


def test_a_family_that_moves_is_offered_to_a_team_where_it_goes_and_to_nobody_by_default_without_one(
    settled, client, sign_in
):
    moved(settled, settled.far)
    sign_in(settled.worker)
    url = reverse("handover:offer", args=[settled.family.pk])
    form = client.get(url).context["form"]
    assert form.initial["to"] == settled.far_team.pk
    assert form.fields["to"].queryset.first() == settled.far_team
    settled.far_team.kind = factories.OrganisationKindFactory(slug="shelter")
    settled.far_team.save()
    form = client.get(url).context["form"]
    assert not form.initial["to"]
    assert form.fields["to"].queryset.first() == settled.far_team


def test_a_move_is_planned_after_the_departure_to_another_place_and_one_at_a_time(settled):
    moved(settled, settled.far)
    for wrong in (settled.near, settled.team.municipality):
        with pytest.raises(WrongState):
            moved(settled, wrong)
    Move.objects.update(completed_at=NOW, completed_by=settled.worker)
    with pytest.raises(WrongState):
        moved(settled, settled.team.municipality)
    protected = moved(settled, None)
    assert protected.leaves_region
    Move.objects.update(completed_at=NOW, completed_by=settled.worker)
    Trajectory.objects.update(departs_on=date(2026, 4, 1))
    with pytest.raises(WrongState):
        moved(settled, settled.far)


@pytest.mark.row("F5")
def test_a_move_looks_up_the_supporter_there_and_raises_the_gap(settled, client, sign_in):
    moved(settled, settled.far)
    assert FollowUp.objects.open().filter(kind=Kind.SUPPORTER_GAP, falls_to="regisseur").exists()
    sign_in(settled.worker)
    page = client.get(reverse("handover:move", args=[settled.family.pk])).content.decode()
    assert "Daar is geen ondersteuner" in page


@pytest.mark.row("F15")
def test_it_is_one_record_in_the_shelter_after_it_and_after_a_handover(world):
    before = world.trajectory.pk
    planned(world, on=TODAY)
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    operations.accept(made, by=world.receiver, at=NOW)
    assert list(Trajectory.objects.visible_to(world.receiver).values_list("pk", "family_id")) == [
        (before, world.family.pk)
    ]
    assert Person.objects.visible_to(world.receiver).filter(place=Place.CLIENT).count() == 1
