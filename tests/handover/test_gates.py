"""No departure is completed unsafely: what the file must say, and what somebody can only take on in her own name."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Person, Place
from core.errors import WrongState
from family_plans.models import SelfReliance
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import AgreedMeasure, CheckKind, CheckState, DepartureCheck, MeasureState
from organisations.models import CodeItem, CodeList
from tests.factories import NOW
from tests.handover.conftest import planned
from tests.handover.test_leaving import LEFT, assess, complete, in_one_region

TODAY = NOW.date()


def check_of(kind):
    return DepartureCheck.objects.get(kind=kind, person=None)


def rely_on_herself(world, *, on=TODAY):
    """How the client manages in one domain."""
    listed, _is_new = CodeList.objects.get_or_create(
        slug="domains", defaults={"title_nl": "domeinen", "basis": "verified"}
    )
    domain, _is_new = CodeItem.objects.get_or_create(
        code_list=listed,
        code="housing",
        defaults={"label_nl": "wonen", "basis": "verified", "valid_from": date(2023, 1, 1)},
    )
    return SelfReliance.objects.create(
        family=world.family, domain=domain, level="self", assessed_on=on, assessed_by=world.worker, recorded_at=NOW
    )


def settle_the_rest(world):
    for check in DepartureCheck.objects.open():
        if check.kind not in {CheckKind.NEW_ASSESSMENT, CheckKind.SELF_RELIANCE}:
            operations.set_aside(check, because="Hoeft niet.", by=world.worker, at=NOW)


@pytest.fixture
def leaving(world):
    in_one_region(world)
    planned(world)
    settle_the_rest(world)
    return world


@pytest.mark.row("C2")
def test_without_a_new_assessment_nobody_lets_go_unless_in_her_own_name(leaving, client, sign_in):
    rely_on_herself(leaving)
    with pytest.raises(WrongState):
        complete(leaving)
    point = check_of(CheckKind.NEW_ASSESSMENT)
    # Neither a tick nor "not needed" makes an assessment.
    with pytest.raises(WrongState, match=r"dossier|file"):
        operations.tick(point, done_on=TODAY, by=leaving.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.set_aside(point, because="Hoeft niet.", by=leaving.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.override(point, because=" ", by=leaving.worker, at=NOW)
    operations.override(point, because="Zij vertrok vannacht.", by=leaving.worker, at=NOW)
    assert complete(leaving)
    sign_in(leaving.worker)
    page = client.get(reverse("handover:departure", args=[leaving.family.pk])).content.decode()
    assert "Zij vertrok vannacht. (Els Vonk)" in page


def test_the_page_asks_of_an_assessment_what_can_be_and_loses_no_word(leaving, client, sign_in):
    sign_in(leaving.worker)
    page = reverse("handover:settle_point", args=[check_of(CheckKind.NEW_ASSESSMENT).pk])
    asked = client.get(page)
    assert [value for value, _label in asked.context["form"].fields["answer"].choices] == ["overridden"]
    assert "Het staat nog niet in het dossier" in asked.content.decode()
    # A tab of before sends what it offered then.
    stale = client.post(page, {"answer": "done", "done_on": "2026-03-02", "note": "Met Tamar besproken"})
    assert stale.context["form"].errors.keys() == {"answer"}
    assert "Met Tamar besproken" in stale.content.decode()


def test_with_an_assessment_of_everybody_it_settles_itself(leaving):
    rely_on_herself(leaving)
    assess(leaving)
    assert complete(leaving)
    assert check_of(CheckKind.NEW_ASSESSMENT).state == CheckState.DONE


def test_an_assessment_that_leaves_a_child_out_does_not_count(leaving, client, sign_in):
    rely_on_herself(leaving)
    assess(leaving)
    operations.tick(check_of(CheckKind.NEW_ASSESSMENT), done_on=TODAY, by=leaving.worker, at=NOW)
    Person.objects.create(family=leaving.family, place=Place.CHILD, given_name="Bo")
    with pytest.raises(WrongState, match=r"te oud|too old"):
        complete(leaving)
    sign_in(leaving.worker)
    page = client.get(reverse("handover:departure", args=[leaving.family.pk])).content.decode()
    assert reverse("handover:settle_point", args=[check_of(CheckKind.NEW_ASSESSMENT).pk]) in page
    assess(leaving, at=NOW + timedelta(minutes=1))
    assert complete(leaving)


def test_a_departure_that_moves_away_from_its_assessment_asks_for_a_new_one(leaving):
    assess(leaving)
    operations.tick(check_of(CheckKind.NEW_ASSESSMENT), done_on=TODAY, by=leaving.worker, at=NOW)
    operations.override(check_of(CheckKind.SELF_RELIANCE), because="Geen tijd.", by=leaving.worker, at=NOW)
    planned(leaving, on=date(2026, 3, 28))
    assert check_of(CheckKind.NEW_ASSESSMENT).state == CheckState.DONE
    # Who took it on herself did so for the day that was planned then.
    assert check_of(CheckKind.SELF_RELIANCE).state == CheckState.OPEN
    planned(leaving, on=date(2026, 6, 1))
    assert check_of(CheckKind.NEW_ASSESSMENT).state == CheckState.OPEN


@pytest.mark.row("E12")
def test_how_the_client_manages_is_looked_at_before_the_departure_or_somebody_takes_that_on(leaving):
    assess(leaving)
    rely_on_herself(leaving, on=date(2025, 12, 1))
    with pytest.raises(WrongState):
        complete(leaving)
    with pytest.raises(WrongState):
        operations.tick(check_of(CheckKind.SELF_RELIANCE), done_on=TODAY, by=leaving.worker, at=NOW)
    rely_on_herself(leaving)
    assert complete(leaving)


class TestAgreedMeasures:
    def agreed(self, world, **changed):
        what = {"what": "Alarmknop laten plaatsen", "owner": "Politie, wijkagent", "due_on": date(2026, 3, 20)}
        return operations.agree_measure(world.trajectory, **{**what, **changed}, by=world.worker, at=NOW)

    @pytest.mark.row("C3")
    def test_are_followed_to_their_day_and_late_the_day_after(self, world, client, sign_in):
        planned(world)
        measure = self.agreed(world)
        owed = FollowUp.objects.open().get(kind=Kind.TAKE_AGREED_MEASURE)
        assert (owed.due_on, owed.falls_to) == (date(2026, 3, 20), "regisseur")
        assert not measure.is_late(date(2026, 3, 20))
        with time_machine.travel(NOW + timedelta(days=19), tick=False):
            sign_in(world.worker)
            page = client.get(reverse("handover:departure", args=[world.family.pk])).content.decode()
            assert measure.is_late(date(2026, 3, 21))
            assert "Alarmknop laten plaatsen" in page
            assert "Te laat" in page
            operations.settle_measure(measure, taken_on=date(2026, 3, 21), by=world.worker, at=LEFT)
        assert FollowUp.objects.get(kind=Kind.TAKE_AGREED_MEASURE).state == State.DONE
        with pytest.raises(WrongState):
            operations.settle_measure(measure, because="Toch niet.", by=world.worker, at=LEFT)

    @pytest.mark.parametrize("slip", ["9999-12-31", "2036-03-20"])
    def test_have_a_day_that_can_come(self, world, client, sign_in, slip):
        planned(world)
        sign_in(world.worker)
        typed = {"what": "Alarmknop laten plaatsen", "owner": "Politie", "due_on": slip}
        page = client.post(reverse("handover:agree_measure", args=[world.family.pk]), typed)
        assert "due_on" in page.context["form"].errors
        assert "Alarmknop laten plaatsen" in page.content.decode()
        assert not AgreedMeasure.objects.exists()

    def test_that_is_open_does_not_go_away_with_the_departure_or_the_handover(self, world):
        planned(world)
        self.agreed(world)
        made = operations.offer(
            world.family,
            to=world.team,
            what=operations.NewHandover("Nee.", "Kort.", date(2026, 3, 2)),
            by=world.worker,
            at=NOW,
        )
        operations.accept(made, by=world.receiver, at=NOW)
        assert AgreedMeasure.objects.visible_to(world.receiver).open().exists()
        assert FollowUp.objects.open().filter(kind=Kind.TAKE_AGREED_MEASURE).falling_to(world.receiver).exists()
        assert not AgreedMeasure.objects.visible_to(world.worker).exists()

    @pytest.mark.parametrize("wrong", [{"what": " "}, {"owner": ""}, {"due_on": date(2026, 3, 1)}])
    def test_say_what_who_and_when(self, world, wrong):
        with pytest.raises(WrongState):
            self.agreed(world, **wrong)

    @pytest.mark.parametrize("current", MeasureState)
    @pytest.mark.parametrize("target", MeasureState)
    def test_every_pair_of_states(self, current, target):
        measure = AgreedMeasure(state=current)
        if current == MeasureState.OPEN != target:
            measure.move_to(target)
            assert measure.state == target
        else:
            with pytest.raises(WrongState):
                measure.move_to(target)
