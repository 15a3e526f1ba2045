"""How letters and papers say something: worded by an administrator, never a place, and never over what was printed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from administration import settings as known
from administration.models import SettingChange
from cases.models import Person, Place
from cases.operations import ask_consent, record_authority
from cases.papers import consent_letter
from core.database import DatabaseRole, acting_as
from core.errors import WrongState
from organisations.models import PassageText
from organisations.passages import PASSAGES, names_a_place, words_of
from tests.administration.town import SOON, TODAY, change
from tests.factories import NOW
from tests.organisations import factories as make
from tests.paper_text import read

SETTING = "papierteksten"
FIRST, SECOND = "Vraag het gerust. Wij leggen het uit.", "Lees de brief samen met iemand."


def passage(town, slug, place="overal"):
    here = {one.key: one for one in known.places_of(town.zwolle)}[place]
    return next(row for row in known.find(SETTING).rows(here, TODAY) if row.slug == slug)


def word(town, slug, text, *, english="", place="overal", on=TODAY):
    row = passage(town, slug, place)
    return change(town, SETTING, {"text_nl": text, "text_en": english}, row=row, place=place, on=on)


@pytest.mark.row("L12")
def test_new_words_hold_from_their_day_and_what_was_printed_before_stays(town, client, sign_in, cast):
    child = Person.objects.create(family=cast.family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 2, 1))
    father = Person.objects.create(family=cast.family, place=Place.OTHER, given_name="Ruud", surname="Prins")
    record_authority(child, holder=father, starts_on=date(2018, 5, 1), by=cast.worker)
    consent = ask_consent(child, holder=father, help_="Speltherapie", asked_on=TODAY, by=cast.worker)

    def letter(at):
        pdf, _mark = consent_letter(consent, printed_by=cast.worker, at=at, language="nl")
        return " ".join(read(pdf).text.split())

    came = PASSAGES["consent_explain"].came_with("nl")
    assert came in letter(NOW)
    sign_in(town.clerk)
    row = passage(town, "consent_explain")
    url = reverse("administration:change", args=[SETTING, "overal", row.pk])
    page = client.get(url).content.decode()
    assert "Wil je erover praten" in page or came[:20] in page
    typed = {"text_nl": FIRST, "text_en": "", "valid_from": SOON.isoformat()}
    preview = client.post(url, typed)
    for seen in (FIRST, came, "Brief die een ouder om toestemming vraagt", "Het geldt overal"):
        assert seen in preview.content.decode().replace("&#x27;", "'")
    assert not PassageText.objects.exists()
    client.post(url, typed | {"save": "1", "seen": preview.context["seen"]})

    assert came in letter(NOW)
    assert FIRST in letter(NOW + timedelta(days=30))
    assert came not in letter(NOW + timedelta(days=30))
    first = PassageText.objects.get()
    change(town, SETTING, {"text_nl": SECOND, "text_en": ""}, row=first, place="overal", on=SOON)
    # What was handed out under the first version is still known, word for word.
    assert [one.text_nl for one in PassageText.objects.order_by("version")] == [FIRST, SECOND]
    assert SECOND in letter(NOW + timedelta(days=30))
    assert SettingChange.objects.filter(setting=SETTING).count() == 2
    for role in (DatabaseRole.APP, DatabaseRole.JOBS):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(role):
            PassageText.objects.update(text_nl="anders")
    # Emptied, it is as it came.
    last = PassageText.objects.get(version=2)
    change(town, SETTING, {"text_nl": "", "text_en": ""}, row=last, place="overal", on=SOON)
    assert came in letter(NOW + timedelta(days=30))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Bel 038-123 45 67.",
            "Kom naar nummer 12.",
            "Postbus 9 of 8011 AB.",
            "Bel 088-000 00 11.",
            "Wij zijn er ٣ keer.",
        ),
        *("Groeten uit Zwolle.", "groeten uit zwolle.", "Wij zijn van De Haven aan zee.", "Kom naar de Dorpsstraat."),
        *(
            "Kijk op www.iets.nl/hulp.",
            "Mail naar iemand@iets.example.",
            "<b>Vet</b>",
            "{{ child.school }} <br>",
            "\x00",
        ),
        *("Vraag het op basisschool De Regenboog.", "x" * 401),
    ],
)
def test_nothing_that_says_where_gets_into_the_words(town, client, sign_in, text):
    sign_in(town.clerk)
    for slug, place in (("consent_explain", "overal"), ("yearly_first", "gemeente")):
        row = passage(town, slug, place)
        url = reverse("administration:change", args=[SETTING, place, row.pk])
        seen = {"valid_from": TODAY.isoformat(), "save": "1", "seen": known.find(SETTING).fingerprint(row)}
        typed_by_her = [(text, ""), ("Goed.", text), (text, "Good.")]
        for typed in ({"text_nl": nl, "text_en": en} for nl, en in typed_by_her):
            answer = client.post(url, typed | seen)
            assert answer.status_code == 200, typed
            # One fault is told once, beside the field it is in.
            assert answer.content.decode().count("vp-field--error") == 1
            assert all(len(told) == 1 for told in answer.context["form"].errors.values())
    assert not PassageText.objects.exists()


def test_a_word_that_is_also_a_place_may_be_used_as_a_word(town):
    make.municipality(name="Leiden")
    assert names_a_place("Dat kan tot ruzie leiden. Bel 112 of 0800-2000.") == ""
    assert names_a_place("Wij wonen in Leiden.") == "Leiden"


def test_the_database_takes_no_number_and_no_address_either(db):
    for text in ("Bel 06", "https://x", "a@b", "<i>"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PassageText.objects.create(slug="told_first", version=1, valid_from=TODAY, text_nl=text)
    PassageText.objects.create(slug="told_first", version=1, valid_from=TODAY, text_nl="Bel 112 of 0800-2000.")
    with pytest.raises(IntegrityError), transaction.atomic():
        PassageText.objects.create(slug="told_first", version=1, valid_from=TODAY, text_nl="Nog een.")


def test_only_a_paper_about_a_place_has_words_per_place(town, client, sign_in):
    """Words of one municipality on a letter about a family would tell its reader where they are."""
    sign_in(town.clerk)
    per_place = {slug for slug, one in PASSAGES.items() if one.may_differ_per_place}
    assert per_place == {"yearly_first", "supporter_profile"}
    for place in ("regio", "gemeente"):
        here = {one.key: one for one in known.places_of(town.zwolle)}[place]
        assert {row.slug for row in known.find(SETTING).rows(here, TODAY)} == per_place
        row = passage(town, "consent_explain")
        assert client.get(reverse("administration:change", args=[SETTING, place, row.pk])).status_code == 404
    # Also not when a row is there all the same.
    PassageText.objects.create(
        slug="consent_explain", municipality=town.zwolle, version=1, valid_from=TODAY, text_nl="Van hier."
    )
    words = words_of("consent_explain", on=TODAY, language="nl", municipality=town.zwolle)
    assert "Van hier." not in words.values()


def test_the_nearest_words_hold(town):
    elsewhere, neighbour = make.municipality(), make.municipality(veilig_thuis_region=town.region)

    def first(municipality, language="nl"):
        return words_of("yearly_first", on=TODAY, language=language, municipality=municipality)["yearly_first"]

    came, came_in_english = first(elsewhere), first(elsewhere, "en")
    word(town, "yearly_first", "Van overal.", english="Of everywhere.")
    word(town, "yearly_first", "Van de regio.", place="regio")
    word(town, "yearly_first", "Van hier.", place="gemeente")
    assert [first(one) for one in (town.zwolle, neighbour, elsewhere)] == ["Van hier.", "Van de regio.", "Van overal."]
    # In Dutch only: an English reader gets English, of a wider place.
    assert {first(one, "en") for one in (town.zwolle, neighbour)} == {"Of everywhere."}
    assert came != "Van overal."
    assert came_in_english != "Of everywhere."
    words = words_of("yearly_first", on=TODAY, language="nl", region=town.region)
    assert words == {"yearly_first": "Van de regio."}


@pytest.mark.parametrize(
    ("paper", "context", "stays"),
    [
        ("consent_letter", {}, ("In deze brief staat geen afzender", "Geef deze brief terug aan")),
        ("contact_card", {"phone": "14 038"}, ("112", "0800-2000", "14 038", "Twijfel ik? Dan bel ik ook.")),
        ("disclosures", {}, ("altijd intrekken",)),
        ("readers", {}, ("Nog niemand keek",)),
    ],
)
def test_what_protects_somebody_stays_whatever_is_worded(paper, context, stays):
    words = dict.fromkeys(PASSAGES, "<b>Alles is anders</b>")
    page = " ".join(render_to_string(f"papers/{paper}.html", {"words": words, "paper": {}, **context}).split())
    assert "&lt;b&gt;Alles is anders" in page
    for sentence in stays:
        assert sentence in page


def test_a_colleague_who_was_faster_is_seen_first(town):
    row = passage(town, "told_first")
    seen = known.find(SETTING).fingerprint(row)
    word(town, "told_first", FIRST)
    with pytest.raises(WrongState):
        change(town, SETTING, {"text_nl": SECOND, "text_en": ""}, row=row, place="overal", seen=seen)
    assert PassageText.objects.get().text_nl == FIRST
