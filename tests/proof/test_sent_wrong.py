"""Every form that somebody can open, sent empty and with nonsense: never a fault of ours, and told once and in order.

By the first kind of visitor who can open it. What it wrote is undone.
"""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.architecture.test_urls import world
from tests.order import goes_down_the_page
from tests.proof.forms import Filled, forms, pages, undone

__all__ = ["world"]
# A word that nobody may lose, and that must do nothing in a page.
WORDS = "Zij zei: \"nee\" & <b>'ja'</b> 😀 </script>"
ROOT = Path(__file__).resolve().parents[2]
ASKED_IN_AN_ADDRESS = {
    *("na", "bij", "niveau", "regio", "plek", "jaar"),
    *("gemeente", "voor", "kind", "gesprek", "hulp", "fase"),
}
NONSENSE = {"date": "9999-12-31", "number": "-1", "time": "99:99", "datetime-local": "gisteren", "email": "geen adres"}


class Wrong(Filled):
    """The same forms, with other answers: nothing at all, or nonsense. What is hidden stays as it was."""

    def answer(self, tag, a, answers):
        if tag == "input" and a.get("type") == "hidden":
            answers[a["name"]] = [a.get("value", "")]
        elif self.which == "empty":
            self.options = [] if tag == "select" else None
        elif tag == "textarea":
            answers[a["name"]] = [WORDS * 20]
        elif tag == "select" or a.get("type") in ("radio", "checkbox"):
            answers[a["name"]] = ["zz"]
            self.options = [] if tag == "select" else None
        elif tag == "input" and a.get("type") != "file":
            answers[a["name"]] = [NONSENSE.get(a.get("type", "text"), WORDS)]


def faults(page, answers):
    """Yield what is not as it should be on a page that came back."""
    summaries = page.count('class="vp-errors"')
    if summaries > 1:
        yield f"lists what is wrong {summaries} times"
    if summaries:
        summary = re.search(r'<div class="vp-errors".*?</div>', page, re.DOTALL)[0]
        targets = re.findall(r'<a href="#([\w-]+)">', summary)
        if missing := [one for one in targets if f'id="{one}"' not in page]:
            yield f"leads to {missing}, which are not there"
        elif len(targets) > 1 and not goes_down_the_page(page):
            yield f"not in the order of the page: {targets}"
        if "<title>Fout:" not in page:
            yield "its title does not say that something is wrong"
        typed = [value for values in answers.values() for value in values if WORDS in value]
        if typed and not any(value in unescape(page) for value in typed):
            yield "lost the words"
    if "<b>'ja'</b>" in page:
        yield "shows words as they were typed"


@pytest.mark.slow
def test_every_form_that_is_sent_wrong_says_so_once_and_in_order(world):
    sent, came_back, wrong = 0, 0, []
    for name, browser, how, to, answers in forms(world, ("empty", "nonsense"), Wrong):
        with undone(browser):
            answer = browser.post(to, answers)
        sent += 1
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            back = answer.content.decode()
            came_back += 'class="vp-errors"' in back
            wrong += [(name, how, to, fault) for fault in faults(back, answers)]
        elif answer.status_code >= 500:
            wrong.append((name, how, to, answer.status_code))
    assert sent >= 380
    assert came_back >= 290  # the positive control: most forms refuse this
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.slow
def test_nonsense_behind_an_address_is_no_fault_of_ours(world):
    asked, wrong = 0, []
    for name, browser, url in pages(world):
        for said in ("9999-12-31~\x00", "9" * 400, "2026-02-30~😀"):
            asked += 1
            answer = browser.get(url, dict.fromkeys(ASKED_IN_AN_ADDRESS, said))
            if answer.status_code >= 500:
                wrong.append((name, said, answer.status_code))
    assert asked > 600
    assert not wrong


def test_every_word_that_an_address_may_ask_is_among_them():
    asked = {
        word
        for path in ROOT.glob("*/**/*.py")
        if path.relative_to(ROOT).parts[0] not in {".venv", "tests", "var"}
        for word in re.findall(r'request\.GET\.get\("(\w+)"', path.read_text())
    }
    assert asked == ASKED_IN_AN_ADDRESS
