"""A contact at a kitchen table: what is typed is kept on the server, and the page says so when it cannot be."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft
from cases.models import Trajectory
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_text_is_kept_while_it_is_typed_and_stays_on_the_page_without_a_connection(visit, cast, sign_in):
    today = timezone.localdate()
    Trajectory.objects.filter(family=cast.family).update(departs_on=today - timedelta(days=7), destination="unknown")
    address = reverse("aftercare:check_in", args=[cast.family.pk])
    page = visit(address, signed_in=sign_in(cast.worker), width=PHONE)
    said = page.locator("[data-kept]")

    page.locator("[name=own_words]").fill("Ze slaapt beter")
    said.get_by_text("Bewaard op de server").wait_for(timeout=20_000)
    page.context.set_offline(True)
    page.locator("[name=own_words]").fill("Ze slaapt beter dan eerst")
    said.get_by_text("Geen verbinding").wait_for(timeout=20_000)
    assert "Voor het laatst bewaard om" in said.inner_text()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.set_offline(False)
    said.get_by_text("Bewaard op de server").wait_for(timeout=20_000)

    assert Draft.objects.count() == 1
    kept = drafts.kept(cast.worker, "aftercare:check_in", now=timezone.now(), about=cast.family.pk)
    assert kept.answers["own_words"] == ["Ze slaapt beter dan eerst"]
