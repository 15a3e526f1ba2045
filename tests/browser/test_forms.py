"""What only a browser does with a form: what it leaves out, and what it says itself."""

import pytest
from django.urls import reverse

from cases.models import SafeContact
from tests.browser.conftest import PHONE
from tests.browser.typing import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_our_own_words_stand_beside_a_field_and_half_a_day_is_not_left_out(visit, cast, sign_in):
    client = cast.family.persons.get(place="client")
    page = visit(reverse("cases:safe_contact", args=[client.pk]), signed_in=sign_in(cast.worker), width=PHONE)
    button = "main form.vp-form button[type=submit]"
    press(page, button)
    assert "Kies een antwoord." in page.locator(".vp-field--error:has([name=may_call])").inner_text()

    page.fill("[name=confirmed_on]", "")
    page.locator("[name=confirmed_on]").focus()
    page.keyboard.type("12")
    page.locator("[name=hours]").fill("Na negen uur")
    before = page.evaluate("performance.timeOrigin")
    page.click(button)
    page.wait_for_timeout(300)
    assert page.evaluate("performance.timeOrigin") == before
    assert page.input_value("[name=hours]") == "Na negen uur"
    assert not SafeContact.objects.exists()
