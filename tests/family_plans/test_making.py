from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Trajectory
from core.errors import WrongState
from family_plans import operations
from family_plans.models import (
    FindingKind,
    Goal,
    GoalResult,
    GoalTemplate,
    Participant,
    Phase,
    PlanAction,
    RouteFocus,
    RoutePhase,
)
from follow_ups.models import FollowUp, Kind
from organisations.models import Organisation
from tests.family_plans.conftest import TODAY, new_goal, share_plan
from tests.family_plans.shown import NOW, note, part, shown_to

"""How one plan is made by several: strengths, templates, sources, parts kept apart, conversations, partners."""


@pytest.mark.row("C20")
@pytest.mark.row("D15")
def test_strengths_stand_beside_needs_per_person_and_domain(client, sign_in, plan, household):
    strength = note(plan, household)
    need = note(plan, household, FindingKind.NEED, text="Hulp bij de toeslagen.")
    trauma = note(plan, household, FindingKind.NEED, domain="trauma_and_behaviour", text="Zij slaapt slecht.")

    shown = shown_to(household, plan)

    assert part(shown, "finances").strengths == [strength]
    assert part(shown, "finances").needs == [need]
    # A part of a domain stands under the one of six that it falls under.
    assert part(shown, "healthcare").needs == [trauma]
    assert {finding.about for finding in (strength, need, trauma)} == {household.client}
    operations.note_finding(
        plan,
        kind=FindingKind.NEED,
        domain=household.domains["education"],
        text="Rust om te leren.",
        about=household.femke,
        by=household.worker,
        at=NOW,
    )
    sign_in(household.worker)
    page = client.get(reverse("family_plans:plan", args=[household.family.pk])).content.decode()
    for line in (
        "<bdi>Marloes</bdi>: Zij houdt haar post bij.",
        "<bdi>Marloes</bdi>: Zij slaapt slecht.",
        "<bdi>Femke</bdi>: Rust om te leren.",
    ):
        assert f"<li>{line}</li>" in page


@pytest.mark.row("E6")
def test_a_goal_of_nobody_is_refused(plan, household):
    for nobody in (None, "  "):
        with pytest.raises(WrongState):
            operations.set_goal(plan, new_goal(household, responsible=nobody), by=household.worker, at=NOW)

    assert not Goal.objects.exists()


@pytest.mark.row("E6")
def test_the_database_refuses_a_goal_of_nobody(goal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(user=None)


def test_the_network_can_see_to_a_goal_and_do_what_is_agreed(plan, household):
    goal = operations.set_goal(plan, new_goal(household, responsible="tante Riet"), by=household.worker, at=NOW)
    action = operations.agree_action(
        goal, what="Meegaan.", responsible="tante Riet", due_on=TODAY, by=household.worker, at=NOW
    )

    assert (goal.responsible, action.responsible) == ("tante Riet", "tante Riet")


@pytest.mark.row("J7")
def test_everybody_who_takes_part_has_a_task_in_the_plan(client, sign_in, goal, household):
    with pytest.raises(WrongState):
        operations.add_participant(goal, who=household.debt_support, task=" ", by=household.worker, at=NOW)

    operations.add_participant(goal, who=household.debt_support, task="Regelt een pauze.", by=household.worker, at=NOW)

    shown = shown_to(household, goal.plan)
    assert part(shown, "finances").goals[0].participants == [("De Balie", "Regelt een pauze.")]
    assert Participant.objects.get().goal == goal
    sign_in(household.worker)
    page = client.get(reverse("family_plans:plan", args=[household.family.pk])).content.decode()
    assert "<li><bdi>De Balie</bdi>: Regelt een pauze.</li>" in page


@pytest.mark.row("C23")
def test_a_plan_shows_the_stay_the_time_after_it_or_both(plan, household):
    during = operations.set_goal(plan, new_goal(household, phase=Phase.IN_SHELTER), by=household.worker, at=NOW)
    after = operations.set_goal(plan, new_goal(household), by=household.worker, at=NOW)

    def goals(phase=""):
        return {one.goal for one in part(shown_to(household, plan, phase=phase), "finances").goals}

    assert goals() == {during, after}
    assert goals(Phase.IN_SHELTER) == {during}
    assert goals(Phase.AFTER_DEPARTURE) == {after}


def test_a_plan_ends_only_when_every_goal_says_what_came_of_it(goal, household):
    with pytest.raises(WrongState):
        operations.end_plan(goal.plan, by=household.worker, at=NOW)

    operations.record_result(goal, result=GoalResult.PARTLY, words="Drie van de vier.", by=household.worker, at=NOW)
    ended = operations.end_plan(goal.plan, by=household.worker, at=NOW)

    one = part(shown_to(household, ended), "finances").goals[0].goal
    assert (one.result, one.result_words, one.result_on) == ("partly", "Drie van de vier.", TODAY)
    with pytest.raises(WrongState):
        operations.end_plan(ended, by=household.worker, at=NOW)
    # The next one may start now.
    assert operations.start_plan(household.family, own_words="Verder.", by=household.worker, at=NOW)


def test_an_agreement_is_looked_at_the_day_after_unless_it_was_done(action, household):
    owed = FollowUp.objects.open().filter(kind=Kind.CHECK_AGREEMENT, about_id=action.pk)
    assert [(one.due_on, one.falls_to) for one in owed] == [(date(2026, 3, 10), "regisseur")]

    operations.complete_action(action, by=household.worker, at=NOW)

    assert not owed.all()


def test_agreements_of_a_goal_that_was_rounded_off_are_not_asked_for(action, household):
    operations.record_result(action.goal, result=GoalResult.NOT, by=household.worker, at=NOW)

    assert not FollowUp.objects.open().filter(kind=Kind.CHECK_AGREEMENT).exists()


def test_the_example_for_a_network_brings_its_tasks_on_days_counted_from_the_departure(plan, household):
    Trajectory.objects.filter(family=household.family).update(departs_on=date(2026, 4, 1), destination="unknown")
    template = GoalTemplate.objects.on(TODAY).get(slug="network")

    goal = operations.use_template(
        plan, template, domain=household.domains["social_network"], by=household.worker, at=NOW
    )

    days = list(goal.actions.order_by("due_on").values_list("due_on", flat=True))
    # Today + 7 and + 14; departure + 21, and + 182, each on a working day.
    assert days == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 4, 22), date(2026, 9, 30)]
    assert goal.due_on == date(2026, 9, 30)
    assert goal.actions.filter(person=household.client).count() == 1


def test_an_example_counts_from_today_while_no_departure_is_known(plan, household):
    template = GoalTemplate.objects.on(TODAY).get(slug="debts_before_departure")

    goal = operations.use_template(plan, template, domain=household.domains["debts"], by=household.worker, at=NOW)

    # What should have been eight weeks before an unknown day is for today.
    assert goal.actions.order_by("due_on")[0].due_on == TODAY


def test_a_template_that_changes_leaves_plans_as_they_are(plan, household):
    template = GoalTemplate.objects.on(TODAY).get(slug="network")
    goal = operations.use_template(plan, template, domain=household.domains["family"], by=household.worker, at=NOW)
    GoalTemplate.objects.create(
        slug="network",
        version=2,
        valid_from=TODAY,
        domain_code="social_network",
        phase="in_shelter",
        title_nl="x",
        problem_nl="x",
        aim_nl="Anders.",
    )

    goal.refresh_from_db()
    assert goal.aim == template.aim
    assert GoalTemplate.objects.on(TODAY).get(slug="network").aim == "Anders."


@pytest.mark.row("E4")
def test_a_partners_own_plan_is_a_source_with_its_day_and_goals_keep_their_origin(client, sign_in, plan, household):
    source = operations.name_source(
        plan,
        organisation=household.debt_support,
        title="Schuldregelplan",
        made_on=date(2026, 1, 20),
        by=household.worker,
        at=NOW,
    )
    operations.set_goal(plan, new_goal(household, source=source), by=household.worker, at=NOW)

    one = part(shown_to(household, plan), "finances").goals[0]
    assert (one.source, one.source_day) == ("Schuldregelplan, De Balie", date(2026, 1, 20))
    sign_in(household.worker)
    page = client.get(reverse("family_plans:plan", args=[household.family.pk])).content.decode()
    assert "Overgenomen uit: Schuldregelplan, De Balie, 20 januari 2026" in page
    log = client.get(reverse("family_plans:contributions", args=[plan.pk])).content.decode()
    assert "<li>Schuldregelplan, <bdi>De Balie</bdi>, 20 januari 2026</li>" in log


def test_a_partner_names_its_own_plan_and_no_other(plan, household):
    reader = share_plan(household, parts=["finances"])
    (own,) = reader.standing

    def name(organisation_id):
        return operations.name_source(
            plan,
            organisation=Organisation.objects.get(pk=organisation_id),
            title="Plan",
            made_on=TODAY,
            by=reader,
            at=NOW,
        )

    with pytest.raises(WrongState):
        name(household.debt_support.pk)
    assert name(own).organisation_id == own


class TestConference:
    def hold(self, plan, cast, decisions=(), attendees=None, held_on=TODAY):
        return operations.hold_conference(
            plan,
            held_on=held_on,
            discussed="De schulden en de school.",
            attendees=attendees or [cast.worker, cast.client, "tante Riet", cast.debt_support],
            decisions=decisions,
            by=cast.worker,
            at=NOW,
        )

    def test_each_decision_becomes_an_action_with_somebody_and_a_day(self, goal, household):
        decided = operations.Decided(goal, "Een pauze aanvragen.", household.debt_support, date(2026, 3, 20))

        conference = self.hold(goal.plan, household, [decided])

        action = PlanAction.objects.get()
        assert (action.conference, action.goal, action.organisation, action.due_on) == (
            conference,
            goal,
            household.debt_support,
            date(2026, 3, 20),
        )
        assert {one.responsible for one in conference.attendees.all()} == {
            "Els Vonk",
            "Marloes de Wit",
            "tante Riet",
            "De Balie",
        }

    def test_is_recorded_whole_or_not_at_all(self, goal, household):
        elsewhere = operations.Decided(goal, "Bellen.", household.worker, TODAY)
        goal_of_nowhere = operations.Decided(Goal(pk=goal.plan_id), "Bellen.", household.worker, TODAY)

        with pytest.raises(WrongState):
            self.hold(goal.plan, household, [elsewhere, goal_of_nowhere])

        assert not PlanAction.objects.exists()
        assert not goal.plan.conferences.exists()

    def test_takes_two_parties_and_lies_in_the_past(self, goal, household):
        with pytest.raises(WrongState):
            self.hold(goal.plan, household, attendees=[household.worker, household.worker])
        with pytest.raises(WrongState):
            self.hold(goal.plan, household, held_on=date(2026, 3, 3))


@pytest.mark.row("B21")
def test_the_plan_names_who_keeps_it_together_the_regisseur_or_another(client, sign_in, plan, household):
    assert plan.coordinator == household.worker

    operations.appoint_coordinator(plan, coordinator=household.regisseur, by=household.worker)

    plan.refresh_from_db()
    assert plan.coordinator == household.regisseur
    sign_in(household.worker)
    page = client.get(reverse("family_plans:plan", args=[household.family.pk])).content.decode()
    assert "Samir Bouzid houdt het plan bij elkaar." in page


def test_the_clients_agreement_has_a_day_that_is_not_to_come(plan, household):
    with pytest.raises(WrongState):
        operations.agree_plan(plan, on=date(2026, 3, 3), by=household.worker, at=NOW)

    operations.agree_plan(plan, on=TODAY, by=household.worker, at=NOW)

    plan.refresh_from_db()
    assert plan.agreed_on == TODAY


class TestRoute:
    """Critical Time Intervention, laid over a plan (C17)."""

    def choose(self, plan, cast, *codes, months=9):
        focus = [cast.domains[code] for code in codes]
        return operations.choose_route(
            plan, starts_on=date(2026, 4, 1), months=months, focus=focus, by=cast.worker, at=NOW
        )

    @pytest.mark.row("C17")
    def test_sets_the_days_of_three_phases_one_after_the_other(self, plan, household):
        self.choose(plan, household, "finances", "housing")

        phases = list(RoutePhase.objects.order_by("number").values_list("number", "starts_on", "ends_on"))
        assert phases == [
            (1, date(2026, 4, 1), date(2026, 6, 30)),
            (2, date(2026, 7, 1), date(2026, 9, 30)),
            (3, date(2026, 10, 1), date(2026, 12, 31)),
        ]
        assert [one.domain.code for one in shown_to(household, plan).parts if one.focus] == ["finances", "housing"]

    @pytest.mark.row("C17")
    @pytest.mark.parametrize("codes", [(), ("finances", "housing", "safety", "family")])
    def test_concentrates_on_one_to_three_domains(self, plan, household, codes):
        with pytest.raises(WrongState):
            self.choose(plan, household, *codes)

        assert not RouteFocus.objects.exists()

    @pytest.mark.row("C17")
    def test_the_database_has_no_room_for_a_fourth_domain(self, plan, household):
        self.choose(plan, household, "finances", "housing", "safety")

        for slot in (3, 4):
            with pytest.raises(IntegrityError), transaction.atomic():
                RouteFocus.objects.create(
                    family=household.family, plan=plan, domain=household.domains["family"], slot=slot
                )

    @pytest.mark.row("C17")
    @pytest.mark.parametrize("months", [2, 13])
    def test_takes_twelve_months_at_most(self, plan, household, months):
        with pytest.raises(WrongState):
            self.choose(plan, household, "finances", months=months)

    def test_chosen_again_replaces_what_was_chosen(self, plan, household):
        self.choose(plan, household, "finances", "housing", "safety")
        self.choose(plan, household, "family", months=12)

        assert [focus.domain.code for focus in plan.focus.filter(closed_at=None)] == ["family"]
        # Nothing about a family is deleted: what was chosen before is closed.
        assert plan.focus.count() == 4
        assert RoutePhase.objects.get(number=3).ends_on == date(2027, 3, 31)
