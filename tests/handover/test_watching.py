"""Who knows what, per partner, who keeps watch, and that the aftercare does not end into nothing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from access.models import Assignment, AssignmentKind
from accounts.models import Role
from cases.models import Person, Place, RegisseurPeriod, Trajectory
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import AftercareEnding, Criterion, RegieConfirmation, WatchRole, WatchState
from handover.partners import matrix
from handover.watchers import too_few_watch
from organisations.models import ContactPoint, Supporter
from reminders.sweep import sweep
from safety_plans.models import Receipt, SafetyPlan
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned

TODAY = NOW.date()
UNTIL = date(2026, 12, 31)
LAST_DAY = date(2026, 3, 25)


@pytest.fixture
def partners(world):
    """A child, a school that knows it is to be alert, and a general practice that reads the safety plan."""
    world.child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan")
    world.school = factories.organisation("De Brug", kind="school_primary")
    world.teacher = factories.user(Role.SIGNALLER, at=world.school)
    world.practice = factories.organisation("Praktijk Oost", kind="general_practice")
    world.doctor = factories.user(at=world.practice)
    world.with_school = factories.share(world.family, world.school, by=world.worker, level=1)
    world.with_practice = factories.share(world.family, world.practice, by=world.worker, level=2)
    factories.assignment(world.family, world.doctor, world.practice, AssignmentKind.READER)
    return world


def asked(world, organisation=None, **changed):
    what = {"organisation": organisation or world.school, "until": UNTIL, "by": world.worker, "at": NOW}
    return operations.ask_to_watch(changed.pop("person", world.child), **what | changed)


def accepted(world, organisation, by):
    return operations.answer_watch(asked(world, organisation), accept=True, by=by, at=NOW)


def open_work(kind):
    return list(FollowUp.objects.filter(kind=kind, state=State.OPEN).values_list("due_on", "falls_to"))


def plan_of(world):
    return SafetyPlan.objects.create(
        family=world.family,
        version=1,
        status="current",
        drafted_by=world.worker,
        drafted_at=NOW,
        agreed_on=TODAY,
        holds_from=TODAY,
        review_on=date(2026, 6, 1),
        activated_by=world.worker,
        activated_at=NOW,
    )


def test_a_question_that_cannot_be_put_stays_in_the_form(partners, client, sign_in):
    sign_in(partners.worker)
    address = reverse("handover:ask_to_watch", args=[partners.family.pk])
    client_of = Person.objects.get(family=partners.family, place=Place.CLIENT)
    typed = {"who": partners.school.pk, "person": partners.child.pk, "until": UNTIL.isoformat()}
    # At the lowest level a school does not know the name of the client.
    untold = client.post(address, typed | {"person": client_of.pk})
    assert "niets gedeeld" in str(untold.context["form"].errors["person"])
    assert UNTIL.isoformat() in untold.content.decode()
    client.post(address, typed)
    assert "al gevraagd" in str(client.post(address, typed).context["form"].errors["person"])
    assert WatchRole.objects.count() == 1


def test_nobody_answers_for_a_partner(partners, client, sign_in):
    role = asked(partners)
    for who in (partners.worker, partners.doctor):
        sign_in(who)
        for address in ("handover:accept_watch", "handover:decline_watch"):
            assert client.post(reverse(address, args=[role.pk]), {"because": "Geen tijd"}).status_code == 404
        assert client.get(reverse("handover:decline_watch", args=[role.pk])).status_code == 404
    role.refresh_from_db()
    assert role.state == "asked"


@pytest.mark.row("F12")
def test_a_complete_row_is_green_and_every_blank_is_an_open_item(partners, client, sign_in):
    plan = plan_of(partners)
    found = {one.share.organisation: one for one in matrix(partners.family, now=NOW).partners}
    # The school: knows the regisseur, knows where to signal. The practice: these two, and the plan.
    assert (found[partners.school].blanks, found[partners.practice].blanks) == (2, 3)
    period = RegisseurPeriod.objects.get(family=partners.family, ends_at=None)
    for organisation, by in ((partners.school, partners.teacher), (partners.practice, partners.doctor)):
        RegieConfirmation.objects.create(
            family=partners.family, period=period, organisation=organisation, confirmed_by=by, confirmed_at=NOW
        )
        operations.confirm_signal_place(partners.family, organisation_id=organisation.pk, by=by, at=NOW)
    assert matrix(partners.family, now=NOW).blanks == 1
    Receipt.objects.create(
        family=partners.family, plan=plan, organisation=partners.practice, read_by=partners.doctor, read_at=NOW
    )
    read = matrix(partners.family, now=NOW)
    assert read.blanks == 0
    assert all(one.is_complete for one in read.partners)
    sign_in(partners.worker)
    page = client.get(reverse("handover:partners", args=[partners.family.pk])).content.decode()
    assert "Elke partner weet wat die moet weten." in page
    assert page.count("compleet") == 2
    assert "versie 1, gelezen op 2 maart" in page
    # A new regisseur is known by nobody yet.
    with_ground = partners.with_school.ground
    assert str(with_ground.discussed_on.day) in page


def test_the_matrix_costs_the_same_for_two_partners_and_for_twenty(
    partners, client, sign_in, django_assert_num_queries
):
    sign_in(partners.worker)
    url = reverse("handover:partners", args=[partners.family.pk])
    client.get(url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(18):
        factories.share(partners.family, factories.organisation(), by=partners.worker, level=2)
    with django_assert_num_queries(len(few)):
        client.get(url)


@pytest.mark.row("F13")
def test_a_partner_reads_where_to_signal_confirms_it_and_reaches_its_own_children_only(partners, client, sign_in):
    elsewhere = factories.family()
    Person.objects.create(family=elsewhere, place=Place.CHILD, given_name="Noor")
    other = factories.organisation("De Linde", kind="school_primary")
    stranger = factories.user(Role.SIGNALLER, at=other)
    factories.share(elsewhere, other, by=partners.worker, level=1)
    desk = ContactPoint.objects.create(
        municipality=partners.school.municipality,
        function_name="Meldpunt",
        central_phone="038-0000000",
        valid_from=date(2025, 1, 1),
    )
    sign_in(partners.teacher)
    page = client.get(reverse("handover:register")).content.decode()
    link = reverse("signals:report")
    assert link in page
    assert desk.central_phone in page
    form = client.get(link).content.decode()
    assert "Daan" in form
    assert "Noor" not in form
    client.post(reverse("handover:confirm_signal_place", args=[partners.family.pk]))
    assert "Je weet waar je een signaal kunt melden" in client.get(reverse("handover:register")).content.decode()
    sign_in(stranger)
    assert client.post(reverse("handover:confirm_signal_place", args=[partners.family.pk])).status_code == 404
    assert "Daan" not in client.get(link).content.decode()
    with pytest.raises(NotAllowed):
        operations.confirm_signal_place(partners.family, organisation_id=partners.school.pk, by=stranger, at=NOW)


class TestKeepingWatch:
    @pytest.mark.row("B30")
    def test_counts_from_one_click_of_the_partner_and_fewer_than_two_is_a_flag(self, partners, client, sign_in):
        role = asked(partners)
        sign_in(partners.teacher)
        assert (
            "Wil je tot en met 31 december 2026 zicht houden op Daan?"
            in client.get(reverse("handover:register")).content.decode()
        )
        client.post(reverse("handover:accept_watch", args=[role.pk]))
        assert list(WatchRole.objects.counting(TODAY, NOW)) == [role]
        Trajectory.objects.filter(family=partners.family).update(
            departs_on=date(2026, 2, 1), destination="unknown", involvement_ends_on=date(2026, 3, 1)
        )
        assert too_few_watch(partners.family, today=TODAY, now=NOW)
        sign_in(partners.worker)
        url = reverse("handover:partners", args=[partners.family.pk])
        assert "minder dan twee partners houden zicht" in client.get(url).content.decode()
        accepted(partners, partners.practice, partners.doctor)
        assert not too_few_watch(partners.family, today=TODAY, now=NOW)
        assert "minder dan twee partners houden zicht" not in client.get(url).content.decode()

    def test_is_only_the_partners_to_say(self, partners):
        role = asked(partners)
        for by in (partners.worker, partners.doctor):
            with pytest.raises(NotAllowed):
                operations.answer_watch(role, accept=True, by=by, at=NOW)
        with pytest.raises(WrongState):
            operations.answer_watch(role, accept=False, because=" ", by=partners.teacher, at=NOW)
        operations.answer_watch(role, accept=False, because="Hij zit niet meer op school.", by=partners.teacher, at=NOW)
        assert open_work(Kind.FIND_WATCHERS) == [(TODAY, "regisseur")]

    def test_ends_with_the_share_it_rests_on(self, partners):
        accepted(partners, partners.school, partners.teacher)
        assert WatchRole.objects.counting(TODAY, NOW).exists()
        withdrawn_from_school(partners)
        assert not WatchRole.objects.counting(TODAY, NOW).exists()
        # One that ran out counts no more either.
        assert not WatchRole.objects.counting(UNTIL + timedelta(days=1), NOW).exists()

    def test_is_not_asked_of_who_knows_nothing_of_that_person(self, partners):
        client = Person.objects.get(family=partners.family, place=Place.CLIENT)
        father = Person.objects.create(family=partners.family, place=Place.EX_PARTNER, given_name="Ronald")
        for wrong in (
            {"organisation": factories.organisation()},
            {"person": father},
            # At the lowest level the school does not know her name.
            {"person": client},
            {"until": date(2026, 3, 1)},
        ):
            with pytest.raises(WrongState):
                asked(partners, **wrong)
        asked(partners)
        with pytest.raises(WrongState):
            asked(partners)
        assert asked(partners, partners.practice, person=client).person == client

    def test_a_partner_sees_what_it_was_asked_and_not_whom_else(self, partners, as_member):
        mine, others = asked(partners), asked(partners, partners.practice)
        with as_member(partners.teacher):
            assert list(WatchRole.objects.visible_to(partners.teacher)) == [mine]
        with as_member(partners.worker):
            assert set(WatchRole.objects.visible_to(partners.worker)) == {mine, others}

    def test_that_stops_is_work_at_once(self, partners):
        role = accepted(partners, partners.school, partners.teacher)
        # Before it runs out by itself somebody asks whether it goes on.
        assert open_work(Kind.WATCH_ENDS) == [(date(2026, 12, 17), "regisseur")]
        with pytest.raises(WrongState):
            operations.end_watch(role, because=" ", by=partners.worker, at=NOW)
        operations.end_watch(role, because="De juf is weg.", by=partners.worker, at=NOW)
        assert open_work(Kind.FIND_WATCHERS) == [(TODAY, "regisseur")]
        assert open_work(Kind.WATCH_ENDS) == []

    @pytest.mark.parametrize("current", WatchState)
    @pytest.mark.parametrize("target", WatchState)
    def test_every_pair_of_states(self, current, target):
        role = WatchRole(state=current)
        allowed = {("asked", "accepted"), ("asked", "declined"), ("asked", "ended"), ("accepted", "ended")}
        if (current.value, target.value) in allowed:
            assert role.move_to(target).state == target
        else:
            with pytest.raises(WrongState):
                role.move_to(target)


def withdrawn_from_school(world):
    from cases.operations import withdraw_share

    return withdraw_share(world.with_school, because="Moeder wil niet meer.", by=world.worker, at=NOW)


class TestTheEndOfTheAftercare:
    @pytest.fixture
    def ending(self, partners):
        planned(partners, on=date(2026, 3, 4), involvement_ends_on=LAST_DAY)
        return partners

    def handed_over(self, world):
        made = operations.offer(
            world.family, to=world.team, what=offered(involvement_ends_on=LAST_DAY), by=world.worker, at=NOW
        )
        operations.accept(made, by=world.receiver, at=NOW)

    @pytest.mark.row("F11")
    def test_is_refused_until_the_next_regisseur_accepted(self, ending, client, sign_in):
        assert open_work(Kind.CHOOSE_REGISSEUR) == [(TODAY, "regisseur")]
        assert open_work(Kind.END_AFTERCARE) == [(date(2026, 3, 11), "regisseur")]
        accepted(ending, ending.school, ending.teacher)
        with pytest.raises(WrongState, match=r"regie"):
            operations.end_aftercare(ending.trajectory, by=ending.worker, at=NOW)
        made = operations.offer(
            ending.family, to=ending.team, what=offered(involvement_ends_on=LAST_DAY), by=ending.worker, at=NOW
        )
        # Offered is not accepted.
        with pytest.raises(WrongState, match=r"regie"):
            operations.end_aftercare(ending.trajectory, by=ending.worker, at=NOW)
        operations.accept(made, by=ending.receiver, at=NOW)
        done = operations.end_aftercare(ending.trajectory, by=ending.receiver, at=NOW)
        assert (done.ended_on, done.regisseur.user) == (LAST_DAY, ending.receiver)
        assert open_work(Kind.CHOOSE_REGISSEUR) == open_work(Kind.END_AFTERCARE) == []
        with pytest.raises(WrongState):
            operations.end_aftercare(ending.trajectory, by=ending.receiver, at=NOW)

    def test_that_nobody_arranged_stays_late_work(self, ending):
        with time_machine.travel("2026-03-30 09:00:00+02:00", tick=False):
            late = FollowUp.objects.due_by(date(2026, 3, 30)).falling_to(ending.worker)
            assert {Kind.CHOOSE_REGISSEUR, Kind.END_AFTERCARE} <= set(late.values_list("kind", flat=True))

    @pytest.mark.row("E30")
    def test_takes_somebody_who_keeps_watch_on_every_child_or_a_reason_in_ones_own_name(self, ending, client, sign_in):
        self.handed_over(ending)
        sign_in(ending.receiver)
        url = reverse("handover:end_aftercare", args=[ending.family.pk])
        page = client.get(url).content.decode()
        assert "Daan" in page
        with pytest.raises(WrongState, match=r"kind|child"):
            operations.end_aftercare(ending.trajectory, by=ending.receiver, at=NOW)
        assert client.post(url, {"because": ""}).context["form"].errors.keys() == {"because"}
        client.post(url, {"because": "De school wil het niet, wij bellen wekelijks."})
        done = AftercareEnding.objects.get()
        assert (done.because, done.recorded_by) == ("De school wil het niet, wij bellen wekelijks.", ending.receiver)
        assert open_work(Kind.FIND_WATCHERS) == [(TODAY, "regisseur")]
        assert ending.receiver.name in client.get(url).content.decode()

    def test_who_watches_until_that_day_does_not_watch_afterwards(self, ending):
        self.handed_over(ending)
        role = asked(ending, by=ending.receiver, until=LAST_DAY)
        operations.answer_watch(role, accept=True, by=ending.teacher, at=NOW)
        with pytest.raises(WrongState, match=r"kind|child"):
            operations.end_aftercare(ending.trajectory, by=ending.receiver, at=NOW)
        accepted_later = asked(ending, ending.practice, by=ending.receiver)
        operations.answer_watch(accepted_later, accept=True, by=ending.doctor, at=NOW)
        done = operations.end_aftercare(ending.trajectory, by=ending.receiver, at=NOW)
        # One partner is not two.
        assert done.because == ""
        assert open_work(Kind.FIND_WATCHERS) == [(TODAY, "regisseur")]

    def test_is_not_recorded_a_month_before_it_or_without_a_day(self, partners):
        self.handed_over(partners)
        with pytest.raises(WrongState):
            operations.end_aftercare(partners.trajectory, by=partners.receiver, at=NOW)
        planned(partners, by=partners.receiver, involvement_ends_on=date(2026, 9, 1))
        with pytest.raises(WrongState):
            operations.end_aftercare(partners.trajectory, by=partners.receiver, at=NOW)


class TestFallingAway:
    """What nobody says: the round of the reminders notices it, and once."""

    def test_a_watch_whose_consent_was_withdrawn_is_somebodys_work_and_the_rest_is_left_alone(self, partners):
        gone, stays = (
            accepted(partners, partners.school, partners.teacher),
            accepted(partners, partners.practice, partners.doctor),
        )
        sweep(today=TODAY, now=NOW)
        assert open_work(Kind.FIND_WATCHERS) == []
        withdrawn_from_school(partners)
        for _ in range(2):
            sweep(today=TODAY, now=NOW)
        owed = FollowUp.objects.get(kind=Kind.FIND_WATCHERS)
        assert (owed.about_id, owed.due_on, owed.falls_to) == (gone.pk, TODAY, "regisseur")
        assert owed.about_id != stays.pk

    @pytest.mark.parametrize("how", ["account", "handed_on"])
    def test_a_supporter_who_left_is_somebodys_work(self, partners, how):
        supporter = Supporter.objects.create(
            user=partners.colleague,
            organisation=partners.shelter,
            municipality=partners.shelter.municipality,
            attention_area="Vrouwenopvang",
            capacity=5,
            valid_from=date(2026, 1, 1),
        )
        made = operations.assign_supporter(
            partners.family, supporter, criterion=Criterion.ALONE, by=partners.worker, at=NOW
        )
        sweep(today=TODAY, now=NOW)
        assert open_work(Kind.FIND_SUPPORTER) == []
        if how == "account":
            partners.colleague.is_active = False
            partners.colleague.save()
        else:
            Assignment.objects.filter(user=partners.colleague, kind="supporter").update(closed_at=NOW)
        for _ in range(2):
            sweep(today=TODAY, now=NOW)
        owed = FollowUp.objects.get(kind=Kind.FIND_SUPPORTER)
        assert (owed.about_id, owed.due_on, owed.falls_to) == (made.pk, TODAY, "regisseur")
