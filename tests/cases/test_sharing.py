"""Sharing: on one ground, for one purpose, until a day; looked at beforehand, and stopped in one step."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import Consent, GroundKind, Law, Level, Share
from core.errors import NotAllowed, WrongState
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("authority")

ENDS_AT = datetime(2026, 7, 1, 22, tzinfo=UTC)


def url(name, of):
    return reverse(f"cases:{name}", args=[of.pk])


def typed(world, **changed):
    return {
        "organisation": world.school.pk,
        "level": "1",
        "children": [world.femke.pk],
        "purpose": "Meekijken op school",
        "until": "2026-07-01",
        "task": "wmo",
        "ground": "consent",
        "given_by": [world.femke.pk],
        "how": "spoken",
        "discussed_on": "2026-03-01",
        **changed,
    }


def shared(world, **changed):
    ground = operations.NewGround(GroundKind.CONSENT, given_by=[world.femke], discussed_on=date(2026, 3, 1))
    return operations.share(
        world.family,
        **{
            "with_organisation": world.school,
            "level": Level.ALERT,
            "task": Law.WMO,
            "purpose": "Meekijken op school",
            "ground": ground,
            "ends_at": ENDS_AT,
            "persons": [world.femke.pk],
            "by": world.worker,
            "at": NOW,
            **changed,
        },
    )


@pytest.mark.row("I7")
def test_nothing_is_shared_before_it_was_looked_at_and_then_it_is(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)

    preview = client.post(page, typed(world))
    assert preview.status_code == 200
    assert "Femke de Wit" in preview.content.decode()
    assert not Share.objects.exists()
    change = client.post(page, typed(world, change="1"))
    assert "Meekijken op school" in change.content.decode()
    assert not Share.objects.exists()

    assert client.post(page, typed(world, confirm="1")).url == url("who_knows", world.family)
    made = Share.objects.get()
    assert (made.organisation, made.level, made.ends_at) == (world.school, Level.ALERT, ENDS_AT)
    assert [(row.given_by, row.about, row.how) for row in Consent.objects.filter(ground=made.ground)] == [
        (world.femke, world.femke, "spoken")
    ]
    assert AuditEvent.objects.filter(event=Event.SHARED, actor_id=world.worker.pk).count() == 1


def test_a_partner_at_the_lowest_level_sees_its_own_desk_and_nothing_of_the_family(client, sign_in, world):
    sign_in(world.worker)
    preview = client.post(url("share", world.family), typed(world)).content.decode()
    shared(world)
    sign_in(world.mentor)
    page = client.get(url("alert", world.family)).content.decode()
    for text in (preview, page):
        assert "Femke de Wit" in text
        assert "Meldpunt zorg en veiligheid" in text
        assert "058 000 00 00" in text
    for absent in ("Daan", "Marloes", "Els Vonk", "De Haven", "Zwolle", world.family.reference):
        assert absent not in page
    assert client.get(url("alert", world.family)).status_code == 200
    assert url("alert", world.family) in client.get(reverse("cases:alerts")).content.decode()
    for closed in ("persons", "who_knows", "share", "add_person"):
        assert client.get(url(closed, world.family)).status_code == 404


def test_without_a_desk_in_its_municipality_a_partner_gets_the_national_number(client, sign_in, world):
    pupil_coach = factories.user(Role.SIGNALLER, at=world.team)
    shared(world, with_organisation=world.team)
    sign_in(pupil_coach)
    page = client.get(url("alert", world.family)).content.decode()
    assert "0800-2000" in page
    assert "058 000 00 00" not in page


@pytest.mark.row("I7")
@pytest.mark.row("R11")
def test_a_share_that_is_stopped_shows_nothing_on_the_next_request(client, sign_in, world):
    made = shared(world)
    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 200

    sign_in(world.worker)
    assert client.post(url("withdraw_share", made), {}).status_code == 200
    assert Share.objects.get().withdrawn_at is None
    answer = client.post(url("withdraw_share", made), {"because": "Marloes wil dit niet meer."}, follow=True)
    assert "Marloes wil dit niet meer." in answer.content.decode()

    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 404
    assert client.get(reverse("cases:alerts")).context["alerts"] == []


@pytest.mark.row("I7")
def test_a_share_shows_its_last_day_and_not_the_day_after(client, sign_in, world):
    shared(world)
    with time_machine.travel(ENDS_AT - timedelta(seconds=1), tick=False):
        sign_in(world.mentor)
        page = client.get(url("alert", world.family))
        assert page.status_code == 200
        assert page.context["alert"].until == date(2026, 7, 1)
    with time_machine.travel(ENDS_AT, tick=False):
        sign_in(world.mentor)
        assert client.get(url("alert", world.family)).status_code == 404


WEIGHED = "De veiligheid van Daan weegt zwaarder dan de wens van moeder."


@pytest.mark.row("I6")
@pytest.mark.parametrize(
    ("ground", "missing"),
    [
        ("consent", "given_by"),
        ("consent", "how"),
        ("statutory_task", "article"),
        ("conflict_of_duties", "weighing"),
        ("conflict_of_duties", "second_professional"),
    ],
)
def test_each_ground_asks_for_what_belongs_to_it_and_keeps_what_was_typed(client, sign_in, world, ground, missing):
    sign_in(world.worker)
    full = typed(
        world,
        ground=ground,
        article=world.article.pk,
        weighing=WEIGHED,
        second_professional=world.colleague.pk,
    )
    page = url("share", world.family)
    answer = client.post(page, {**full, missing: "", "confirm": "1"})
    assert answer.context["form"].errors.keys() == {missing}
    assert "Meekijken op school" in answer.content.decode()
    assert client.post(page, {**full, "confirm": "1"}).status_code == 302
    assert Share.objects.get().ground.kind == ground


@pytest.mark.row("I6")
def test_a_ground_keeps_only_what_belongs_to_it(client, sign_in, world):
    sign_in(world.worker)
    client.post(
        url("share", world.family),
        typed(world, ground="statutory_task", article=world.article.pk, weighing="x" * 50, confirm="1"),
    )
    ground = Share.objects.get().ground
    assert (ground.law, ground.article, ground.weighing) == ("wmo", world.article.label_nl, "")
    assert not Consent.objects.exists()


@pytest.mark.row("I6")
def test_a_task_of_the_municipality_needs_no_consent_and_must_be_named(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    task = typed(world, ground="statutory_task", given_by=[], how="", confirm="1")
    assert client.post(page, task).context["form"].errors.keys() == {"article"}
    assert client.post(page, {**task, "article": world.article.pk}).status_code == 302


@pytest.mark.row("I17")
def test_sharing_for_the_task_of_another_law_asks_for_a_ground_of_its_own(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    wrong = typed(world, task="jeugdwet", ground="statutory_task", article=world.article.pk, confirm="1")
    answer = client.post(page, wrong)
    assert answer.context["form"].errors.keys() == {"article"}
    assert not Share.objects.exists()
    assert client.post(page, {**wrong, "article": world.youth_article.pk}).status_code == 302
    assert "Jeugdwet" in client.get(url("who_knows", world.family)).content.decode()
    ground = operations.NewGround(
        GroundKind.STATUTORY_TASK, law=Law.WMO, article="Wmo 2015, artikel 5.1.1", discussed_on=date(2026, 3, 1)
    )
    with pytest.raises(WrongState):
        shared(world, ground=ground, task=Law.JEUGDWET)
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.update(task="")


@pytest.mark.row("I4")
def test_a_weighing_of_a_few_words_is_no_weighing(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(
        url("share", world.family),
        typed(
            world,
            ground="conflict_of_duties",
            weighing="Moet gewoon.",
            second_professional=world.colleague.pk,
            confirm="1",
        ),
    )
    assert answer.context["form"].errors.keys() == {"weighing"}


@pytest.mark.row("I4")
def test_the_second_professional_is_a_colleague_and_never_oneself(client, sign_in, world):
    sign_in(world.worker)
    form = client.get(url("share", world.family), {"organisation": world.school.pk}).context["form"]
    offered = set(form.fields["second_professional"].queryset)
    assert world.colleague in offered
    assert not offered & {world.worker, world.other_worker, world.mentor, world.leaver, world.ended_member}
    for second in (None, world.worker, world.other_worker):
        ground = operations.NewGround(
            GroundKind.CONFLICT_OF_DUTIES,
            weighing=WEIGHED,
            second_professional=second,
            discussed_on=date(2026, 3, 1),
        )
        with pytest.raises(WrongState):
            shared(world, ground=ground)


@pytest.mark.row("I2")
def test_what_was_not_discussed_with_the_client_takes_a_coded_reason_and_a_second_professional(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    assert client.post(page, typed(world, discussed_on="")).context["form"].errors.keys() == {"discussed_on"}
    own_words = typed(world, discussed_on="", not_discussed_because="Hij leest haar telefoon.")
    assert "not_discussed_because" in client.post(page, own_words).context["form"].errors
    alone = typed(world, discussed_on="", not_discussed_because="overheard")
    assert client.post(page, alone).context["form"].errors.keys() == {"second_professional"}
    for reason, second in (("", world.colleague), ("overheard", None)):
        ground = operations.NewGround(
            GroundKind.CONSENT, given_by=[world.femke], not_discussed_because=reason, second_professional=second
        )
        with pytest.raises(WrongState):
            shared(world, ground=ground)
    together = {**alone, "second_professional": world.colleague.pk, "confirm": "1"}
    assert client.post(page, together).status_code == 302
    made = Share.objects.get()
    assert (made.ground.second_professional, made.opened_at) == (world.colleague, None)


@pytest.mark.row("I6")
def test_the_right_to_report_is_a_ground_for_veilig_thuis_only(client, sign_in, world):
    sign_in(world.worker)
    veilig_thuis = factories.organisation("Veilig Thuis Hier", kind="veilig_thuis")
    factories.user(at=veilig_thuis)

    def grounds(recipient):
        form = client.get(url("share", world.family), {"organisation": recipient.pk}).context["form"]
        return set(dict(form.fields["ground"].choices))

    assert "right_to_report" in grounds(veilig_thuis)
    assert "right_to_report" not in grounds(world.school)


def test_a_school_is_never_offered_the_file(client, sign_in, world):
    sign_in(world.worker)
    form = client.get(url("share", world.family), {"organisation": world.school.pk}).context["form"]
    assert Level.FILE not in dict(form.fields["level"].choices)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"until": "2026-03-01"}, "until"),
        ({"until": "2027-03-03"}, "until"),
        ({"level": "2"}, "reader"),
        ({"level": "9"}, "level"),
    ],
)
def test_a_share_ends_within_a_year_and_has_a_reader_from_the_second_level(client, sign_in, world, changed, wrong):
    sign_in(world.worker)
    both = typed(world, given_by=[world.femke.pk, world.client_person.pk])
    answer = client.post(url("share", world.family), both | changed)
    assert answer.context["form"].errors.keys() == {wrong}


def test_a_signaller_is_no_reader_of_the_family_plan(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    both = typed(world, given_by=[world.femke.pk, world.client_person.pk])
    assert client.post(page, {**both, "level": "2", "reader": world.mentor.pk}).context.get("alert")
    answer = client.post(page, {**both, "level": "3", "reader": world.mentor.pk})
    assert answer.context["form"].errors.keys() == {"reader"}
    team = typed(
        world,
        organisation=world.team.pk,
        level="3",
        reader=world.reader.pk,
        given_by=[world.femke.pk, world.client_person.pk],
    )
    preview = client.post(page, team).content.decode()
    assert "Samir Bouzid" in preview
    client.post(page, team | {"confirm": "1"})
    assert Share.objects.get().level == Level.DOMAINS


def test_sharing_can_be_kept_as_a_draft(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    client.post(page, typed(world, save_draft="1"))
    again = client.get(page)
    assert "Meekijken op school" in again.content.decode()
    assert page in client.get(reverse("accounts:drafts")).content.decode()


def test_the_list_shows_who_knows_what_why_and_whether_it_was_discussed(client, sign_in, world):
    shared(world)
    sign_in(world.worker)
    page = client.get(url("who_knows", world.family)).content.decode()
    for words in ("De Regenboog", "Meekijken op school", "Femke"):
        assert words in page
    assert url("withdraw_share", Share.objects.get()) in page


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "mentor"])
def test_only_the_regisseur_and_her_stand_in_share_and_stop(world, who):
    made = shared(world)
    for act in (
        lambda: shared(world, by=getattr(world, who)),
        lambda: operations.withdraw_share(made, because="x", by=getattr(world, who), at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    shared(world, by=world.stand_in)


def test_nothing_is_shared_when_a_later_step_fails(world, monkeypatch):
    monkeypatch.setattr("cases.operations.sharing.involve", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shared(world)
    assert not Share.objects.exists()


def test_a_share_is_stopped_once(world):
    made = shared(world)
    operations.withdraw_share(made, because="Klaar.", by=world.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.withdraw_share(made, because="Klaar.", by=world.worker, at=NOW)


def test_the_list_costs_the_same_for_two_and_for_twenty_shares(client, sign_in, world):
    sign_in(world.worker)

    def more(count):
        for _ in range(count):
            shared(world, with_organisation=factories.organisation())

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url("who_knows", world.family))
        return len(queries)

    more(2)
    cost()
    few = cost()
    more(18)
    assert cost() == few
