"""Many who accept at once, and a database that dies under it: never without a regisseur, and never with two (R52)."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from cases.models import RegisseurPeriod
from core.errors import WrongState
from handover import operations
from handover.models import Handover, Status
from ops.children import say
from proof.results import keep
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered
from tests.long import LONG, long_or_short

AT_ONCE = 10
RACES = long_or_short(1000, 12)
# R52 asks fifty of the proof itself.
KILLS = long_or_short(50 if os.environ.get("PROOF") else 25, 1)


def answer(handover, user, ready):
    """Accept as one of many; say what came of it."""
    try:
        ready.wait(30)
        operations.accept(handover, by=user, at=NOW)
        return "accepted"
    except WrongState:
        return "was accepted already"
    finally:
        connection.close()


@pytest.mark.row("R52")
@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_of_ten_who_accept_at_once_exactly_one_does_and_nine_hear_it(world):
    workers = {
        world.shelter.pk: [world.worker, *(factories.user(at=world.shelter) for _ in range(AT_ONCE - 1))],
        world.team.pk: [world.receiver, *(factories.user(at=world.team) for _ in range(AT_ONCE - 1))],
    }
    wrong, by, to = [], world.worker, world.team
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for race in range(RACES):
            made = operations.offer(world.family, to=to, what=offered(), by=by, at=NOW)
            # Two to ten at a time.
            running = workers[to.pk][: 2 + race % (AT_ONCE - 1)]
            ready = Barrier(len(running))
            outcomes = sorted(pool.map(lambda user, it=made, gun=ready: answer(it, user, gun), running))
            current = RegisseurPeriod.objects.filter(family=world.family, ends_at=None).select_related("user")
            expected = ["accepted", *["was accepted already"] * (len(running) - 1)]
            if outcomes != expected or len(current) != 1 or current[0].organisation_id != to.pk:
                wrong.append((race, outcomes, len(current)))
            by, to = current[0].user, world.shelter if to == world.team else world.team

    assert wrong == []
    assert Handover.objects.filter(status=Status.ACCEPTED).count() == RACES
    assert RegisseurPeriod.objects.filter(family=world.family).count() == RACES + 1
    say(f"{RACES} races of 2 to {AT_ONCE}: 0 wrong")


@pytest.mark.slow
@pytest.mark.proof
def test_a_database_that_dies_under_handovers_leaves_every_family_with_one_regisseur():
    """The short form kills once; the long one twenty-five times, and the proof fifty, over sixty families."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.handover.crashes", str(KILLS), str(long_or_short(60, 6))],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        capture_output=True,
        text=True,
        timeout=timedelta(minutes=60 if LONG else 5).total_seconds(),
        check=False,
    )
    say(ended.stdout)
    keep("R52", holds=ended.returncode == 0, figure=next(iter(ended.stdout.splitlines()), "it did not end"))
    assert ended.returncode == 0, ended.stdout + ended.stderr[-4000:]
