"""Every address is in this table, with what each kind of visitor gets. A new address fails here first.

The grid below is computed from the URLconf: every name x method x visitor. What is absent from `EXPECTED` fails the
build; so does a method that answers otherwise than declared.
"""

from uuid import UUID

import pytest
from django.urls import get_resolver, reverse

from tests import factories
from tests.architecture import (
    urls_aftercare,
    urls_cases,
    urls_family_plans,
    urls_file,
    urls_handover,
    urls_reminders,
    urls_safety_plans,
    urls_signals,
)

# `build` of a later one may need what an earlier one made.
ROOMS = [
    urls_cases,
    urls_file,
    urls_handover,
    urls_aftercare,
    urls_reminders,
    urls_family_plans,
    urls_safety_plans,
    urls_signals,
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
    "municipalities:families": {
        "get": [302, 302, 404, 404, 404, 404, 404, 404],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "municipalities:stagnations": {
        "get": [302, 302, 404, 404, 404, 404, 404, 404],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    # For the coordinator of the responsible municipality: nobody of this row.
    "municipalities:answer": {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]},
    "accounts:drafts": OWN_PAGE,
    "accounts:discard_draft": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
    },
}
ARGUMENTS = {
    "overview:family": lambda world: [world.family.pk],
    "overview:close_follow_up": lambda world: [world.follow_up.pk],
    "municipalities:answer": lambda world: [world.stagnation.pk],
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
    ours = {name for name in names(get_resolver()) if not name.startswith(("account_", "mfa_", "usersessions_"))}
    assert ours == set(EXPECTED)


@pytest.fixture
def world(cast):
    from accounts import drafts

    cast.follow_up = factories.follow_up(cast.family)
    cast.draft = drafts.keep(cast.worker, "cases:open_family", {"given_name": ["Marloes"]}, at=factories.NOW)
    cast.half_signed_in = cast.worker
    for room in ROOMS:
        # A room whose addresses need nothing of their own has nothing to build.
        getattr(room, "build", lambda world: None)(cast)
    return cast


@pytest.mark.row("R1")
@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [*EXPECTED, *ALLAUTH])
def test_what_each_visitor_gets(client, sign_in, world, name, method, visitor):
    expected = (EXPECTED | ALLAUTH)[name][method]
    if isinstance(expected, list):
        expected = expected[VISITORS.index(visitor)]
    if visitor == "half_signed_in":
        client.force_login(world.half_signed_in, backend="accounts.backends.Password")
    elif visitor != "anonymous":
        sign_in(getattr(world, visitor))

    url = reverse(name, args=ARGUMENTS.get(name, lambda world: [])(world))

    assert getattr(client, method)(url).status_code == expected


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
