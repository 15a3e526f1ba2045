import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases.models import Person, Place
from organisations import reference_data
from safety_plans import operations
from safety_plans.models import (
    CarePhase,
    ConditionCheck,
    IssuedPaper,
    Moment,
    SafetyPlan,
    SafetyPlanItem,
    Section,
    Status,
)
from tests import factories
from tests.safety_plans.asking import page, send
from tests.safety_plans.conftest import REVIEW


@pytest.mark.row("C1")
def test_a_plan_is_written_agreed_and_replaced_in_the_browser(browser, household):
    family = household.family.pk
    send(browser, "draft", family)
    draft = SafetyPlan.objects.get()
    send(browser, "write", draft.pk, "what_i_do", text="Ik bel 112 en ga naar de buren.")
    send(
        browser,
        "write",
        draft.pk,
        "agreements",
        topic="school",
        text="Oma haalt hem op.",
        checked_by="School",
        person=household.daan.pk,
    )
    send(browser, "activate", draft.pk, agreed_on="2026-03-02", review_on="2026-04-02")

    shown = page(browser, "plan", family)
    assert "Ik bel 112 en ga naar de buren." in shown
    assert SafetyPlan.objects.current().get() == draft
    send(browser, "draft", family)
    second = SafetyPlan.objects.drafts().get()
    refused = send(browser, "activate", second.pk, agreed_on="2026-03-02", review_on="2026-05-02").content.decode()
    assert "Vul dit in." in refused
    send(browser, "activate", second.pk, because="Hij is verhuisd.", agreed_on="2026-03-02", review_on="2026-05-02")
    assert reverse("safety_plans:version", args=[draft.pk]) in page(browser, "plan", family)
    assert "Ik bel 112 en ga naar de buren." in page(browser, "version", draft.pk)
    assert "Hij is verhuisd." in page(browser, "version", second.pk)


WRITTEN = {
    "danger": {"text": "Hij dreigt haar iets aan te doen."},
    "conditions": {
        "text": "Hij komt niet bij huis of school.",
        "checked_by": "Wijkagent",
        "rhythm": "elke vrijdag",
        "until_on": "2026-04-02",
        "if_broken": "Marloes belt 112.",
    },
    "early_signs": {"text": "Hij belt ineens vaak."},
    "what_i_do": {"text": "Ik ga naar de buren."},
    "whom_to_call": {"text": "Samir", "phone": "088 000 01 23"},
    "agreements": {"text": "De hond blijft bij oma.", "topic": "pets", "checked_by": "Oma"},
    "network": {
        "who": "Oma",
        "text": "Haalt Daan van school.",
        "task": "both",
        "knows_address": "no",
        "phone": "088 000 01 24",
    },
    "professionals": {"who": "Gezinscoach", "text": "Praat met Femke.", "rhythm": "elke week"},
    "police": {"who": "Wijkagent", "text": "Rijdt elke avond langs.", "until_on": "2026-05-01"},
    "relapse": {"sign": "cancels_appointments", "text": "twee keer achter elkaar"},
}


def test_every_part_of_the_plan_is_written_and_read_back(browser, draft, household, hold):
    reference_data.load()
    assert set(WRITTEN) == set(Section.values)
    for section, answers in WRITTEN.items():
        shown = send(browser, "write", draft.pk, section, **answers).content.decode()
        assert "Het staat in het concept." in shown, section
    hold(draft)

    shown = page(browser, "plan", household.family.pk)
    for answers in WRITTEN.values():
        assert answers["text"] in shown
    for words in (
        "Marloes belt 112.",
        "Elke vrijdag.",
        "Tot en met 2 april 2026.",
        "Kent het adres niet",
        "Tot en met 1 mei 2026.",
    ):
        assert words in shown, words
    assert "zegt afspraken af: twee keer achter elkaar" in shown


@pytest.mark.row("B16")
def test_a_plan_without_an_arrangement_with_the_police_says_so(browser, current, household, write, hold, next_draft):
    assert page(browser, "plan", household.family.pk).count("geen afspraak") == 1

    second = next_draft()
    write(second, Section.POLICE, "Rijdt langs.", who="Wijkagent", until_on=REVIEW)
    hold(second)
    shown = page(browser, "plan", household.family.pk)
    assert "geen afspraak" not in shown
    assert re.search(r"Wijkagent.*Rijdt langs\..*Tot en met 2 april 2026\.", shown, re.DOTALL)


@pytest.mark.row("D4")
def test_a_child_of_whom_the_plan_says_nothing_is_flagged(browser, current, household):
    shown = page(browser, "plan", household.family.pk)

    assert "In dit plan staat nog niets over: Femke" in shown
    assert shown.count("In het plan staat nog niets voor dit kind") == 1


def test_a_line_that_lacks_something_comes_back_with_what_was_typed(browser, draft):
    shown = send(
        browser, "write", draft.pk, "agreements", topic="contact", text="Hij komt niet bij school."
    ).content.decode()

    assert "Zeg wie op deze afspraak let." in shown
    assert "Hij komt niet bij school." in shown
    assert browser.get(reverse("safety_plans:write", args=[draft.pk, "something"])).status_code == 404


def test_days_that_cannot_be_are_said_beside_the_field(browser, draft):
    shown = send(browser, "activate", draft.pk, agreed_on="2026-03-03", review_on="2026-03-02").content.decode()

    assert "Deze dag moet nog komen." in shown
    assert "Kies een dag na vandaag." in shown
    assert not SafetyPlan.objects.current().exists()


def test_what_was_taken_out_of_a_draft_is_gone(browser, draft):
    send(browser, "remove", draft.items.first().pk)

    assert "Hij komt langs als hij boos is." not in page(browser, "edit", draft.pk)


def test_the_form_of_a_version_that_holds_leads_to_that_version(browser, current):
    item = current.items.first()
    for name, arguments in (("edit", [current.pk]), ("write", [current.pk, "danger"]), ("change", [item.pk])):
        assert browser.get(reverse(f"safety_plans:{name}", args=arguments)).url == current.get_absolute_url()


def test_two_workers_reword_one_line_and_both_wordings_are_there_to_choose_from(browser, draft, household, sign_in):
    item = draft.items.first()
    form = page(browser, "change", item.pk)
    assert "Hij komt langs als hij boos is." in form
    send(sign_in(household.stand_in), "change", item.pk, text="Hij staat voor de deur.")
    browser = sign_in(household.worker)

    shown = send(browser, "change", item.pk, text="Hij belt haar moeder.").content.decode()

    assert "Iemand anders heeft deze regel ook veranderd." in shown
    for words in ("Hij staat voor de deur.", "Hij belt haar moeder.", "Eén van twee versies, door Els Vonk"):
        assert words in shown, words
    assert reverse("safety_plans:activate", args=[draft.pk]) not in shown
    mine = SafetyPlanItem.objects.get(text="Hij belt haar moeder.")
    shown = send(browser, "choose", mine.pk).content.decode()
    assert "Hij staat voor de deur." not in shown
    assert reverse("safety_plans:activate", args=[draft.pk]) in shown


def test_what_is_sent_after_the_draft_came_to_hold_stands_in_the_next(browser, draft, hold):
    page(browser, "write", draft.pk, "police")
    hold(draft)

    shown = send(browser, "write", draft.pk, "police", text="Rijdt langs.", who="").content.decode()

    assert "Je regel staat in het concept van de volgende" in shown
    assert "Rijdt langs." in shown
    assert SafetyPlan.objects.drafts().get().version == 2


def test_a_stale_click_on_a_wording_that_is_gone_is_told(browser, draft):
    item = draft.items.first()
    send(browser, "remove", item.pk)

    for name in ("remove", "choose", "keep_both"):
        answer = send(browser, name, item.pk)
        assert answer.status_code == 200
        assert "Dit is al uit het concept." in answer.content.decode()


def test_a_condition_is_checked_and_a_broken_one_asks_what_happened(browser, draft, household, write, hold):
    condition = write(
        draft,
        Section.CONDITIONS,
        "Hij komt niet bij school.",
        checked_by="School",
        if_broken="Marloes belt 112.",
        until_on=REVIEW,
    )
    hold(draft)

    shown = send(browser, "check", condition.pk, checked_on="2026-03-02", is_kept="no").content.decode()
    assert "Schrijf op wat er gebeurde." in shown
    send(browser, "check", condition.pk, checked_on="2026-03-02", is_kept="no", note="Hij stond bij het hek.")
    assert "Hij stond bij het hek." in page(browser, "plan", household.family.pk)
    assert ConditionCheck.objects.get().is_kept is False
    danger = draft.items.get(section=Section.DANGER)
    assert browser.get(reverse("safety_plans:check", args=[danger.pk])).status_code == 404


def test_a_plan_that_was_not_looked_at_in_time_says_so_until_it_is_confirmed(browser, current, household):
    SafetyPlan.objects.filter(pk=current.pk).update(review_on="2026-03-01")
    assert "Had opnieuw bekeken moeten worden op 1 maart 2026" in page(browser, "plan", household.family.pk)

    send(browser, "confirm", current.pk, agreed_on="2026-03-02", review_on="2026-06-02")

    shown = page(browser, "plan", household.family.pk)
    assert "Had opnieuw bekeken moeten worden" not in shown
    assert "Wordt opnieuw bekeken op 2 juni 2026." in shown


@pytest.mark.parametrize("slip", ["9999-12-31", "2036-06-02"])
def test_a_plan_is_looked_at_again_on_a_day_that_can_come(browser, current, slip):
    refused = send(browser, "confirm", current.pk, agreed_on="2026-03-02", review_on=slip)

    assert refused.context["form"].errors.keys() == {"review_on"}


@pytest.mark.row("C18")
def test_the_page_says_what_the_next_phase_waits_for(browser, draft, household, write, hold):
    condition = write(
        draft, Section.CONDITIONS, "Hij komt niet.", checked_by="School", if_broken="112", until_on=REVIEW
    )
    hold(draft)
    family = household.family.pk
    assert "Niet nagekomen of niet nagekeken: Hij komt niet." in page(browser, "phase", family)

    for phase, why in (("risk_driven_care", "Hij komt niet."), ("recovery", "Eén fase tegelijk.")):
        refused = send(browser, "phase", family, phase=phase, because="Het gaat goed.")
        assert why in str(refused.context["form"].errors["phase"])
        assert refused.context["form"]["because"].value() == "Het gaat goed."
    assert not CarePhase.objects.exists()
    send(browser, "check", condition.pk, checked_on="2026-03-02", is_kept="yes")
    send(browser, "phase", family, phase="risk_driven_care", because="Het gaat goed.")
    assert CarePhase.objects.get().phase == "risk_driven_care"
    assert "Fase: Risicogestuurde zorg." in page(browser, "risk", family)
    send(browser, "phase", family, phase="immediate_safety", because="Hij stond voor de deur.")
    assert CarePhase.objects.filter(ends_at=None).get().phase == "immediate_safety"


def test_reading_is_recorded_and_the_paper_too(browser, current, household):
    page(browser, "plan", household.family.pk)
    answer = browser.post(reverse("safety_plans:papers", args=[current.pk]), {"paper": f"client:{household.client.pk}"})

    assert answer["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(event=Event.SAFETY_PLAN_VIEWED, subject_id=household.family.pk).exists()
    issued = AuditEvent.objects.get(event=Event.PAPER_ISSUED, subject_id=current.pk)
    assert issued.details["paper"] == "safety_plan_client"
    assert re.fullmatch(r"\w{4}-\w{4}", issued.details["number"])


def test_a_paper_is_listed_becomes_outdated_and_is_taken_back(browser, current, household, hold, next_draft):
    browser.post(reverse("safety_plans:papers", args=[current.pk]), {"paper": f"child:{household.daan.pk}"})
    issued = IssuedPaper.objects.get()
    assert issued.number in page(browser, "holders", household.family.pk)

    hold(next_draft())
    assert "Verouderd" in page(browser, "holders", household.family.pk)
    shown = send(browser, "withdraw", issued.pk).content.decode()
    assert "Teruggenomen" in shown
    assert "Dit papier was al teruggenomen." in send(browser, "withdraw", issued.pk).content.decode()


def test_places_are_left_in_for_an_organisation_only_and_that_is_said(browser, current, household):
    shown = send(
        browser, "papers", current.pk, paper=f"client:{household.client.pk}", with_places="on"
    ).content.decode()

    assert "Plaatsen kunnen alleen blijven staan voor een organisatie" in shown
    assert not IssuedPaper.objects.exists()


def test_the_pages_cost_the_same_with_two_versions_and_with_twenty(
    browser, current, household, write, hold, next_draft, assess
):
    def cost(name, *arguments):
        with CaptureQueriesContext(connection) as queries:
            page(browser, name, *arguments)
        return len(queries)

    def costs():
        newest = SafetyPlan.objects.current().get()
        family = household.family.pk
        return [cost(name, family) for name in ("plan", "risk", "holders")] + [cost("version", newest.pk)]

    def fill(number):
        for _ in range(number):
            second = next_draft()
            child = Person.objects.create(family=household.family, place=Place.CHILD, given_name="K")
            write(second, Section.DANGER, "x", person=child)
            hold(second)
            operations.issue_paper(
                second, "card", to=operations.Recipient("K", child), by=household.worker, at=factories.NOW
            )
            assess(moment=Moment.PERIODIC)

    fill(1)
    costs()
    few = costs()
    fill(18)
    assert costs() == few
    assert SafetyPlan.objects.filter(status=Status.SUPERSEDED).count() == 19
