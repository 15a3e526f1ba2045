"""The card for in the bag: what is on it, line by line, and everything that may not be."""

import re

import polib
import pytest
from django.conf import settings as project

from overview.papers import bag_card
from tests.paper_text import read

CARD = """
Mijn nummers
Nu gevaar 112
Bang of twijfel 0800-2000
Veilig Thuis, dag en nacht, gratis
Ik kan altijd bellen
Naam
Nummer
Naam
Nummer
Naam
Nummer
Onthouden
Twijfel ik? Dan bel ik ook.
Niemand vindt mij lastig.
Wat doe ik als…
…het nu niet veilig is?
Ik ga weg als dat kan. Ik bel 112.
Ik ga naar
…er iemand voor de deur staat?
Ik doe niet open. Ik bel 112.
…iemand mij volgt?
Ik ga niet naar huis. Ik ga naar een plek met mensen.
…ik berichten krijg waar ik bang van word?
Ik geef geen antwoord. Ik bewaar ze.
Ik bel
…ik niet kan praten?
Mijn teken
"""
# A day, a clock time, a postcode, a mail or web address; and words that tell where she is helped.
NEVER = [
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}",
    r"\b20\d\d\b",
    r"\d{1,2}[:.]\d{2}",
    r"\b\d{4} ?[A-Z]{2}\b",
    r"@|www|http",
    r"(?i)vinger|pols|opvang|wijkteam|regisseur|gemeente|dossier|cliënt|moeder|kind|weasyprint",
]


@pytest.fixture
def dutch(tmp_path, settings):
    """The Dutch of this checkout, compiled here: the compiled files are not in the repository."""
    sources = [project.ROOT / "locale/nl/LC_MESSAGES/django.po", *sorted((project.ROOT / "locale/parts").glob("*.po"))]
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for source in filter(lambda path: path.exists(), sources):
        catalogue.extend(entry for entry in polib.pofile(str(source)) if entry.translated() and entry not in catalogue)
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]


@pytest.fixture
def card(dutch):
    return read(bag_card("nl"))


@pytest.mark.row("L6")
def test_the_card_says_exactly_this(card):
    # Where a line breaks depends on the font; which words follow each other does not.
    assert " ".join(card.lines) == " ".join(CARD.split("\n")).strip()


@pytest.mark.row("E13")
def test_the_card_is_two_sides_of_a_postcard(card):
    assert card.size_mm == (105, 148)
    assert len(card.pages) == 2


@pytest.mark.row("C7")
@pytest.mark.row("D19")
@pytest.mark.parametrize("pattern", NEVER)
def test_the_card_betrays_nothing(card, pattern):
    properties = " ".join(value for key, value in card.properties.items() if key != "/Producer")

    assert re.search(pattern, card.text.replace("0800-2000", "") + properties) is None


def test_the_card_can_be_read_out_and_has_a_title_that_says_nothing(card):
    assert card.title == "Papier"
    assert card.language == "nl"
    assert card.tagged


def test_the_card_exists_in_english():
    assert "Danger now 112" in read(bag_card("en")).lines


def test_two_cards_are_the_same_card(dutch):
    assert read(bag_card("nl")).text == read(bag_card("nl")).text
