"""Signing in with the provider of an organisation: a real one, started here, that speaks OpenID Connect."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as live
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from oidc_provider_mock import User as Subject
from oidc_provider_mock import run_server_in_thread

from accounts import demo
from accounts.models import User
from audit.events import Event
from audit.models import AuditEvent
from tests import factories

# What the provider's own libraries warn of is for its makers.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
BEGIN = "/inloggen/aanbieder/organisatie/"


def says(email, *, sub=None, verified=True, **more):
    return Subject(sub=sub or email, claims={"email": email, "email_verified": verified, **more})


@pytest.fixture
def house(db):
    return factories.organisation("De Haven", kind="womens_shelter")


@pytest.fixture
def provider(house, settings):
    cache.clear()
    people = [
        says("els@vinger.example"),
        says("mfa@vinger.example", amr=["pwd", "mfa"]),
        says("onbevestigd@vinger.example", verified=False),
        says("elders@vinger.example", amr=["mfa"]),
        says("vreemd@vinger.example", amr=["mfa"]),
        says("els@vinger.example", sub="iemand-anders", amr=["mfa"]),
    ]
    with run_server_in_thread(user_claims=people) as server:
        settings.OIDC_ISSUER = f"http://localhost:{server.server_port}"
        settings.OIDC_NAME = "De Haven"
        settings.OIDC_ORGANISATION = str(house.pk)
        settings.OIDC_SECOND_FACTOR = ["mfa"]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "organisatie",
                        "name": "De Haven",
                        "client_id": "vinger",
                        "secret": "s",
                        "settings": {"server_url": settings.OIDC_ISSUER},
                    }
                ],
            }
        }
        yield server


def member(house, email, **fields):
    made = User.objects.create_user(email, name="Els Vonk", **fields)
    if house is not None:
        factories.membership(made, house)
    return made


def come_in(sub, browser=None):
    """Go to the provider, be somebody there, and come back."""
    browser = browser or Client()
    away = browser.post(BEGIN)
    assert away.status_code == 302
    assert away.headers["Location"].startswith(live.OIDC_ISSUER)
    sent = requests.post(away.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    home = urlsplit(sent.headers["Location"])
    assert home.path == f"{BEGIN}terug/"
    return browser, browser.get(f"{home.path}?{home.query}")


def test_a_member_comes_in_and_a_second_factor_is_still_asked(house, provider):
    els = member(house, "els@vinger.example")
    assert "De Haven" in Client().get(reverse("account_login")).content.decode()

    browser, _answer = come_in("els@vinger.example")

    assert browser.get("/").headers["Location"] == reverse("mfa_activate_totp")
    assert SocialAccount.objects.get(user=els).extra_data == {}
    # The next time she is found by what the provider calls her, also when her address changed here.
    User.objects.filter(pk=els.pk).update(email="els.vonk@vinger.example")
    browser, _answer = come_in("els@vinger.example")
    assert browser.get("/").headers["Location"] == reverse("mfa_activate_totp")


def test_a_second_factor_that_she_has_here_is_asked_here(house, provider, settings):
    settings.DEMO = True
    els = demo.sign_in_user("els", "Els Vonk")
    factories.membership(els, house)

    browser, answer = come_in(els.email)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert browser.get("/").status_code == 302
    browser.post(reverse("mfa_authenticate"), {"code": next(demo.sign_ins(now=timezone.now())).code})
    assert browser.get("/").status_code == 200


@pytest.mark.row("R36")
def test_a_second_factor_shown_to_the_provider_counts_when_the_environment_says_so(house, provider, settings):
    member(house, "mfa@vinger.example")
    browser, _answer = come_in("mfa@vinger.example")
    assert browser.get("/").status_code == 200
    for accepted in ([], ["hwk"]):
        settings.OIDC_SECOND_FACTOR = accepted
        browser, _answer = come_in("mfa@vinger.example")
        assert browser.get("/").headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize(
    "who", ["onbevestigd@vinger.example", "elders@vinger.example", "vreemd@vinger.example", "weg@vinger.example"]
)
def test_nobody_else_comes_in_and_nobody_is_made(house, provider, who):
    member(house, "onbevestigd@vinger.example")
    member(factories.organisation(), "elders@vinger.example")
    member(house, "weg@vinger.example", is_active=False)
    before = User.objects.count()

    browser, answer = come_in(who)

    assert answer.headers["Location"] == reverse("account_login")
    assert browser.get("/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert AuditEvent.objects.filter(event=Event.SIGN_IN_FAILED).count() == 1


@pytest.mark.row("R41")
def test_a_leaver_does_not_come_back_by_the_provider(house, provider):
    els = member(house, "mfa@vinger.example")
    browser, _answer = come_in("mfa@vinger.example")
    assert browser.get("/").status_code == 200
    els.memberships.update(ends_on=timezone.localdate())
    again, answer = come_in("mfa@vinger.example")
    assert answer.headers["Location"] == reverse("account_login")
    assert again.get("/").status_code == 302


def test_somebody_with_the_same_address_at_the_provider_is_not_her(house, provider):
    member(house, "els@vinger.example")
    come_in("els@vinger.example")
    _browser, answer = come_in("iemand-anders")
    assert answer.headers["Location"] == reverse("account_login")
    assert SocialAccount.objects.count() == 1


def test_an_answer_that_was_not_asked_for_or_a_provider_that_is_away_lets_nobody_in(house, provider, settings):
    member(house, "mfa@vinger.example")
    away = Client().post(BEGIN)
    sent = requests.post(away.headers["Location"], data={"sub": "mfa@vinger.example"}, allow_redirects=False, timeout=5)
    code = parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]
    for query in (f"code={code}&state=verzonnen", "error=access_denied", "", f"code={code}"):
        browser = Client()
        answer = browser.get(f"{BEGIN}terug/?{query}")
        assert answer.headers["Location"] == reverse("account_login")
        assert browser.get("/").status_code == 302
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9"
    assert Client().post(BEGIN).headers["Location"] == reverse("account_login")


def test_without_an_issuer_there_is_no_button_and_no_way(client, db):
    assert BEGIN not in client.get(reverse("account_login")).content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}terug/").status_code == 404
