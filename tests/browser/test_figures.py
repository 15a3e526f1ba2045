"""The pages with figures in a real browser: with everything to show, and with nothing."""

import os
from pathlib import Path

import pytest

from accounts.models import Role
from figures.writing import publish
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_frame import faults
from tests.figures.test_pages import two_years

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PAGES = ("/gemeente/cijfers/?plek=NL&jaar=2024", "/gemeente/cijfers/monitor/?plek=NL&jaar=2024", "/gemeente/cijfers/")
PICTURES = os.environ.get("PICTURES")


@pytest.mark.parametrize("has_figures", [True, False])
def test_figures_read_well_on_a_phone_and_on_a_desk(visit, sign_in, has_figures):
    at = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    browser = sign_in(factories.user(Role.COORDINATOR, at=at))
    if has_figures:
        for quarter, plan in two_years():
            publish(plan, quarter=quarter, at=factories.NOW)
    wrong = []
    for number, path in enumerate(PAGES):
        for width in (PHONE, DESK):
            page = visit(path, signed_in=browser, width=width)
            wrong += [(path, width, fault) for fault in faults(page)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"figures-{number}-{has_figures}-{width}.png", full_page=True)
    assert wrong == []
