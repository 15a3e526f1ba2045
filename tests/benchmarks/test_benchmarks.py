"""The yardstick itself: the control page stays what it was, and a ratio is what it says."""

import hashlib
from pathlib import Path

import pytest
from django.urls import get_resolver

from benchmarks import control, timing
from benchmarks.pages import control as control_visit

# Taken over when the control was made. A slower control would flatter every figure.
DIGEST = "691e8059f60b1268a35e97d723a5d9e58b0284146313a18d9180b93e0235bc72"


def test_the_control_page_is_the_one_that_everything_was_measured_with():
    assert hashlib.sha256(Path(control.__file__).read_bytes()).hexdigest() == DIGEST


def test_the_control_page_has_fifty_rows_of_eight_columns(rf):
    page = control.page(rf.get("/")).content.decode()

    assert page.count("<tr>") == 51
    assert page.count("<td>") == 50 * 8


def test_a_ratio_is_the_median_of_pairs_timed_in_turn(monkeypatch):
    moments = iter(float(n) for n in range(10_000))
    order = []
    monkeypatch.setattr(timing, "perf_counter", lambda: next(moments))

    found = timing.paired(lambda: order.append("page"), lambda: order.append("control"), blocks=2, rounds=4)

    assert found.ratio.median == 1.0
    assert order[2:6] == ["control", "page", "page", "control"]


@pytest.mark.parametrize(("blocks", "steady"), [([1.0, 1.2, 1.3], True), ([1.0, 1.2, 1.31], False)])
def test_blocks_that_differ_too_much_are_not_believed(blocks, steady):
    assert timing.ratio_of(blocks).is_steady is steady


def test_the_visit_to_the_control_page_leaves_the_addresses_of_the_program_as_they_are():
    known = get_resolver()
    visit = control_visit()
    assert visit().content.count(b"<tr>") == 51
    assert get_resolver() is known
