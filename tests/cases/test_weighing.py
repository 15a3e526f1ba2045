"""What nobody decides alone: a colleague who was asked by name weighs along, and only then is it shared (I2, I4)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import GroundKind, Share
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from tests.cases.test_sharing import WEIGHED, shared, typed, url
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("authority")


def weighed(world, **changed):
    ground = operations.NewGround(
        GroundKind.CONFLICT_OF_DUTIES,
        weighing=WEIGHED,
        second_professional=world.colleague,
        discussed_on=date(2026, 3, 1),
    )
    return shared(world, ground=ground, **changed)


def page_of(share):
    return reverse("cases:weigh", args=[share.pk])


@pytest.mark.row("I4")
def test_a_conflict_of_duties_opens_nothing_until_the_second_professional_confirms(client, sign_in, world):
    sign_in(world.worker)
    client.post(
        url("share", world.family),
        typed(
            world,
            ground="conflict_of_duties",
            weighing=WEIGHED,
            second_professional=world.colleague.pk,
            confirm="1",
        ),
    )
    made = Share.objects.get()
    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 404

    sign_in(world.colleague)
    assert page_of(made) in client.get(reverse("cases:to_weigh")).content.decode()
    assert page_of(made) in client.get(reverse("overview:today")).content.decode()
    page = client.get(page_of(made)).content.decode()
    for words in (WEIGHED, "De Regenboog", "Meekijken op school", "Femke de Wit"):
        assert words in page
    assert client.post(page_of(made), {}).status_code == 200
    assert client.post(page_of(made), {"answer": "yes"}).url == reverse("cases:to_weigh")
    made.refresh_from_db()
    assert (made.opened_at, made.ground.confirmed_at) == (NOW, NOW)
    assert AuditEvent.objects.filter(event=Event.SHARE_CONFIRMED, actor_id=world.colleague.pk).exists()

    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 200


@pytest.mark.row("I4")
def test_who_was_asked_sees_the_share_and_nothing_of_the_file(client, sign_in, world):
    made = weighed(world)
    sign_in(world.colleague)
    assert client.get(page_of(made)).status_code == 200
    for closed in ("persons", "who_knows", "consents", "share"):
        assert client.get(url(closed, world.family)).status_code == 404
    assert client.get(world.family.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "who", ["worker", "stand_in", "team_lead", "other_worker", "barred_worker", "mentor", "leaver", "ended_member"]
)
def test_nobody_else_confirms_or_refuses(client, sign_in, world, who):
    made = weighed(world)
    somebody = getattr(world, who)
    for act in (
        lambda: operations.confirm_share(made, by=somebody, at=NOW),
        lambda: operations.refuse_share(made, because="x", by=somebody, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Share.objects.get().opened_at is None


@pytest.mark.row("I4")
def test_a_refusal_takes_a_reason_and_shares_nothing(client, sign_in, world):
    made = weighed(world)
    sign_in(world.colleague)
    assert client.post(page_of(made), {"answer": "no"}).context["form"].errors.keys() == {"because"}
    client.post(page_of(made), {"answer": "no", "because": "Eerst met moeder praten."})
    sign_in(world.worker)
    assert "Eerst met moeder praten." in client.get(url("who_knows", world.family)).content.decode()
    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 404


def test_a_second_answer_is_told_that_nothing_waits(client, sign_in, world):
    made = weighed(world)
    operations.confirm_share(made, by=world.colleague, at=NOW)
    for act in (
        lambda: operations.confirm_share(made, by=world.colleague, at=NOW),
        lambda: operations.refuse_share(made, because="x", by=world.colleague, at=NOW),
    ):
        with pytest.raises(WrongState):
            act()
    sign_in(world.colleague)
    assert client.post(page_of(made), {"answer": "yes"}).status_code == 302


def test_what_was_withdrawn_or_ended_meanwhile_is_not_opened(world):
    made = weighed(world)
    with pytest.raises(WrongState):
        operations.confirm_share(made, by=world.colleague, at=made.ends_at)
    operations.withdraw_share(made, because="Toch niet.", by=world.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.confirm_share(made, by=world.colleague, at=NOW)


def test_what_is_shared_already_stays_until_the_wider_share_is_confirmed(client, sign_in, world):
    first = shared(world)
    wider = weighed(world)
    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 200
    operations.confirm_share(wider, by=world.colleague, at=NOW)
    first.refresh_from_db()
    assert first.withdrawn_because == "replaced"
    assert client.get(url("alert", world.family)).status_code == 200


def test_the_regisseur_is_reminded_to_ask_until_there_is_an_answer(world):
    made = weighed(world)
    asked = FollowUp.objects.get(kind=Kind.AWAIT_SECOND)
    assert (asked.state, asked.due_on, asked.about_id) == (State.OPEN, NOW.date() + timedelta(days=1), made.pk)
    operations.confirm_share(made, by=world.colleague, at=NOW)
    asked.refresh_from_db()
    assert asked.state == State.LAPSED
