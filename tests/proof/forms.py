"""Every form that somebody can open, by the first kind of visitor who can, filled in and sent, and undone."""

import contextlib
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.db import transaction

from tests.architecture.doors import MAY
from tests.architecture.test_urls import EXPECTED, browsers, expected
from tests.proof.test_every_field import at

NOBODY = {"anonymous", "half_signed_in"}
NOT_OURS = {"/inloggen/uit/", "/taal/", "/verbergen/"}


class Filled(HTMLParser):
    """The forms of a page that are sent by POST, each with the questions somebody can answer."""

    def __init__(self, which):
        super().__init__()
        self.found, self.options, self.which = [], None, which

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.found.append((a.get("action", ""), {}) if a.get("method", "").lower() == "post" else ("", {}))
        elif self.found and a.get("name"):
            self.answer(tag, a, self.found[-1][1])
        elif tag == "option" and self.options is not None and a.get("value"):
            self.options.append(a["value"])

    def answer(self, tag, a, answers):
        name, kind = a["name"], a.get("type", "text")
        if tag == "select":
            self.options = answers.setdefault(name, [])
        elif tag == "textarea":
            answers[name] = ["Zoals besproken"]
        elif tag == "input" and kind in ("radio", "checkbox"):
            given = answers.setdefault(name, [])
            if kind == "checkbox" or not given or self.which == "last":
                given[:] = [a.get("value", "on")]
        elif tag == "input" and kind == "hidden":
            answers[name] = [a.get("value", "")]
        elif tag == "input":
            like = {"date": "2026-03-02" if self.which == "first" else "2026-03-20", "number": "1", "time": "10:00"}
            like |= {"datetime-local": "2026-03-02T10:00", "email": "iemand@vinger.example", "tel": "0600000001"}
            answers[name] = [a.get("value") or like.get(kind, "Speltherapie")]

    def handle_endtag(self, tag):
        if tag == "select" and self.options is not None:
            chosen = self.options[:1] if self.which == "first" else self.options[-1:]
            self.options[:] = chosen
            self.options = None


def pages(world, *, only=lambda name: True):
    """Yield the name of each page, a browser that may open it, and its address, while the rows it needs are there."""
    everybody = {"worker": None} | browsers(world, list(MAY))
    for name in filter(only, EXPECTED):
        who = next((one for one in everybody if one not in NOBODY and expected(name, "get", one) == 200), None)
        if who is not None:
            with at(world, name) as url:
                yield name, everybody[who], url


def forms(world, ways, reader=Filled, *, only=lambda name: True):
    """Yield each form once for each way to fill it in: its page, the browser, the way, where to, the answers."""
    seen = set()
    for name, browser, url in pages(world, only=only):
        page = browser.get(url).content.decode(errors="replace")
        for way in ways:
            found = reader(way)
            found.feed(page)
            for action, answers in found.found:
                to = urlsplit(action).path or url
                if "csrfmiddlewaretoken" in answers and to not in NOT_OURS and (to, way) not in seen:
                    seen.add((to, way))
                    yield name, browser, way, to, answers


@contextlib.contextmanager
def undone(browser):
    """Undo what is written meanwhile, also in the browser itself."""
    cookies = browser.cookies.output()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
