"""The frame of every page in a real browser: hiding, the keyboard, both themes, a phone, without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
OPEN = ["/inloggen/", "/hulp/", "/toegankelijkheid/", "/nergens/", "/verberg/"]
SIGNED_IN = ["/", "/inloggen/tweede-stap/", "/inloggen/sessies/", "/inloggen/opnieuw/?next=/", "/inloggen/uit/"]


def faults(page):
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found.response["violations"]]


@pytest.mark.row("L9")
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_has_no_accessibility_fault(visit, path, width, dark):
    assert faults(visit(path, width=width, dark=dark)) == []


@pytest.mark.row("L9")
@pytest.mark.parametrize("path", SIGNED_IN)
def test_a_page_of_the_frame_has_no_accessibility_fault(visit, cast, sign_in, path):
    page = visit(path, signed_in=sign_in(cast.worker), width=PHONE)
    assert page.locator("h1").count() == 1
    assert faults(page) == []


@pytest.mark.row("L9")
def test_what_is_missing_gets_the_focus(visit):
    page = visit("/inloggen/")
    page.click("main button[type=submit]")
    page.wait_for_selector(".vp-errors")
    assert page.evaluate("document.activeElement.className") == "vp-errors"
    assert page.title().startswith("Fout:")
    page.click(".vp-errors a")
    assert page.evaluate("document.activeElement.name") == "login"


@pytest.mark.row("L10", "R34")
def test_hide_is_the_first_stop_of_the_keyboard_and_the_content_the_second(visit):
    page = visit("/inloggen/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form').className") == "vp-hide"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"


@pytest.mark.row("L10", "R31", "R34")
@pytest.mark.parametrize("how", ["button", "key", "no script"])
def test_after_hiding_back_shows_nothing(visit, cast, sign_in, how):
    page = visit("/", signed_in=sign_in(cast.worker), script=how != "no script")
    page.goto(page.url + "hulp/")
    assert page.get_by_text(cast.worker.name).count() == 1
    if how == "key":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.click(".vp-hide button")
    page.wait_for_url("**/verberg/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert cast.worker.name not in page.content()


@pytest.mark.row("R34")
def test_the_screen_is_empty_within_a_tenth_of_a_second(visit, cast, sign_in):
    page = visit("/", signed_in=sign_in(cast.worker))
    # The server never answers: the screen is emptied by the page itself.
    page.route("**/verberg/", lambda route: None)
    spent = page.evaluate(
        """() => new Promise((done) => {
            const began = performance.now();
            document.querySelector(".vp-hide button").click();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        })"""
    )
    assert page.locator("body > *:visible").count() == 0
    assert spent < 100


@pytest.mark.row("R32")
def test_the_browser_keeps_nothing_of_the_session(visit, cast, sign_in):
    page = visit("/", signed_in=sign_in(cast.worker))
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    page.click(".vp-hide button")
    page.wait_for_url("**/verberg/")
    page.wait_for_timeout(300)
    assert stored == [0, 0]
    assert page.context.cookies() == []
