"""A worry, as a teacher tells it: on a phone without script and at a desk with it, in danger and not."""

import pytest
from django.urls import reverse

from organisations.models import ContactPoint
from signals.models import Signal
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_frame import faults
from tests.browser.typing import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def teacher(db):
    school = factories.organisation("De Regenboog", kind="school_primary")
    ContactPoint.objects.create(
        municipality=school.municipality, function_name="Contactpunt nazorg", central_phone="088-000 00 11"
    )
    return factories.user("signaller", at=school, name="Bas Smit")


def seconds(reads, typed, *, clicks):
    """Say how long somebody takes who never saw the page: every word is read, and typed slowly (keystroke-level model).

    238 words a minute (what adults read on average), a key in 0.28 s, and for each field or button 1.1 s to point,
    0.4 s to move the hand and 1.35 s to think.
    """
    keys = sum(map(len, typed.values()))
    return len(reads.split()) / 238 * 60 + keys * 0.28 + (len(typed) + clicks) * (1.1 + 0.4 + 1.35)


@pytest.mark.row("H1")
@pytest.mark.parametrize(("width", "script"), [(PHONE, False), (DESK, True)])
def test_a_first_time_teacher_fills_in_five_fields_and_gets_a_number(visit, sign_in, client, teacher, width, script):
    page = visit(reverse("signals:report"), signed_in=sign_in(teacher, client), width=width, script=script)
    reads = page.inner_text("main")
    typed = {
        "child_name": "Daan de Wit",
        "child_born_on": "2018-02-01",
        "what_seen": "Daan durft na school niet naar huis. Hij huilde en zei dat papa weer voor de deur stond.",
        "callback_phone": "088 000 04 56",
    }
    page.check("input[name=acute][value=no]")
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    assert seconds(reads, typed, clicks=2) < 120
    if script:
        assert faults(page) == []
    press(page, "main form button[type=submit]")
    told = page.inner_text("main")
    assert Signal.objects.get().number in told
    assert "Contactpunt nazorg" in told
    assert "088-000 00 11" in told
    if script:
        assert faults(page) == []


@pytest.mark.row("H2")
@pytest.mark.parametrize("script", [False, True])
def test_in_danger_112_stands_first_and_the_form_goes_out_all_the_same(visit, sign_in, client, teacher, script):
    page = visit(reverse("signals:report"), signed_in=sign_in(teacher, client), width=PHONE, script=script)
    page.check("input[name=acute][value=yes]")
    call = page.locator(".vp-call--big a[href='tel:112']")
    assert call.is_visible()
    assert call.bounding_box()["y"] < page.locator("input[name=child_name]").bounding_box()["y"]
    page.fill("input[name=child_name]", "Daan de Wit")
    page.fill("textarea[name=what_seen]", "Hij slaat de deur in.")
    page.fill("input[name=callback_phone]", "088 000 04 56")
    press(page, "main form button[type=submit]")
    assert Signal.objects.get().acute == "yes"
    assert page.locator(".vp-call--big a[href='tel:112']").is_visible()
