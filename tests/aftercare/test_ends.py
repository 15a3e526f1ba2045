"""How it ends later, earlier, before its time or not at all, and how it begins again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from access.models import AssignmentKind
from accounts.models import Role
from aftercare.models import EndCause, InvolvementChange, OutOfSight, TrajectoryClosing
from aftercare.operations import (
    Attempt,
    allow_early_closing,
    change_aftercare_end,
    close_trajectory,
    record_check_in,
    reopen_trajectory,
    start_aftercare,
)
from aftercare.silence import silent
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from reminders.alarms import watch_silence
from tests import factories

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
AFTER = datetime(2027, 7, 5, 9, tzinfo=UTC)
SAID = {"enough": "sufficient", "enough_because": "Doelen gehaald", "regisseur_after": "De huisarts"}


def close(trajectory, by, at=AFTER):
    from aftercare.models import Enough

    return close_trajectory(trajectory, **(SAID | {"enough": Enough.SUFFICIENT}), by=by, at=at)


class TestAftercareEnd:
    @pytest.mark.row("A15")
    def test_shorter_without_a_cause_is_an_error_beside_the_field(self, client, sign_in, cast, trajectory):
        sign_in(cast.worker)
        address = reverse("aftercare:change_end", args=[cast.family.pk])

        for cause in ("", "still_needed"):
            page = client.post(address, {"ends_on": "2026-06-01", "cause": cause}).content.decode()
            assert 'value="2026-06-01"' in page
        assert not InvolvementChange.objects.exists()

        client.post(address, {"ends_on": "2026-06-01", "cause": "no_budget"})
        assert InvolvementChange.objects.get().cause == EndCause.NO_BUDGET

    @pytest.mark.row("A15")
    def test_shorter_than_the_norm_of_the_shelter_is_flagged(self, cast, trajectory):
        type(cast.shelter).objects.filter(pk=cast.shelter.pk).update(aftercare_months=12)

        change = change_aftercare_end(
            trajectory, ends_on=date(2027, 2, 1), cause=EndCause.REFUSED, by=cast.worker, at=NOW
        )

        assert change.below_norm
        with pytest.raises(WrongState):
            change_aftercare_end(
                trajectory, ends_on=date(2027, 2, 15), cause=EndCause.STILL_NEEDED, by=cast.worker, at=NOW
            )

    @pytest.mark.row("E24")
    def test_longer_moves_the_watch_and_the_contacts_ahead(self, cast, trajectory):
        start_aftercare(trajectory, by=cast.worker, at=NOW)
        before = FollowUp.objects.filter(kind=Kind.CONTACT).open().latest("due_on").due_on

        change_aftercare_end(trajectory, ends_on=date(2027, 6, 1), cause=EndCause.STILL_NEEDED, by=cast.worker, at=NOW)

        assert FollowUp.objects.filter(kind=Kind.CONTACT).open().latest("due_on").due_on > before
        regie = FollowUp.objects.filter(kind=Kind.CHOOSE_REGISSEUR).open().get()
        assert regie.due_on == date(2027, 5, 2)

    @pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 1, 4)])
    def test_before_the_departure_or_the_same_day_is_refused(self, cast, trajectory, day):
        with pytest.raises(WrongState):
            change_aftercare_end(trajectory, ends_on=day, cause=EndCause.ENOUGH, by=cast.worker, at=NOW)

    def test_who_does_not_work_for_the_family_moves_nothing(self, cast, trajectory):
        with pytest.raises(NotAllowed):
            change_aftercare_end(trajectory, ends_on=date(2027, 6, 1), cause=EndCause.ENOUGH, by=cast.colleague, at=NOW)


class TestEarlyClosing:
    @pytest.mark.row("A1")
    def test_a_team_lead_of_the_regisseur_allows_it_with_a_reason_that_is_logged(self, cast, trajectory):
        with pytest.raises(WrongState):
            close(trajectory, cast.regisseur, at=NOW)

        allow_early_closing(trajectory, because="Verhuisd naar het buitenland", by=cast.team_lead, at=NOW)
        close(trajectory, cast.regisseur, at=NOW)

        trail = AuditEvent.objects.get(event="trajectory.early_closing_allowed")
        assert trail.actor_id == cast.team_lead.pk

    @pytest.mark.row("A1")
    def test_without_an_end_date_it_cannot_be_allowed_at_all(self, cast, trajectory):
        trajectory.involvement_ends_on = None
        trajectory.save()

        with pytest.raises(WrongState):
            allow_early_closing(trajectory, because="Klaar", by=cast.team_lead, at=NOW)

    @pytest.mark.parametrize("who", ["worker", "colleague", "regisseur"])
    def test_nobody_allows_it_to_herself(self, cast, trajectory, who):
        with pytest.raises(NotAllowed):
            allow_early_closing(trajectory, because="Klaar", by=getattr(cast, who), at=NOW)

    def test_a_lead_of_an_organisation_without_the_regie_does_not(self, cast, trajectory):
        lead = factories.user(Role.TEAM_LEAD, at=cast.other_org)

        with pytest.raises(NotAllowed):
            allow_early_closing(trajectory, because="Klaar", by=lead, at=NOW)

    def test_it_does_not_close_over_a_family_out_of_sight(self, cast, trajectory):
        allow_early_closing(trajectory, because="Klaar", by=cast.team_lead, at=NOW)
        OutOfSight.objects.create(family=cast.family, trajectory=trajectory, since=NOW.date(), proposed_at=NOW)

        with pytest.raises(WrongState):
            close(trajectory, cast.regisseur, at=NOW)


class TestReopening:
    def test_it_runs_again_with_contact_within_two_working_days_and_can_be_closed_again(self, cast, trajectory):
        close(trajectory, cast.regisseur)

        reopen_trajectory(trajectory, because="Moeder belde", by=cast.regisseur, at=AFTER)

        trajectory.refresh_from_db()
        assert trajectory.ends_on is None
        owed = FollowUp.objects.filter(kind=Kind.CONTACT).open().get()
        assert owed.due_on == date(2027, 7, 7)
        close(trajectory, cast.regisseur)
        assert TrajectoryClosing.objects.count() == 2

    @pytest.mark.parametrize("because", ["", "  "])
    def test_it_needs_a_reason_and_a_trajectory_that_is_closed(self, cast, trajectory, because):
        with pytest.raises(WrongState):
            reopen_trajectory(trajectory, because="Toch", by=cast.regisseur, at=AFTER)
        close(trajectory, cast.regisseur)
        with pytest.raises(WrongState):
            reopen_trajectory(trajectory, because=because, by=cast.regisseur, at=AFTER)

    def test_it_is_the_regisseurs(self, cast, trajectory):
        close(trajectory, cast.regisseur)
        with pytest.raises(NotAllowed):
            reopen_trajectory(trajectory, because="Toch", by=cast.worker, at=AFTER)


class TestSilence:
    LATER = NOW + timedelta(weeks=6)

    @pytest.mark.row("K3")
    def test_weeks_without_contact_propose_out_of_sight_once(self, cast, trajectory):
        assert not silent((self.LATER - timedelta(days=1)).date()).exists()

        for minutes in (0, 1):
            at = self.LATER + timedelta(minutes=minutes)
            watch_silence(today=at.date(), now=at)

        proposal = OutOfSight.objects.get()
        assert (proposal.status, proposal.since) == ("proposed", trajectory.departs_on)
        assert FollowUp.objects.filter(kind=Kind.OUT_OF_SIGHT).open().get().falls_to == AssignmentKind.REGISSEUR

    @pytest.mark.row("K3", "D23")
    def test_a_family_that_refuses_is_not_out_of_sight(self, cast, trajectory):
        at = NOW + timedelta(weeks=5)
        how = Attempt(happened_at=at, channel="phone", initiative="ours", outcome="refused", refusal="no_question_now")
        record_check_in(trajectory, how, by=cast.worker, at=at)

        watch_silence(today=self.LATER.date(), now=self.LATER)

        assert not OutOfSight.objects.exists()

    def test_attempts_that_failed_are_no_contact(self, cast, trajectory):
        at = NOW + timedelta(weeks=5)
        how = Attempt(happened_at=at, channel="phone", initiative="ours", outcome="not_reached")
        record_check_in(trajectory, how, by=cast.worker, at=at)

        watch_silence(today=self.LATER.date(), now=self.LATER)

        assert OutOfSight.objects.exists()

    def test_nothing_is_proposed_before_departure_or_after_closing(self, cast, trajectory):
        close(trajectory, cast.regisseur)

        watch_silence(today=AFTER.date(), now=AFTER + timedelta(weeks=9))

        assert not OutOfSight.objects.exists()
        assert FollowUp.objects.filter(state=State.OPEN, kind=Kind.OUT_OF_SIGHT).count() == 0


def test_it_does_not_close_while_a_goal_has_no_result(cast, trajectory, monkeypatch):
    from aftercare.operations import closing

    monkeypatch.setattr(closing, "_goals_without_result", lambda family_id: 1)

    with pytest.raises(WrongState, match="doel"):
        close(trajectory, cast.regisseur)
