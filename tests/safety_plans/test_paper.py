"""The safety plan to take home: what is on it, line by line, and everything that may not be."""

import re

import pytest

from safety_plans import operations, reading
from safety_plans.models import Section
from tests import factories
from tests.paper_text import read

PAPER = """
Mijn veiligheidsplan
Versie 1, afgesproken op 2 maart 2026.
Wat het gevaar is
Hij komt langs als hij boos is.
Wat we afspraken
Daan: Alleen oma haalt Daan op. Let erop: Intern begeleider
Wat de politie doet
geen afspraak
Nu gevaar
Bel 112. Bang of twijfel? Bel 0800-2000, dag en nacht, gratis.
"""


@pytest.fixture
def issue(household):
    def issue(plan):
        pdf, mark = reading.paper(plan, printed_by=household.worker, at=factories.NOW, language="nl")
        return read(pdf), mark

    return issue


def without_the_mark(lines):
    words = " ".join(line for line in lines if not re.fullmatch(r"\d+ ?/ ?\d+", line))
    return re.sub(r"•\s*", "", re.sub(r"Afgedrukt door .*?\.( Nummer \S+\.)?( \d+ ?/ ?\d+)?$", "", words)).strip()


@pytest.mark.row("L6")
@pytest.mark.row("C1")
def test_the_paper_says_exactly_this(issue, current):
    paper, mark = issue(current)

    assert without_the_mark(paper.lines) == " ".join(PAPER.split("\n")).strip()
    assert mark.number in paper.text
    assert "Els Vonk" in paper.text


@pytest.mark.row("D19")
@pytest.mark.row("L6")
def test_the_paper_holds_no_place_not_even_one_that_was_typed(issue, draft, household):
    operations.add_item(
        draft,
        section=Section.WHAT_I_DO,
        text="Ik ga naar de haven, naar Zwolle of naar 8011 AB.",
        checked_by="Begeleider van De Haven",
        by=household.worker,
    )

    paper, _mark = issue(draft)

    assert "Ik ga naar" in paper.text
    everything = paper.text + " ".join(paper.properties.values())
    for forbidden in ("(?i)de haven", "(?i)zwolle", r"\b\d{4} ?[A-Z]{2}\b", "de Wit", household.family.reference, "@"):
        assert not re.search(forbidden, everything), forbidden


@pytest.mark.row("L6")
def test_the_file_says_nothing_by_its_title(issue, current):
    paper, mark = issue(current)

    assert paper.title == f"Papier {mark.number}"
    assert paper.tagged
