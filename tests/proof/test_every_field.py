"""Every field and every visitor: what is shown is shown by right, what is sent is taken by right, each leaves a row.

One walk over every address, as every kind of visitor, with a token in every field of every row (R2, R44).
"""

import contextlib
import os
import re
from collections import defaultdict

import pytest
from django.db import connection, transaction
from django.urls import reverse

from access.querysets import ScopedQuerySet
from audit.models import AuditEvent
from proof.results import keep
from tests.architecture.doors import MAY
from tests.architecture.test_urls import ARGUMENTS, EXPECTED, VISITORS, browsers, expected, world
from tests.proof import fields

__all__ = ["world"]

# Who reads a part of a file by a right of its own, beside the rows that are hers: what exactly, and why.
BESIDE = {
    # A team lead sees names and clocks (R5 of the policy: VIEW_CLOCKS), and who has it.
    "team lead": {"cases.person.given_name", "cases.person.surname"},
    # Whoever may replace the regisseur sees who it was and why, and who stands in.
    "who has the regie": {"cases.regisseurperiod", "access.assignment.reason"},
    # The regisseur reads who opened the file in an emergency.
    "regie": {"access.breakglass.reason"},
    # Whoever is offered a family reads the offer: the first names, and what the old side wrote for her.
    "offer": {"cases.person.given_name", "handover.handover"},
    # Level 1: the names of the children it is about.
    "alert": {"cases.person.given_name", "cases.person.surname"},
    # The safety plan and the plan are about persons, by their name.
    "safety plan": {"cases.person.given_name", "cases.person.surname"},
    "plan": {"cases.person.given_name", "cases.person.surname"},
    "own records": {"safety_plans", "family_plans.goal", "aftercare.checkin", "handover.departuredecision"},
    "privacy officer": {"access.breakglass.reason"},
    "review": {"access.breakglass.reason"},
}
LONG = bool(os.environ.get("LONG"))
# Every visitor with LONG=1, as `make proof` does; here one of each kind.
_ONE_OF_EACH = {"worker", "team_lead", "reader_limited_1", "reader_limited_3", "reader_full", "signaller_full"}
_ONE_OF_EACH |= {"former_side", "coordinator_here"}
WALKERS = [
    name
    for name in dict.fromkeys([*VISITORS, *MAY])
    if name not in {"anonymous", "half_signed_in", "leaver"} and (LONG or name in _ONE_OF_EACH)
]


@contextlib.contextmanager
def at(world, name):
    """The address of one name, with the rows it needs, which are gone afterwards: some can be there only once."""
    with transaction.atomic():
        yield reverse(name, args=ARGUMENTS.get(name, lambda world: [])(world))
        transaction.set_rollback(True)


def visible_rows(user, planted):
    """Return the numbers of the tokens in rows that this user may see: by the queryset of each model."""
    per_model = defaultdict(list)
    for number, (model, pk, _field) in planted.items():
        per_model[model].append((number, pk))
    seen = set()
    for model, numbers in per_model.items():
        if not isinstance(model.objects.all(), ScopedQuerySet):
            continue
        rows = set(
            model.objects.visible_to(user).filter(pk__in={pk for _n, pk in numbers}).values_list("pk", flat=True)
        )
        seen |= {number for number, pk in numbers if pk in rows}
    return seen


def may_beside(doors, planted, number):
    model, _pk, field = planted[number]
    names = {model._meta.app_label, model._meta.label_lower, f"{model._meta.label_lower}.{field}"}
    return any(names & declared for door, declared in BESIDE.items() if door in doors)


def doors_of(visitor):
    eight = {"worker": {"file", "regie"}, "team_lead": {"team lead", "who has the regie"}, "other_worker": {"offer"}}
    return eight.get(visitor, set()) | (MAY.get(visitor) or set())


def visited(browser, user, url):
    """Return the tokens on a page, and whether the visit left a row in the log. The visit itself is undone."""
    cookies = browser.cookies.output()
    with transaction.atomic():
        before = set(AuditEvent.objects.filter(actor_id=user.pk).values_list("pk", flat=True))
        answer = browser.get(url)
        is_logged = AuditEvent.objects.filter(actor_id=user.pk).exclude(pk__in=before).exists()
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
    return fields.in_page(answer.content), is_logged


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R2", "R44")
def test_every_field_is_shown_by_right_and_every_showing_is_on_record(world):
    planted = fields.plant(world.family)
    wrong, unlogged, shown, visits = defaultdict(set), set(), set(), 0
    everybody = browsers(world, [name for name in WALKERS if name not in VISITORS])
    rows = {visitor: visible_rows(getattr(world, visitor), planted) for visitor in WALKERS}
    for name in EXPECTED:
        with at(world, name) as url:
            for visitor in WALKERS:
                if expected(name, "get", visitor) != 200:
                    continue
                found, is_logged = visited(everybody[visitor], getattr(world, visitor), url)
                visits += 1
                shown |= found
                if found and not is_logged:
                    unlogged.add((name, visitor))
                for number in found - rows[visitor]:
                    if not may_beside(doors_of(visitor), planted, number):
                        model, _pk, field = planted[number]
                        wrong[f"{model._meta.label_lower}.{field}"].add((name, visitor))
    pairs = len(planted) * len(WALKERS)
    if LONG:
        keep(
            "R2",
            holds=not wrong,
            figure=f"{pairs} pairs of a field and a visitor on {visits} pages; {len(wrong)} wrong",
        )
        keep(
            "R44",
            holds=not unlogged,
            figure=f"{visits} pages read, {len(unlogged)} disclosures without a row in the log",
        )

    assert len(planted) >= 60
    assert len(shown) >= 30  # the positive control: who may see them does
    assert not wrong, "\n".join(f"{name}: {sorted(where)}" for name, where in wrong.items())
    assert not unlogged, "\n".join(sorted({name for name, _visitor in unlogged}))


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R2")
def test_nothing_that_is_sent_to_a_shut_door_is_taken(world):
    """Each field of each form, sent by those for whom the form is not."""
    sent = "qkzzzzzx-ingezonden"
    posts, taken = 0, set()
    refused = ["colleague", "other_worker", "former_worker", "team_lead", "reader_full", "in_emergency", "coordinator"]
    everybody = browsers(world, [name for name in refused if name not in VISITORS])
    for name in EXPECTED:
        if expected(name, "get", "worker") != 200 or expected(name, "post", "worker") == 405:
            continue
        with at(world, name) as url:
            page = everybody["worker"].get(url).content.decode()
            asked = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page)) - {"csrfmiddlewaretoken"}
            for visitor in refused:
                if expected(name, "post", visitor) in (403, 404):
                    answer = everybody[visitor].post(url, dict.fromkeys(asked, sent))
                    if answer.status_code not in (403, 404):
                        taken.add((name, visitor, answer.status_code))
                    posts += len(asked)
            assert tables_with(sent) == [], name
    assert posts >= 300
    assert taken == set()


def tables_with(word):
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
