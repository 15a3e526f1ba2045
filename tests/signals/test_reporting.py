"""A concern comes in: stored once, answered the same to everybody, and brought to whoever is regisseur by then."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import AssignmentKind
from accounts.backends import Password
from accounts.models import Membership
from audit.models import AuditEvent
from cases.models import Person, Place, Trajectory
from core.errors import NotAllowed
from follow_ups.models import FollowUp, Kind
from organisations.models import ContactPoint
from signals import operations
from signals.known_child import known_child
from signals.models import Signal, Source
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW
from tests.order import goes_down_the_page
from tests.signals.conftest import _Opening, account, give_regie, typed


def report(world, **changed):
    return operations.report(account(**changed), organisation=world.school, by=world.teacher, at=NOW)


def seen_by(client, url):
    """A page without what differs by definition."""
    page = client.get(url).content.decode()
    page = re.sub(r"S-\w{8}", "S-NUMBER", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "KEY", re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))


@pytest.mark.row("H1")
def test_a_signal_is_stored_once_however_often_it_is_sent(client, sign_in, world):
    sign_in(world.teacher)
    data = typed(world)
    answers = [client.post(reverse("signals:report"), data) for _n in range(3)]

    signal = Signal.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {reverse("signals:receipt", args=[signal.pk])}
    assert (signal.family, signal.routed_at, signal.status) == (None, None, "received")
    assert AuditEvent.objects.filter(event="signal.reported").count() == 3
    assert not FollowUp.objects.exists()


def test_sending_asks_ten_things_of_the_database_at_most(client, sign_in, world):
    """Session, user, rights, form, the signal and its record: whoever waits at an old computer waits for these."""
    sign_in(world.teacher)
    client.get(reverse("signals:report"))
    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("signals:report"), typed(world))

    # What opens a transaction asks nothing, and the settings are read and put back only because a test is one itself.
    frame = ("SAVEPOINT", "RELEASE", "SELECT coalesce(current_setting", "SELECT set_config('role', 'none'")
    assert len([query for query in asked if not query["sql"].startswith(frame)]) <= 10
    assert Signal.objects.count() == 1


def test_a_right_that_ends_during_the_request_counts_at_once(world):
    """The rights come along with the user; whoever acts is asked again."""
    user = Password().get_user(world.teacher.pk)
    assert user.standing == {world.school.pk: {"signaller"}}
    Membership.objects.filter(user=user).update(ends_on=NOW.date())

    with pytest.raises(NotAllowed):
        operations.report(account(), organisation=world.school, by=user, at=NOW)


@pytest.mark.row("H1")
@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("school_primary", "signaller"),
        ("neighbourhood_team", "worker"),
        ("youth_health_care", "signaller"),
        ("general_practice", "signaller"),
        ("housing_corporation", "signaller"),
        ("work_and_income", "signaller"),
        ("volunteers", "signaller"),
    ],
)
def test_every_partner_signals_with_five_fields_at_most(client, sign_in, world, kind, role):
    partner = factories.organisation("Partner", kind=kind)
    sign_in(factories.user(role, at=partner))
    data = {"token": str(uuid4()), "organisation": str(partner.pk)}
    if role == "worker":
        data["source"] = "organisation"
    page = client.post(reverse("signals:report"), data).content.decode()
    assert 1 <= page.count("vp-field--error") <= 5
    asked = {"acute": "no", "child_name": "Daan", "what_seen": "Huilde.", "callback_phone": "088 000 04 56"}
    assert client.post(reverse("signals:report"), data | asked).status_code == 302
    assert Signal.objects.count() == 1


@pytest.mark.row("H12")
@pytest.mark.row("H15")
@pytest.mark.row("R7")
def test_the_receipt_is_the_same_for_a_known_and_an_unknown_child(client, sign_in, world):
    sign_in(world.teacher)
    known = report(world)
    unknown = report(world, child_name="Niemand Bekend")
    known_to_her = known_child(world.teacher, world.child.pk)
    chosen = report(world, child=known_to_her, child_name="", child_born_on=None)
    pages = [seen_by(client, reverse("signals:receipt", args=[one.pk])) for one in (known, unknown, chosen)]
    assert len(set(pages)) == 1

    route_waiting(now=NOW)
    pages += [seen_by(client, reverse("signals:receipt", args=[one.pk])) for one in (known, unknown, chosen)]
    assert len(set(pages)) == 1
    assert "14 038" in pages[0]
    assert "Meldpunt zorg" in pages[0]
    assert "Daan" not in pages[0]
    assert "De Haven" not in pages[0]
    assert "Els Vonk" not in pages[0]


@pytest.mark.row("H2")
@pytest.mark.row("H14")
def test_every_page_of_a_signal_ends_with_a_number_to_call(client, sign_in, world):
    sign_in(world.teacher)
    ContactPoint.objects.all().delete()
    made = report(world)

    for url in [reverse("signals:report"), reverse("signals:own"), reverse("signals:receipt", args=[made.pk])]:
        page = client.get(url).content.decode()
        assert 'href="tel:112"' in page
        assert 'href="tel:08002000"' in page


@pytest.mark.row("H7")
def test_a_feeling_is_enough(client, sign_in, world):
    sign_in(world.teacher)
    data = typed(world, kind="feeling", what_seen="", what_i_think="Het klopt niet.", discussed_with="Een collega")
    assert client.post(reverse("signals:report"), data).status_code == 302
    assert Signal.objects.get().discussed_with == "Een collega"


@pytest.mark.parametrize(("kind", "asked"), [("feeling", "what_i_think"), ("heard", "what_heard"), ("", "what_seen")])
def test_words_are_asked_for_where_the_worry_comes_from(client, sign_in, world, kind, asked):
    sign_in(world.teacher)
    page = client.post(reverse("signals:report"), typed(world, kind=kind, what_seen="", what_heard=""))
    assert set(page.context["form"].errors) == {asked}


def test_nothing_typed_is_lost_and_the_form_says_what_is_missing(client, sign_in, world):
    sign_in(world.teacher)
    data = typed(world, what_seen="", what_heard="", child_name="", callback_phone="088 000 99 99")
    page = client.post(reverse("signals:report"), data).content.decode()

    assert data["token"] in page
    assert "088 000 99 99" in page
    assert 'role="alert"' in page
    assert "<details" in page
    assert not Signal.objects.exists()


def test_the_form_offers_only_children_that_the_reporter_knows(client, sign_in, world):
    stranger = Person.objects.create(family=factories.family(), place=Place.CHILD, given_name="Vreemd")
    sign_in(world.teacher)
    page = client.get(reverse("signals:report")).content.decode()

    assert str(world.child.pk) in page
    assert str(stranger.pk) not in page
    assert known_child(world.teacher, stranger.pk) is None
    # What another user was found to know is not hers either.
    with pytest.raises(NotAllowed):
        report(world, child=known_child(world.worker, world.child.pk))
    # Somebody changes the form: nothing is sent, and nothing typed is lost.
    page = client.post(reverse("signals:report"), typed(world, child=str(stranger.pk), child_name=""))
    assert page.status_code == 200
    assert "durft na school niet naar huis" in page.content.decode()
    assert "Vreemd" not in page.content.decode()
    assert not Signal.objects.exists()


@pytest.mark.row("H9")
def test_a_worker_writes_down_what_somebody_around_the_family_told(client, sign_in, world):
    sign_in(world.worker)
    data = typed(world, organisation=str(world.shelter.pk), child=str(world.child.pk), source="network")
    assert client.post(reverse("signals:report"), data).status_code == 302
    assert Signal.objects.get().source == Source.NETWORK


@pytest.mark.row("H8")
def test_a_school_that_may_know_reads_that_it_must_be_alert_and_reports_from_there(client, sign_in, world):
    """The notice of the lowest level: which child, be alert, whom to call, and the way to the form. No more."""
    sign_in(world.teacher)
    notice = reverse("cases:alert", args=[world.family.pk])
    assert notice in client.get(reverse("cases:alerts")).content.decode()
    page = client.get(notice).content.decode()
    for told in ("Daan de Wit", "Meldpunt zorg", "14 038", reverse("signals:report")):
        assert told in page
    for kept in ("Marloes", "De Haven", "Els Vonk", world.family.reference):
        assert kept not in page
    assert str(world.child.pk) in client.get(reverse("signals:report")).content.decode()
    stranger = factories.user("signaller", at=factories.organisation(kind="school_primary"))
    sign_in(stranger)
    assert "Daan" not in client.get(reverse("cases:alerts")).content.decode()
    assert client.get(notice).status_code == 404


def test_nobody_reports_for_another_organisation_or_without_the_role(world, as_member):
    for user in (world.team_lead, world.coordinator, world.worker):
        with pytest.raises(NotAllowed):
            operations.report(account(), organisation=world.school, by=user, at=NOW)
    with as_member(world.worker), pytest.raises(DatabaseError), transaction.atomic():
        Signal.objects.create(
            number="S-X", token=uuid4(), reported_by=world.worker, organisation=world.school, reported_at=NOW,
            acute="no", kind="facts", what_seen="x", child_name="x", child_born_on=NOW.date(), callback_phone="1",
        )  # fmt: skip


def test_a_reporter_sees_own_numbers_and_nobody_elses(client, sign_in, world):
    made = report(world)
    other = factories.user("signaller", at=world.school)
    sign_in(other)
    assert client.get(reverse("signals:receipt", args=[made.pk])).status_code == 404
    assert made.number not in client.get(reverse("signals:own")).content.decode()
    sign_in(world.teacher)
    page = client.get(reverse("signals:own")).content.decode()
    assert made.number in page
    assert "Daan" not in page


def test_the_pages_cost_the_same_with_two_and_twenty_signals(client, sign_in, world, django_assert_max_num_queries):
    sign_in(world.worker)
    for count in (2, 18):
        for _n in range(count):
            report(world)
        route_waiting(now=NOW)
        with django_assert_max_num_queries(30):
            client.get(reverse("signals:signals"))


class TestRouting:
    @pytest.mark.row("H4")
    @pytest.mark.parametrize(
        ("acute", "due_on"), [("yes", date(2026, 3, 2)), ("unknown", date(2026, 3, 2)), ("no", date(2026, 3, 3))]
    )
    def test_a_signal_becomes_work_of_the_regisseur(self, world, acute, due_on):
        made = report(world, acute=acute)
        assert route_waiting(now=NOW) == 1
        made.refresh_from_db()

        assert made.family == world.family
        work = FollowUp.objects.falling_to(world.worker).get()
        assert (work.kind, work.about_id, work.due_on) == (Kind.TRIAGE_SIGNAL, made.pk, due_on)
        assert work.falls_to == AssignmentKind.REGISSEUR
        assert AuditEvent.objects.filter(event="signal.routed", actor_id=None).exists()
        assert route_waiting(now=NOW) == 0

    @pytest.mark.parametrize("name", ["daan", "DAÁN DE WIT", "Daan de Wit"])
    def test_a_name_is_found_however_it_is_written(self, world, name):
        report(world, child_name=name)
        assert route_waiting(now=NOW) == 1

    def test_who_fits_two_families_or_none_waits_until_one_fits(self, world):
        twin = Person.objects.create(
            family=factories.family(), place=Place.CHILD, given_name="Daan", born_on=world.child.born_on
        )
        made = report(world, child_name="Daan")
        assert route_waiting(now=NOW) == 0
        made.refresh_from_db()
        assert (made.family, made.unmatched_at) == (None, NOW)

        twin.born_on = date(2010, 1, 1)
        twin.save()
        assert route_waiting(now=NOW + timedelta(minutes=1)) == 1

    @pytest.mark.row("H12")
    def test_a_closed_trajectory_makes_no_difference(self, world):
        Trajectory.objects.filter(family=world.family).update(ends_on=date(2026, 3, 1))
        report(world)
        assert route_waiting(now=NOW) == 1

    @pytest.mark.row("R14")
    def test_a_signal_reaches_the_regisseur_of_this_moment(self, world):
        team = factories.organisation("Wijkteam Noord")
        second = factories.user(at=team)
        give_regie(world, second, team, at=NOW + timedelta(minutes=1))
        give_regie(world, world.worker, world.shelter, at=NOW + timedelta(minutes=2))
        give_regie(world, second, team, at=NOW + timedelta(minutes=3))
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            report(world)
            route_waiting(now=NOW + timedelta(hours=1))

            assert FollowUp.objects.falling_to(second).filter(kind=Kind.TRIAGE_SIGNAL).exists()
            assert not FollowUp.objects.falling_to(world.worker).filter(kind=Kind.TRIAGE_SIGNAL).exists()

    def test_only_the_job_routes(self, world, as_member):
        made = report(world)
        with as_member(world.worker):
            assert Signal.objects.filter(pk=made.pk).update(routed_at=NOW, family=world.family) == 0


def test_what_the_family_says_itself_is_work_for_today(world):
    made = operations.self_report(
        world.family, text="Hij staat voor de deur.", by=world.worker, at=NOW, within=_Opening()
    )
    assert (made.source, made.family, made.organisation) == (Source.FAMILY, world.family, world.shelter)
    assert FollowUp.objects.falling_to(world.worker).get(about_id=made.pk).due_on == date(2026, 3, 2)


def test_a_signal_that_says_nothing_is_refused_by_the_database(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        report(world, what_seen="")
    assert not Signal.objects.exists()


def test_what_is_wrong_in_a_worry_is_listed_in_the_order_of_the_page(client, sign_in, world):
    answer = sign_in(world.teacher).post(reverse("signals:report"), {"token": str(uuid4())})
    assert goes_down_the_page(answer.content.decode())
