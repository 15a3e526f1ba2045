from datetime import date

import pytest
from django.urls import reverse

from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import (
    Contribution,
    FamilyPlan,
    Finding,
    FindingKind,
    Goal,
    GoalResult,
    PlanAction,
)
from family_plans.reading import papers
from family_plans.reading.shown import Reader
from follow_ups.models import FollowUp, Kind
from tests.family_plans.conftest import TODAY, new_goal, share_plan
from tests.family_plans.shown import NOW, note, part, shown_to
from tests.paper_text import read as read_paper


class TestPartner:
    """Somebody of an organisation with which one domain of the plan was shared (E5)."""

    @pytest.fixture
    def reader(self, household):
        return share_plan(household, parts=["finances"])

    @pytest.mark.row("E5")
    def test_contributes_within_its_domain_and_is_in_the_log(self, client, sign_in, plan, household, reader):
        goal = operations.set_goal(plan, new_goal(household, "debts", responsible=reader), by=reader, at=NOW)
        action = operations.agree_action(
            goal, what="Bellen.", responsible=household.client, due_on=TODAY, by=reader, at=NOW
        )
        operations.complete_action(action, by=reader, at=NOW)

        by_reader = Contribution.objects.filter(user=reader)
        assert set(by_reader.values_list("organisation_id", flat=True)) == set(reader.standing)
        assert set(by_reader.values_list("what", flat=True)) == {"goal_set", "action_agreed", "action_done"}
        sign_in(household.worker)
        log = client.get(reverse("family_plans:contributions", args=[plan.pk])).content.decode()
        assert "2 organisaties werkten aan dit plan." in log
        assert log.count(f"<bdi>{reader.name}</bdi>, <bdi>Schuldhulp Verderop</bdi>") == 3

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
        # Of herself, in the same domain: what is needed stands on no paper at home, and no heading stands alone.
        note(plan, household, FindingKind.NEED, domain="education", text="Rust om te leren.")
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
