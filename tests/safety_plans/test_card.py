"""The card for in the bag: two small sides that say nothing of whoever carries it."""

import re

import pytest

from safety_plans.models import Section
from tests.paper_text import read
from tests.safety_plans.test_paper import PLACES


@pytest.mark.row("C7")
def test_the_card_is_small_plain_and_betrays_nothing(issue, full, household):
    paper = read(issue(full, "card")[0])

    assert paper.size_mm == (105, 148)
    assert "Wat doe ik als…" in paper.text
    assert "Ik ga naar de buren en bel 112." in paper.text
    assert "Samir" in paper.text
    assert paper.title == "Papier"
    for forbidden in (*PLACES, "Marloes", "Daan", "Femke", "2026", "Nummer", "Versie"):
        assert not re.search(forbidden, paper.text + paper.title), forbidden


def test_the_card_keeps_two_sides_with_the_longest_sentences_that_a_line_takes(issue, draft, household, write, hold):
    """What ran on to a third side lay at home when she needed it."""
    sentence = ("Ik ga naar de buren aan de overkant en vraag of ze 112 bellen voor mij en de kinderen. " * 2)[:160]
    for number in range(8):
        write(draft, Section.WHAT_I_DO, f"{number} {sentence[2:]}", person=household.client)
        write(draft, Section.WHOM_TO_CALL, f"{number} {sentence[2:78]}", phone="+31 (0)88 000 01 24")
    card = read(issue(hold(draft), "card")[0])

    assert len(card.pages) == 2
    assert " ".join(card.text.split()).count("112") >= 17
    for number in range(8):
        assert len(re.findall(rf"\b{number} ga naar de buren", " ".join(card.text.split()))) == 2


def test_a_long_number_on_the_card_leaves_room_for_the_name_beside_it(issue, draft, household, write, hold):
    """A number that kept to one line pressed a name into one letter a line: a card of a hundred and forty pages."""
    name = "Oma Hendrika van der Ouderkerk tot Nieuwegein"
    write(draft, Section.WHAT_I_DO, "Ik bel oma.", person=household.client)
    write(draft, Section.WHOM_TO_CALL, name, phone="088-000 00 11 toestel 4455, na zes uur")
    card = read(issue(hold(draft), "card")[0])

    assert len(card.pages) == 2
    longest = max(card.text.splitlines(), key=lambda line: len(set(line.split()) & set(name.split())))
    assert len(set(longest.split()) & set(name.split())) >= 2
