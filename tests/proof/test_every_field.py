"""Every field and every visitor: shown or offered by right, taken by right when it is sent, and each leaves a row.

One walk over every address, as every kind of visitor, with a token in every field of every row, and beside it the file
of a colleague with a twin of most rows (R2, R8, R44).
"""

import contextlib
import os
import re
from collections import defaultdict
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.urls import reverse

from access.querysets import ScopedQuerySet
from audit.models import AuditEvent
from proof.results import keep
from tests.architecture.doors import MAY
from tests.architecture.test_urls import ARGUMENTS, EXPECTED, VISITORS, browsers, expected, world
from tests.proof import fields
from tests.proof.choices import A_KEY, Offered, rows_offered
from tests.proof.twins import twin_of

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


def may_be_offered(world, visitor, model, pk):
    """Say whether somebody may choose this row: hers to see, or known behind a door of hers by a right of its own."""
    user, label = getattr(world, visitor), model._meta.label_lower
    if isinstance(model.objects.all(), ScopedQuerySet) and model.objects.visible_to(user).filter(pk=pk).exists():
        return True
    beside = {what for door in doors_of(visitor) for what in BESIDE.get(door, ())}
    return pk not in world.of_twin and any(what.startswith(label) for what in beside)


def doors_of(visitor):
    eight = {"worker": {"file", "regie"}, "team_lead": {"team lead", "who has the regie"}, "other_worker": {"offer"}}
    return eight.get(visitor, set()) | (MAY.get(visitor) or set())


def visited(browser, user, url):
    """Return a page, and whether the visit left a row in the log. The visit itself is undone."""
    cookies = browser.cookies.output()
    with transaction.atomic():
        before = set(AuditEvent.objects.filter(actor_id=user.pk).values_list("pk", flat=True))
        answer = browser.get(url)
        is_logged = AuditEvent.objects.filter(actor_id=user.pk).exclude(pk__in=before).exists()
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
    return answer.content, is_logged


class Walk:
    """What was found wrong on the pages, and how much there was to find."""

    def __init__(self, world):
        world.of_twin = twin_of(world)
        self.world, self.planted = world, fields.plant(world.family)
        self.rows = {visitor: visible_rows(getattr(world, visitor), self.planted) for visitor in WALKERS}
        self.visits = self.offered = 0
        self.shown, self.wrong, self.stray, self.unlogged = set(), set(), set(), set()

    def judge(self, name, visitor, page, *, is_logged):
        self.visits += 1
        found = fields.in_page(page)
        self.shown |= found
        if found and not is_logged:
            self.unlogged.add((name, visitor))
        for number in found - self.rows[visitor]:
            if not may_beside(doors_of(visitor), self.planted, number):
                model, _pk, field = self.planted[number]
                self.wrong.add((f"{model._meta.label_lower}.{field}", name, visitor))
        self.judge_choices(name, visitor, page.decode(errors="replace"))

    def judge_choices(self, name, visitor, page):
        for field, pk, model in keys_on(page):
            self.offered += 1
            if not may_be_offered(self.world, visitor, model, pk):
                self.stray.add((f"{model._meta.label_lower} as {field}", name, visitor))
        if visitor != "colleague":
            of_others = {UUID(key) for key in A_KEY.findall(page)} & set(self.world.of_twin)
            self.stray |= {
                (f"somewhere {self.world.of_twin[key]._meta.label_lower}", name, visitor) for key in of_others
            }


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R2", "R8", "R44")
def test_every_field_is_shown_by_right_and_every_showing_is_on_record(world):
    """And a form offers what whoever fills it in may see; no key of a colleague's family stands on a page at all."""
    walk = Walk(world)
    everybody = browsers(world, [name for name in WALKERS if name not in VISITORS])
    for name in EXPECTED:
        with at(world, name) as url:
            for visitor in WALKERS:
                if expected(name, "get", visitor) == 200:
                    page, is_logged = visited(everybody[visitor], getattr(world, visitor), url)
                    walk.judge(name, visitor, page, is_logged=is_logged)
    if LONG:
        keep_figures(walk)

    assert len(walk.planted) >= 60
    assert len(walk.shown) >= 30  # the positive control: who may see them does
    assert len(world.of_twin) >= 40
    assert walk.offered >= 100
    assert not walk.wrong, "\n".join(map(str, sorted(walk.wrong)))
    assert not walk.stray, "\n".join(map(str, sorted(walk.stray)))
    assert not walk.unlogged, "\n".join(sorted({name for name, _visitor in walk.unlogged}))


def keep_figures(walk):
    pairs = len(walk.planted) * len(WALKERS)
    said = f"{pairs} pairs of a field and a visitor on {walk.visits} pages; {len(walk.wrong)} wrong"
    keep("R2", holds=not walk.wrong, figure=said)
    said = f"{walk.offered} rows offered on {walk.visits} pages, {len(walk.stray)} strays"
    keep("R8", holds=not walk.stray, figure=said)
    said = f"{walk.visits} pages read, {len(walk.unlogged)} disclosures without a row in the log"
    keep("R44", holds=not walk.unlogged, figure=said)


def keys_on(page):
    """Yield what each field of a page offers of a family: the name of the field, the key, and what it is the key of."""
    for field, keys in Offered(page).keys.items():
        for pk, model in rows_offered(keys).items():
            yield field, pk, model


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
