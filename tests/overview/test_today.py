"""What stands on Today besides what is owed, and what a team lead sees of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import AssignmentKind, Relation
from aftercare.models import OutOfSight
from aftercare.operations import Answers, Attempt, record_check_in
from cases.models import Trajectory
from follow_ups.models import Kind
from tests import factories
from tests.factories import NOW

DAY = NOW.date()
FINE = Answers(help_running="yes", feels_safe="yes", plan_up_to_date="yes", needs_support="no")


def text(client, name="overview:today"):
    return client.get(reverse(name)).content.decode()


@pytest.fixture
def worker(cast, sign_in):
    sign_in(cast.worker)
    return cast.worker


def spoke(cast, at=NOW, **changed):
    trajectory = Trajectory.objects.get(family=cast.family)
    how = Attempt(happened_at=at, channel="phone", initiative="ours", outcome="reached")
    return record_check_in(trajectory, how, answers=Answers(**(vars(FINE) | changed)), by=cast.worker, at=at)


class TestNotToBeLeft:
    HEADING = "Mag niet blijven liggen"

    @pytest.mark.row("L20")
    def test_a_family_contacted_lately_with_nothing_done_since_is_on_it(self, client, worker, cast):
        spoke(cast, NOW - timedelta(days=13), plan_up_to_date="no")

        assert self.HEADING in text(client)

    @pytest.mark.row("L20")
    @pytest.mark.parametrize("days", [15, 30])
    def test_longer_ago_is_not(self, client, worker, cast, days):
        spoke(cast, NOW - timedelta(days=days), plan_up_to_date="no")

        assert self.HEADING not in text(client)

    def test_a_contact_that_asked_for_nothing_is_not(self, client, worker, cast):
        spoke(cast, NOW - timedelta(days=3))

        assert self.HEADING not in text(client)

    def test_something_done_since_takes_it_off(self, client, worker, cast):
        from follow_ups.models import FollowUp
        from follow_ups.operations import close

        spoke(cast, NOW - timedelta(days=3), plan_up_to_date="no", needs_support="yes")
        close(FollowUp.objects.filter(kind=Kind.GIVE_SUPPORT).get(), by=cast.worker, at=NOW)

        assert self.HEADING not in text(client)

    @pytest.mark.row("L20")
    def test_there_is_no_export_of_it(self, client, worker, cast):
        spoke(cast, NOW - timedelta(days=3), plan_up_to_date="no")

        page = client.get("/")

        assert page["Content-Type"].startswith("text/html")
        assert "download" not in page.content.decode()
        assert ".csv" not in page.content.decode()


def test_a_family_that_became_mine_is_new_until_i_had_contact(client, worker, cast):
    assert "Nieuw voor jou" in text(client)
    spoke(cast)

    assert "Nieuw voor jou" not in text(client)


def test_what_lies_with_the_municipality_waits_for_somebody_else(client, worker, cast):
    from organisations.models import CodeItem, CodeList

    codes = CodeList.objects.create(slug="life_domain", title_nl="Leefgebieden", basis="verified")
    domain = CodeItem.objects.create(
        code_list=codes, code="finances", label_nl="financiën", basis="verified", valid_from=DAY, order=1
    )
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, cast.worker, cast.shelter, AssignmentKind.REGISSEUR)
    from family_plans.models import Cause
    from family_plans.operations import escalate_stagnation, report_stagnation

    stuck = report_stagnation(
        cast.family,
        domain=domain,
        cause=Cause.WAITING,
        note="",
        since=DAY - timedelta(days=20),
        by=cast.worker,
        at=NOW - timedelta(days=2),
    )
    escalate_stagnation(stuck, by=cast.worker, at=NOW - timedelta(days=2))

    page = text(client)

    assert "Wacht op een ander" in page
    assert "2 dagen" in page


class TestTeam:
    @pytest.fixture
    def lead(self, cast, sign_in):
        sign_in(cast.team_lead)
        return cast.team_lead

    def test_a_team_lead_sees_reference_name_clocks_and_who_has_it(self, client, lead, cast):
        Trajectory.objects.filter(family=cast.family).update(
            departs_on=date(2026, 2, 2), destination="unknown", involvement_ends_on=date(2026, 8, 3)
        )
        factories.follow_up(cast.family, due_on=DAY - timedelta(days=4))

        page = text(client, "overview:team")

        for shown in (cast.family.reference, "Marloes de Wit", "2 februari 2027", "3 februari 2027", "Els Vonk"):
            assert shown in page
        assert "Eén ding is te laat" in page

    def test_it_is_no_door_to_the_file(self, client, lead, cast):
        assert str(cast.family.pk) not in text(client, "overview:team")

    def test_a_family_of_another_organisation_is_not_on_it(self, client, lead, cast):
        other = factories.family(client="Iemand", surname="Anders")
        factories.involvement(other, cast.other_org)

        assert "Anders" not in text(client, "overview:team")

    def test_who_is_away_and_what_is_out_of_sight_stand_out(self, client, lead, cast):
        from reminders.models import Absence

        Absence.objects.create(user=cast.worker, starts_on=DAY, recorded_by=lead, recorded_at=NOW)
        OutOfSight.objects.create(
            family=cast.family, trajectory=Trajectory.objects.get(family=cast.family), since=DAY, proposed_at=NOW
        )

        page = text(client, "overview:team")

        assert "uit beeld" in page
        assert "afwezig" in page

    def test_it_costs_the_same_for_two_families_and_twenty(self, client, lead, cast):
        counts = []
        text(client, "overview:team")
        for families in (1, 18):
            for _ in range(families):
                made = factories.family(opened_by=cast.shelter)
                factories.involvement(made, cast.shelter)
                factories.assignment(made, cast.worker, cast.shelter)
                factories.follow_up(made)
            with CaptureQueriesContext(connection) as queries:
                text(client, "overview:team")
            counts.append(len(queries))

        assert counts[0] == counts[1]


def test_today_costs_the_same_for_two_families_and_twenty(client, worker, cast):
    counts = []
    text(client)
    for families in (1, 18):
        for _ in range(families):
            made = factories.family(opened_by=cast.shelter)
            factories.involvement(made, cast.shelter)
            factories.assignment(made, cast.worker, cast.shelter)
            factories.follow_up(made)
        with CaptureQueriesContext(connection) as queries:
            text(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_signal_of_yesterday_is_not_under_what_was_left_lying_for_months(client, worker, cast):
    for days in range(10, 20):
        factories.follow_up(cast.family, due_on=DAY - timedelta(days=days), about_id=factories.user(None).pk)
    factories.follow_up(cast.family, kind=Kind.TRIAGE_SIGNAL, due_on=DAY - timedelta(days=1))

    (late,) = [part for part in client.get("/").context["parts"] if part.id == "s-late"]
    assert "signaal" in late.first[0].what
    assert len(late.items) == 11


@pytest.mark.row("R51")
def test_thirty_days_without_any_scheduler_leave_the_list_right(client, sign_in, cast):
    """No sweep, no dispatcher, no queue for thirty days: each day the list holds exactly what is due and open."""
    import time_machine

    from follow_ups.models import FollowUp, Reminder, SweepRun
    from follow_ups.operations import close

    for n in range(30):
        factories.follow_up(cast.family, due_on=DAY + timedelta(days=n), about_id=factories.user(None).pk)
    for n in range(30):
        now = datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(days=n)
        with time_machine.travel(now, tick=False):
            sign_in(cast.worker)
            SweepRun.objects.create(finished_at=now, due_seen=0, raised=0)  # so that no page view does a round
            owed = FollowUp.objects.open().filter(due_on__lte=now.date())
            shown = client.get("/").context
            assert len(shown["late"]) + len(shown["today"]) == owed.count()
            if n % 3 == 0:
                close(owed.order_by("due_on").first(), by=cast.worker, at=now)
    assert not Reminder.objects.exists()
