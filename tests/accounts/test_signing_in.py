import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import demo
from accounts.models import User
from audit.events import Event
from audit.models import AuditEvent
from tests import factories


@pytest.fixture
def els(db, settings):
    settings.DEMO = True
    user = demo.sign_in_user("els", "Els Vonk")
    factories.membership(user, factories.organisation())
    return user


def code():
    return next(demo.sign_ins(now=timezone.now())).code


@pytest.mark.row("R36", "L5")
def test_a_password_alone_opens_nothing(client, els):
    client.post(reverse("account_login"), {"login": els.email, "password": demo.PASSWORD})

    assert client.get("/").status_code == 302


@pytest.mark.row("R36", "L5")
def test_a_password_and_a_code_open_the_list_of_today(client, els):
    client.post(reverse("account_login"), {"login": els.email, "password": demo.PASSWORD})
    arrived = client.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)

    assert arrived.status_code == 200
    assert arrived.resolver_match.view_name == "overview:today"
    assert AuditEvent.objects.filter(event=Event.SIGNED_IN, actor_id=els.pk).count() == 1


@pytest.mark.row("R36")
def test_somebody_without_a_second_factor_is_taken_to_setting_one_up(client, db):
    user = factories.user(password="een-lang-wachtwoord")
    arrived = client.post(
        reverse("account_login"), {"login": user.email, "password": "een-lang-wachtwoord"}, follow=True
    )

    assert (reverse("mfa_activate_totp"), 302) in arrived.redirect_chain
    assert client.get("/").status_code == 302


@pytest.mark.row("R38")
def test_a_wrong_sign_in_says_the_same_for_known_and_unknown(els, settings):
    settings.DEMO = False

    def answer(login):
        page = Client().post(reverse("account_login"), {"login": login, "password": "verkeerd"}).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(login, "")

    assert answer(els.email) == answer("niemand@vinger.example")
    assert set(AuditEvent.objects.values_list("event", "actor_id")) == {(Event.SIGN_IN_FAILED, None)}


@pytest.mark.row("R41")
def test_deactivation_ends_a_session_by_the_next_request(client, sign_in, cast):
    sign_in(cast.worker)
    assert client.get("/").status_code == 200

    User.objects.filter(pk=cast.worker.pk).update(is_active=False)

    assert client.get("/").status_code == 302


@pytest.mark.row("R39")
def test_a_session_ends_after_half_an_hour_without_a_request(client, sign_in, cast):
    sign_in(cast.worker)
    with time_machine.travel("2026-03-02T09:29:00+00:00", tick=False):
        assert client.get("/").status_code == 200
    with time_machine.travel("2026-03-02T09:58:00+00:00", tick=False):
        assert client.get("/").status_code == 200
    with time_machine.travel("2026-03-02T10:29:00+00:00", tick=False):
        assert client.get("/").status_code == 302


@pytest.mark.row("R42")
def test_there_is_no_superuser(db):
    user = factories.user()
    with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_superuser=True)


def test_the_secret_of_a_second_factor_is_sealed(els):
    assert els.authenticator_set.get().data["secret"].startswith("gAAAA")


class TestTheDemonstration:
    def test_its_sign_ins_do_not_exist_elsewhere(self, db, settings):
        settings.DEMO = True
        settings.ALLOWED_HOSTS = ["localhost", "vinger.example"]

        with pytest.raises(demo.NotADemonstration):
            list(demo.sign_ins(now=timezone.now()))
        with pytest.raises(demo.NotADemonstration):
            demo.sign_in_user("els", "Els Vonk")

    def test_they_do_not_exist_when_it_is_off(self, db, settings):
        settings.DEMO = False
        with pytest.raises(demo.NotADemonstration):
            list(demo.sign_ins(now=timezone.now()))
