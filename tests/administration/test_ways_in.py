"""Invited, and let in again: always two people, and never somebody else's password."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import demo
from accounts.models import Invitation, Lost, Membership, Readmission, Role, User
from accounts.step_up import StaleSecondFactor
from accounts.templatetags.screens import screen_of
from administration import operations
from audit.events import Event
from audit.models import AuditEvent
from core.database import acting_as
from core.errors import NotAllowed, WrongState
from reminders import links
from reminders.links import send_links
from tests import factories
from tests.factories import NOW

PASSWORD = "vier-woorden-op-een-rij"


@pytest.fixture
def post(monkeypatch):
    """The letters that went out, as the job sends them: the login of its process reads no table but in a role."""
    letters, roles = [], []

    @contextmanager
    def acting(role):
        roles.append(role)
        with acting_as(role):
            yield
        roles.pop()

    def only_in_a_role(execute, sql, *rest):
        assert roles, sql
        return execute(sql, *rest)

    def send():
        with connection.execute_wrapper(only_in_a_role):
            send_links(now=timezone.now(), send=letters.append)
        return letters

    monkeypatch.setattr(links, "acting_as", acting)
    return send


def address_of(letter):
    return reverse(letter.page, args=[letter.token])


def invite(house, **fields):
    given = {"email": "Nieuw@Vinger.example", "name": "Nina Nieuw", "roles": [Role.WORKER]} | fields
    return operations.invite(house.shelter, **given, by=house.administrator, at=NOW)


def help_with(house, lost=Lost.SECOND_FACTOR, member=None, by=None, **fields):
    return operations.help_colleague(
        member or house.els,
        house.shelter,
        lost=lost,
        recognised_by="Aan haar stem",
        second_factor_at=fields.get("shown_at", NOW),
        by=by or house.administrator,
        at=NOW,
    )


class TestInviting:
    def test_somebody_chooses_her_own_password_and_then_a_second_step(self, house, post, client):
        invite(house)
        (letter,) = post()
        assert (letter.kind, letter.to) == ("invitation", "nieuw@vinger.example")
        assert letter.token not in str(Invitation.objects.values().get())

        weak = client.post(address_of(letter), {"password": "kort"})
        assert "Neem minstens 12 tekens." in weak.content.decode()
        assert not User.objects.filter(email="nieuw@vinger.example").exists()
        client.post(address_of(letter), {"password": PASSWORD})
        nina = User.objects.get(email="nieuw@vinger.example")
        assert nina.memberships.get().role == Role.WORKER
        # The link works once, and opens nothing by itself.
        assert client.get(address_of(letter)).status_code == 404
        assert client.get("/").headers["Location"].startswith(reverse("account_login"))
        arrived = client.post(reverse("account_login"), {"login": nina.email, "password": PASSWORD}, follow=True)
        assert (reverse("mfa_activate_totp"), 302) in arrived.redirect_chain

    def test_a_link_ends_after_seven_days_and_when_it_is_withdrawn_or_sent_again(
        self, house, post, client, time_machine
    ):
        first = invite(house)
        old = post()[-1]
        operations.invite_again(first, by=house.administrator, at=NOW)
        new = post()[-1]
        assert client.get(address_of(old)).status_code == 404
        assert client.get(address_of(new)).status_code == 200
        time_machine.move_to(NOW + timedelta(days=7), tick=False)
        assert client.get(address_of(new)).status_code == 404
        time_machine.move_to(NOW, tick=False)
        operations.withdraw_invitation(first, by=house.administrator, at=NOW)
        assert client.get(address_of(new)).status_code == 404
        with pytest.raises(WrongState):
            operations.invite_again(first, by=house.administrator, at=NOW)

    @pytest.mark.row("R38")
    def test_inviting_says_nothing_about_who_has_an_account(self, house, sign_in, client):
        stranger = factories.user(at=factories.organisation())
        sign_in(house.administrator)
        url = reverse("administration:invite", args=[house.shelter.pk])
        answers = set()
        for email in (stranger.email, "niemand@vinger.example"):
            typed = {"email": email, "name": "Iemand", "roles": [Role.WORKER]}
            answers.add((client.post(url, typed).status_code, Invitation.objects.filter(email=email).count()))

        assert answers == {(302, 1)}

    def test_who_has_an_account_signs_in_with_it(self, house, post, client, sign_in):
        stranger = factories.user(at=factories.organisation())
        invite(house, email=stranger.email)
        link = address_of(post()[-1])
        client.post(link, {"password": PASSWORD})
        assert not User.objects.get(pk=stranger.pk).check_password(PASSWORD)
        sign_in(house.joris)
        client.post(link)
        assert set(User.objects.get(pk=stranger.pk).standing) != {house.shelter.pk}
        sign_in(stranger)
        client.post(link)
        assert house.shelter.pk in User.objects.get(pk=stranger.pk).standing

    def test_a_leaver_who_comes_back_starts_anew(self, house, post, client):
        operations.leave(house.els, house.shelter, to=None, because="", by=house.administrator, at=NOW)
        invite(house, email=house.els.email)
        client.post(address_of(post()[-1]), {"password": PASSWORD})

        els = User.objects.get(pk=house.els.pk)
        assert els.is_active
        assert els.check_password(PASSWORD)
        assert els.memberships.live(NOW.date()).count() == 1

    def test_a_mail_that_fails_is_tried_again_and_holds_up_no_other(self, house, post):
        invite(house)
        invite(house, email="ander@vinger.example")
        tried = []

        def send(letter):
            tried.append(letter.to)
            if letter.to.startswith("nieuw"):
                raise OSError

        assert send_links(now=NOW, send=send) == 1
        assert [letter.to for letter in post()] == ["nieuw@vinger.example"]
        assert post()[1:] == []

    def test_twice_the_same_person_is_refused(self, house):
        invite(house)
        with pytest.raises(WrongState):
            invite(house)
        with pytest.raises(WrongState):
            invite(house, email=house.els.email)
        with pytest.raises(NotAllowed):
            operations.invite(
                house.shelter, email="a@vinger.example", name="A", roles=["worker"], by=house.team_lead, at=NOW
            )


@pytest.fixture
def els(house, settings):
    """Els with a password and a phone, as she signs in."""
    settings.DEMO = True
    cache.clear()
    house.els = demo.sign_in_user("els", "Els Vonk")
    factories.membership(house.els, house.shelter)
    return house.els


def code(user):
    return next(demo.sign_ins(now=timezone.now(), only=user.email)).code


def in_with(user, password=demo.PASSWORD):
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": password})
    return browser


class TestRecovering:
    @pytest.mark.row("R37")
    def test_a_lost_phone_takes_a_second_person_her_own_mail_and_her_password(self, house, els, post):
        old = in_with(els)
        old.post(reverse("mfa_authenticate"), {"code": code(els)})
        assert old.get("/").status_code == 200
        help_with(house)
        (letter,) = post()
        assert letter.to == els.email
        # The call alone changes nothing: her phone still works if it was not she who called.
        assert Authenticator.objects.filter(user=els).exists()
        assert old.get("/").status_code == 200

        link, stranger = address_of(letter), Client()
        assert stranger.post(link, {"password": "geraden-wachtwoord"}).status_code == 200
        assert Authenticator.objects.filter(user=els).exists()
        assert stranger.get("/").status_code == 302
        stranger.post(link, {"password": demo.PASSWORD})

        assert not Authenticator.objects.filter(user=els).exists()
        assert old.get("/").status_code == 302
        # The link was no way in, and neither is the password by itself.
        assert stranger.get("/").status_code == 302
        assert in_with(els).get("/").headers["Location"] == reverse("mfa_activate_totp")
        assert Client().get(link).status_code == 404
        assert [one.kind for one in post()] == ["readmission", "changed"]
        recovered = AuditEvent.objects.get(event=Event.SIGN_IN_RECOVERED)
        assert recovered.details["lost"] == "second_factor"

    @pytest.mark.row("R37")
    def test_a_lost_password_leaves_the_second_step(self, house, els, post):
        help_with(house, Lost.PASSWORD)
        browser = Client()
        browser.post(address_of(post()[-1]), {"password": PASSWORD})

        assert in_with(els, demo.PASSWORD).get("/").status_code == 302
        again = in_with(els, PASSWORD)
        assert again.get("/").status_code == 302
        again.post(reverse("mfa_authenticate"), {"code": code(els)})
        assert again.get("/").status_code == 200

    @pytest.mark.row("R37")
    def test_nobody_helps_herself_and_no_helper_is_stale_or_of_another_house(self, house, els):
        factories.membership(els, house.shelter, Role.ORGANISATION_ADMINISTRATOR)
        with pytest.raises(WrongState):
            help_with(house, by=els)
        with pytest.raises(StaleSecondFactor):
            help_with(house, shown_at=NOW - timedelta(minutes=6))
        with pytest.raises(NotAllowed):
            help_with(house, by=house.joris)
        with pytest.raises(NotAllowed):
            help_with(house, by=factories.user(Role.ORGANISATION_ADMINISTRATOR))
        house.shelter.central_phone = ""
        house.shelter.save()
        with pytest.raises(WrongState):
            help_with(house)
        assert not Readmission.objects.exists()

    def test_the_database_insists_on_a_second_person_and_a_call_back(self, house):
        help_with(house)
        for change in ({"helped_by": house.els}, {"called_number": ""}, {"recognised_by": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Readmission.objects.update(**change)

    def test_a_leavers_link_does_not_work(self, house, post, client):
        help_with(house)
        link = address_of(post()[-1])
        operations.leave(house.els, house.shelter, to=None, because="", by=house.administrator, at=NOW)
        assert client.get(link).status_code == 404

    def test_a_link_works_for_a_day(self, house, post, client, time_machine):
        help_with(house)
        link = address_of(post()[-1])
        time_machine.move_to(NOW + timedelta(hours=24), tick=False)
        assert client.get(link).status_code == 404


@pytest.mark.row("R37")
def test_the_only_member_of_an_organisation_lost_her_phone_and_the_desk_helps(house, client, sign_in, post, settings):
    settings.DEMO = True
    cache.clear()
    alone = demo.sign_in_user("alleen", "Ans Alleen")
    practice = factories.organisation("Praktijk Windstil", kind="general_practice")
    practice.central_phone = "088-000 00 09"
    practice.save()
    factories.membership(alone, practice)
    factories.membership(alone, practice, Role.ORGANISATION_ADMINISTRATOR)
    sign_in(house.desk)
    url = reverse("administration:desk_help")
    typed = {"lost": "second_factor", "called_back": "on", "recognised_by": "Haar geboortejaar van de praktijk"}
    page = client.get(url).content.decode()
    assert "088-000 00 09" in page
    assert "Ans Alleen" not in page

    known = client.post(url, typed | {"organisation": practice.pk, "email": alone.email}, follow=True)
    unknown = client.post(url, typed | {"organisation": practice.pk, "email": "x@vinger.example"}, follow=True)
    # Somebody with colleagues who can help is their business, and the answer does not say so.
    helped = client.post(url, typed | {"organisation": house.shelter.pk, "email": house.els.email}, follow=True)

    said = [answer.content.decode().split("vp-message", 1)[1].split("</div>")[0] for answer in (known, unknown, helped)]
    assert len(set(said)) == 1
    readmission = Readmission.objects.get()
    assert (readmission.user, readmission.helped_by, readmission.called_number) == (alone, house.desk, "088-000 00 09")
    (letter,) = post()
    Client().post(address_of(letter), {"password": demo.PASSWORD})
    assert in_with(alone).get("/").headers["Location"] == reverse("mfa_activate_totp")
    assert AuditEvent.objects.filter(event=Event.ACCESS_DENIED, actor_id=house.desk.pk).count() == 2


def test_a_call_back_must_be_said_and_the_form_keeps_what_was_typed(house, client, sign_in):
    sign_in(house.administrator)
    url = reverse("administration:help_sign_in", args=[Membership.objects.get(user=house.els).pk])
    page = client.post(url, {"lost": "password", "recognised_by": "Aan haar <b>stem</b>"}).content.decode()

    assert "Aan haar &lt;b&gt;stem&lt;/b&gt;" in page
    assert not Readmission.objects.exists()
    client.post(url, {"lost": "password", "recognised_by": "Aan haar stem", "called_back": "on"})
    assert Readmission.objects.get().helped_by == house.administrator


def test_there_is_no_way_to_set_somebody_elses_password(house):
    """Whatever a form of this room posts, no field of it is a password but on the two pages that a link opens."""
    from administration import forms

    with_password = {name for name in dir(forms) if "password" in getattr(getattr(forms, name), "base_fields", {})}
    assert with_password == {"ChoosePassword", "ShowPassword"}


@pytest.mark.row("R39")
def test_own_sessions_are_listed_and_ended(house, els):
    here, there = in_with(els), in_with(els)
    first = code(els)
    here.post(reverse("mfa_authenticate"), {"code": first})
    cache.clear()
    there.post(reverse("mfa_authenticate"), {"code": first})
    assert {here.get("/").status_code, there.get("/").status_code} == {200}
    page = here.get(reverse("usersessions_list"), headers={"user-agent": "<b>"}).content.decode()
    assert page.count("vp-item__what") == 2
    assert page.count("Een browser die niet zegt wat hij is") == 2

    here.post(reverse("usersessions_list"))

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
    ],
)
def test_a_session_is_named_by_browser_and_machine(said, shown):
    assert screen_of(said) == f"{shown} op Windows"


def test_a_telephone_is_named_as_such_though_it_says_that_it_is_a_mac_or_linux():
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 CriOS/140.0 Mobile Safari/604.1"
    assert screen_of(iphone) == "Chrome op iPhone"
    assert screen_of("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36") == "Chrome op Android"
    assert screen_of("curl/8") == "Een browser die niet zegt wat hij is"


def test_a_moment_is_what_the_clock_of_the_form_says(fresh):
    assert time.time() == fresh.timestamp()
