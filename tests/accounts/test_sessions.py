"""How long a session lasts, what its cookies are, and who is locked out by guesses: not the regisseur."""

from datetime import timedelta

import pytest
from allauth.core import context
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import demo, known_browser
from accounts.adapters import Account
from accounts.models import Role
from accounts.session_store import SessionStore
from audit.events import Event
from audit.models import AuditEvent
from config import settings as configured
from tests import factories
from tests.factories import NOW


@pytest.fixture
def els(db, settings):
    settings.DEMO = True
    cache.clear()
    user = demo.sign_in_user("els", "Els Vonk")
    factories.membership(user, factories.organisation())
    return user


def sign_in_with(browser, user, password=demo.PASSWORD):
    return browser.post(reverse("account_login"), {"login": user.email, "password": password})


def code():
    return next(demo.sign_ins(now=timezone.now())).code


def is_asked_for_the_code(answer):
    return answer.status_code == 302 and answer.headers["Location"] == reverse("mfa_authenticate")


class TestGuessing:
    @pytest.mark.row("R38")
    def test_ten_thousand_guesses_reach_the_password_ten_times_and_the_owner_still_gets_in(self, els):
        known = Client()
        sign_in_with(known, els)
        known.post(reverse("mfa_authenticate"), {"code": code()})
        known.post(reverse("account_logout"))
        AuditEvent.objects.all().delete()

        refused = 0
        for guess in range(10_000):
            # From everywhere: a network of its own for each guess, so that only the account's own limit is left.
            request = RequestFactory().post("/", REMOTE_ADDR=f"10.{guess // 65536}.{guess // 256 % 256}.{guess % 256}")
            request.session = {}
            with context.request_context(request):
                try:
                    assert Account(request).authenticate(request, email=els.email, password=f"gok-{guess}") is None
                except ValidationError:
                    refused += 1

        assert refused == 9_990
        assert AuditEvent.objects.filter(event=Event.SIGN_IN_FAILED).count() == 10
        # A stranger with the right password waits; she herself does not.
        assert not is_asked_for_the_code(sign_in_with(Client(), els))
        assert is_asked_for_the_code(sign_in_with(known, els))

    def test_a_known_browser_has_an_allowance_of_its_own_and_not_without_end(self, els):
        known = Client()
        sign_in_with(known, els)
        known.post(reverse("mfa_authenticate"), {"code": code()})
        known.post(reverse("account_logout"))
        for _ in range(10):
            sign_in_with(known, els, "verkeerd")

        assert not is_asked_for_the_code(sign_in_with(known, els))
        assert is_asked_for_the_code(sign_in_with(Client(), els))

    def test_the_mark_of_a_browser_lets_nobody_in_and_is_of_one_account(self, els):
        other = factories.user()
        request = RequestFactory().get("/")
        assert known_browser.key_of(request, els.email) is None
        request.COOKIES[configured.KNOWN_BROWSER_COOKIE] = "forged:value"
        assert known_browser.key_of(request, els.email) is None
        browser = Client()
        sign_in_with(browser, els)
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        request.COOKIES = {name: morsel.value for name, morsel in browser.cookies.items()}
        assert known_browser.key_of(request, els.email) is not None
        assert known_browser.key_of(request, other.email) is None
        only_the_mark = Client()
        only_the_mark.cookies[configured.KNOWN_BROWSER_COOKIE] = request.COOKIES[configured.KNOWN_BROWSER_COOKIE]
        assert only_the_mark.get("/").status_code == 302


class TestHowLong:
    def visit(self, client, time_machine, **later):
        time_machine.move_to(NOW + timedelta(**later), tick=False)
        return client.get(reverse("accounts:drafts")).status_code

    @pytest.mark.row("R39")
    def test_who_only_signals_is_signed_out_after_a_quarter_of_an_hour(self, client, sign_in, db, time_machine):
        sign_in(factories.user(Role.SIGNALLER))
        assert self.visit(client, time_machine, minutes=0) == 200
        assert self.visit(client, time_machine, minutes=14) == 200
        assert self.visit(client, time_machine, minutes=30) == 302

    @pytest.mark.row("R39")
    def test_a_worker_after_half_an_hour(self, client, sign_in, db, time_machine):
        sign_in(factories.user())
        assert self.visit(client, time_machine, minutes=0) == 200
        assert self.visit(client, time_machine, minutes=29) == 200
        assert self.visit(client, time_machine, minutes=60) == 302

    @pytest.mark.row("R39")
    def test_nobody_is_signed_in_for_longer_than_nine_hours_however_busy(self, client, sign_in, db, time_machine):
        sign_in(factories.user())
        assert {self.visit(client, time_machine, minutes=minute) for minute in range(0, 540, 20)} == {200}
        assert self.visit(client, time_machine, minutes=540) == 200
        assert self.visit(client, time_machine, minutes=541) == 302

    @pytest.mark.row("R39")
    def test_signing_in_gives_the_session_a_new_key(self, els):
        browser = Client()
        browser.get(reverse("account_login"))
        sign_in_with(browser, els)
        before = browser.cookies[configured.SESSION_COOKIE_NAME].value
        browser.post(reverse("mfa_authenticate"), {"code": code()})

        assert browser.cookies[configured.SESSION_COOKIE_NAME].value != before


@pytest.mark.row("R39")
def test_every_cookie_is_bound_to_this_host_closed_to_scripts_and_to_other_sites(els):
    browser = Client()
    browser.get(reverse("account_login"))
    sign_in_with(browser, els)
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    browser.post(reverse("set_language"), {"language": "en"})

    assert len(browser.cookies) == 4
    for name, cookie in browser.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name
        assert cookie["path"] == "/", name


@pytest.mark.row("R39")
def test_with_transport_security_their_names_begin_with_host_and_they_are_secure():
    text = (configured.ROOT / "config/settings.py").read_text()
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "KNOWN_BROWSER_COOKIE"):
        (line,) = [line for line in text.splitlines() if line.startswith(f"{name} =")]
        assert '"__Host-' in line
        assert line.endswith(f'if SECURE_TRANSPORT else "{getattr(configured, name)}"')
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"):
        assert f"{name} = SECURE_TRANSPORT" in text


@pytest.mark.row("R41")
def test_deactivation_ends_every_session_and_every_way_in(els, cast):
    first, second = Client(), Client()
    for browser in (first, second):
        browser.force_login(els, backend="accounts.backends.Password")
    els.is_active = False
    els.save()

    for browser in (first, second):
        assert browser.get(reverse("accounts:drafts")).headers["Location"].startswith(reverse("account_login"))
    assert not is_asked_for_the_code(sign_in_with(Client(), els))


@pytest.mark.parametrize("gone", ["its time has passed", "it was ended"])
def test_a_session_that_is_over_is_a_strangers(els, client, gone):
    client.force_login(els, backend="accounts.backends.Password")
    kept = Session.objects.filter(session_key=client.session.session_key)
    assert client.get(reverse("accounts:drafts")).status_code == 302  # the second factor is asked: she is known
    assert client.session[SESSION_KEY] == str(els.pk)
    if gone == "it was ended":
        kept.delete()
    else:
        kept.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("accounts:drafts")).url.startswith(reverse("account_login"))
    assert SessionStore(session_key=client.cookies["session"].value).load() == {}


@pytest.mark.parametrize(
    "key", ['"abcdefghijk\\000"', "a' OR true --", "x" * 5000, '"\\377\\377\\377\\377\\377\\377\\377\\377"']
)
def test_whatever_stands_in_the_cookie_is_a_strangers(db, client, key):
    answer = client.get(reverse("accounts:drafts"), headers={"cookie": f"session={key}"})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
