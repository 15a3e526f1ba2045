import pytest
from django.urls import reverse

from accounts.models import Draft
from organisations import reference_data
from safety_plans.models import (
    RiskAssessment,
)
from tests import factories
from tests.safety_plans.asking import page, send

ASSESSMENT = {
    "moment": "departure",
    "assessed_on": "2026-03-02",
    "next_on": "2026-06-02",
    "conclusion": "Zij is veilig, hij weet niets.",
    "who_at_risk": "Marloes",
    "of_what": "nieuw geweld",
    "how_soon": "deze maand",
}


# Rows in reading order: client, client as a risk, Femke, Daan, the ex-partner, a new partner, the household.
EVERYBODY = {f"level_{number}": "raised" for number in (0, 1, 2, 3, 4, 6)}


@pytest.mark.row("D6")
def test_the_form_asks_for_everybody_before_a_departure(browser, household):
    family = household.family.pk
    shown = send(browser, "assess", family, level_4="high", **ASSESSMENT).content.decode()

    # Beside the client (twice), two children and the household, and in the list on top.
    assert shown.count("kijk je ook hiernaar") == 10
    assert "Zij is veilig, hij weet niets." in shown
    assert not RiskAssessment.objects.exists()

    send(browser, "assess", family, note_2="Zij slaapt slecht.", score_2="4", **EVERYBODY, **ASSESSMENT)
    made = RiskAssessment.objects.get()
    assert [subject.kind for subject in made.subjects.all()] == [
        "client",
        "client_as_risk",
        "child",
        "child",
        "person_causing_harm",
        "household",
    ]
    shown = page(browser, "risk", family)
    assert "Zij slaapt slecht." in shown
    assert "Zij is veilig, hij weet niets." in shown
    assert "voelt zich 4 van 10" in shown


def test_who_took_part_is_never_cut_off(browser, household):
    family = household.family.pk
    calm = ASSESSMENT | {"moment": "periodic", "level_2": "low"}
    shown = send(browser, "assess", family, others=f"Tamar\n{'n' * 121}", **calm).content.decode()
    assert "hoogstens 120 tekens" in shown
    assert not RiskAssessment.objects.exists()

    send(browser, "assess", family, others=f" Tamar \n\n{'n' * 120}", **calm)
    assert {one.who for one in RiskAssessment.objects.get().participants.all()} == {"Tamar", "n" * 120}


def test_what_does_not_fit_is_said_beside_the_field(browser, household):
    shown = send(
        browser,
        "assess",
        household.family.pk,
        instrument="Lijst",
        note_3="Daan droomt slecht.",
        level_0="high",
        moment="periodic",
        assessed_on="2026-03-03",
        next_on="2026-03-02",
        conclusion="x",
    ).content.decode()

    for words in (
        "Zeg of je geschoold bent in deze lijst.",
        "Kies hoe groot het risico is: je schreef er iets over.",
        "Er is een risico: zeg dit in eigen woorden.",
        "Deze dag moet nog komen.",
        "Kies een dag na vandaag.",
        "Daan droomt slecht.",
    ):
        assert words in shown, words
    assert not RiskAssessment.objects.exists()


def test_a_factor_that_was_there_is_asked_again_and_another_can_be_added(browser, household, assess):
    reference_data.load()
    assess(on=factories.NOW.date())
    family = household.family.pk
    answers = EVERYBODY | ASSESSMENT | {"factor_protective_factors_stable_income": "new"}

    shown = send(browser, "assess", family, **answers).content.decode()
    assert "Kies een antwoord." in shown
    send(browser, "assess", family, factor_risk_factors_stalking="weaker", others="Huisarts\nIB'er", **answers)

    made = RiskAssessment.objects.latest("recorded_at", "next_on")
    shown = page(browser, "risk", family)
    assert "zwakker" in shown
    assert made is not None
    assert "Huisarts" in shown
    assert "Belaging (stalking)" in shown


def test_a_half_written_assessment_is_kept_and_found_again(browser, household):
    send(browser, "assess", household.family.pk, save_draft="1", conclusion="Half.", level_0="low")

    assert "Half." in page(browser, "assess", household.family.pk)
    assert browser.get(reverse("accounts:drafts")).status_code == 200
    send(browser, "assess", household.family.pk, **EVERYBODY, **ASSESSMENT)
    assert not Draft.objects.exists()
