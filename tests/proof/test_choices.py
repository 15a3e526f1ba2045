"""What a form says of a key that it did not offer (R8). What it offers is walked in test_every_field."""

import re
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import User
from tests import factories
from tests.architecture.test_urls import EXPECTED, browsers, expected, world
from tests.proof.choices import Offered, rows_offered
from tests.proof.test_every_field import at
from tests.proof.twins import twin_of

__all__ = ["world"]


@pytest.fixture
def strange(world):
    """The world, and of each kind of row the key of one that is not for its worker: a stranger's, or a colleague's."""
    models = twin_of(world)
    world.strange = {model: key for key, model in models.items()}
    world.strange[User] = factories.user(at=factories.organisation()).pk
    return world


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R8")
def test_a_key_of_another_family_is_told_off_like_a_key_of_nothing(strange):
    browser = browsers(strange, [])["worker"]
    asked, told_apart = 0, set()
    for name in EXPECTED:
        if expected(name, "get", "worker") != 200 or expected(name, "post", "worker") != 200:
            continue
        with at(strange, name) as url:
            for field, keys in Offered(browser.get(url).content.decode(errors="replace")).keys.items():
                kinds = {*rows_offered(keys).values(), *([User] if User.objects.filter(pk__in=keys).exists() else [])}
                for foreign in {strange.strange[kind] for kind in kinds if kind in strange.strange}:
                    asked += 1
                    if answered(browser, url, field, foreign) != answered(browser, url, field, uuid4()):
                        told_apart.add((name, field))
    assert asked >= 40
    assert told_apart == set()


def answered(browser, url, field, key):
    """Return what a form says of a key: the answer without what differs from one visit to the next."""
    with transaction.atomic():
        answer = browser.post(url, {field: str(key)})
        transaction.set_rollback(True)
    page = answer.content.decode(errors="replace").replace(str(key), "")
    page = re.sub(r'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"', "", page)
    return answer.status_code, re.sub(r'nonce="[^"]*"', "", page)
