"""Every address is in this table, with what each kind of visitor gets. A new address fails here first.

The grid below is computed from the URLconf: every name x method x visitor. What is absent from `EXPECTED` fails the
build; so does a method that answers otherwise than declared.
"""

import io
import logging
import os
import sys
import time
from datetime import timedelta
from itertools import groupby
from uuid import UUID
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from core.logs import WithoutContents
from tests import factories
from tests.architecture import (
    urls_administration,
    urls_aftercare,
    urls_cases,
    urls_family_plans,
    urls_figures,
    urls_file,
    urls_handover,
    urls_municipalities,
    urls_oversight,
    urls_reminders,
    urls_safety_plans,
    urls_signals,
)
from tests.architecture.doors import DOORS, MAY
from tests.architecture.doors import build as build_visitors
from tests.architecture.opened import OPENED, SEEN_AND_SHUT, SHUT
from tests.proof import canaries

# `build` of a later one may need what an earlier one made.
ROOMS = [
    urls_administration,
    urls_cases,
    urls_file,
    urls_handover,
    urls_aftercare,
    urls_reminders,
    urls_family_plans,
    urls_safety_plans,
    urls_signals,
    urls_municipalities,
    urls_oversight,
    urls_figures,
]
VISITORS = [
    "anonymous",
    "half_signed_in",
    "other_worker",
    "colleague",
    "team_lead",
    "barred_worker",
    "former_worker",
    "worker",
]
METHODS = ["get", "post"]

SIGN_IN = 302
NOT_HERE = [404] * 8
# name -> method -> status per visitor, in the order of VISITORS. One number: the same for all.
OPEN = {"get": 200, "post": 405}
# Half signed in means: first the other half, also here. A monitor does not sign in.
FOR_A_MONITOR = {"get": [200, 302, 200, 200, 200, 200, 200, 200], "post": [405, 302, 405, 405, 405, 405, 405, 405]}
OWN_PAGE = {"get": [302, 302, 200, 200, 200, 200, 200, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
ABOUT_A_FAMILY = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
ACT_ON_A_FAMILY = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
EXPECTED = {
    "healthy": OPEN,
    "help": OPEN,
    "accessibility": OPEN,
    "hide": {"get": 200, "post": 200},
    "set_language": {"get": 302, "post": 302},
    # A team lead has no list of work: she is taken to the first place she has.
    "overview:today": OWN_PAGE | {"get": [302, 302, 200, 200, 302, 200, 200, 200]},
    "overview:families": OWN_PAGE,
    "overview:team": OWN_PAGE | {"get": [302, 302, 404, 404, 200, 404, 404, 404]},
    "overview:operation": OWN_PAGE | {"get": [302, 302, 404, 404, 404, 404, 404, 404]},
    "overview:healthy_sweep": FOR_A_MONITOR,
    "overview:healthy_dispatch": FOR_A_MONITOR,
    "overview:healthy_mail": FOR_A_MONITOR,
    "overview:bag_card": OWN_PAGE,
    "overview:family": ABOUT_A_FAMILY,
    "overview:close_follow_up": ACT_ON_A_FAMILY,
    "cases:open_family": {
        "get": [302, 302, 200, 200, 404, 200, 200, 200],
        "post": [302, 302, 200, 200, 404, 200, 200, 200],  # empty: the form again, with what is missing
    },
    "cases:find_family": {
        "get": [302, 302, 200, 200, 404, 200, 200, 200],
        "post": [302, 302, 200, 200, 404, 200, 200, 200],  # empty: the form again, with what is missing
    },
    "accounts:drafts": OWN_PAGE,
    "accounts:discard_draft": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
    },
}
ARGUMENTS = {
    "openid_connect_login": lambda world: ["organisatie"],
    "openid_connect_callback": lambda world: ["organisatie"],
    "overview:family": lambda world: [world.family.pk],
    "overview:close_follow_up": lambda world: [world.follow_up.pk],
    "accounts:discard_draft": lambda world: [world.draft.pk],
}
for room in ROOMS:
    EXPECTED |= room.EXPECTED
    ARGUMENTS |= room.ARGUMENTS
CLOSED = {"get": [404, 302, 404, 404, 404, 404, 404, 404], "post": [404, 302, 404, 404, 404, 404, 404, 404]}
# allauth's own pages: what they do is the library's to test; that they are all there is ours.
ALLAUTH = {
    "account_login": {
        "get": [200, 302, 302, 302, 302, 302, 302, 302],
        "post": [200, 302, 302, 302, 302, 302, 302, 302],
    },
    "account_logout": {"get": [302, 200, 200, 200, 200, 200, 200, 200], "post": 302},
    "account_signup": CLOSED,
    # Off: there is no provider. Nobody begins there by following a link.
    "openid_connect_login": {"get": [405, 302, 405, 405, 405, 405, 405, 405], "post": CLOSED["post"]},
    "openid_connect_callback": CLOSED,
    "account_email": CLOSED,
    "account_reset_password": {"get": 302, "post": 302},
}


def names(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from names(entry, f"{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}"


def test_every_address_is_in_the_table():
    ours = {
        name
        for name in names(get_resolver())
        if not name.startswith(("account_", "mfa_", "usersessions_", "openid_connect_"))
    }
    assert ours == set(EXPECTED)


@pytest.fixture
def world(cast, monkeypatch):
    # Who gets a paper is asked here, and what stands on it; that it can be pressed is asked elsewhere.
    monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: b"%PDF-" + html.encode())
    from accounts import drafts

    cast.follow_up = factories.follow_up(cast.family)
    cast.draft = drafts.keep(cast.worker, "cases:open_family", {"given_name": ["Marloes"]}, at=factories.NOW)
    cast.half_signed_in = cast.worker
    for room in ROOMS:
        # A room whose addresses need nothing of their own has nothing to build.
        getattr(room, "build", lambda world: None)(cast)
    build_visitors(cast)
    canaries.plant(cast)
    return cast


def doors():
    """Return the door of each address: of the common table, and of the rooms' own files."""
    found = {}
    for table in [DOORS, *(getattr(room, "DOORS", {}) for room in ROOMS)]:
        found |= {name: door for door, names in table.items() for name in names}
    return found


DOOR_OF = doors()


def only_at_work(name):
    """Say whether of the first eight only the worker comes in: then it stands behind the strictest door, unasked."""
    rows = [row for row in EXPECTED[name].values() if isinstance(row, list) and 405 not in row]
    return bool(rows) and all(set(row[2:7]) == {404} and row[7] != 404 for row in rows)


def the_same_for_all(name):
    return all(not isinstance(row, list) or len(set(row[2:])) == 1 for row in EXPECTED[name].values())


DOOR_OF |= {name: "work" for name in EXPECTED if name not in DOOR_OF and only_at_work(name)}
DOOR_OF |= {name: "own page" for name in EXPECTED if name not in DOOR_OF and the_same_for_all(name)}


def test_every_address_stands_behind_a_door():
    missing = set(EXPECTED) - set(DOOR_OF)
    assert not missing, "say in DOORS, in tests/architecture/doors.py or in your room's file, who comes in here"
    assert not set(DOOR_OF) - set(EXPECTED)


def further_visitors(name):
    """Return who walks this address beside the first eight: a third of them, another for each; all with LONG=1."""
    everybody = list(MAY)
    return everybody if os.environ.get("LONG") else everybody[crc32(name.encode()) % 3 :: 3]


def expected(name, method, visitor):
    """Return what the table says for one cell."""
    declared = (EXPECTED | ALLAUTH)[name][method]
    if not isinstance(declared, list):
        return declared
    if visitor in VISITORS:
        return declared[VISITORS.index(visitor)]
    if MAY[visitor] is None:
        return declared[VISITORS.index("anonymous")]
    signed_in = declared[VISITORS.index("other_worker") :]
    if 405 in signed_in:
        return 405
    if name in ALLAUTH:
        return signed_in[-1]
    if DOOR_OF[name] not in MAY[visitor]:
        return 403 if visitor in SEEN_AND_SHUT.get((name, method), ()) else SHUT.get((name, method), 404)
    return OPENED.get((name, method)) or next(status for status in [signed_in[-1], *signed_in] if status != 404)


def browsers(world, further):
    """Return a browser per visitor, signed in once for all the cells of an address."""
    now = int(time.time())
    found, sessions = {"anonymous": Client()}, []
    for visitor in [*VISITORS[1:], *further]:
        user, store = getattr(world, visitor), SessionStore()
        kept = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "accounts.backends.Password"}
        kept |= {HASH_SESSION_KEY: user.get_session_auth_hash(), "began_at": now, "seen_at": now, "idle_minutes": 30}
        if visitor != "half_signed_in":
            kept["account_authentication_methods"] = [{"method": "mfa", "at": now}]
            kept["account_authentication_methods_user"] = str(user.pk)
        key, expires = store._get_new_session_key(), timezone.now() + timedelta(hours=9)
        sessions.append(Session(session_key=key, session_data=store.encode(kept), expire_date=expires))
        found[visitor] = Client()
        found[visitor].cookies[settings.SESSION_COOKIE_NAME] = key
    Session.objects.bulk_create(sessions)
    return found


# Doors of the first eight, for what may be on their pages. The other worker was offered the family.
_DOORS_OF_THE_EIGHT = {"worker": {"file"}, "team_lead": {"team lead"}, "other_worker": {"who has the regie"}}


# Where somebody chooses from all organisations there are, which says of none that it knows a family.
_CHOOSES_FROM_ALL = {"municipalities:record_agreement": {canaries.SHELTER}}
# A coordinator looks at the shelters of the own region by name, whatever families they have.
_CHOOSES_FROM_ALL |= {
    f"municipalities:{name}": {canaries.SHELTER} for name in ("quality", "check_quality", "record_introduction")
}
# The desk that helps somebody to sign in calls the organisation back on the number that is known.
_CHOOSES_FROM_ALL |= {"administration:desk_help": {canaries.SHELTER, canaries.PHONE}}


def may_show(world, visitor, name, *, paper=False):
    """Return the tokens that may stand on this page of this visitor, or on the paper that is behind it."""
    user = getattr(world, visitor, None)
    open_doors = _DOORS_OF_THE_EIGHT.get(visitor, set()) | (MAY.get(visitor) or set())
    at_the_shelter = user is not None and world.shelter.pk in user.standing
    if paper:
        return canaries.allowed_on_paper(open_doors, at_the_shelter=at_the_shelter)
    return canaries.allowed(open_doors, at_the_shelter=at_the_shelter) | _CHOOSES_FROM_ALL.get(name, set())


@pytest.fixture
def lines(settings):
    """What goes into the log meanwhile, as the running program writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutContents())
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in settings.LOGGING["loggers"])]
    before = [(one, one.level) for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(settings.LOGGING["loggers"].get(one.name, settings.LOGGING["root"])["level"])
    yield written
    for one, level in before:
        one.removeHandler(handler)
        one.setLevel(level)


def room_of(name):
    return name.partition(":")[0] if ":" in name else "pages"


def groups():
    """Return the addresses by room, a dozen at a time: building the world costs more than walking an address."""
    for room, there in groupby(sorted([*EXPECTED, *ALLAUTH]), key=room_of):
        names_of_room = list(there)
        for start in range(0, len(names_of_room), 12):
            yield pytest.param(names_of_room[start : start + 12], id=f"{room}-{start}")


def walk(world, name, monkeypatch):
    """Yield each cell of one address, and the answer it got. Each visit is undone after it."""
    url = reverse(name, args=ARGUMENTS.get(name, lambda world: [])(world))
    for visitor, browser in browsers(world, further_visitors(name)).items():
        cookies = browser.cookies.output()
        for method in METHODS:
            browser.cookies.load(cookies)
            with transaction.atomic(), monkeypatch.context() as patched:
                if visitor in MAY and DOOR_OF.get(name) == "street":
                    # The same page for everybody was drawn eight times already; here only who gets it is asked.
                    patched.setattr("django.template.backends.django.Template.render", lambda *args, **named: "")
                answer = getattr(browser, method)(url)
                transaction.set_rollback(True)
            yield method, visitor, answer


@pytest.mark.proof
@pytest.mark.row("R1", "R3", "R4", "I11", "I12")
@pytest.mark.parametrize("addresses", list(groups()))
def test_what_each_visitor_gets(world, addresses, monkeypatch, lines):
    wrong, leaked = {}, {}
    for name in addresses:
        # What one address counts and keeps is gone before the next.
        cache.clear()
        with transaction.atomic():
            for method, visitor, answer in walk(world, name, monkeypatch):
                if answer.status_code != expected(name, method, visitor):
                    wrong[f"{method} {name} {visitor}"] = (answer.status_code, expected(name, method, visitor))
                paper = answer.headers.get("Content-Type") == "application/pdf"
                if more := canaries.found_in(answer.content) - may_show(world, visitor, name, paper=paper):
                    leaked[f"{method} {name} {visitor}"] = more
            transaction.set_rollback(True)
        logged = canaries.found_in(lines.getvalue().encode())
        assert not logged, name

    assert wrong == {}
    assert leaked == {}


def test_there_are_enough_cells():
    cells = [
        (name, method, visitor)
        for name in EXPECTED
        for method in METHODS
        for visitor in [*VISITORS, *further_visitors(name)]
    ]
    assert len(set(cells)) >= 5_000


@pytest.mark.row("R5")
@pytest.mark.parametrize("name", ["overview:family", "overview:close_follow_up"])
def test_forbidden_and_absent_are_the_same_page(client, sign_in, world, name):
    sign_in(world.other_worker)
    method = "post" if name == "overview:close_follow_up" else "get"
    forbidden = getattr(client, method)(reverse(name, args=ARGUMENTS[name](world)))
    absent = getattr(client, method)(reverse(name, args=[UUID(int=1)]))

    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content == absent.content
    assert forbidden.headers == absent.headers


@pytest.mark.proof
@pytest.mark.row("K1")
def test_no_address_of_anything_leads_a_coordinator_or_who_leads_the_project_to_a_name(world, monkeypatch):
    """Every address that takes an argument, with the argument of a family of their own municipality (K1, B32)."""
    kinds = ("coordinator_here", "project_leader_here")
    # In the short form the grid asks a third of its visitors per address; these two go everywhere.
    monkeypatch.setattr(sys.modules[__name__], "further_visitors", lambda _name: kinds)
    monkeypatch.setattr(sys.modules[__name__], "VISITORS", ["anonymous"])
    asked, leaked = 0, {}
    for name in sorted(ARGUMENTS):
        cache.clear()
        with transaction.atomic():
            for method, visitor, answer in walk(world, name, monkeypatch):
                if visitor not in kinds or DOOR_OF.get(name) == "street":
                    continue
                asked += 1
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if found := canaries.found_in(body) - may_show(world, visitor, name):
                    leaked[name, method, visitor] = found
            transaction.set_rollback(True)
    assert leaked == {}
    assert asked > 400
