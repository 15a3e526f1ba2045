"""How one plan is made by several: strengths, templates, sources, parts kept apart, conversations, partners."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Trajectory
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import (
    Contribution,
    FamilyPlan,
    Finding,
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
from family_plans.reading import papers
from family_plans.reading.plan import read
from family_plans.reading.shown import Reader
from follow_ups.models import FollowUp, Kind
from organisations.models import Organisation
from tests import factories
from tests.family_plans.conftest import TODAY, new_goal, share_plan
from tests.paper_text import read as read_paper

NOW = factories.NOW


def note(plan, cast, kind=FindingKind.STRENGTH, by=None, domain="finances", text="Zij houdt haar post bij."):
    return operations.note_finding(
        plan, kind=kind, domain=cast.domains[domain], text=text, about=cast.client, by=by or cast.worker, at=NOW
    )


def shown_to(cast, plan, reader=None, **kwargs):
    return read(cast.family, plan, reader or Reader(), today=TODAY, **kwargs)


def part(shown, code):
    return next((one for one in shown.parts if one.domain.code == code), None)


@pytest.mark.row("C20")
@pytest.mark.row("D15")
def test_strengths_stand_beside_needs_per_person_and_domain(plan, household):
    strength = note(plan, household)
    need = note(plan, household, FindingKind.NEED, text="Hulp bij de toeslagen.")
    trauma = note(plan, household, FindingKind.NEED, domain="trauma_and_behaviour", text="Zij slaapt slecht.")

    shown = shown_to(household, plan)

    assert part(shown, "finances").strengths == [strength]
    assert part(shown, "finances").needs == [need]
    # A part of a domain stands under the one of six that it falls under.
    assert part(shown, "healthcare").needs == [trauma]
    assert {finding.about for finding in (strength, need, trauma)} == {household.client}


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


@pytest.mark.row("E11")
def test_the_network_can_see_to_a_goal_and_do_what_is_agreed(plan, household):
    goal = operations.set_goal(plan, new_goal(household, responsible="tante Riet"), by=household.worker, at=NOW)
    action = operations.agree_action(
        goal, what="Meegaan.", responsible="tante Riet", due_on=TODAY, by=household.worker, at=NOW
    )

    assert (goal.responsible, action.responsible) == ("tante Riet", "tante Riet")


@pytest.mark.row("E6")
@pytest.mark.row("J7")
def test_everybody_who_takes_part_has_a_task_in_the_plan(goal, household):
    with pytest.raises(WrongState):
        operations.add_participant(goal, who=household.debt_support, task=" ", by=household.worker, at=NOW)

    operations.add_participant(goal, who=household.debt_support, task="Regelt een pauze.", by=household.worker, at=NOW)

    shown = shown_to(household, goal.plan)
    assert part(shown, "finances").goals[0].participants == [("De Balie", "Regelt een pauze.")]
    assert Participant.objects.get().goal == goal


@pytest.mark.row("C23")
def test_a_plan_shows_the_stay_the_time_after_it_or_both(plan, household):
    during = operations.set_goal(plan, new_goal(household, phase=Phase.IN_SHELTER), by=household.worker, at=NOW)
    after = operations.set_goal(plan, new_goal(household), by=household.worker, at=NOW)

    def goals(phase=""):
        return {one.goal for one in part(shown_to(household, plan, phase=phase), "finances").goals}

    assert goals() == {during, after}
    assert goals(Phase.IN_SHELTER) == {during}
    assert goals(Phase.AFTER_DEPARTURE) == {after}


@pytest.mark.row("E7")
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


@pytest.mark.row("D17")
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
def test_a_partners_own_plan_is_a_source_with_its_day_and_goals_keep_their_origin(plan, household):
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


@pytest.mark.row("E4")
@pytest.mark.row("E5")
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


class TestPartner:
    """Somebody of an organisation with which one domain of the plan was shared (E5)."""

    @pytest.fixture
    def reader(self, household):
        return share_plan(household, parts=["finances"])

    @pytest.mark.row("E5")
    def test_contributes_within_its_domain_and_is_in_the_log(self, plan, household, reader):
        goal = operations.set_goal(plan, new_goal(household, "debts", responsible=reader), by=reader, at=NOW)
        action = operations.agree_action(
            goal, what="Bellen.", responsible=household.client, due_on=TODAY, by=reader, at=NOW
        )
        operations.complete_action(action, by=reader, at=NOW)

        by_reader = Contribution.objects.filter(user=reader)
        assert set(by_reader.values_list("organisation_id", flat=True)) == set(reader.standing)
        assert set(by_reader.values_list("what", flat=True)) == {"goal_set", "action_agreed", "action_done"}
        # How many organisations worked on it.
        assert Contribution.objects.values("organisation_id").distinct().count() == 2

    @pytest.mark.row("E5")
    def test_writes_nothing_outside_its_domain(self, plan, household, reader):
        elsewhere = operations.set_goal(plan, new_goal(household, "housing"), by=household.worker, at=NOW)

        for attempt in (
            lambda: operations.set_goal(plan, new_goal(household, "housing"), by=reader, at=NOW),
            lambda: note(plan, household, by=reader, domain="safety"),
            lambda: operations.agree_action(elsewhere, what="x", responsible=reader, due_on=TODAY, by=reader, at=NOW),
            lambda: operations.add_participant(elsewhere, who=reader, task="x", by=reader, at=NOW),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert (Goal.objects.count(), PlanAction.objects.count(), Finding.objects.count()) == (1, 0, 0)

    def test_rounds_nothing_off_and_changes_nothing_of_the_plan_itself(self, goal, household, reader):
        for attempt in (
            lambda: operations.record_result(goal, result=GoalResult.ACHIEVED, by=reader, at=NOW),
            lambda: operations.end_plan(goal.plan, by=reader, at=NOW),
            lambda: operations.agree_plan(goal.plan, on=TODAY, by=reader, at=NOW),
            lambda: operations.appoint_coordinator(goal.plan, coordinator=reader, by=reader),
            lambda: operations.keep_part(
                goal.plan, about=household.femke, kept_from=household.client, reason="x", by=reader, at=NOW
            ),
            lambda: operations.hold_conference(
                goal.plan, held_on=TODAY, discussed="x", attendees=[reader, "x"], by=reader, at=NOW
            ),
        ):
            with pytest.raises(NotAllowed):
                attempt()

    def test_reads_only_what_was_shared_and_no_name_of_an_organisation(self, goal, help_line, household, reader):
        operations.set_goal(goal.plan, new_goal(household, "housing"), by=household.worker, at=NOW)

        shown = shown_to(household, goal.plan, Reader.of(reader, household.family.pk))

        assert [one.domain.code for one in shown.parts] == ["finances"]
        # The name of an organisation may say where the family is: what it is, is enough.
        assert [one.name for one in shown.parts[0].help] == [str(household.debt_support.kind.label)]
        assert shown.open_goals == 1

    @pytest.mark.row("G15")
    def test_asks_for_help_in_three_fields_and_the_regisseur_gets_it(self, client, sign_in, plan, household, reader):
        sign_in(reader)
        page = reverse("family_plans:note_finding", args=[plan.pk])
        form = client.get(page).context["form"]
        assert sum(field.required for field in form.fields.values()) == 3

        client.post(page, {"kind": "need", "domain": household.domains["debts"].pk, "text": "Een regeling."})

        owed = FollowUp.objects.open().get(kind=Kind.PICK_UP_WISH)
        assert (owed.about_id, owed.falls_to, owed.due_on) == (Finding.objects.get().pk, "regisseur", date(2026, 3, 9))
        # What the family's own worker writes down is her own to pick up.
        note(plan, household, FindingKind.NEED)
        assert FollowUp.objects.open().filter(kind=Kind.PICK_UP_WISH).count() == 1

    def test_reads_the_persons_that_were_shared_and_no_others(self, plan, household):
        of_femke = operations.set_goal(plan, new_goal(household, about=household.femke), by=household.worker, at=NOW)
        operations.set_goal(plan, new_goal(household, about=household.daan), by=household.worker, at=NOW)
        operations.set_goal(plan, new_goal(household), by=household.worker, at=NOW)
        reader = share_plan(household, parts=["finances"], persons=[household.femke])

        shown = shown_to(household, plan, Reader.of(reader, household.family.pk))

        assert [one.goal for one in shown.parts[0].goals] == [of_femke]
        with pytest.raises(NotAllowed):
            operations.set_goal(plan, new_goal(household, about=household.daan), by=reader, at=NOW)

    def test_with_the_whole_file_reaches_all_of_it(self, plan, household):
        reader = share_plan(household, level=4)

        assert operations.set_goal(plan, new_goal(household, "housing"), by=reader, at=NOW)


class TestKeptPart:
    """A part of the plan that one member does not get to read (E3)."""

    @pytest.fixture
    def kept(self, plan, household):
        operations.set_goal(
            plan,
            new_goal(household, "education", about=household.femke, aim="Femke praat met de vertrouwenspersoon."),
            by=household.worker,
            at=NOW,
        )
        operations.set_goal(plan, new_goal(household, aim="Een vaste baan."), by=household.worker, at=NOW)
        return operations.keep_part(
            plan,
            about=household.femke,
            kept_from=household.client,
            reason="Femke vroeg erom.",
            by=household.worker,
            at=NOW,
        )

    def paper(self, kept, cast, member):
        pdf, _mark = papers.family_copy(kept.plan, for_member=member, printed_by=cast.worker, at=NOW, language="nl")
        return " ".join(read_paper(pdf).lines)

    @pytest.mark.row("E3")
    def test_still_counts_in_the_one_plan(self, kept, household):
        shown = shown_to(household, kept.plan)

        assert shown.open_goals == 2
        assert part(shown, "education").goals[0].kept_from == ["Marloes"]
        assert FamilyPlan.objects.active().count() == 1

    @pytest.mark.row("E3")
    def test_is_on_the_paper_of_who_may_read_it_and_on_no_other(self, kept, household):
        assert "vertrouwenspersoon" in self.paper(kept, household, household.femke)
        for member in (household.client, None):
            words = self.paper(kept, household, member)
            assert "Een vaste baan." in words
            # Nothing says that there is more.
            assert "vertrouwenspersoon" not in words
            assert "Onderwijs" not in words

    def test_is_read_again_when_it_is_lifted_and_only_once(self, kept, household):
        operations.lift_part(kept, by=household.worker, at=NOW)

        assert "vertrouwenspersoon" in self.paper(kept, household, household.client)
        with pytest.raises(WrongState):
            operations.lift_part(kept, by=household.worker, at=NOW)

    def test_is_kept_from_somebody_else_and_for_a_reason(self, plan, household):
        for other, reason in ((household.femke, "x"), (household.client, " ")):
            with pytest.raises(WrongState):
                operations.keep_part(
                    plan, about=household.femke, kept_from=other, reason=reason, by=household.worker, at=NOW
                )


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
def test_the_plan_names_who_keeps_it_together_the_regisseur_or_another(plan, household):
    assert plan.coordinator == household.worker

    operations.appoint_coordinator(plan, coordinator=household.regisseur, by=household.worker)

    plan.refresh_from_db()
    assert plan.coordinator == household.regisseur


@pytest.mark.row("E10")
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
