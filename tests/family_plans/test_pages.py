"""The pages of the plan: as many questions for a long plan as for a short one, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from family_plans import operations
from family_plans.models import (
    BindingRequest,
    Cause,
    EndReason,
    FamilyPlan,
    Goal,
    GoalResult,
    HelpLine,
    PlanAction,
    Solution,
    Stagnation,
)
from tests import factories
from tests.family_plans.conftest import TODAY, code_list, new_goal, new_help, share_plan

NOW = factories.NOW


def grow(plan, cast, *, goals, actions, lines):
    """Add goals with actions by turns of everybody, help of several kinds, each with all that a line can have."""
    owners = [cast.client, cast.worker, cast.debt_support, "tante Riet"]
    places = [cast.domains[code] for code in ("finances", "debts", "housing", "education", "safety")]
    for number in range(goals):
        goal = operations.set_goal(
            plan,
            new_goal(cast, responsible=owners[number % 4], about=[None, cast.femke, cast.daan][number % 3]),
            by=cast.worker,
            at=NOW,
        )
        Goal.objects.filter(pk=goal.pk).update(domain=places[number % 5])
        operations.add_participant(goal, who=owners[number % 4], task="Kijkt mee.", by=cast.worker, at=NOW)
        for one in range(actions // goals):
            operations.agree_action(
                goal,
                what=f"Actie {one}",
                responsible=owners[one % 4],
                due_on=TODAY + timedelta(days=one - 2),
                by=cast.worker,
                at=NOW,
            )
    for number in range(lines):
        operations.ask_help(
            cast.family,
            new_help(
                cast,
                ["debt_help", "youth_help", "trauma_treatment"][number % 3],
                person=[None, cast.femke, cast.client][number % 3],
                asked_on=TODAY - timedelta(days=number * 9),
            ),
            by=cast.worker,
            at=NOW,
        )


def queries(client, page):
    # What a session asks once is asked before.
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["plan", "help", "stagnations", "income", "reliance"])
def test_a_plan_of_sixty_actions_and_twenty_help_lines_asks_as_much_as_a_small_one(
    client, sign_in, plan, household, name
):
    page = reverse(f"family_plans:{name}", args=[household.family.pk])
    sign_in(household.worker)
    grow(plan, household, goals=2, actions=4, lines=2)
    stick(household, 2)
    few = queries(client, page)

    grow(plan, household, goals=10, actions=60, lines=20)
    stick(household, 18)

    assert (PlanAction.objects.count(), HelpLine.objects.count(), Stagnation.objects.count()) == (64, 22, 20)
    assert queries(client, page) == few


def stick(cast, count):
    line = HelpLine.objects.filter(family=cast.family).order_by("pk").first()
    for _one in range(count):
        stuck = operations.report_stagnation(
            cast.family,
            domain=cast.domains["housing"],
            cause=Cause.WAITING,
            since=date(2026, 2, 1),
            help_line=line,
            by=cast.worker,
            at=NOW,
        )
        operations.bind_partner(
            stuck, to=cast.debt_support, what="Wanneer?", answer_by=date(2026, 3, 9), by=cast.regisseur, at=NOW
        )


def test_what_is_late_and_what_is_next_stand_on_top_with_who_has_it(client, sign_in, goal, household):
    for what, due_on, who in (
        ("Oud", date(2026, 2, 20), household.client),
        ("Straks", date(2026, 3, 6), "tante Riet"),
    ):
        operations.agree_action(goal, what=what, responsible=who, due_on=due_on, by=household.worker, at=NOW)
    sign_in(household.worker)

    page = client.get(reverse("family_plans:plan", args=[household.family.pk]))

    shown = page.context["shown"]
    assert [(one.action.what, one.who) for one in shown.late] == [("Oud", "Marloes")]
    assert [(one.action.what, one.who) for one in shown.next] == [("Straks", "tante Riet")]
    words = page.content.decode()
    assert "had gedaan moeten zijn op 20 februari" in words
    assert words.index("Oud") < words.index("Straks") < words.index("Er zijn schulden op haar naam.")


def test_a_partner_gets_a_working_copy_with_its_own_parts_and_no_family_copy(client, sign_in, goal, household):
    sign_in(share_plan(household, parts=["finances"]))

    assert client.get(reverse("family_plans:working_paper", args=[goal.plan_id])).status_code == 200
    assert client.get(reverse("family_plans:paper", args=[goal.plan_id])).status_code == 404


@pytest.mark.parametrize("name", ["stray_worker", "former_worker", "leaver", "ended_member"])
def test_who_has_no_door_any_more_sees_none_of_the_pages(client, sign_in, plan, household, name):
    sign_in(getattr(household, name))

    for page in ("plan", "help", "income", "reliance", "stagnations", "treatments", "practical"):
        answer = client.get(reverse(f"family_plans:{page}", args=[household.family.pk]))
        assert answer.status_code in {302, 404}
        assert "Rust" not in answer.content.decode()


def test_a_goal_is_set_with_somebody_of_the_network_and_what_was_typed_stays(client, sign_in, plan, household):
    sign_in(household.worker)
    page = reverse("family_plans:add_goal", args=[plan.pk])
    typed = {
        "domain": household.domains["debts"].pk,
        "problem": "Er zijn schulden.",
        "aim": "Een regeling.",
        "phase": "after_departure",
        "due_on": "2026-06-01",
        "responsible": "network",
    }

    refused = client.post(page, typed)
    assert "Zeg wie uit het netwerk." in refused.content.decode()
    assert refused.context["form"]["aim"].value() == "Een regeling."
    client.post(page, typed | {"network": "tante Riet"})

    assert Goal.objects.get().responsible == "tante Riet"


def test_a_conversation_is_recorded_from_the_page_with_a_decision_that_becomes_an_action(
    client, sign_in, goal, household
):
    sign_in(household.worker)
    page = reverse("family_plans:hold_conference", args=[goal.plan_id])
    typed = {
        "held_on": "2026-03-02",
        "attendees": [str(household.worker.pk), str(household.client.pk)],
        "discussed": "De schulden.",
        "what_1": "Bellen.",
        "goal_1": str(goal.pk),
        "who_1": str(household.client.pk),
    }

    refused = client.post(page, typed)
    assert "due_1" in refused.context["form"].errors
    client.post(page, typed | {"due_1": "2026-03-10"})

    action = PlanAction.objects.get()
    assert (action.what, action.person, action.conference.discussed) == ("Bellen.", household.client, "De schulden.")


STALE = [
    ("add_goal", "plan", "problem"),
    ("note_finding", "plan", "text"),
    ("add_action", "goal", "what"),
    ("result", "goal", "words"),
    ("end_help", "line", "words"),
    ("answer_request", "request", "answer"),
    ("solve", "stuck", "solution"),
    ("start", "family", "own_words"),
]


def words_for(cast):
    """What is typed in any of these forms; each takes of it what it asks."""
    return {
        **{name: "Dit mag niet weg." for _form, _about, name in STALE},
        "aim": "Een huis.",
        "phase": "in_shelter",
        "due_on": "2026-06-01",
        "responsible": cast.client.pk,
        "kind": "need",
        "domain": cast.domains["debts"].pk,
        "result": "not",
        "by_means_of": "started",
        "ended_on": "2026-03-02",
        "reason": "moved",
        "answered_on": "2026-03-02",
    }


def test_what_was_typed_is_kept_when_somebody_was_faster(client, sign_in, goal, household):
    """Eight forms of the plan, each open in a tab while a colleague finished what it is about."""
    by_now = {"by": household.worker, "at": NOW}
    line = operations.ask_help(household.family, new_help(household), **by_now)
    stick(household, 1)
    request = BindingRequest.objects.get()
    operations.answer_request(request, answer="Ja.", on=TODAY, **by_now)
    operations.solve_stagnation(request.stagnation, by_means_of=Solution.STARTED, solution="x", **by_now)
    operations.end_help(line, on=TODAY, reason=EndReason.MOVED, **by_now)
    operations.record_result(goal, result=GoalResult.NOT, **by_now)
    operations.end_plan(goal.plan, **by_now)
    operations.start_plan(household.family, own_words="Verder.", **by_now)
    rows = {"plan": goal.plan, "goal": goal, "line": line, "request": request, "stuck": request.stagnation}
    rows["family"] = household.family
    sign_in(household.worker)

    for name, about, field in STALE:
        page = reverse(f"family_plans:{name}", args=[rows[about].pk])
        told = client.post(page, words_for(household), follow=True).content.decode()
        assert "Wat je schreef, is voor je bewaard" in told, name
        assert client.get(page).context["form"][field].value() == "Dit mag niet weg.", name


def test_what_was_typed_is_kept_when_the_session_ended_and_let_go_when_it_is_saved(client, sign_in, goal, household):
    page = reverse("family_plans:add_action", args=[goal.pk])
    sign_in(household.worker)
    client.get(page)
    with time_machine.travel(NOW + timedelta(minutes=45), tick=False):
        assert reverse("account_login") in client.post(page, words_for(household)).headers["Location"]
        assert not PlanAction.objects.exists()

        sign_in(household.worker)
        again = client.get(page)
        assert again.context["form"]["what"].value() == "Dit mag niet weg."
        assert "Dit is voor je bewaard" in again.content.decode()
        client.post(page, words_for(household))
        assert PlanAction.objects.get().what == "Dit mag niet weg."
        assert client.get(page).context["form"]["what"].value() is None


TO_COME = "2026-03-03"


@pytest.mark.parametrize(
    ("page", "about", "fields"),
    [
        ("agree", "plan", "agreed_on"),
        ("name_source", "plan", "made_on"),
        ("hold_conference", "plan", "held_on"),
        ("ask_help", "family", "asked_on indicated_on intake_on starts_on"),
        ("end_help", "line", "ended_on"),
        ("direction", "family", "assessed_on"),
        ("assess", "family", "assessed_on"),
        ("count_network", "family", "counted_on"),
        ("record_income", "family", "applied_on decided_on first_payment_on suwinet_on"),
        ("note_debts", "family", "noted_on"),
        ("record_housing", "family", "ready_since requested_on decided_on found_on"),
        ("report_stagnation", "family", "since"),
        ("answer_request", "request", "answered_on"),
        ("record_treatment", "family", "starts_on"),
    ],
)
def test_what_is_still_to_come_did_not_happen_and_that_is_said_beside_the_day(
    client, sign_in, plan, household, page, about, fields
):
    line = operations.ask_help(household.family, new_help(household), by=household.worker, at=NOW)
    stick(household, 1)
    rows = {"plan": plan, "family": household.family, "line": line, "request": BindingRequest.objects.get()}
    sign_in(household.worker)

    answer = client.post(reverse(f"family_plans:{page}", args=[rows[about].pk]), dict.fromkeys(fields.split(), TO_COME))

    form = answer.context["form"]
    for name in fields.split():
        assert form.errors[name] == ["Deze dag moet nog komen."]
        assert form[name].value() == TO_COME
    # The browser does not come first with a message of its own, that is gone before it was read.
    assert "novalidate" in answer.content.decode()


@pytest.mark.row("E23")
def test_practical_needs_are_a_list_of_choices_that_an_administrator_keeps(client, sign_in, household):
    items = code_list("practical_needs", {"furniture": "inrichting van het huis", "forms": "formulieren"})
    sign_in(household.worker)
    page = reverse("family_plans:practical", args=[household.family.pk])
    client.post(page, {"item": items["furniture"].pk, "settled": "arranged"})

    lines = client.get(page).context["lines"]
    assert [(line["item"].code, line["settled"]) for line in lines] == [("furniture", "arranged"), ("forms", "")]
    items["forms"].valid_until = TODAY
    items["forms"].save()
    assert len(client.get(page).context["lines"]) == 1


@pytest.mark.parametrize("wrong", [{}, {"item": "x", "settled": "arranged"}, {"settled": "nonsense"}])
def test_an_answer_that_fits_nothing_changes_nothing(client, sign_in, household, wrong):
    sign_in(household.worker)

    assert client.post(reverse("family_plans:practical", args=[household.family.pk]), wrong).status_code == 302


@pytest.mark.row("E7")
def test_the_report_lists_of_every_goal_what_came_of_it(client, sign_in, goal, household):
    operations.record_result(goal, result=GoalResult.PARTLY, words="Drie van de vier.", by=household.worker, at=NOW)
    for aim, result in (("Een huis.", GoalResult.ACHIEVED), ("Een baan.", GoalResult.NOT)):
        other = operations.set_goal(goal.plan, new_goal(household, "housing", aim=aim), by=household.worker, at=NOW)
        operations.record_result(other, result=result, by=household.worker, at=NOW)
    operations.end_plan(goal.plan, by=household.worker, at=NOW)
    sign_in(household.worker)

    there = reverse("family_plans:report", args=[goal.plan_id])
    # From the page of the plan, also when the next one runs: it is found no other way.
    assert there in client.get(reverse("family_plans:plan", args=[goal.family_id])).content.decode()
    page = client.get(there).content.decode()

    assert "Een regeling voor de schulden. <strong>deels bereikt</strong>. Drie van de vier." in page
    assert "Een huis. <strong>bereikt</strong>" in page
    assert "Een baan. <strong>niet bereikt</strong>" in page
    assert not FamilyPlan.objects.active().exists()


@pytest.mark.row("C21")
def test_the_way_of_working_of_the_shelter_is_named_for_who_works_with_the_family_and_nobody_else(
    client, sign_in, plan, household
):
    reader = share_plan(household)
    page = reverse("family_plans:plan", args=[household.family.pk])
    sign_in(household.worker)

    client.post(reverse("family_plans:way_of_working", args=[plan.pk]), {"words": "Samen Verder"})

    assert "Samen Verder" in client.get(page).content.decode()
    sign_in(reader)
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Samen Verder" not in shown.content.decode()
