"""What may be published, and that it cannot be taken apart."""

from datetime import date

import pytest

from figures import merging, simulation
from figures.attack import Attack, Inconsistent, Publication
from figures.counting import Cell, Count, count
from figures.definitions.populations import LEFT
from figures.disclosure import BASE, WIDTH, K, is_small, naive, protect, rounded
from figures.history import invent, places
from figures.lattice import lattice
from figures.periods import Quarter
from figures.releasing import plan_release
from proof.results import keep
from tests.figures.passages import GEOGRAPHY, many
from tests.long import long_or_short


def two_municipalities(one, other):
    """A region with nothing in it but two municipalities, of which the total is known."""
    passages = [*many(one, destination="GM0193"), *many(other, destination="GM0150")]
    groups = {"GM0193": "GM0193", "GM0150": "GM0150"}
    counts = count(passages, population=LEFT, figures=[], geography=GEOGRAPHY, groups=groups, quarters=[], years=[2024])
    return counts, lattice(counts, region_of_group=dict.fromkeys(groups.values(), "VT-IJsselland"))


def ranges(counts, system, numbers, *, base=BASE):
    small = [cell for cell, one in counts.items() if is_small(one)]
    return Attack(system, Publication(numbers, base=base, least=K)).ranges(small, enough=WIDTH, to_the_end=True)


@pytest.mark.row("K2")
@pytest.mark.parametrize(("one", "other"), [(1, 9), (9, 40), (0, 10), (3, 43), (9, 9)])
def test_of_two_municipalities_neither_small_number_can_be_derived(one, other):
    counts, system = two_municipalities(one, other)

    numbers = protect(counts, lattice=system).numbers

    assert all(number is None or number >= K for number in numbers.values())
    assert all(found.width >= WIDTH for found in ranges(counts, system, numbers).values())


def test_the_attack_breaks_numbers_of_which_only_the_small_ones_were_left_out():
    counts, system = two_municipalities(9, 40)

    found = ranges(counts, system, naive(counts), base=1)

    (small,) = found.values()
    assert (small.low, small.high, small.is_determined) == (9, 9, True)


def test_the_attack_says_when_no_counts_fit():
    counts, system = two_municipalities(20, 20)
    numbers = {cell: 10 for cell in counts}

    with pytest.raises(Inconsistent):
        ranges(counts, system, numbers)


@pytest.mark.parametrize(("count_", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (5002, 5000)])
def test_the_same_count_is_shown_the_same_everywhere(count_, shown):
    assert rounded(count_) == shown


def test_many_children_of_few_families_are_too_few():
    assert is_small(Count(units=30, families=9))
    assert not is_small(Count(units=10, families=10))


def test_everything_new_is_withheld_when_nothing_less_helps():
    counts, system = two_municipalities(9, 40)
    # Published before, and badly: exact to within the rounding, with one number left out.
    frozen = {
        Cell("2024", "NL", "left", "total"): 50,
        Cell("2024", "VT-IJsselland", "left", "total"): 50,
        Cell("2024", "GM0193", "left", "total"): None,
        Cell("2024", "GM0150", "left", "total"): 50,
    }
    more = {Cell("2024", "NL", "stay", key): Count(one, one) for key, one in (("quarter", 25), ("half", 24))}
    system = lattice([*counts, *more], region_of_group=dict.fromkeys(("GM0193", "GM0150"), "VT-IJsselland"))

    done = protect(counts | more, lattice=system, frozen=frozen)

    assert done.numbers == dict.fromkeys(more)


def test_small_municipalities_of_a_region_are_put_together():
    passages = [*many(12, destination="GM0193"), *many(3, destination="GM0150"), *many(4, destination="GM0166")]
    passages += many(9, destination="GM0344")

    found = merging.groups(passages, population=LEFT, year=2024, geography=GEOGRAPHY)

    assert found == {"GM0193": "GM0193", "GM0150": "rest:VT-IJsselland", "GM0166": "rest:VT-IJsselland"}


def test_a_family_that_is_recorded_late_is_never_published_anew():
    families = invent(until=date(2024, 12, 31), families=120, years=1)
    first = plan_release(Quarter(2024, 4), families, geography=places(), frozen={}, grouped={})
    late = [*families, *invent(until=date(2024, 12, 31), families=40, years=1, seed=2)]

    second = plan_release(Quarter(2025, 4), late, geography=places(), frozen=first.numbers, grouped=first.groups)

    assert first.numbers[Cell("2024", "NL", "left", "total")] == 120
    assert not first.numbers.keys() & second.numbers.keys()
    assert second.numbers[Cell("2024", "NL", "year_after", "total")] == 160


def test_quarters_are_published_with_their_own_release_and_years_with_the_fourth():
    families = many(40)

    def periods(quarter):
        plan = plan_release(quarter, families, geography=GEOGRAPHY, frozen={}, grouped={})
        return {cell.period for cell in plan.numbers if cell.figure == "left"}

    assert periods(Quarter(2024, 2)) == {"2024Q2"}
    assert periods(Quarter(2024, 4)) == {"2024"}
    assert periods(Quarter(2025, 2)) == set()


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.row("R20")
def test_all_releases_of_two_years_together_give_no_small_number_away():
    published = simulation.release_all(months=24, families=long_or_short(600, 160), until=date(2025, 12, 31))

    careful = simulation.attack_all(published)
    careless = simulation.attack_all(published, careless=True)

    keep(
        "R20",
        holds=careful.determined == careful.too_narrow == 0 < careless.determined,
        figure=f"{careful.small} small cells in 24 months: {careful.determined} determined, narrowest range "
        f"{careful.narrowest}; left to a bare threshold {careless.determined} are determined",
    )
    assert careful.small > 500
    assert (careful.determined, careful.too_narrow) == (0, 0)
    assert careful.narrowest >= WIDTH
    assert careless.determined > 50
