"""What goes home with a client, or to a parent, is written for somebody who reads with difficulty (B1)."""

import re

import polib
import pytest

from ops.messages import LOCALE
from organisations.passages import PASSAGES

# Papers for clients, parents and the people around them. The others are for those who work with the family.
PAPERS = (
    *("bag_card", "child_page", "consent_letter", "contact_card", "family_plan", "network_task", "plan_card"),
    *("readers", "safety_plan", "strippenkaart", "_part"),
)
WORDED = {
    "consent_letter": ["consent_explain"],
    "contact_card": ["contact_card"],
    "strippenkaart": ["strippenkaart"],
    "readers": ["readers_first", "readers_last"],
}
MOST_WORDS = 15  # in one sentence
LONGEST_WORD = 20  # letters
# Words of an office, with what stands for them in plain Dutch.
HARD = re.compile(
    r"\b(indien|middels|betreffende|dient|dienen|derhalve|alsmede|tevens|conform|inzake|omtrent|teneinde|aangaande"
    r"|desalniettemin|hieromtrent|bovengenoemde|ondergetekende|onderhavige|geschieden|ten behoeve van|in verband met"
    r"|wordt u verzocht|gaarne|reeds|thans|voornoemde?|desbetreffende|retourneren|geïndiceerd|casus|regisseur)\b",
    re.IGNORECASE,
)


def sentences(paper):
    """Every sentence of a paper in Dutch, from the translations, with each gap as one word."""
    catalogue = polib.pofile(str(LOCALE / "nl/LC_MESSAGES/django.po"))
    source = f"templates/papers/{paper}.html"
    for entry in catalogue:
        # The words that an administrator may change come from elsewhere; as they came, they are as plain.
        if entry.msgid in {PASSAGES[slug].came_with("en") for slug in WORDED.get(paper, ())} or any(
            name == source for name, _line in entry.occurrences
        ):
            for words in entry.msgstr_plural.values() or [entry.msgstr]:
                yield from re.split(r"(?<=[.?!:])\s+", re.sub(r"%\(\w+\)s", "iets", words))


@pytest.mark.row("D26")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_letter_has_short_sentences_and_no_words_of_an_office(paper):
    found = [one for one in sentences(paper) if one.strip()]

    for sentence in found:
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert not HARD.search(sentence), sentence
        assert max(map(len, re.findall(r"\w+", sentence)), default=0) <= LONGEST_WORD, sentence
    assert found or paper == "_part"
