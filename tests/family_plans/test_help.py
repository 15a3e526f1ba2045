from datetime import date

import pytest

from audit.events import Event
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import HelpLine, RelianceLevel, SelfReliance
from tests import factories

TODAY = date(2026, 3, 2)


def assess(cast, domain="finances", *, level=RelianceLevel.WITH_HELP, score=4, on=TODAY, by=None):
    return operations.assess_self_reliance(
        cast.family,
        domain=cast.domains[domain],
        level=level,
        own_score=score,
        on=on,
        by=by or cast.worker,
        at=factories.NOW,
    )


def test_help_ends_once_and_for_a_reason(help_line, household):
    with pytest.raises(WrongState):
        operations.end_help(help_line, on=TODAY, reason=" ", by=household.worker)
    with pytest.raises(WrongState):
        operations.end_help(help_line, on=date(2026, 1, 31), reason="Klaar", by=household.worker)

    operations.end_help(help_line, on=TODAY, reason="Het doel is bereikt", by=household.worker)

    help_line.refresh_from_db()
    assert (help_line.ended_on, help_line.end_reason) == (TODAY, "Het doel is bereikt")
    with pytest.raises(WrongState):
        operations.end_help(help_line, on=TODAY, reason="Nog eens", by=household.worker)
    assert AuditEvent.objects.filter(event=Event.HELP_LINE_ENDED).count() == 1


def test_help_that_ends_before_it_starts_is_refused(household):
    with pytest.raises(WrongState):
        operations.start_help(
            household.family,
            organisation=household.debt_support,
            domain=household.domains["finances"],
            starts_on=TODAY,
            planned_end_on=date(2026, 3, 1),
            by=household.worker,
        )

    assert not HelpLine.objects.exists()


def test_helping_a_family_shows_the_organisation_nothing_of_it(help_line, household):
    outsider = factories.user(at=household.debt_support)

    assert not HelpLine.objects.visible_to(outsider).exists()


@pytest.mark.row("E8")
@pytest.mark.row("C22")
def test_a_new_level_is_dated_and_the_old_one_stays(household):
    first = assess(household, level=RelianceLevel.PROFESSIONAL, score=2, on=date(2026, 1, 15))
    second = assess(household, level=RelianceLevel.WITH_HELP, score=5)
    other = assess(household, "housing", score=None)

    assert set(SelfReliance.objects.latest_per_domain()) == {second, other}
    assert list(SelfReliance.objects.filter(domain=first.domain).order_by("assessed_on")) == [first, second]
    assert (second.assessed_by, second.assessed_on) == (household.worker, TODAY)


@pytest.mark.row("C22")
def test_who_was_shown_the_plan_sees_the_latest_level(household):
    assess(household)
    partner = factories.organisation("Wijkteam Verderop")
    reader = factories.user(at=partner)
    factories.involvement(household.family, partner, "partner")
    factories.assignment(household.family, reader, partner, "reader")

    assert SelfReliance.objects.visible_to(reader).latest_per_domain().get().own_score == 4


@pytest.mark.parametrize(("score", "on"), [(11, TODAY), (4, date(2026, 3, 3))])
def test_a_mark_above_ten_or_a_day_to_come_is_refused(household, score, on):
    with pytest.raises(WrongState):
        assess(household, score=score, on=on)

    assert not SelfReliance.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "coordinator"])
def test_who_does_not_work_for_the_family_records_no_help(help_line, household, who):
    stranger = getattr(household, who)

    with pytest.raises(NotAllowed):
        operations.end_help(help_line, on=TODAY, reason="Klaar", by=stranger)
    with pytest.raises(NotAllowed):
        assess(household, by=stranger)
    help_line.refresh_from_db()
    assert help_line.ended_on is None
