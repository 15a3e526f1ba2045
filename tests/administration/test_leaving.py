"""Somebody leaves: everything ends by her next request, and no family is lost."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from access.models import Assignment, AssignmentKind
from accounts.models import Membership, Role, User
from administration import operations
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family, RegisseurPeriod
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from reminders.recipients import candidates
from tests import factories
from tests.factories import NOW


def leave(house, to="joris", who="els"):
    receiver = getattr(house, to) if to else None
    return operations.leave(
        getattr(house, who), house.shelter, to=receiver, because="Andere baan", by=house.administrator, at=NOW
    )


@pytest.mark.row("R41", "L18")
def test_a_leaver_with_thirty_one_families_hands_all_of_them_on_in_one_act(house, client, sign_in):
    families = [house.family() for _ in range(31)]
    other = Client()
    sign_in(house.els)
    sign_in(house.els, other)
    assert client.get(reverse("overview:family", args=[families[0].pk])).status_code == 200

    admin = Client()
    sign_in(house.administrator, admin)
    membership = Membership.objects.get(user=house.els)
    url = reverse("administration:leave", args=[membership.pk])
    assert "31" in admin.get(url).content.decode()
    page = admin.post(url, {"to": house.joris.pk, "because": "Andere baan"}, follow=True).content.decode()

    assert "31" in page
    # Every session, by the next request; and no other way in.
    for browser in (client, other):
        answer = browser.get(reverse("overview:family", args=[families[0].pk]))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))
    gone = User.objects.get(pk=house.els.pk)
    assert (gone.is_active, gone.standing) == (False, {})
    assert not Family.objects.visible_to(gone).exists()
    assert not Assignment.objects.filter(user=gone, closed_at=None).exists()
    # Each family has its one regisseur, from the same second.
    assert Family.objects.visible_to(house.joris).count() == 31
    current = RegisseurPeriod.objects.filter(ends_at=None)
    assert {(period.user_id, period.starts_at) for period in current} == {(house.joris.pk, NOW)}
    assert current.count() == 31
    assert not Family.objects.without_regisseur(NOW.date()).exists()
    left = AuditEvent.objects.get(event=Event.MEMBER_LEFT)
    assert (left.details["moved"], left.details["left"]) == (31, 0)


@pytest.mark.row("R41")
def test_what_waits_to_be_told_goes_to_who_took_over_and_never_to_the_leaver(house):
    family = house.family()
    owed = factories.follow_up(family, falls_to=AssignmentKind.REGISSEUR)
    reminder = owed.reminders.create(family=family, step=0, raised_at=NOW)
    assert next(candidates(reminder, now=NOW)) == house.els

    leave(house)

    told = list(candidates(reminder, now=NOW))
    assert told[0] == house.joris
    assert house.els not in told


def test_a_family_that_the_colleague_may_not_see_is_alarmed_and_not_given(house):
    seen, barred = house.family(), house.family()
    factories.assignment(barred, house.joris, house.shelter, "barred")

    moved = leave(house)

    assert (moved.moved, moved.left) == (1, 1)
    assert list(Family.objects.visible_to(house.joris)) == [seen]
    assert list(Family.objects.without_regisseur(NOW.date())) == [barred]
    alarm = FollowUp.objects.filter(family=barred, state="open").values_list("kind", flat=True)
    assert {Kind.NO_REGISSEUR, Kind.APPOINT_REGISSEUR} <= set(alarm)
    assert Assignment.objects.filter(user=house.joris, kind="barred", closed_at=None).exists()


def test_the_last_worker_leaves_and_every_family_is_alarmed_at_once(house):
    family = house.family()
    for who in ("joris", "noor"):
        leave(house, to=None, who=who)

    moved = leave(house, to=None)

    assert (moved.moved, moved.left) == (0, 1)
    assert FollowUp.objects.filter(family=family, kind=Kind.NO_REGISSEUR, state="open").exists()


def test_with_colleagues_there_somebody_must_take_the_families(house):
    house.family()
    with pytest.raises(WrongState):
        leave(house, to=None)
    with pytest.raises(WrongState):
        leave(house, to="team_lead")
    assert Membership.objects.live(NOW.date()).filter(user=house.els).exists()


def test_whoever_works_elsewhere_too_keeps_her_account_and_loses_only_this_place(house):
    elsewhere = factories.organisation()
    factories.membership(house.els, elsewhere)
    house.family()

    leave(house)

    els = User.objects.get(pk=house.els.pk)
    assert els.is_active
    assert set(els.standing) == {elsewhere.pk}
    assert not Family.objects.visible_to(els).exists()


def test_second_factors_emergencies_and_being_barred(house):
    family, other = house.family(), house.family(with_=house.noor)
    factories.broken_glass(other, house.els, house.shelter)
    factories.assignment(other, house.els, house.shelter, "barred")
    Authenticator.objects.create(user=house.els, type="totp", data={"secret": "x"})

    leave(house)

    assert not Authenticator.objects.filter(user=house.els).exists()
    # She may come back; what kept her out of a family must still stand then.
    assert list(Assignment.objects.filter(user=house.els, closed_at=None)) == [
        Assignment.objects.get(user=house.els, kind="barred")
    ]
    assert RegisseurPeriod.objects.get(family=family, ends_at=None).user == house.joris


def test_nobody_ends_herself_and_an_administrator_stays(house):
    with pytest.raises(WrongState):
        leave(house, who="administrator")
    second = factories.user(Role.ORGANISATION_ADMINISTRATOR, at=house.shelter)
    operations.leave(house.administrator, house.shelter, to=None, because="", by=second, at=NOW)
    third = factories.user(at=house.shelter)
    factories.membership(third, house.shelter, Role.ORGANISATION_ADMINISTRATOR)
    operations.leave(second, house.shelter, to=None, because="", by=third, at=NOW)
    with pytest.raises(NotAllowed):
        operations.leave(house.els, house.shelter, to=house.joris, because="x", by=second, at=NOW)


def test_a_second_click_is_told_that_it_was_done(house):
    house.family()
    leave(house)
    with pytest.raises(WrongState):
        leave(house)


class TestMovingACaseload:
    def move(self, house, by="team_lead", to="joris"):
        return operations.move_caseload(
            house.els, house.shelter, to=getattr(house, to), because="Te veel", by=getattr(house, by), at=NOW
        )

    @pytest.mark.row("L18")
    def test_only_families_that_may_go_go_and_the_count_says_so(self, house):
        gone, barred = house.family(), house.family()
        elsewhere = factories.organisation()
        theirs = factories.family(opened_by=elsewhere)
        factories.involvement(theirs, elsewhere)
        factories.assignment(theirs, house.els, elsewhere)
        factories.assignment(barred, house.joris, house.shelter, "barred")
        kept_from_her = house.family()
        factories.assignment(kept_from_her, house.team_lead, house.shelter, "barred")

        moved = self.move(house)

        assert (moved.moved, moved.left) == (1, 1)
        assert list(Family.objects.visible_to(house.joris)) == [gone]
        assert RegisseurPeriod.objects.get(family=barred, ends_at=None).user == house.els
        assert set(Family.objects.visible_to(house.els)) == {barred, kept_from_her}
        assert not Assignment.objects.filter(family=theirs, user=house.joris).exists()

    def test_a_worker_moves_nobody_elses_families(self, house):
        house.family()
        with pytest.raises(WrongState):
            self.move(house, by="noor")

    def test_a_stand_in_keeps_her_last_day(self, house):
        family = house.family(with_=house.noor)
        factories.assignment(family, house.els, house.shelter, "stand_in", ends_at=NOW + timedelta(days=3))

        self.move(house)

        assert Assignment.objects.get(user=house.joris, kind="stand_in").ends_at == NOW + timedelta(days=3)


def test_another_function_hands_on_the_families_and_holds_at_once(house, client, sign_in):
    family = house.family()
    sign_in(house.els)
    with pytest.raises(WrongState):
        operations.change_function(
            house.els, house.shelter, roles=[Role.SIGNALLER], team=None, by=house.administrator, at=NOW
        )

    moved = operations.change_function(
        house.els, house.shelter, roles=[Role.TEAM_LEAD], team=None, to=house.joris, by=house.administrator, at=NOW
    )

    assert moved.moved == 1
    assert client.get(reverse("overview:family", args=[family.pk])).status_code == 404
    assert client.get(reverse("overview:team")).status_code == 200
    assert house.els.memberships.live(NOW.date()).get().role == Role.TEAM_LEAD


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DUTY_DESK, Role.FUNCTIONAL_ADMINISTRATOR, "god"])
def test_a_shelter_gives_no_function_of_a_municipality(house, role):
    with pytest.raises(WrongState):
        operations.change_function(house.els, house.shelter, roles=[role], team=None, by=house.administrator, at=NOW)


def test_an_administrator_of_a_municipality_makes_nobody_functional_administrator(house):
    clerk = factories.user(Role.ORGANISATION_ADMINISTRATOR, at=house.town)
    with pytest.raises(WrongState):
        operations.invite(
            house.town, email="x@vinger.example", name="X", roles=[Role.FUNCTIONAL_ADMINISTRATOR], by=clerk, at=NOW
        )
