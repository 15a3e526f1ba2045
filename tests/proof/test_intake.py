"""What comes in reaches whoever is regisseur by then (R14), and says of nobody that she is known (R7)."""

import random
import time

import pytest
from django.db import transaction
from django.urls import reverse

from proof.results import keep
from signals.models import Signal
from signals.routing import route_waiting
from tests.factories import NOW
from tests.long import LONG, long_or_short
from tests.proof.test_oracles import auc
from tests.signals.conftest import typed, world
from tests.signals.test_delivery import along_a_chain, duty, normalised

__all__ = ["duty", "world"]
REPORT = reverse("signals:report")
WARM = 10


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R14")
def test_random_chains_of_handovers_lose_nothing_and_give_one_receipt(client, sign_in, world, duty):
    """Every length from none to six as often; each chain in a world of its own, undone afterwards."""
    chains = long_or_short(350, 7)
    sent = arrived = 0
    receipts = set()
    for seed in range(14, 14 + chains):
        with transaction.atomic():
            wanted, there, seen = along_a_chain(client, sign_in, world, duty, seed)
            transaction.set_rollback(True)
        world.worker.refresh_from_db()
        sent, arrived, receipts = sent + len(wanted), arrived + len(wanted & there), receipts | seen
        assert wanted == there, seed
    if LONG:
        keep(
            "R14",
            holds=sent == arrived and len(receipts) == 1,
            figure=f"{chains} random chains of 0 to 6 handovers, a signal of each past party and the school: {arrived} "
            f"of {sent} delivered, {len(receipts)} variant of the receipt",
        )
    assert sent == arrived
    assert len(receipts) == 1


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R7")
def test_neither_time_nor_bytes_tell_a_known_child_from_an_unknown_one(client, sign_in, world, duty):
    """Paired probes in a random order: what a reporter sends and the receipt she reads, before and after routing."""
    sign_in(world.teacher)
    pairs = long_or_short(1_000, 10)
    names = {True: "Daan de Wit", False: "Niem ant Bek"}  # as long, so that only knowing them could differ
    timed = {what: {True: [], False: []} for what in ("sent", "sent, processor", "read", "read, processor")}
    pages, addresses = {True: set(), False: set()}, {True: [], False: []}
    draw = random.Random(11)  # noqa: S311 - the same probes each time

    def ask(what, is_known, call, number):
        wall, processor = time.perf_counter(), time.process_time()
        answer = call()
        if number >= 0:  # the first ones fill what is kept: templates, plans, connections
            timed[f"{what}, processor"][is_known].append(time.process_time() - processor)
            timed[what][is_known].append(time.perf_counter() - wall)
            kept_back = {"Location", "Content-Security-Policy"}
            headers = {name: value for name, value in answer.headers.items() if name not in kept_back}
            pages[is_known].add((what, answer.status_code, str(headers), normalised(answer)))
        return answer

    for number in range(-WARM, pairs):
        for is_known in draw.sample((True, False), 2):
            data = typed(world, child_name=names[is_known])
            answer = ask("sent", is_known, lambda data=data: client.post(REPORT, data), number)
            addresses[is_known].append(answer.headers["Location"])
    route_waiting(now=NOW)
    for number, both in enumerate(zip(addresses[True], addresses[False], strict=True), -WARM):
        for is_known in draw.sample((True, False), 2):
            ask("read", is_known, lambda url=both[0 if is_known else 1]: client.get(url), number)

    assert Signal.objects.filter(family=world.family).count() == pairs + WARM
    areas = {what: auc(both[True], both[False]) for what, both in timed.items()}
    different, worst = len(pages[True] ^ pages[False]), max(areas.values())
    if LONG:
        keep(
            "R7",
            holds=not different and worst <= 0.55,
            figure=f"{2 * pairs} signals in pairs and as many receipts: {different} answers differ; all about a known "
            f"child were routed; AUC {', '.join(f'{what} {area:.3f}' for what, area in areas.items())}",
        )
        assert worst <= 0.55, areas
    # Ten pairs judge no time: the short form holds to the bytes.
    assert different == 0
