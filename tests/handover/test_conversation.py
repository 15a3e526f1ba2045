"""The warm conversation: each point discussed, or left out by a named person for a reason."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from cases.models import Admission, Person, Place
from core.errors import NotAllowed, WrongState
from family_plans.models import MATRIX_DOMAINS, MATRIX_LEVELS, Occasion
from family_plans.operations import NewScore, record_assessment
from follow_ups.models import FollowUp, Kind, Reminder, State
from handover import operations
from handover.models import AgendaPoint, Part, PointState, Topic
from reminders.recipients import candidates
from tests import factories
from tests.factories import NOW
from tests.family_plans.conftest import code_list
from tests.handover.conftest import offered

TODAY = NOW.date()


def point(topic=Topic.RISK):
    return AgendaPoint.objects.get(topic=topic)


@pytest.mark.row("F10")
def test_every_mandatory_point_is_on_the_agenda_of_every_handover_and_is_ticked_or_reasoned(client, sign_in, world):
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    assert set(AgendaPoint.objects.filter(handover=made).values_list("topic", flat=True)) == set(Topic.values)

    sign_in(world.worker)
    page = reverse("handover:handover", args=[made.pk])
    settle = reverse("handover:settle_topic", args=[point(Topic.BACKGROUND).pk])
    assert settle in client.get(page).content.decode()
    refused = client.post(settle, {"answer": "left_out", "because": ""})
    assert refused.context["form"].errors.keys() == {"because"}
    client.post(settle, {"answer": "left_out", "because": "Zij wil dat zelf vertellen."})
    client.post(reverse("handover:settle_topic", args=[point().pk]), {"answer": "discussed", "on": "2026-03-02"})

    shown = client.get(page).content.decode()
    assert "Zij wil dat zelf vertellen. (Els Vonk)" in shown
    assert point(Topic.BACKGROUND).state == PointState.LEFT_OUT
    assert (point().state, point().discussed_on, point().settled_by) == (PointState.DISCUSSED, TODAY, world.worker)
    # The new side reads the same, and may settle too.
    sign_in(world.receiver)
    assert "Zij wil dat zelf vertellen." in client.get(page).content.decode()
    operations.discuss(point(Topic.CHILDREN), on=TODAY, by=world.receiver, at=NOW)


def test_a_point_is_settled_once(handover, world):
    operations.discuss(point(), on=TODAY, by=world.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.leave_out(point(), because="Toch niet.", by=world.receiver, at=NOW)


@pytest.mark.parametrize("current", PointState)
@pytest.mark.parametrize("target", PointState)
def test_every_pair_of_states(current, target):
    row = AgendaPoint(state=current)
    if current == PointState.OPEN and target != PointState.OPEN:
        row.move_to(target)
        assert row.state == target
    else:
        with pytest.raises(WrongState):
            row.move_to(target)


def test_a_conversation_is_not_held_tomorrow(handover, world):
    with pytest.raises(WrongState):
        operations.discuss(point(), on=TODAY + timedelta(days=1), by=world.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.leave_out(point(), because=" ", by=world.worker, at=NOW)


def test_the_database_refuses_a_point_left_out_without_a_reason(handover):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaPoint.objects.update(state="left_out")


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker"])
def test_only_the_two_sides_settle(handover, world, who):
    with pytest.raises(NotAllowed):
        operations.discuss(point(), on=TODAY, by=getattr(world, who), at=NOW)


def test_what_was_not_discussed_before_acceptance_is_the_new_regisseurs_work(handover, world):
    operations.discuss(point(), on=TODAY, by=world.worker, at=NOW)
    operations.accept(handover, by=world.receiver, at=NOW)
    owed = FollowUp.objects.get(kind=Kind.HOLD_CONVERSATION)
    assert (owed.state, owed.due_on) == (State.OPEN, date(2026, 3, 9))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        with pytest.raises(NotAllowed):
            operations.discuss(point(Topic.ADDRESS), on=TODAY, by=world.worker, at=NOW)
        for one in AgendaPoint.objects.open():
            operations.discuss(one, on=TODAY, by=world.receiver, at=NOW)
    owed.refresh_from_db()
    assert owed.state == State.DONE


def test_an_agenda_that_is_done_leaves_no_work(handover, world):
    for one in AgendaPoint.objects.open():
        operations.discuss(one, on=TODAY, by=world.worker, at=NOW)
    operations.accept(handover, by=world.receiver, at=NOW)
    assert not FollowUp.objects.filter(kind=Kind.HOLD_CONVERSATION).exists()


@pytest.mark.row("F2")
def test_on_the_day_after_the_answer_date_it_is_the_municipalitys_and_stands_on_its_page(client, sign_in, world):
    coordinator = world.coordinator
    factories.involvement(world.family, coordinator.memberships.get().organisation, "responsible")
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    late = FollowUp.objects.get(kind=Kind.HANDOVER_UNANSWERED)
    assert late.due_on == made.answer_by + timedelta(days=1)
    label = "gezinnen met een overdracht die al beantwoord had moeten zijn"

    def figure():
        page = sign_in(coordinator).get(reverse("municipalities:families"))
        return {one.label: one.count for one in page.context["figures"]}[label]

    with time_machine.travel("2026-03-09 12:00:00+01:00", tick=False):
        assert figure() == 0
    with time_machine.travel("2026-03-10 00:10:00+01:00", tick=False):
        assert figure() == 1
        reminder = Reminder(family=world.family, follow_up=late, step=0, raised_at=NOW)
        assert next(candidates(reminder, now=NOW + timedelta(days=8))) == coordinator
        operations.decline(made, because="Vol.", by=world.receiver, at=NOW + timedelta(days=8))
        assert figure() == 0


@pytest.mark.row("F6")
def test_the_receiver_reads_the_parts_that_were_chosen_and_no_others(client, sign_in, world):
    from safety_plans.models import RiskAssessment

    RiskAssessment.objects.create(
        family=world.family,
        moment="admission",
        assessed_on=TODAY,
        assessed_by=world.worker,
        conclusion="Hij zoekt contact via familie.",
        recorded_at=NOW,
    )
    pages = {}
    for chosen in ([], [Part.RISK]):
        made = operations.offer(world.family, to=world.team, what=offered(shows=chosen), by=world.worker, at=NOW)
        sign_in(world.receiver)
        pages[bool(chosen)] = client.get(reverse("handover:handover", args=[made.pk])).content.decode()
        operations.withdraw(made, because="Nog eens.", by=world.worker, at=NOW)
    assert "Hij zoekt contact via familie." in pages[True]
    assert "Hij zoekt contact via familie." not in pages[False]


def test_the_database_knows_the_parts(world, handover):
    for field in ("shows", "keeps"):
        handover.refresh_from_db()
        setattr(handover, field, ["everything"])
        with pytest.raises(IntegrityError), transaction.atomic():
            handover.save()


@pytest.mark.row("D25")
def test_what_was_seen_at_admission_is_in_every_handover_and_cannot_be_worn_away(client, sign_in, world):
    Admission.objects.create(
        family=world.family,
        trajectory=world.trajectory,
        income="stopped",
        debts="yes",
        why_now="Na een nacht vol dreigementen.",
        needs="Rust en een school.",
        background="Psychische problemen en schulden.",
        recorded_by=world.worker,
        frozen_at=NOW,
    )
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Admission.objects.update(background="Niets bijzonders.")
    sign_in(world.receiver)
    page = client.get(reverse("handover:handover", args=[made.pk])).content.decode()
    for part in (
        "Psychische problemen en schulden.",
        "Het inkomen is gestopt.",
        "Schulden: ja.",
        "Rust en een school.",
    ):
        assert part in page
    assert "Na een nacht vol dreigementen." in page


@pytest.mark.row("C22")
def test_who_accepts_reads_the_latest_of_how_the_client_manages_and_what_it_was_before(
    client, sign_in, handover, world
):
    matrix = code_list(MATRIX_DOMAINS, {"01": "Financiën"})
    code_list(MATRIX_LEVELS, {"01": "acuut", "02": "niet", "03": "beperkt", "04": "voldoende", "05": "volledig"})
    for on, occasion, level in ((date(2026, 1, 5), Occasion.INTAKE, 2), (NOW.date(), Occasion.DEPARTURE, 4)):
        record_assessment(
            Person.objects.get(family=world.family, place=Place.CLIENT),
            occasion=occasion,
            on=on,
            scores=[NewScore(matrix["01"], level, 3)],
            by=world.worker,
            at=NOW,
        )
    page = reverse("family_plans:reliance", args=[world.family.pk])
    sign_in(world.receiver)
    assert client.get(page).status_code == 404

    operations.accept(handover, by=world.receiver, at=NOW)
    world.receiver.forget_standing()

    (one,) = client.get(page).context["matrices"]
    assert (one.latest.assessed_on, one.latest.occasion) == (NOW.date(), "departure")
    assert (one.rows[0].level, one.rows[0].own, one.rows[0].change) == ("4: voldoende", "3: beperkt", 2)
