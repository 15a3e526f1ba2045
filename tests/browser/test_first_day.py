"""A caseworker's first minutes, from nothing but the sign-in page: without script on a phone, and with it at a desk."""

import re

import pytest
from django.utils import timezone

from accounts import demo
from cases.models import Person
from organisations.models import Organisation
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_frame import faults
from tests.browser.typing import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def els(db, settings):
    settings.DEMO = True
    user = demo.sign_in_user("els", "Els Vonk")
    factories.membership(user, factories.organisation("De Haven", kind="womens_shelter"))
    return user


def sign_in_by_hand(page):
    code = next(demo.sign_ins(now=timezone.now())).code
    page.fill("input[name=login]", "els@vinger.example")
    page.fill("input[name=password]", demo.PASSWORD)
    press(page, "main button[type=submit]")
    page.fill("input[name=code]", code)
    press(page, "main form:has(input[name=code]) button[type=submit]")


@pytest.mark.row("L1", "L9")
@pytest.mark.parametrize(("width", "script"), [(PHONE, False), (DESK, True)])
def test_from_signing_in_to_a_first_family_on_the_list(visit, els, width, script):
    page = visit("/inloggen/", width=width, script=script)
    sign_in_by_hand(page)
    assert "Er is vandaag niets dat moet." in page.inner_text("main")

    press(page, "nav >> text=Dossier openen")
    page.fill("input[name=surname]", "van der Ouderkerk-Bouchaïri tot Nieuwegein")
    press(page, "main >> button:has-text('Open het dossier')")
    assert "Wat je schreef, staat er nog." in page.inner_text("main")
    assert page.input_value("input[name=surname]").startswith("van der Ouderkerk")

    page.fill("input[name=given_name]", "Maximiliana")
    press(page, "text=Bewaar als concept")
    press(page, "nav >> text=Concepten")
    press(page, "main >> text=Dossier openen")
    assert page.input_value("input[name=given_name]") == "Maximiliana"

    page.fill("input[name=starts_on]", "2026-11-02")
    page.fill("input[name=child_1_name]", "Daan")
    press(page, "main >> button:has-text('Open het dossier')")
    assert re.search(r"/gezinnen/[0-9a-f-]{36}/$", page.url)
    assert page.title() == "Gezin"
    if script:
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Person.objects.count() == 2
    assert Organisation.objects.filter(name="De Haven").exists()

    press(page, "nav >> text=Vandaag")
    assert "Maak het dossier compleet: Maximiliana" in page.inner_text("main")
