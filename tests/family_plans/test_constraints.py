"""What the database itself holds to in the plan: each constraint, with one row that goes against it alone."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F

from cases.models import Person, Place
from family_plans import models, operations
from family_plans.models import AtMove, Cause, FindingKind, Occasion, PracticalNeed, RelianceLevel
from tests import factories
from tests.family_plans.conftest import TODAY, code_list, new_help

NOW = factories.NOW
BEFORE = date(2026, 1, 31)
YESTERDAY = date(2026, 3, 1)
NOBODY = {"person": None, "user": None, "organisation": None, "network": ""}

# Of each check: what a row that was right is changed into.
WRONG = {
    "helpline_is_planned_to_end_after_it_starts": ("HelpLine", {"planned_end_on": BEFORE}),
    "helpline_nothing_comes_before_the_asking": ("HelpLine", {"indicated_on": BEFORE}),
    "helpline_ends_after_it_was_asked": ("HelpLine", {"starts_on": None, "ended_on": BEFORE, "end_reason": "moved"}),
    "helpline_ends_after_it_starts": (
        "HelpLine",
        {"asked_on": BEFORE, "ended_on": BEFORE, "end_reason": "moved"},
    ),
    "helpline_ends_for_a_reason": ("HelpLine", {"ended_on": TODAY}),
    "helpline_end_reason_known": ("HelpLine", {"ended_on": TODAY, "end_reason": "bored"}),
    "helpline_fit_known": ("HelpLine", {"fit": "x"}),
    "helpline_drop_out_risk_known": ("HelpLine", {"drop_out_risk": "x"}),
    "helpline_together_is_two_persons": ("HelpLine", {"together_with": F("person")}),
    "helpatmove_outcome_known": ("HelpAtMove", {"outcome": "lost"}),
    "helpatmove_has_a_last_day": ("HelpAtMove", {"last_day": None}),
    "helpatmove_starts_after_it_stopped": ("HelpAtMove", {"first_day": F("last_day")}),
    "treatmentline_has_a_ground": ("TreatmentLine", {"ground": ""}),
    "treatmentline_ends_after_it_starts": ("TreatmentLine", {"ended_on": BEFORE, "end_reason": "moved"}),
    "treatmentline_ends_for_a_reason": ("TreatmentLine", {"ended_on": TODAY}),
    "incomeline_occasion_known": ("IncomeLine", {"occasion": "x"}),
    "incomeline_kind_known": ("IncomeLine", {"kind": "x"}),
    "incomeline_tailored_known": ("IncomeLine", {"tailored": "x"}),
    "incomeline_decided_with_a_day": ("IncomeLine", {"decision": "granted"}),
    "incomeline_decided_after_it_was_asked": (
        "IncomeLine",
        {"applied_on": TODAY, "decided_on": YESTERDAY, "decision": "granted"},
    ),
    "debts_situation_known": ("Debts", {"situation": "x"}),
    "housingline_urgency_known": ("HousingLine", {"urgency": "x"}),
    "housingline_requested_when_asked": ("HousingLine", {"urgency": "not_requested"}),
    "housingline_requested_on_a_day": ("HousingLine", {"urgency": "requested", "requested_on": None}),
    "housingline_decided_on_a_day": ("HousingLine", {"decided_on": BEFORE}),
    "housingline_condition_says_what": ("HousingLine", {"condition_until": TODAY}),
    "familyplan_has_the_clients_own_words": ("FamilyPlan", {"own_words": ""}),
    "familyplan_route_known": ("FamilyPlan", {"route": "x"}),
    "familyplan_ended_by_exactly_when_ended": ("FamilyPlan", {"ended_at": NOW}),
    "routephase_of_three": ("RoutePhase", {"number": 4}),
    "routephase_ends_after_it_starts": ("RoutePhase", {"ends_on": F("starts_on")}),
    "routefocus_three_at_most": ("RouteFocus", {"slot": 4}),
    "goal_phase_known": ("Goal", {"phase": "x"}),
    "goal_result_known": ("Goal", {"result": "x", "result_on": TODAY}),
    "goal_says_why_and_what": ("Goal", {"aim": ""}),
    "goal_exactly_one_is_responsible": ("Goal", NOBODY),
    "goal_result_has_a_day": ("Goal", {"result": "not"}),
    "participant_is_exactly_one": ("Participant", NOBODY),
    "participant_has_a_task": ("Participant", {"task": ""}),
    "planaction_exactly_one_is_responsible": ("PlanAction", NOBODY),
    "planaction_says_what": ("PlanAction", {"what": ""}),
    "planaction_done_by_exactly_when_done": ("PlanAction", {"done_at": NOW}),
    "finding_kind_known": ("Finding", {"kind": "x"}),
    "finding_says_something": ("Finding", {"text": ""}),
    "sourceplan_has_a_title": ("SourcePlan", {"title": ""}),
    "keptpart_not_from_oneself": ("KeptPart", {"about": F("kept_from")}),
    "keptpart_for_a_reason": ("KeptPart", {"reason": ""}),
    "conference_says_what_was_discussed": ("Conference", {"discussed": ""}),
    "attendee_is_exactly_one": ("Attendee", NOBODY),
    "contribution_is_a_word": ("Contribution", {"what": "No word"}),
    "practicalneed_settled_known": ("PracticalNeed", {"settled": "x"}),
    "selfreliance_level_known": ("SelfReliance", {"level": "x"}),
    "selfreliance_score_is_out_of_ten": ("SelfReliance", {"own_score": 11}),
    "assessment_occasion_known": ("Assessment", {"occasion": "x"}),
    "assessment_says_which_instrument": ("Assessment", {"version": ""}),
    "score_of_five_levels": ("Score", {"level": 6}),
    "score_own_of_five_levels": ("Score", {"own_level": 0}),
    "stagnation_cause_known": ("Stagnation", {"cause": "x"}),
    "stagnation_source_known": ("Stagnation", {"source": "x"}),
    "stagnation_status_known": ("Stagnation", {"status": "x"}),
    "stagnation_solution_exactly_when_solved": ("Stagnation", {"solution": "x"}),
    "stagnation_escalated_with_a_day_for_the_answer": ("Stagnation", {"status": "escalated"}),
    "stagnation_answer_has_somebody_who_gave_it": ("Stagnation", {"answer": "x"}),
    "stagnation_answered_with_an_answer": (
        "Stagnation",
        {"status": "answered", "escalated_on": TODAY, "answer_by": TODAY},
    ),
    "stagnation_came_after_it_was_stuck": ("Stagnation", {"came_on": BEFORE}),
    "bindingrequest_says_what": ("BindingRequest", {"what": ""}),
    "bindingrequest_leaves_time_to_answer": ("BindingRequest", {"answer_by": F("asked_on")}),
    "bindingrequest_answered_whole_or_not": ("BindingRequest", {"answer": "x"}),
    "templateaction_counted_from_known": ("TemplateAction", {"counted_from": "x"}),
}
# Of each that there may be only one of: what of a second one differs, so that nothing else is in its way.
TWICE = {
    "helpatmove_once_per_move": ("HelpAtMove", {}),
    "housingline_one_open_per_family": ("HousingLine", {}),
    "familyplan_one_active_per_family": ("FamilyPlan", {}),
    "routephase_each_once": ("RoutePhase", {}),
    "routefocus_one_per_slot": ("RouteFocus", {"domain": "education"}),
    "routefocus_each_domain_once": ("RouteFocus", {"slot": 3}),
    "keptpart_once": ("KeptPart", {}),
    "practicalneed_each_once": ("PracticalNeed", {}),
    "score_one_per_domain": ("Score", {}),
    "networkcount_once_a_day": ("NetworkCount", {}),
    "stagnation_one_open_per_income_line": ("Stagnation", {"housing_line": None}),
    "stagnation_one_open_per_housing_line": ("Stagnation", {"income_line": None}),
    "bindingrequest_one_open_per_stagnation": ("BindingRequest", {}),
    "goaltemplate_one_row_per_version": ("GoalTemplate", {}),
    "templateaction_in_order": ("TemplateAction", {}),
}


@pytest.fixture
def everything(action, help_line, household):
    """One row at least of everything that a plan holds, each as an operation makes it."""
    plan, by, domains = action.goal.plan, household.worker, household.domains
    family, client, femke = household.family, household.client, household.femke
    by_now = {"by": by, "at": NOW}
    operations.add_participant(action.goal, who="tante Riet", task="Gaat mee.", **by_now)
    operations.note_finding(plan, kind=FindingKind.NEED, domain=domains["family"], text="Rust.", **by_now)
    operations.name_source(plan, organisation=household.debt_support, title="Plan", made_on=TODAY, **by_now)
    operations.keep_part(plan, about=femke, kept_from=client, reason="Zij vroeg erom.", **by_now)
    operations.hold_conference(plan, held_on=TODAY, discussed="De post.", attendees=[by, client], **by_now)
    focus = [domains["finances"], domains["housing"]]
    operations.choose_route(plan, starts_on=TODAY, months=9, focus=focus, **by_now)
    (item,) = code_list("practical_needs", {"furniture": "inrichting"}).values()
    operations.settle_practical_need(family, item=item, settled=PracticalNeed.Settled.ARRANGED, **by_now)
    line = operations.ask_help(family, new_help(household, person=client, starts_on=date(2026, 2, 1)), **by_now)
    models.HelpLine.objects.exclude(pk=line.pk).delete()
    operations.record_help_at_move(line, moved_on=TODAY, outcome=AtMove.TRANSFERS, last_day=YESTERDAY, **by_now)
    father = Person.objects.create(family=family, place=Place.EX_PARTNER, given_name="Ronald", causes_harm=True)
    operations.record_treatment(
        father,
        organisation=household.debt_support,
        kind=household.kinds["violence_treatment"],
        starts_on=date(2026, 2, 1),
        ground="Zijn toestemming",
        **by_now,
    )
    income = operations.record_income(
        family, operations.Income(occasion="other", kind="benefit", applied_on=date(2026, 2, 1)), **by_now
    )
    operations.note_debts(family, situation=models.DebtSituation.SOME, on=TODAY, **by_now)
    housing = operations.record_housing(
        family,
        operations.Housing(urgency="granted", requested_on=date(2026, 2, 1), decided_on=date(2026, 2, 2)),
        **by_now,
    )
    operations.assess_self_reliance(family, domain=domains["family"], level=RelianceLevel.SELF, on=TODAY, **by_now)
    score = operations.NewScore(household.matrix["01"], 3, 3)
    operations.record_assessment(client, occasion=Occasion.INTAKE, on=TODAY, scores=[score], **by_now)
    operations.count_network(family, on=TODAY, size=2, **by_now)
    stuck = operations.report_stagnation(
        family, domain=domains["finances"], cause=Cause.MONEY, since=date(2026, 2, 1), **by_now
    )
    models.Stagnation.objects.update(income_line=income, housing_line=housing)
    operations.bind_partner(
        stuck,
        to=household.debt_support,
        what="Wanneer?",
        answer_by=date(2026, 3, 9),
        by=household.regisseur,
        at=NOW,
    )
    return household


def go_against(cast, name):
    """Write the row that goes against this constraint and against no other."""
    model, changes = (WRONG | TWICE)[name]
    rows = getattr(models, model).objects
    row = rows.order_by("pk")[0]
    if name in WRONG:
        rows.filter(pk=row.pk).update(**changes)
        return
    row.pk = uuid4()
    row._state.adding = True
    for field, value in changes.items():
        setattr(row, field, cast.domains[value] if field == "domain" else value)
    row.save(force_insert=True)


def test_each_constraint_refuses_the_row_that_goes_against_it_alone(everything):
    every = {
        constraint.name
        for model in apps.get_app_config("family_plans").get_models()
        for constraint in model._meta.constraints
    }
    assert every == set(WRONG) | set(TWICE)
    for name in sorted(every):
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            go_against(everything, name)
