"""The detector of places in what people type, by figures, and how a form asks about what it found (R18)."""

import time

import pytest
from django import forms

from core import places
from core.forms import Form, SensitiveText, SensitiveTextarea
from tests.core.notes import Writer, score

NOTES = 500


@pytest.mark.row("R18")
def test_of_five_hundred_notes_nearly_every_place_is_found_and_little_else(capsys):
    seen = score(Writer(seed=20260302).notes(NOTES), places.find)
    with capsys.disabled():
        print(  # noqa: T201  # the figures are part of the proof
            f"\nR18: {NOTES} notes, recall A {seen.recall_a:.1%}, recall L {seen.recall_l:.1%}, "
            f"precision {seen.precision:.1%}"
        )
    assert seen.recall_a >= 0.95, seen.missed
    assert seen.recall_l >= 0.90, seen.missed
    assert seen.precision >= 0.80, seen.wrong


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_do_not_hang_on_one_set_of_notes(seed):
    seen = score(Writer(seed).notes(NOTES), places.find)
    assert (seen.recall_a >= 0.95, seen.recall_l >= 0.90, seen.precision >= 0.80) == (True, True, True), seen


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zij woont op Kerkstraat 12b.", "address"),
        ("naar de kerkstr. 12", "address"),
        ("Achter de Linden 9", "address"),
        ("8011 ab is haar postcode", "postcode"),
        ("postcode 8011", "postcode"),
        ("bel 06 00 00 00 01", "phone"),
        ("+31 (0)38 000 00 01", "phone"),
        ("op obs de vlieger", "school"),
        ("de Vuurtorenschool belde", "school"),
    ],
)
def test_each_kind_is_told_apart(text, kind):
    assert [one.kind for one in places.find(text)] == [kind]


# What each rule alone finds, in the order of the rules: one that is taken away, or that finds nothing more, is noticed.
ONLY_BY_IT = {
    "_ADDRESSES": [
        "kerkstr. 12",
        "Dorps straat 4",
        "Plein 1944 nr 5",
        "Zij liep langs, hij stond aan de beatrixlaan.",
        "Zij noemde Beatrixweg.",
        "Zij woont op dam 3.",
        "Hij stond bij Dam 3.",
        "Lange Voorn 4",
        "vlinderveen nr 4",
        "Het huisnummer is 12.",
        "Zij wonen verderop in het blok, op nummer 7.",
    ],
    "_SCHOOLS": [
        "college Het Noorden",
        "Hij zit op basisschool de vlieger.",
        "Regenboogschool",
        "Stedelijk Lyceum",
        "Hij wachtte bij De Vlieger.",
        "Zij zit nu op de Vlieger.",
    ],
}


@pytest.mark.row("R18", "R47")
@pytest.mark.parametrize("rules", ONLY_BY_IT)
def test_each_rule_finds_what_no_other_finds(monkeypatch, rules):
    as_they_are = getattr(places, rules)
    for place, (rule, text) in enumerate(zip(as_they_are, ONLY_BY_IT[rules], strict=True)):
        assert places.find(text), text
        with monkeypatch.context() as patched:
            patched.setattr(places, rules, as_they_are[:place] + as_they_are[place + 1 :])
            assert places.find(text) == [], (text, rule.pattern)


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112 of 0800-2000.",
        "Op 02-03-2026 om 10.00 uur.",
        "Wmo 2015, artikel 5.1.1",
        "In 2026 en daarna.",
        "Femke is 8 jaar, groep 4.",
        "Op het schoolplein en onderweg naar school.",
        "Stap 3 van het plan, om de 2 weken.",
        "",
    ],
)
def test_what_every_note_is_full_of_is_no_place(text):
    assert places.find(text) == []


@pytest.mark.parametrize("part", ["a-", "Aa ", "0 ", "woont ", "De ", "plein ", "1", "in de ", "obs de ", "Aa de "])
def test_no_text_makes_the_search_slow(part):
    started = time.perf_counter()
    places.find((part * 10_000)[:20_000])
    assert time.perf_counter() - started < 3


class Note(Form):
    text = forms.CharField(widget=SensitiveTextarea)
    who = forms.CharField(widget=SensitiveText, required=False)
    door = forms.CharField(widget=SensitiveText(scanned=False), required=False)


@pytest.mark.row("R18")
def test_a_form_asks_about_a_place_before_it_accepts_it_and_loses_nothing():
    form = Note({"text": "Zij woont op Kerkstraat 12."})
    assert form.errors.keys() == {"text"}
    page = str(form)
    assert "Zij woont op Kerkstraat 12." in page
    assert "“op Kerkstraat 12”" in page or "“Kerkstraat 12”" in page
    assert 'name="text-place"' in page


def test_who_says_that_it_can_stay_is_asked_once_and_again_for_another_place():
    asked = Note({"text": "Zij woont op Kerkstraat 12."})
    assert not asked.is_valid()
    answer = {"text-place": asked.fields["text"].place_warning.value}
    stays = Note({"text": "Zij woont op Kerkstraat 12.", **answer})
    assert stays.is_valid()
    assert [warning.name for warning in stays.place_warnings()] == ["text-place"]
    assert not Note({"text": "Zij woont op Dorpslaan 3.", **answer}).is_valid()


def test_every_field_is_asked_about_on_its_own_and_one_that_holds_places_is_not():
    form = Note({"text": "8011 AB", "who": "obs De Vlieger", "door": "Kerkstraat 12"})
    assert form.errors.keys() == {"text", "who"}
    assert Note({"text": "Alles goed.", "door": "Kerkstraat 12"}).is_valid()


def test_a_form_with_a_prefix_is_asked_under_its_own_name():
    form = Note({"een-text": "8011 AB"}, prefix="een")
    assert not form.is_valid()
    assert form.fields["text"].place_warning.name == "een-text-place"
