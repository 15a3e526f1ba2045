"""The supporter: appointed for a municipality, given a family, met in the shelter, told of the departure."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from access.models import AssignmentKind
from accounts.models import Role
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family
from core.errors import NotAllowed, WrongState
from figures.definitions import BY_SLUG
from figures.gathering import from_files
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import CheckKind, CheckState, Criterion, DepartureCheck, Stop, SupporterAssignment
from handover.supporters import caseloads, supporter_of, supporters_of
from organisations.models import Municipality, Supporter, SupporterGap
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned

TODAY = NOW.date()


def supporter(user, at, *, capacity=2, municipality=None):
    return Supporter.objects.create(
        user=user,
        organisation=at,
        municipality=municipality or at.municipality,
        attention_area="Vrouwenopvang",
        capacity=capacity,
        valid_from=date(2026, 1, 1),
    )


def open_work(kind):
    return list(FollowUp.objects.filter(kind=kind, state=State.OPEN).values_list("due_on", "falls_to"))


@pytest.fixture
def face(world):
    """A supporter of the team in Zwolle, to whom the file was shared by name."""
    world.face = factories.user(at=world.team, name="Fatima Benali")
    shared = factories.share(world.family, world.team, by=world.worker, level=4)
    shared.reader = world.face
    shared.save()
    factories.assignment(world.family, world.face, world.team, AssignmentKind.READER)
    world.supporter = supporter(world.face, world.team)
    return world


def assigned(world, **changed):
    return operations.assign_supporter(
        world.family, world.supporter, **{"criterion": Criterion.ALONE, "by": world.worker, "at": NOW, **changed}
    )


@pytest.mark.row("B8")
def test_a_supporter_sees_her_own_families_only_and_stands_beside_the_regisseur(face, as_member):
    elsewhere = factories.family(opened_by=face.team)
    factories.involvement(elsewhere, face.team)
    with as_member(face.worker):
        assigned(face)
    face.face.forget_standing()
    with as_member(face.face):
        assert list(Family.objects.visible_to(face.face)) == [face.family]
    assert supporter_of(face.family).supporter.user == face.face
    # Work of the supporter falls to her; the regie stays where it was.
    owed = factories.follow_up(face.family, falls_to="supporter")
    assert owed in FollowUp.objects.falling_to(face.face)
    assert owed not in FollowUp.objects.falling_to(face.worker)
    without = Family.objects.exclude(pk__in=SupporterAssignment.objects.filter(ended_at=None).values("family_id"))
    assert list(without) == [elsewhere]


@pytest.mark.row("B9")
def test_one_family_more_than_was_agreed_takes_a_reason(face, as_member):
    for _ in range(2):
        SupporterAssignment.objects.create(
            family=factories.family(),
            supporter=face.supporter,
            assigned_by=face.worker,
            assigned_at=NOW,
            criterion=Criterion.ALONE,
        )
    with as_member(face.worker):
        # Families out of reach count too.
        assert caseloads([face.supporter.pk]) == {face.supporter.pk: 2}
        (candidate,) = supporters_of(face.team.municipality, today=TODAY)
        assert (candidate.families, candidate.is_full) == (2, True)
        with pytest.raises(WrongState, match=r"afgesproken|agreed"):
            assigned(face)
        made = assigned(face, over_capacity_because="Zij kent de moeder al.")
    assert made.over_capacity_because == "Zij kent de moeder al."


def test_an_appointment_is_no_ground_to_read_a_file(world):
    world.face = factories.user(at=world.team)
    world.supporter = supporter(world.face, world.team)
    with pytest.raises(WrongState, match=r"Deel|share"):
        assigned(world)
    # Shared with a colleague of hers is not shared with her.
    factories.share(world.family, world.team, by=world.worker, level=4)
    with pytest.raises(WrongState, match=r"Deel|share"):
        assigned(world)
    assert not Family.objects.visible_to(world.face).exists()


@pytest.mark.row("E21")
def test_the_supporter_is_met_in_the_shelter_and_stays_the_same_face(face):
    made = assigned(face, introduce_on=date(2026, 3, 9))
    planned(face)
    assert open_work(Kind.INTRODUCE_SUPPORTER) == [(date(2026, 3, 9), "regisseur")]
    with pytest.raises(WrongState):
        operations.record_introduction(made, on=date(2026, 3, 9), in_shelter=True, by=face.worker, at=NOW)
    met = NOW + timedelta(days=7)
    made = operations.record_introduction(made, on=met.date(), in_shelter=True, by=face.worker, at=met)
    assert open_work(Kind.INTRODUCE_SUPPORTER) == []
    assert made.introduced_in_shelter
    (passage,) = from_files(today=date(2027, 4, 1))
    assert BY_SLUG["supporter_met"].categories_of(passage) == ["before"]
    # Another face takes a reason, and the family is not left without one in silence.
    with pytest.raises(WrongState):
        operations.end_support(made, ended_as=Stop.SUPPORTER_LEFT, because=" ", by=face.worker, at=met)
    operations.end_support(made, ended_as=Stop.SUPPORTER_LEFT, because="Zij gaat met verlof.", by=face.worker, at=met)
    assert open_work(Kind.FIND_SUPPORTER) == [(met.date(), "regisseur")]
    with pytest.raises(WrongState):
        operations.end_support(made, ended_as=Stop.SUPPORTER_LEFT, because="Nog eens.", by=face.worker, at=met)


@pytest.mark.row("E29")
def test_nobody_becomes_supporter_without_a_criterion_or_stops_without_a_reason_and_both_are_counted(
    face, client, sign_in
):
    sign_in(face.worker)
    choose = reverse("handover:assign_supporter", args=[face.family.pk])
    client.post(choose, {"who": face.supporter.pk, "criterion": ""})
    with pytest.raises(WrongState):
        assigned(face, criterion="")
    assert supporter_of(face.family) is None

    client.post(choose, {"who": face.supporter.pk, "criterion": "waiting"})
    made = supporter_of(face.family)
    assert made.criterion == Criterion.WAITING
    client.post(reverse("handover:end_support", args=[made.pk]), {"because": "Alles loopt.", "ended_as": ""})
    assert supporter_of(face.family) == made
    client.post(reverse("handover:end_support", args=[made.pk]), {"because": "Alles loopt.", "ended_as": "not_needed"})
    assert supporter_of(face.family) is None

    face.trajectory.departs_on, face.trajectory.destination = NOW.date(), "unknown"
    face.trajectory.save()
    (passage,) = from_files(today=NOW.date() + timedelta(days=366))
    assert BY_SLUG["supporter_for"].categories_of(passage) == ["waiting"]
    assert BY_SLUG["supporter_stopped"].categories_of(passage) == ["not_needed"]


def test_when_her_organisation_takes_over_the_supporter_stays(face):
    assigned(face)
    made = operations.offer(face.family, to=face.team, what=offered(), by=face.worker, at=NOW)
    operations.accept(made, by=face.receiver, at=NOW)
    assert supporter_of(face.family).supporter == face.supporter
    factories.follow_up(face.family, falls_to="supporter")
    assert FollowUp.objects.filter(falls_to="supporter").falling_to(face.face).exists()


def test_a_supporter_of_the_side_that_leaves_goes_with_it_and_that_is_work(world):
    own = factories.user(at=world.shelter)
    world.supporter = supporter(own, world.shelter)
    assigned(world)
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    operations.accept(made, by=world.receiver, at=NOW)
    assert supporter_of(world.family) is None
    assert open_work(Kind.FIND_SUPPORTER) == [(TODAY, "regisseur")]
    assert not Family.objects.visible_to(own).exists()


@pytest.mark.row("E22")
def test_the_supporter_confirms_that_she_knows_of_the_departure_or_the_regisseur_hears_it(face):
    made = assigned(face)
    with pytest.raises(WrongState):
        operations.confirm_departure(made, by=face.face, at=NOW)
    planned(face)
    # 2 March is a Monday: two working days later is the fourth, and the day after it is the regisseur's.
    assert open_work(Kind.CONFIRM_DEPARTURE) == [(TODAY, "supporter")]
    assert open_work(Kind.SUPPORTER_UNCONFIRMED) == [(date(2026, 3, 5), "regisseur")]
    assert FollowUp.objects.open().filter(kind=Kind.CONFIRM_DEPARTURE).falling_to(face.face).exists()
    # Nobody says it for her.
    with pytest.raises(NotAllowed):
        operations.confirm_departure(made, by=face.worker, at=NOW)
    operations.confirm_departure(made, by=face.face, at=NOW)
    assert open_work(Kind.CONFIRM_DEPARTURE) == open_work(Kind.SUPPORTER_UNCONFIRMED) == []
    with pytest.raises(WrongState):
        operations.confirm_departure(made, by=face.face, at=NOW)
    # Another day is another departure; the same day again is not.
    planned(face)
    assert open_work(Kind.CONFIRM_DEPARTURE) == []
    planned(face, on=date(2026, 3, 28))
    assert open_work(Kind.CONFIRM_DEPARTURE) == [(TODAY, "supporter")]
    operations.cancel_departure(face.trajectory, because="De woning ging niet door.", by=face.worker, at=NOW)
    assert open_work(Kind.CONFIRM_DEPARTURE) == open_work(Kind.SUPPORTER_UNCONFIRMED) == []


def test_the_list_of_the_departure_knows_that_they_met(face):
    made = assigned(face)
    planned(face)
    operations.record_introduction(made, on=TODAY, in_shelter=True, by=face.worker, at=NOW)
    check = DepartureCheck.objects.get(kind=CheckKind.SUPPORTER_INTRODUCED)
    assert check.state == CheckState.OPEN
    from handover.arranged import arranged_for

    assert CheckKind.SUPPORTER_INTRODUCED in {one.kind for one in arranged_for(check)}


@pytest.mark.row("F5")
def test_a_municipality_without_a_supporter_is_a_gap_and_work_and_one_with_a_supporter_names_her(face):
    empty = factories.MunicipalityFactory(code="GM0080", name="Leeuwarden")
    planned(face, municipality=empty)
    assert open_work(Kind.SUPPORTER_GAP) == [(TODAY, "regisseur")]
    assert SupporterGap.objects.get(settled_on=None).municipality == empty
    assert empty in Municipality.objects.without_supporter(TODAY)
    assert supporters_of(empty, today=TODAY) == []
    # Elsewhere there is one: she is named, to be called.
    planned(face)
    assert open_work(Kind.SUPPORTER_GAP) == []
    assert [one.supporter.user for one in supporters_of(face.team.municipality, today=TODAY)] == [face.face]


def test_the_coordinator_appoints_supporters_of_her_own_municipality(world):
    town = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    coordinator = factories.user(Role.COORDINATOR, at=town)
    elsewhere = factories.MunicipalityFactory(code="GM0080", name="Leeuwarden")
    what = {
        "organisation": world.team,
        "municipality": town.municipality,
        "attention_area": "Vrouwenopvang",
        "capacity": 8,
        "on_behalf_of": town,
        "by": coordinator,
        "at": NOW,
    }
    SupporterGap.objects.create(municipality=town.municipality, noticed_on=TODAY)
    made = operations.appoint_supporter(world.receiver, **what)
    assert (made.municipality, made.attention_area, made.capacity) == (town.municipality, "Vrouwenopvang", 8)
    assert SupporterGap.objects.get().settled_on == TODAY
    for wrong in ({"capacity": 0}, {"attention_area": " "}, {}):
        with pytest.raises(WrongState):
            operations.appoint_supporter(world.receiver, **what | wrong)
    with pytest.raises(WrongState):
        operations.appoint_supporter(world.worker, **what)
    with pytest.raises(NotAllowed):
        operations.appoint_supporter(world.second_receiver, **what | {"municipality": elsewhere})
    with pytest.raises(NotAllowed):
        operations.appoint_supporter(world.second_receiver, **what | {"by": world.worker})
    operations.change_supporter(made, attention_area="Mannenopvang", capacity=3, on_behalf_of=town, by=coordinator)
    ended = operations.dismiss_supporter(made, on_behalf_of=town, by=coordinator, at=NOW)
    assert ended.valid_until is not None
    with pytest.raises(WrongState):
        operations.dismiss_supporter(made, on_behalf_of=town, by=coordinator, at=NOW)
    assert AuditEvent.objects.filter(event=Event.SUPPORTER_CHANGED).count() == 3


def test_who_chooses_a_supporter_sees_no_family_come_in_elsewhere(face, client, sign_in):
    sign_in(face.worker)
    pages = [reverse(f"handover:{name}", args=[face.family.pk]) for name in ("assign_supporter", "supporter")]

    def seen():
        answers = [client.get(page) for page in pages]
        assert all(str(face.face.name) in answer.content.decode() for answer in answers)
        return [
            re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", one.content.decode()) for one in answers
        ]

    before = seen()
    SupporterAssignment.objects.create(
        family=factories.family(),
        supporter=face.supporter,
        assigned_by=face.worker,
        assigned_at=NOW,
        criterion=Criterion.ALONE,
    )
    assert seen() == before
