"""Whatever is sent along with a form, only what the form asks is taken (R9).

Every form that somebody can open, by the first kind of visitor who can, is sent twice from the same state: once as it
is filled in, and once with every field of every table about families sent along. What the second writes must be what
the first wrote.
"""

import os
import re
from uuid import UUID
from zlib import crc32

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from cases.models import Family
from proof.results import keep
from tests import factories
from tests.architecture.test_urls import world
from tests.proof.fields import family_models
from tests.proof.forms import forms, undone

__all__ = ["world"]
LONG = bool(os.environ.get("LONG"))
TOKEN = "qk0000zx"
# What is drawn anew each time: keys, numbers and references, sealed words, tokens.
ANY_KEY = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|gAAAA[\w=-]+"
    r"|(?<=['\"])(?:[A-Z]-)?[0-9A-Z]{4}-?[0-9A-Z]{4}(?=['\"])|(?<=\")[0-9a-f]{8}(?=\")"
)
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"(?!django_session)")
ELSEWHERE = UUID("0f0f0f0f-1111-4222-8333-0f0f0f0f0f0f")


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
    with undone(browser), CaptureQueriesContext(connection) as asked:
        answer = browser.post(url, answers)
    statements = [query["sql"] for query in asked if WRITES.match(query["sql"])]
    known = str(ELSEWHERE), ELSEWHERE.hex
    return answer.status_code, [ANY_KEY.sub(lambda m: m[0] if m[0] in known else "?", one) for one in statements]


def _now(name):
    return LONG or crc32(name.encode()) % 12 == 0


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R9")
def test_nothing_is_taken_that_a_form_does_not_ask(world):
    other = Family.objects.create(pk=ELSEWHERE, reference="XX-0000", opened_by=world.shelter, opened_at=factories.NOW)
    assert other.pk == ELSEWHERE
    sent = accepted = 0
    wrong = []
    for name, browser, _way, to, answers in forms(world, ("first", "last"), only=_now):
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
