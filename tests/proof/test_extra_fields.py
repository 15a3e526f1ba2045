"""Whatever is sent along with a form, only what the form asks is taken (R9).

Every form that somebody can open, by the first kind of visitor who can, is sent twice from the same state: once as it
is filled in, and once with every field of every table about families sent along. What the second writes must be what
the first wrote.
"""

import os
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID
from zlib import crc32

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Family
from proof.results import keep
from tests import factories
from tests.architecture.doors import MAY
from tests.architecture.test_urls import EXPECTED, browsers, expected, world
from tests.proof.fields import family_models
from tests.proof.test_every_field import at

__all__ = ["world"]
LONG = bool(os.environ.get("LONG"))
TOKEN = "qk0000zx"
# What is drawn anew each time: keys, numbers and references, sealed words, tokens.
ANY_KEY = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|gAAAA[\w=-]+"
    r"|(?<=['\"])(?:[A-Z]-)?[0-9A-Z]{4}-?[0-9A-Z]{4}(?=['\"])|(?<=\")[0-9a-f]{8}(?=\")"
)
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"(?!django_session)")
NOBODY = {"anonymous", "half_signed_in"}
NOT_OURS = {"/inloggen/uit/", "/taal/", "/verbergen/"}
ELSEWHERE = UUID("0f0f0f0f-1111-4222-8333-0f0f0f0f0f0f")


class _Forms(HTMLParser):
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


def forms_of(page, which):
    reader = _Forms(which)
    reader.feed(page)
    return [(action, answers) for action, answers in reader.found if "csrfmiddlewaretoken" in answers]


def extra(asked):
    """Return a value for every field of every table about families, but for what this form asks itself."""
    found = {}
    for model in family_models():
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                if name not in asked:
                    found[name] = [_value(field)]
    return found | {"family": [str(ELSEWHERE)], "pk": [str(ELSEWHERE)]}


def _value(field):
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return str(ELSEWHERE)
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2001-01-01"
    return "7" if isinstance(field, models.IntegerField) else TOKEN


def written(browser, url, answers):
    """Send a form and return what it wrote, without the keys that are drawn anew each time. It is undone."""
    cookies = browser.cookies.output()
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(url, answers)
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
    statements = [query["sql"] for query in asked if WRITES.match(query["sql"])]
    known = str(ELSEWHERE), ELSEWHERE.hex
    return answer.status_code, [ANY_KEY.sub(lambda m: m[0] if m[0] in known else "?", one) for one in statements]


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R9")
def test_nothing_is_taken_that_a_form_does_not_ask(world):
    other = Family.objects.create(pk=ELSEWHERE, reference="XX-0000", opened_by=world.shelter, opened_at=factories.NOW)
    assert other.pk == ELSEWHERE
    everybody = {"worker": None} | browsers(world, list(MAY))
    sent = accepted = 0
    wrong, seen = [], set()
    for name in EXPECTED:
        who = next((one for one in everybody if one not in NOBODY and expected(name, "get", one) == 200), None)
        if who is None or not (LONG or crc32(name.encode()) % 12 == 0):
            continue
        browser = everybody[who]
        with at(world, name) as url:
            page = browser.get(url).content.decode(errors="replace")
            for which in ("first", "last"):
                for action, answers in forms_of(page, which):
                    to = urlsplit(action).path or url
                    if to in NOT_OURS or (to, which) in seen:
                        continue
                    seen.add((to, which))
                    before = written(browser, to, answers)
                    after = written(browser, to, answers | extra(answers.keys()))
                    sent += 1
                    accepted += bool(before[0] == 302 and before[1])
                    if before != after:
                        wrong.append((name, to, sorted(set(before[1]) ^ set(after[1]))[:4]))
    if LONG:
        keep(
            "R9",
            holds=not wrong,
            figure=f"{sent} forms sent with {len(extra(()))} further fields each, {accepted} of them accepted and "
            f"written; {len(wrong)} took one",
        )
    assert sent >= (250 if LONG else 10)
    assert accepted >= (200 if LONG else 8)  # the positive control: it is no refusal that wrote nothing
    assert not wrong, "\n".join(map(str, wrong))
