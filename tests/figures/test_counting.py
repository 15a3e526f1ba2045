"""Each figure against a table that was counted by hand."""

from datetime import date

import pytest

from figures.counting import Cell, Count, count, shares, totals
from figures.definitions import BY_SLUG, FIGURES, POPULATIONS
from figures.definitions.populations import ARRIVED, CHILDREN, LEFT
from figures.history import invent
from figures.passages import Passage
from figures.periods import Quarter
from tests.figures.passages import GEOGRAPHY, passage

# Eight families, of which the columns below were counted by hand. What is not said is as in `passage`.
EIGHT = [
    passage(
        place="crisis",
        ages=(2, 8),
        confirmed=1,
        first_came_after=True,
        acted_in=0,
        contact_in=tuple(range(1, 13)),
        felt={"1": "yes", "3": "yes", "6": "yes", "12": "no"},
        help_asked=2,
        help_before=2,
        accepted_in=3,
        warm=True,
        without_income=0,
        interrupted=0,
        partners=2,
        partners_current=2,
        father="yes",
        network=0,
        enough="sufficient",
        tailored="granted",
        paid_by="wgs",
        children_unpaid="known",
        met_by=("visit", "outreach", "phone"),
        supporter_for="alone",
        supporter_met="before",
        supporter_stopped="goes_on",
        waiting={"housing": "within", "finances": "beyond"},
    ),
    passage(
        place="crisis",
        ages=(16,),
        confirmed=2,
        child_incidents=1,
        first_came_after=False,
        acted_in=9,
        contact_in=(1, 2, 3),
        felt={"1": "no", "3": "doubt"},
        help_asked=2,
        help_before=1,
        accepted_in=8,
        warm=False,
        without_income=30,
        interrupted=31,
        partners=2,
        partners_current=1,
        father="no",
        network=2,
        enough="longer",
        tailored="refused",
        paid_by="unknown",
        children_unpaid="unknown",
        stuck_with="debts",
        met_by=("phone", "outreach"),
        supporter_for="waiting",
        supporter_met="after",
        supporter_stopped="not_needed",
        waiting={"housing": "beyond"},
        stuck_cause="waiting",
        stuck_days=43,
        solved_by="escalation",
    ),
    passage(
        came_from="region",
        place="follow_up",
        ages=(),
        acted_in=3,
        contact_in=(1, 6),
        felt={"1": "doubt", "6": "no"},
        help_asked=1,
        help_before=0,
        accepted_in=31,
        warm=True,
        without_income=31,
        partners=1,
        partners_current=0,
        father="",
        network=3,
        stuck_cause="waiting",
        stuck_days=42,
        back_in=100,
        met_by=("message",),
        supporter_for="alone",
        supporter_met="not",
        supporter_stopped="no_match",
        went_to="region",
        destination="GM0150",
        ready_on=date(2024, 5, 1),
        waited_for="housing",
    ),
    passage(
        came_from="other",
        outside_because="shortage",
        place="follow_up",
        ages=(4, 11, 12),
        contact_in=(12,),
        felt={"12": "yes"},
        met_by=("visit",),
        father="yes",
        network=4,
        ready_on=date(2024, 4, 20),
        waited_for="income",
        contexts=("honour_related_violence",),
        went_to="other",
        destination="GM0344",
    ),
    passage(
        came_from="other",
        outside_because="safety",
        place="none",
        ages=(-1,),
        network=1,
        left_on=date(2024, 1, 10),
        contexts=("human_trafficking",),
        went_to="protected",
        destination="",
        ready_on=date(2024, 1, 10),
        waited_for="safety",
    ),
    passage(
        came_from="other",
        ages=(3,),
        left_on=date(2024, 4, 8),
        contexts=("forced_marriage", "human_trafficking"),
        ready_on=date(2024, 1, 9),
        waited_for="help",
        went_to="unknown",
        destination="",
    ),
    passage(came_from="unknown", left_on=date(2024, 12, 31), stuck_cause="staff", stuck_days=1, solved_by="started"),
    passage(left_on=None),
]
BY_HAND = {
    "origin": {"own": 3, "region": 1, "safety": 1, "shortage": 1, "other": 1, "unknown": 1},
    "place": {"crisis": 2, "follow_up": 2, "none": 1, "unknown": 3},
    "context": {"none": 5, "honour": 1, "other": 1, "several": 1},
    "ages": {"baby": 2, "primary": 3, "young": 2, "adult": 0, "unknown": 1},
    "stay": {"quarter": 2, "half": 4, "year": 1, "longer": 0},
    "longer": {"no": 4, "month": 2, "quarter": 1, "longer": 0},
    "waited_for": {"nothing": 4, "housing": 1, "income": 1, "safety": 0, "help": 1, "school": 0, "other": 0},
    "destination": {"own": 3, "region": 1, "other": 1, "protected": 1, "unknown": 1},
    "watch": {"most": 1, "some": 0, "few": 6},
    "contact_1": {"yes": 3, "no": 4},
    "contact_3": {"yes": 2, "no": 5},
    "contact_6": {"yes": 2, "no": 5},
    "contact_12": {"yes": 2, "no": 5},
    "felt_1": {"yes": 1, "doubt": 1, "no": 1},
    "felt_3": {"yes": 1, "doubt": 1, "no": 0},
    "felt_6": {"yes": 1, "doubt": 0, "no": 1},
    "felt_12": {"yes": 1, "doubt": 0, "no": 1},
    "help_before": {"all": 1, "part": 1, "nothing": 1, "none": 4},
    "income": {"none": 1, "month": 1, "longer": 1, "unknown": 4},
    "interrupted": {"none": 1, "month": 0, "longer": 1, "unknown": 5},
    "solved_by": {"nothing": 4, "started": 1, "escalation": 1, "open": 1},
    "stuck_with": {"nothing": 4, "debts": 1, "nobody": 2},
    "tailored": {"granted": 1, "refused": 1, "unknown": 5},
    "paid_by": {"wgs": 1, "unknown": 1, "no_help": 5},
    "children_unpaid": {"known": 1, "unknown": 1, "no_help": 5},
    "stuck": {"nothing": 4, "waiting_short": 1, "waiting_long": 1, "staff_short": 1},
    "waiting_housing": {"within": 1, "beyond": 1, "none": 5},
    "waiting_finances": {"within": 0, "beyond": 1, "none": 6},
    "waiting_safety": {"within": 0, "beyond": 0, "none": 7},
    "waiting_family": {"within": 0, "beyond": 0, "none": 7},
    "waiting_education": {"within": 0, "beyond": 0, "none": 7},
    "waiting_health_care": {"within": 0, "beyond": 0, "none": 7},
    "renewed_violence": {"yes": 2, "no": 5},
    "with_child": {"child": 1, "other": 1},
    "came_after": {"before": 1, "after": 1, "unknown": 0},
    "first_action": {"none": 4, "day": 1, "week": 1, "longer": 1},
    "back": {"yes": 1, "no": 6},
    "accepted": {"week": 1, "month": 1, "longer": 1, "unknown": 4},
    "warm": {"warm": 2, "cold": 1, "none": 4},
    "partners": {"all": 1, "part": 1, "nothing": 1, "none": 4},
    "father": {"yes": 2, "no": 1, "none": 4},
    "network": {"few": 2, "some": 2, "many": 1, "unknown": 2},
    "met_by": {"phone": 1, "visit": 2, "outreach": 0, "video": 0, "message": 1, "none": 3},
    "visited": {"outreach": 1, "visit": 1, "both": 1, "none": 4},
    "supporter_for": {"alone": 2, "waiting": 1, "none": 4},
    "supporter_met": {"before": 1, "after": 1, "not": 1, "none": 4},
    "supporter_stopped": {"goes_on": 1, "not_needed": 1, "no_match": 1, "none": 4},
    "enough": {"sufficient": 1, "longer": 1, "earlier": 0, "unknown": 5},
    "flow": {
        "own_own": 2,
        "region_region": 1,
        "other_other": 1,
        "other_hidden": 2,
        "unknown_own": 1,
    },
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.slug)
def test_a_figure_counts_what_was_counted_by_hand(figure):
    counted = totals(EIGHT, figure)

    assert {key: number for key, number in counted.items() if number} == {
        key: number for key, number in BY_HAND[figure.slug].items() if number
    }


@pytest.mark.row("K16")
def test_the_flows_add_up_to_the_families_that_left():
    passages = invent(until=date(2025, 12, 31))

    flows = totals(passages, BY_SLUG["flow"])

    assert sum(flows.values()) == len(passages) == sum(totals(passages, BY_SLUG["destination"]).values())


def test_everybody_is_in_exactly_one_category_of_every_figure():
    passages = invent(until=date(2025, 12, 31))
    cells = count_everything(passages)

    for population in POPULATIONS:
        for place in {cell[:2] for cell in cells if cell.figure == population.slug}:
            whole = cells[Cell(*place, population.slug, "total")].units
            for figure in FIGURES:
                parts = [
                    cells[Cell(*place, figure.slug, key)]
                    for key in figure.categories
                    if (*place, figure.slug, key) in cells
                ]
                if figure.population is population and figure.within is None and parts:
                    assert sum(part.units for part in parts) == whole, (place, figure.slug)


def count_everything(passages):
    cells = {}
    for population in POPULATIONS:
        cells |= count(
            passages,
            population=population,
            geography=GEOGRAPHY,
            groups={"GM0193": "GM0193"},
            quarters=[Quarter(2024, number) for number in (1, 2, 3, 4)],
            years=[2024],
        )
    return cells


def test_the_summary_equals_the_rows_it_was_made_from():
    passages = invent(until=date(2025, 12, 31), families=5000)

    cells = count_everything(passages)

    differences = 0
    for cell, found in cells.items():
        figure = BY_SLUG.get(cell.figure)
        population = figure.population if figure else next(one for one in POPULATIONS if one.slug == cell.figure)
        rows = [one for one in passages if lies_in(one, population, cell)]
        if figure is None:
            raw = sum(population.units(one) for one in rows)
        elif figure.within:
            outer = BY_SLUG[figure.within[0]]
            raw = sum(
                figure.categories_of(one).count(cell.category)
                for one in rows
                if figure.within[1] in outer.categories_of(one)
            )
        else:
            raw = sum(figure.categories_of(one).count(cell.category) for one in rows)
        differences += raw != found.units
    assert (len(cells) > 500, differences) == (True, 0)


def lies_in(one, population, cell):
    day = population.day(one)
    if day is None or not population.units(one):
        return False
    in_time = str(day.year) == cell.period or str(Quarter.of(day)) == cell.period
    home = population.area(one)
    return in_time and cell.area in {"NL", GEOGRAPHY.region(home), *({home} & {"GM0193"})}


def test_children_are_counted_with_the_families_they_belong_to():
    cells = count(
        [passage(ages=(1, 2, 3)), passage(ages=(2,)), passage()],
        population=CHILDREN,
        geography=GEOGRAPHY,
        groups={},
        quarters=[],
        years=[2024],
    )

    assert cells[Cell("2024", "NL", "children", "total")] == Count(units=4, families=2)
    assert cells[Cell("2024", "NL", "ages", "baby")] == Count(units=4, families=2)


def test_a_quarter_is_counted_for_the_country_and_a_year_for_every_place():
    cells = count(
        [passage()],
        population=LEFT,
        geography=GEOGRAPHY,
        groups={"GM0193": "GM0193"},
        quarters=[Quarter(2024, 2)],
        years=[2024],
    )

    assert {(cell.period, cell.area) for cell in cells} == {
        ("2024Q2", "NL"),
        ("2024", "NL"),
        ("2024", "VT-IJsselland"),
        ("2024", "GM0193"),
    }
    assert cells[Cell("2024", "GM0193", "longer", "month")] == Count()
    assert Cell("2024", "GM0193", "flow", "own_own") not in cells


def test_who_has_not_left_yet_only_counts_as_arrived():
    (there,) = [one for one in EIGHT if one.left_on is None]

    assert (ARRIVED.day(there), LEFT.day(there)) == (date(2024, 1, 8), None)


def test_shares_of_nothing_are_nothing():
    assert shares({"yes": 0, "no": 0}) == {}
    assert shares({"yes": 2, "no": 6}) == {"yes": 25, "no": 75}


def test_a_passage_is_the_same_after_it_was_kept():
    for one in [*invent(until=date(2025, 12, 31), families=20), *EIGHT]:
        again = Passage.from_row(one.to_row())
        assert again.to_row() == one.to_row()
        assert totals([again], BY_SLUG["stuck"]) == totals([one], BY_SLUG["stuck"])
