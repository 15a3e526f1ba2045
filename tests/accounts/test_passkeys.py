"""For some a code is not enough: it can be asked for on the phone or on a false page, and a passkey cannot (R36)."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from access.models import Relation
from accounts.models import Role
from cases.models import ProtectedPlace
from tests import factories

WITH_A_PASSKEY = {Role.COORDINATOR, Role.ORGANISATION_ADMINISTRATOR, Role.FUNCTIONAL_ADMINISTRATOR}


@pytest.fixture(autouse=True)
def required(settings):
    settings.PASSKEYS_REQUIRED = True


@pytest.fixture
def sign_in_with(client, sign_in):
    def sign_in_with(user, kind, *, minutes_ago=0):
        sign_in(user)
        session = client.session
        shown = [] if kind is None else [{"method": "mfa", "type": kind, "at": time.time() - 60 * minutes_ago}]
        session["account_authentication_methods"] = shown
        session.save()
        return client

    return sign_in_with


@pytest.mark.row("R36")
@pytest.mark.parametrize("role", Role)
def test_nobody_comes_in_without_a_second_factor_and_some_with_a_passkey_only(db, sign_in_with, role):
    user = factories.user(role, at=factories.organisation(kind="municipality"))
    page = reverse("accounts:drafts")
    assert sign_in_with(user, None).get(page).url == reverse("mfa_activate_totp")
    for kind in ("totp", "recovery_codes"):
        answer = sign_in_with(user, kind).get(page)
        if role in WITH_A_PASSKEY:
            assert answer.url.partition("?")[0] == reverse("mfa_add_webauthn")
        else:
            assert answer.status_code == 200
    assert sign_in_with(user, "webauthn").get(page).status_code == 200


@pytest.mark.row("R36")
def test_who_has_a_passkey_shows_it_and_a_role_that_came_today_counts_today(db, sign_in_with):
    user = factories.user()
    page = reverse("accounts:drafts")
    assert sign_in_with(user, "totp").get(page).status_code == 200
    factories.membership(user, factories.organisation(kind="municipality"), Role.COORDINATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    assert sign_in_with(user, "totp").get(page).url == f"{reverse('mfa_reauthenticate_webauthn')}?next=%2Fconcepten%2F"


@pytest.mark.row("R36", "R40")
def test_class_a_is_shown_and_opened_to_others_with_a_fresh_passkey_only(cast, sign_in_with):
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    regisseur = factories.user(at=cast.shelter)
    factories.assignment(cast.family, regisseur, cast.shelter, "regisseur")
    person = cast.family.persons.get(place="client")
    typed = {"person": person.pk, "kind": "address", "value": "Kanarie-adres-3qz"}
    sign_in_with(cast.worker, "totp").post(reverse("cases:enter_place", args=[cast.family.pk]), typed)
    place = ProtectedPlace.objects.get()
    grant, reveal = (
        reverse("cases:grant_place", args=[place.pk]),
        reverse("cases:reveal", args=[cast.family.pk]),
    )
    given = {"user": cast.worker.pk, "because": "Brengt spullen", "until": "2026-03-09"}
    asked = {"place": place.pk, "because": "Ik rijd er nu heen"}
    for kind, minutes, opens in (("totp", 0, False), ("webauthn", 6, False), ("webauthn", 4, True)):
        browser = sign_in_with(regisseur, kind, minutes_ago=minutes)
        assert (browser.get(grant).status_code == 200) is opens
        browser.post(grant, given)
        assert (place.grants.count() == 1) is opens
    for kind, minutes, opens in (("totp", 0, False), ("webauthn", 6, False), ("webauthn", 4, True)):
        browser = sign_in_with(cast.worker, kind, minutes_ago=minutes)
        assert (browser.get(reveal).status_code == 200) is opens
        page = browser.post(reveal, asked).content.decode()
        assert ("Kanarie-adres-3qz" in page) is opens
        if not opens:
            assert "Ik rijd er nu heen" in page  # what was typed is still there
