"""What a client said to one worker does not go to the next by itself; and what makes a handover warm."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from aftercare.models import Channel, CheckIn, EndCause, Initiative, Outcome
from aftercare.operations import change_aftercare_end
from cases.models import Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind
from handover import operations
from handover.models import AgendaPoint, JointVisit
from tests.factories import NOW
from tests.handover.conftest import offered, planned

LATER = NOW + timedelta(days=1)


def said(world, by, at, words):
    return CheckIn.objects.create(
        family=world.family,
        trajectory=world.trajectory,
        happened_at=at,
        channel=Channel.VISIT,
        initiative=Initiative.OURS,
        outcome=Outcome.REACHED,
        help_running="yes",
        feels_safe="yes",
        plan_up_to_date="yes",
        needs_support="no",
        own_words=words,
        recorded_by=by,
        recorded_at=at,
    )


def handed_over(world, **changed):
    made = operations.offer(world.family, to=world.team, what=offered(**changed), by=world.worker, at=NOW)
    return operations.accept(made, by=world.receiver, at=LATER)


def page_of(client, sign_in, world, user):
    sign_in(user)
    return client.get(reverse("aftercare:family", args=[world.family.pk])).content.decode()


@pytest.fixture
def spoken(world):
    planned(world, on=date(2026, 3, 2))
    said(world, world.worker, NOW, "Ik durf het niemand te zeggen.")
    return world


@pytest.mark.row("F6")
@pytest.mark.parametrize("passes", [False, True])
def test_the_words_of_earlier_contacts_go_along_only_when_that_was_agreed(client, sign_in, spoken, passes):
    handed_over(spoken, passes_words=passes)
    with time_machine.travel(LATER + timedelta(minutes=5), tick=False):
        said(spoken, spoken.receiver, LATER + timedelta(minutes=2), "Nu gaat het beter.")
        page = page_of(client, sign_in, spoken, spoken.receiver)
        colleague = page_of(client, sign_in, spoken, spoken.receiver)
    assert ("Ik durf het niemand te zeggen." in page) is passes
    assert ("Wat toen gezegd is, is niet doorgegeven." in page) is not passes
    for shown in (page, colleague):
        assert "Nu gaat het beter." in shown


def test_a_side_that_gets_the_family_back_reads_its_own_words_again(client, sign_in, spoken):
    handed_over(spoken)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        back = operations.offer(spoken.family, to=spoken.shelter, what=offered(), by=spoken.receiver, at=LATER)
        said(spoken, spoken.receiver, LATER, "Tegen het wijkteam.")
        operations.accept(back, by=spoken.worker, at=LATER + timedelta(days=1))
    with time_machine.travel(LATER + timedelta(days=2), tick=False):
        page = page_of(client, sign_in, spoken, spoken.worker)
    assert "Ik durf het niemand te zeggen." in page
    assert "Tegen het wijkteam." not in page


@pytest.mark.row("C24")
def test_a_handover_is_cold_until_both_sides_spoke_with_each_other_and_with_the_family(client, sign_in, world):
    made = operations.offer(
        world.family, to=world.team, what=offered(visit_on=date(2026, 3, 3)), by=world.worker, at=NOW
    )
    url = reverse("handover:handover", args=[made.pk])
    sign_in(world.worker)
    assert "Nog een koude overdracht" in client.get(url).content.decode()
    operations.accept(made, by=world.receiver, at=LATER)
    # What they did not discuss is the work of the new regisseur, and does not go away by itself.
    owed = FollowUp.objects.open().filter(kind=Kind.HOLD_CONVERSATION)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        assert owed.falling_to(world.receiver).exists()
        operations.hold_visit(JointVisit.objects.get(), on=date(2026, 3, 3), by=world.receiver, at=LATER)
        for point in AgendaPoint.objects.all():
            operations.discuss(point, on=date(2026, 3, 3), by=world.receiver, at=LATER)
        assert not owed.exists()
        sign_in(world.receiver)
        assert "Warme overdracht" in client.get(url).content.decode()


def test_the_aftercare_is_not_said_to_have_ended_while_the_shelter_has_the_regie(world):
    planned(world, on=date(2026, 2, 1), involvement_ends_on=date(2026, 6, 1))
    change = {"ends_on": date(2026, 3, 1), "cause": EndCause.ENOUGH, "by": world.worker, "at": NOW}
    with pytest.raises(WrongState, match=r"regie"):
        change_aftercare_end(world.trajectory, **change)
    made = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    operations.accept(made, by=world.receiver, at=NOW)
    change_aftercare_end(Trajectory.objects.get(), **change | {"by": world.receiver})
    assert Trajectory.objects.get().involvement_ends_on == date(2026, 3, 1)
