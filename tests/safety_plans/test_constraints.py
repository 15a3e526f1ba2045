"""What the database holds to in the safety plan and the risk: each constraint, with a row that goes against it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F

from safety_plans import models
from safety_plans.models import Section
from tests import factories
from tests.safety_plans.conftest import REVIEW, TODAY

NOW = factories.NOW

# Of each check: which row, and what it is changed into.
WRONG = {
    "carephase_phase_known": ("CarePhase", {}, {"phase": "x"}),
    "carephase_has_a_reason": ("CarePhase", {}, {"because": ""}),
    "carephase_ends_after_it_starts": ("CarePhase", {}, {"ends_at": NOW - timedelta(days=1)}),
    "safetyplan_status_known": ("SafetyPlan", {"status": "current"}, {"status": "x"}),
    "safetyplan_agreed_exactly_when_not_a_draft": ("SafetyPlan", {"status": "current"}, {"holds_from": None}),
    "safetyplan_new_version_has_a_reason": ("SafetyPlan", {"status": "current"}, {"because": ""}),
    "safetyplanitem_section_known": ("SafetyPlanItem", {"section": "danger"}, {"section": "x"}),
    "safetyplanitem_says_something": ("SafetyPlanItem", {"section": "danger"}, {"text": ""}),
    "safetyplanitem_topic_is_a_word": ("SafetyPlanItem", {"section": "danger"}, {"topic": "Twee woorden"}),
    "safetyplanitem_task_is_a_word": ("SafetyPlanItem", {"section": "danger"}, {"task": "Twee woorden"}),
    "safetyplanitem_agreement_is_checked_by_somebody": (
        "SafetyPlanItem",
        {"section": "agreements"},
        {"checked_by": ""},
    ),
    "safetyplanitem_condition_has_checker_term_and_consequence": (
        "SafetyPlanItem",
        {"section": "conditions"},
        {"until_on": None},
    ),
    "safetyplanitem_network_has_a_task_and_knows_or_not": (
        "SafetyPlanItem",
        {"section": "network"},
        {"knows_address": None},
    ),
    "safetyplanitem_professional_has_a_rhythm": ("SafetyPlanItem", {"section": "professionals"}, {"rhythm": ""}),
    "safetyplanitem_only_the_network_knows_or_not": (
        "SafetyPlanItem",
        {"section": "danger"},
        {"knows_address": True},
    ),
    "confirmation_review_comes_later": ("Confirmation", {}, {"review_on": F("confirmed_on")}),
    "conditioncheck_broken_says_what_happened": ("ConditionCheck", {}, {"is_kept": False}),
    "riskassessment_moment_known": ("RiskAssessment", {}, {"moment": "x"}),
    "riskassessment_has_a_conclusion": ("RiskAssessment", {}, {"conclusion": ""}),
    "riskassessment_instrument_says_whether_trained": ("RiskAssessment", {}, {"is_trained": None}),
    "riskassessment_next_comes_later": ("RiskAssessment", {}, {"next_on": F("assessed_on")}),
    "risksubject_kind_known": ("RiskSubject", {"kind": "household"}, {"kind": "x"}),
    "risksubject_level_known": ("RiskSubject", {"kind": "household"}, {"level": "x"}),
    "risksubject_client_and_child_are_persons": ("RiskSubject", {"kind": "client"}, {"person": None}),
    "risksubject_household_is_no_person": ("RiskSubject", {"kind": "client"}, {"kind": "household", "score": None}),
    "risksubject_score_of_who_must_be_safe": ("RiskSubject", {"kind": "client"}, {"score": 11}),
    "riskfactor_kind_known": ("RiskFactor", {}, {"kind": "x"}),
    "riskfactor_course_known": ("RiskFactor", {}, {"course": "x"}),
    "riskfactor_is_on_a_list": ("RiskFactor", {}, {"code": ""}),
    "riskparticipant_is_somebody": ("RiskParticipant", {}, {"who": ""}),
    "issuedpaper_kind_known": ("IssuedPaper", {"kind": "card"}, {"kind": "x"}),
    "issuedpaper_places_only_for_an_organisation": ("IssuedPaper", {"kind": "card"}, {"with_places": True}),
    "issuedpaper_child_is_a_person": ("IssuedPaper", {"kind": "card"}, {"kind": "child"}),
    "issuedpaper_partner_is_an_organisation": ("IssuedPaper", {"kind": "card"}, {"kind": "partner"}),
}
# Of each that there may be only one of: what of a second one differs, so that nothing else is in its way.
TWICE = {
    "carephase_one_open_per_family": ("CarePhase", {}, {}),
    "safetyplan_one_row_per_version": ("SafetyPlan", {"status": "superseded"}, {}),
    "safetyplan_one_current_per_family": ("SafetyPlan", {"status": "current"}, {"version": 9}),
    "safetyplan_one_draft_per_family": ("SafetyPlan", {"status": "draft"}, {"version": 9}),
    "safetyplanitem_one_per_place": ("SafetyPlanItem", {}, {}),
    "risksubject_one_judgement_per_subject": ("RiskSubject", {"kind": "household"}, {}),
    "riskfactor_once_per_assessment": ("RiskFactor", {}, {}),
    "receipt_one_per_version_and_organisation": ("Receipt", {}, {}),
}
# A status that is not known is no status of an agreed version either: that one is told first.
TOLD_AS = {"safetyplan_status_known": "safetyplan_agreed_exactly_when_not_a_draft"}


@pytest.fixture
def everything(household, draft, write, hold, next_draft, assess):
    family, by = household.family, household.worker
    write(draft, Section.CONDITIONS, "Hij belt niet.", checked_by="Oma", until_on=REVIEW, if_broken="Bel.")
    write(draft, Section.NETWORK, "Belt.", who="Oma", task="checks", knows_address=False)
    write(draft, Section.PROFESSIONALS, "Praat.", who="Coach", rhythm="elke week")
    hold(draft)
    current = hold(next_draft())
    next_draft()
    condition = current.items.get(section=Section.CONDITIONS)
    recorded = {"family": family, "recorded_by": by, "recorded_at": NOW}
    models.ConditionCheck.objects.create(
        item=condition, line=condition.line, checked_on=TODAY, is_kept=True, **recorded
    )
    models.Confirmation.objects.create(plan=current, confirmed_on=TODAY, review_on=REVIEW, **recorded)
    models.CarePhase.objects.create(
        family=family, phase="risk_driven_care", because="Rustig.", starts_at=NOW, decided_by=by
    )
    models.RiskParticipant.objects.create(family=family, assessment=assess(), who="Tamar")
    models.Receipt.objects.create(family=family, plan=current, organisation=household.shelter, read_by=by, read_at=NOW)
    models.IssuedPaper.objects.create(
        family=family, plan=current, kind="card", recipient="Marloes", number="ABCD-EFGH", issued_by=by, issued_at=NOW
    )


def go_against(name):
    model, which, changes = (WRONG | TWICE)[name]
    rows = getattr(models, model).objects.filter(**which)
    row = rows.order_by("pk")[0]
    if name in WRONG:
        getattr(models, model).objects.filter(pk=row.pk).update(**changes)
        return
    row.pk = uuid4()
    row._state.adding = True
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(force_insert=True)


def test_each_constraint_refuses_the_row_that_goes_against_it(everything):
    every = {
        constraint.name
        for model in apps.get_app_config("safety_plans").get_models()
        for constraint in model._meta.constraints
    }
    assert every == set(WRONG) | set(TWICE)
    for name in sorted(every):
        with pytest.raises(IntegrityError, match=f'"{TOLD_AS.get(name, name)}"'), transaction.atomic():
            go_against(name)
