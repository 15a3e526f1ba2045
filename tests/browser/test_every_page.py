"""Every page that somebody of the demonstration can reach by following links, in a real browser, phone and desk.

With PICTURES=folder each page is kept as a picture; `make pictures` puts them on contact sheets.
"""

import os
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.core.management import call_command

from accounts.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.crawl import pages_of
from tests.browser.test_frame import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
# Who looks. Each page is looked at as the first of these who reaches it.
LOOKERS = {
    "those who work with a family": ["els", "samir"],
    "those around": ["juf", "vt", "hanna", "tamar", "lena", "fatma", "noor", "piket", "beheer", "ada"],
}
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def demonstration(db, settings):
    settings.DEMO = True
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)


@pytest.mark.row("L9", "L1")
@pytest.mark.parametrize("who", LOOKERS)
def test_every_page_reads_well_for_everybody(visit, demonstration, sign_in, client, who):
    looked_at: set[str] = set()
    wrong = []
    for login in LOOKERS[who]:
        browser = sign_in(User.objects.get(email=f"{login}@vinger.example"), type(client)())
        pages = [page for page in pages_of(browser, wrong) if not page.is_paper]
        found = {page.name: page for page in reversed(pages) if page.name not in looked_at}
        looked_at |= set(found)
        opened = visit("/", signed_in=browser, width=PHONE)
        for page in found.values():
            wrong += [(page.name, fault) for width in (PHONE, DESK) for fault in look(opened, page, width)]
        opened.context.close()
    assert wrong == []


def look(opened, page, width):
    """Return what is wrong with a page at this width. The desk's is the phone's made wider: nothing is asked again."""
    opened.set_viewport_size({"width": width, "height": 800})
    if width == PHONE:
        opened.goto(urljoin(opened.url, page.path))
    keep(opened, f"{page.name.replace(':', '-')}-{width}")
    if opened.evaluate("document.documentElement.scrollWidth") > width:
        yield f"wider than {width} pixels"
    if opened.locator("h1").count() != 1:
        yield "not one heading"
    if width == PHONE:
        yield from faults(opened)


def keep(page, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
