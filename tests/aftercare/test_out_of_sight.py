from datetime import UTC, date, datetime, timedelta

import pytest

from aftercare.models import OutOfSight
from aftercare.operations import (
    Answers,
    Attempt,
    confirm_out_of_sight,
    end_because_seen,
    record_check_in,
    take_step,
)
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
FINE = Answers(help_running="yes", feels_safe="yes", plan_up_to_date="yes", needs_support="no")


def attempt(outcome, at=NOW):
    return Attempt(happened_at=at, channel="phone", initiative="ours", outcome=outcome)


@pytest.fixture
def proposal(cast, trajectory):
    for _ in range(3):
        record_check_in(trajectory, attempt("not_reached"), by=cast.worker, at=NOW)
    return OutOfSight.objects.get()


def owed(search):
    return list(
        FollowUp.objects.filter(kind=Kind.OUT_OF_SIGHT, about_id=search.pk).open().values_list("due_on", flat=True)
    )


@pytest.mark.row("K3")
def test_a_search_goes_on_with_a_next_day_after_every_step(cast, proposal):
    search = confirm_out_of_sight(proposal, by=cast.worker, at=NOW)
    assert owed(search) == [date(2026, 3, 9)]

    for step in ["network", "last_partner", "veilig_thuis"]:
        take_step(search, _step(step), result=_result("no_news"), by=cast.worker, at=NOW)
        assert owed(search) == [date(2026, 3, 11)]
    take_step(search, _step("home_visit"), result=_result("heard_of"), by=cast.worker, at=NOW)
    assert owed(search) == [date(2026, 3, 16)]
    assert AuditEvent.objects.filter(event="out_of_sight.step_taken").count() == 4


def _step(value):
    from aftercare.models import SearchStep

    return SearchStep(value)


def _result(value):
    from aftercare.models import SearchResult

    return SearchResult(value)


@pytest.mark.row("K3")
def test_a_search_does_not_end_because_somebody_says_it_is_done(cast, trajectory, proposal):
    search = confirm_out_of_sight(proposal, by=cast.worker, at=NOW)

    with pytest.raises(WrongState):
        end_because_seen(search, by=cast.worker, at=NOW)
    assert owed(search)

    later = NOW + timedelta(days=1)
    record_check_in(trajectory, attempt("reached", later), answers=FINE, by=cast.worker, at=later)
    search.refresh_from_db()
    assert search.status == "confirmed"  # one call with the mother: the search is the regisseur's to end
    ended = end_because_seen(search, by=cast.worker, at=later)

    assert (ended.status, ended.ended_by) == ("found", cast.worker)
    assert owed(search) == []
    assert AuditEvent.objects.filter(event="out_of_sight.ended").exists()


def test_contact_withdraws_a_proposal_that_nobody_confirmed(cast, trajectory, proposal):
    record_check_in(trajectory, attempt("reached"), answers=FINE, by=cast.worker, at=NOW)

    assert not OutOfSight.objects.all().open().exists()
    assert owed(proposal) == []


def test_a_step_is_refused_before_somebody_confirmed(cast, proposal):
    with pytest.raises(WrongState):
        take_step(proposal, _step("network"), result=_result("no_news"), by=cast.worker, at=NOW)


def test_a_search_is_confirmed_once(cast, proposal):
    confirm_out_of_sight(proposal, by=cast.worker, at=NOW)

    with pytest.raises(WrongState):
        confirm_out_of_sight(proposal, by=cast.stand_in, at=NOW)


def test_who_does_not_work_for_the_family_confirms_steps_and_ends_nothing(cast, proposal):
    with pytest.raises(NotAllowed):
        confirm_out_of_sight(proposal, by=cast.colleague, at=NOW)
    with pytest.raises(NotAllowed):
        take_step(proposal, _step("network"), result=_result("no_news"), by=cast.barred_worker, at=NOW)
    with pytest.raises(NotAllowed):
        end_because_seen(proposal, by=cast.other_worker, at=NOW)
