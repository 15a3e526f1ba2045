import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Draft, Role
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Person, Place
from safety_plans import operations
from safety_plans.models import Moment, RiskAssessment, SafetyPlan, Section, Status
from tests import factories


@pytest.fixture
def browser(household, sign_in):
    return sign_in(household.worker)


def page(browser, name, pk):
    return browser.get(reverse(f"safety_plans:{name}", args=[pk])).content.decode()


def send(browser, name, pk, **answers):
    return browser.post(reverse(f"safety_plans:{name}", args=[pk]), answers, follow=True)


@pytest.mark.row("C1")
def test_a_plan_is_written_agreed_and_replaced_in_the_browser(browser, household):
    family = household.family.pk
    send(browser, "draft", family)
    draft = SafetyPlan.objects.get()
    send(browser, "edit", draft.pk, section="what_i_do", text="Ik bel 112 en ga naar de buren.")
    send(
        browser,
        "edit",
        draft.pk,
        section="agreements",
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
    send(browser, "activate", second.pk, agreed_on="2026-03-02", review_on="2026-05-02")
    assert reverse("safety_plans:version", args=[draft.pk]) in page(browser, "plan", family)
    assert "Ik bel 112 en ga naar de buren." in page(browser, "version", draft.pk)


@pytest.mark.row("C1")
def test_a_plan_without_an_arrangement_with_the_police_says_so(browser, current, household):
    assert page(browser, "plan", household.family.pk).count("geen afspraak") == 1


@pytest.mark.row("D4")
def test_a_child_of_whom_the_plan_says_nothing_is_flagged(browser, current, household):
    assert "In dit plan staat nog niets over: Femke" in page(browser, "plan", household.family.pk)


def test_an_agreement_that_nobody_checks_comes_back_with_what_was_typed(browser, draft):
    shown = send(browser, "edit", draft.pk, section="agreements", text="Hij komt niet bij school.").content.decode()

    assert "Zeg wie op deze afspraak let." in shown
    assert "Hij komt niet bij school." in shown


def test_days_that_cannot_be_are_said_beside_the_field(browser, draft):
    shown = send(browser, "activate", draft.pk, agreed_on="2026-03-03", review_on="2026-03-02").content.decode()

    assert "Deze dag moet nog komen." in shown
    assert "Kies een dag na vandaag." in shown
    assert not SafetyPlan.objects.current().exists()


def test_what_was_taken_out_of_a_draft_is_gone(browser, draft):
    send(browser, "remove", draft.items.first().pk)

    assert "Hij komt langs als hij boos is." not in page(browser, "edit", draft.pk)


def test_the_form_of_a_version_that_holds_leads_to_that_version(browser, current):
    assert browser.get(reverse("safety_plans:edit", args=[current.pk])).url == current.get_absolute_url()


ASSESSMENT = {"moment": "departure", "assessed_on": "2026-03-02", "conclusion": "Zij is veilig, hij weet niets."}


@pytest.mark.row("C2", "D6")
def test_the_form_asks_for_everybody_before_a_departure(browser, household):
    family = household.family.pk
    # Rows in reading order: client, Femke, Daan, the ex-partner, a new partner, the household.
    shown = send(browser, "assess", family, level_3="high", **ASSESSMENT).content.decode()

    # Beside the client, two children and the household, and in the list on top.
    assert shown.count("kijk je ook hiernaar") == 8
    assert "Zij is veilig, hij weet niets." in shown
    assert not RiskAssessment.objects.exists()

    levels = {f"level_{number}": "raised" for number in (0, 1, 2, 3, 5)}
    send(browser, "assess", family, note_1="Zij slaapt slecht.", **levels, **ASSESSMENT)
    made = RiskAssessment.objects.get()
    assert [subject.kind for subject in made.subjects.all()] == [
        "client",
        "child",
        "child",
        "person_causing_harm",
        "household",
    ]
    shown = page(browser, "plan", family)
    assert "Zij slaapt slecht." in shown
    assert "Zij is veilig, hij weet niets." in shown


def test_a_half_written_assessment_is_kept_and_found_again(browser, household):
    send(browser, "assess", household.family.pk, save_draft="1", conclusion="Half.", level_0="low")

    assert "Half." in page(browser, "assess", household.family.pk)
    assert browser.get(reverse("accounts:drafts")).status_code == 200
    levels = {f"level_{number}": "raised" for number in (0, 1, 2, 5)}
    send(browser, "assess", household.family.pk, **levels, **ASSESSMENT)
    assert not Draft.objects.exists()


def test_reading_is_recorded_and_the_paper_too(browser, current, household):
    page(browser, "plan", household.family.pk)
    answer = browser.get(reverse("safety_plans:paper", args=[current.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(event=Event.SAFETY_PLAN_VIEWED, subject_id=household.family.pk).exists()
    issued = AuditEvent.objects.get(event=Event.PAPER_ISSUED, subject_id=current.pk)
    assert issued.details["paper"] == "safety_plan"
    assert re.fullmatch(r"\w{4}-\w{4}", issued.details["number"])


@pytest.mark.row("I11")
def test_who_was_shown_the_safety_plan_reads_it_and_changes_nothing(current, household, sign_in):
    school = factories.organisation("School", kind="school_primary")
    reader = factories.user(Role.SIGNALLER, at=school)
    factories.involvement(household.family, school, "partner")
    factories.assignment(household.family, reader, school, "reader")
    browser = sign_in(reader)

    shown = page(browser, "plan", household.family.pk)

    assert "Alleen oma haalt Daan op." in shown
    assert reverse("safety_plans:draft", args=[household.family.pk]) not in shown
    assert reverse("overview:family", args=[household.family.pk]) not in shown
    assert browser.get(reverse("safety_plans:edit", args=[current.pk])).status_code == 404
    assert send(browser, "draft", household.family.pk).status_code == 404


def test_the_page_costs_the_same_with_more_in_it(browser, current, household):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(browser, "plan", household.family.pk)
        return len(queries)

    def fill(number):
        for _ in range(number):
            second = operations.draft_plan(household.family, by=household.worker, at=factories.NOW)
            child = Person.objects.create(family=household.family, place=Place.CHILD, given_name="K")
            operations.add_item(second, section=Section.DANGER, text="x", person=child, by=household.worker)
            operations.activate(
                second,
                agreed_with_client_on=date(2026, 3, 2),
                review_on=date(2026, 4, 2),
                by=household.worker,
                at=factories.NOW,
            )
            operations.assess(
                household.family,
                moment=Moment.PERIODIC,
                on=date(2026, 3, 2),
                subjects=household.whole_family,
                conclusion="x",
                by=household.worker,
                at=factories.NOW,
            )

    fill(2)
    cost()
    few = cost()
    fill(8)
    assert cost() == few
    assert SafetyPlan.objects.filter(status=Status.SUPERSEDED).count() == 10
