from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import EndReason, HelpLine, RelianceLevel, SelfReliance
from family_plans.reading.help import help_page
from family_plans.reading.reliance import PAD_X, WIDTH
from family_plans.reading.shown import Reader
from tests import factories
from tests.family_plans.conftest import new_help

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


def end(line, cast, on=TODAY, reason=EndReason.ACHIEVED, by=None):
    return operations.end_help(line, on=on, reason=reason, by=by or cast.worker, at=factories.NOW)


@pytest.mark.row("B29")
def test_help_ends_once_for_a_reason_and_stays_in_the_file(client, sign_in, help_line, household):
    for day in (date(2026, 1, 31), date(2026, 3, 3)):
        with pytest.raises(WrongState):
            end(help_line, household, on=day)

    end(help_line, household, reason=EndReason.STOPPED)

    help_line.refresh_from_db()
    assert (help_line.ended_on, help_line.end_reason) == (TODAY, "stopped")
    with pytest.raises(WrongState):
        end(help_line, household, reason=EndReason.NOT_NEEDED)
    assert AuditEvent.objects.filter(event=Event.HELP_LINE_ENDED).count() == 1
    page = help_page(household.family, Reader(), departs_on=None, today=TODAY)
    assert [one.line for one in page.ended] == [help_line]
    assert page.running == []
    sign_in(household.worker)
    words = client.get(reverse("family_plans:help", args=[household.family.pk])).content.decode()
    assert "Gestopt op 2 maart 2026: De organisatie stopte" in words


def test_the_database_wants_a_reason_for_an_end(help_line):
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpLine.objects.filter(pk=help_line.pk).update(ended_on=TODAY)


@pytest.mark.parametrize(
    "days",
    [
        {"starts_on": TODAY, "planned_end_on": date(2026, 3, 1)},
        {"indicated_on": date(2026, 1, 31)},
        {"intake_on": date(2026, 1, 31)},
        {"starts_on": date(2026, 1, 31)},
    ],
)
def test_days_of_help_that_are_not_in_order_are_refused(household, days):
    with pytest.raises(WrongState):
        operations.ask_help(household.family, new_help(household, **days), by=household.worker, at=factories.NOW)

    assert not HelpLine.objects.exists()


def test_helping_a_family_shows_the_organisation_nothing_of_it(help_line, household):
    outsider = factories.user(at=household.debt_support)

    assert not HelpLine.objects.visible_to(outsider).exists()


@pytest.mark.row("E8")
@pytest.mark.row("C22")
def test_a_new_level_is_dated_the_old_one_stays_and_each_step_is_in_the_picture(client, sign_in, household):
    first = assess(household, level=RelianceLevel.PROFESSIONAL, score=2, on=date(2026, 1, 15))
    second = assess(household, level=RelianceLevel.WITH_HELP, score=5)
    other = assess(household, "housing", score=None)

    assert set(SelfReliance.objects.latest_per_domain()) == {second, other}
    assert list(SelfReliance.objects.filter(domain=first.domain).order_by("assessed_on")) == [first, second]
    assert (second.assessed_by, second.assessed_on) == (household.worker, TODAY)
    middle = assess(household, level=RelianceLevel.WITH_NETWORK, score=None, on=date(2026, 2, 7))
    sign_in(household.worker)
    page = client.get(reverse("family_plans:reliance", args=[household.family.pk]))
    # One judgement is no way yet: only of the first domain there is a picture, with every step and its day.
    (strip,) = page.context["steps"]
    assert strip.domain == middle.domain
    days = (
        "alleen met een professional (15 januari 2026)",
        "met netwerk (7 februari 2026)",
        "met hulp (2 maart 2026)",
    )
    assert strip.text == ", ".join(days)
    # From the bottom up to two thirds, and down to one third; the marks 2 and 5 of ten beside them.
    assert [(dot.x, dot.y) for dot in strip.worker] == [(PAD_X, 66), (WIDTH // 2, 29), (WIDTH - PAD_X, 47)]
    assert [(dot.x, dot.y) for dot in strip.own] == [(PAD_X, 55), (WIDTH - PAD_X, 38)]
    assert f'aria-label="Financiën: {strip.text}"' in page.content.decode()


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
        end(help_line, household, by=stranger)
    with pytest.raises(NotAllowed):
        assess(household, by=stranger)
    help_line.refresh_from_db()
    assert help_line.ended_on is None
