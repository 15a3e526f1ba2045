"""Waiting for help, counted by hand beside what is computed; norms, successors, moves, help that does not fit."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cases.models import Trajectory
from core.errors import WrongState
from family_plans import operations
from family_plans.models import AtMove, EndReason, Fit, HelpAtMove, HelpLine, Step
from family_plans.norms import StartNorms
from family_plans.reading.help import help_page
from family_plans.reading.shown import Reader
from follow_ups.models import FollowUp, Kind
from organisations.models import Norm, Subject
from tests import factories
from tests.family_plans.conftest import TODAY, new_help

NOW = factories.NOW


def ask(cast, kind="debt_help", **fields):
    return operations.ask_help(cast.family, new_help(cast, kind, **fields), by=cast.worker, at=NOW)


def change(line, cast, **fields):
    fresh = HelpLine.objects.get(pk=line.pk)
    changed = new_help(cast, **({"starts_on": None} | fields))
    return operations.update_help(fresh, changed, version=fresh.version, by=cast.worker, at=NOW)


def owed(kind):
    return list(FollowUp.objects.open().filter(kind=kind).values_list("due_on", "falls_to"))


# Days of the asking, the decision, the first talk and the start; and what somebody counted on a calendar for 2 March.
COUNTED_BY_HAND = [
    # asked 1 Feb, nothing yet: 27 days of February after the first, and two of March
    ((date(2026, 2, 1), None, None, None), [(Step.INDICATION, 29)], 29),
    # decision after 13 days; since then 16 days
    ((date(2026, 2, 1), date(2026, 2, 14), None, None), [(Step.INDICATION, 13), (Step.INTAKE, 16)], 29),
    # decision after 9, talk 8 days later, since then 13
    (
        (date(2026, 1, 31), date(2026, 2, 9), date(2026, 2, 17), None),
        [(Step.INDICATION, 9), (Step.INTAKE, 8), (Step.START, 13)],
        30,
    ),
    # started after 9 + 8 + 7 days
    (
        (date(2026, 1, 31), date(2026, 2, 9), date(2026, 2, 17), date(2026, 2, 24)),
        [(Step.INDICATION, 9), (Step.INTAKE, 8), (Step.START, 7)],
        24,
    ),
    # a leap year: 28 and 29 February and 1 March
    ((date(2024, 2, 28), None, None, date(2024, 3, 1)), [(Step.START, 2)], 2),
    # without a decision of its own: a talk after 17 days
    ((date(2026, 1, 31), None, date(2026, 2, 17), None), [(Step.INTAKE, 17), (Step.START, 13)], 30),
    # asked today
    ((TODAY, None, None, None), [(Step.INDICATION, 0)], 0),
]


@pytest.mark.row("G11")
@pytest.mark.parametrize(("days", "steps", "total"), COUNTED_BY_HAND)
def test_waiting_days_are_those_that_somebody_counts_on_a_calendar(household, days, steps, total):
    asked, indicated, intake, started = days
    line = ask(household, asked_on=asked, indicated_on=indicated, intake_on=intake, starts_on=started)

    assert list(line.steps(TODAY)) == steps
    assert line.waiting_days(TODAY) == total
    assert sum(count for _step, count in steps) == total


@pytest.mark.row("B23")
def test_the_waiting_for_financial_administration_is_reported(client, sign_in, household):
    line = ask(household, "financial_administration", asked_on=date(2026, 1, 5))

    page = help_page(household.family, Reader(), departs_on=None, today=TODAY)
    assert [(one.line, one.shown.waiting.days) for one in page.running] == [(line, 56)]
    sign_in(household.worker)
    words = client.get(reverse("family_plans:help", args=[household.family.pk])).content.decode()
    assert "Bewind: De Balie" in words
    assert re.search(r"Wacht 56 dagen", words)

    started = change(line, household, kind="financial_administration", asked_on=date(2026, 1, 5), starts_on=TODAY)
    assert started.waiting_days(date(2026, 9, 1)) == 56


class TestNorm:
    def test_the_municipalitys_own_goes_before_that_of_the_house(self, household):
        line = ask(household)
        assert StartNorms(household.family.pk, TODAY).of(line).norm == 28

        Norm.objects.create(
            subject=Subject.HELP_STARTS,
            kind="debt_help",
            municipality=household.coordinator.memberships.get().organisation.municipality,
            days=14,
            basis="confirmed",
            valid_from=TODAY,
        )

        assert StartNorms(household.family.pk, TODAY).of(line).norm == 14
        assert StartNorms(household.family.pk, date(2026, 3, 1)).of(line).norm == 28

    @pytest.mark.row("G18")
    def test_a_norm_that_changes_colours_every_line_anew(self, household):
        line = ask(household, "youth_help")  # 29 days, the norm of the house is 42

        def light():
            return StartNorms(household.family.pk, TODAY).of(line).light

        assert light() == "good"
        Norm.objects.filter(subject=Subject.HELP_STARTS, kind="").update(days=30)
        assert light() == "soon"
        Norm.objects.filter(subject=Subject.HELP_STARTS, kind="").update(days=28)
        assert light() == "now"
        assert StartNorms(household.family.pk, TODAY).of(line).over == 1

    def test_help_that_passes_the_norm_is_on_the_regisseurs_list_from_the_first_day_over(self, household):
        ask(household, "youth_help")

        # 1 February + 42 days is 15 March; the first day over is the 16th.
        assert owed(Kind.HELP_SHOULD_START) == [(date(2026, 3, 16), "regisseur")]

    def test_help_that_is_over_it_when_it_is_entered_is_due_today(self, household):
        line = ask(household)
        assert owed(Kind.HELP_SHOULD_START) == [(TODAY, "regisseur")]

        change(line, household, starts_on=TODAY)

        assert owed(Kind.HELP_SHOULD_START) == []

    def test_a_line_over_its_norm_leads_to_a_report_with_the_day_it_passed(self, client, sign_in, household):
        line = ask(household)
        sign_in(household.worker)

        page = client.get(reverse("family_plans:report_stagnation", args=[household.family.pk]), {"hulp": line.pk})

        initial = page.context["form"].initial
        assert (initial["help_line"], initial["since"], initial["cause"]) == (line.pk, date(2026, 3, 1), "waiting")


class TestSuccessor:
    """Help that ends soon names who takes over (A18)."""

    @pytest.mark.row("A18")
    def test_eight_weeks_before_an_end_without_a_successor_the_regisseur_gets_work(self, household):
        ask(household, starts_on=date(2026, 2, 1), planned_end_on=date(2026, 8, 1))

        assert owed(Kind.ARRANGE_SUCCESSOR) == [(date(2026, 6, 6), "regisseur")]

    @pytest.mark.row("A18")
    def test_within_eight_weeks_it_is_due_today(self, household):
        ask(household, starts_on=date(2026, 2, 1), planned_end_on=date(2026, 4, 1))

        assert owed(Kind.ARRANGE_SUCCESSOR) == [(TODAY, "regisseur")]

    @pytest.mark.row("A18")
    @pytest.mark.parametrize("settled", ["successor", "successor_words", "needed_after", "ended"])
    def test_it_is_off_the_list_when_somebody_takes_over_or_nothing_is_needed(self, household, settled):
        days = {"starts_on": date(2026, 2, 1), "planned_end_on": date(2026, 4, 1)}
        line = ask(household, **days)

        if settled == "ended":
            operations.end_help(line, on=TODAY, reason=EndReason.NOT_NEEDED, by=household.worker, at=NOW)
        else:
            value = {"successor": household.debt_support, "successor_words": "tante Riet", "needed_after": False}
            change(line, household, **days, **{settled: value[settled]})

        assert owed(Kind.ARRANGE_SUCCESSOR) == []


def test_help_that_does_not_fit_is_work(household):
    line = ask(household, starts_on=date(2026, 2, 1), fit=Fit.DOUBT)
    assert owed(Kind.FIND_FITTING_HELP) == []

    change(line, household, starts_on=date(2026, 2, 1), fit=Fit.DOES_NOT_FIT)

    assert owed(Kind.FIND_FITTING_HELP) == [(date(2026, 3, 9), "regisseur")]


def test_the_page_says_of_each_line_whether_it_was_asked_and_started_before_the_departure(household):
    departs_on = date(2026, 2, 15)
    ask(household, starts_on=date(2026, 2, 10))
    ask(household, "youth_help", starts_on=date(2026, 2, 20))
    ask(household, "trauma_treatment", asked_on=date(2026, 2, 15))

    page = help_page(household.family, Reader(), departs_on=departs_on, today=TODAY)

    assert sorted(one.asked_before for one in page.running) == [
        "gevraagd en begonnen vóór het vertrek",
        "gevraagd na het vertrek",
        "gevraagd vóór het vertrek",
    ]
    lines = HelpLine.objects.filter(family=household.family)
    assert (lines.asked_before(departs_on).count(), lines.started_before(departs_on).count()) == (2, 1)


@pytest.mark.row("G19")
def test_help_to_a_child_of_which_no_law_is_known_is_listed(household):
    ask(household, "youth_help", person=household.femke)
    ask(household, "youth_help", person=household.daan, law=household.laws["jeugdwet"])
    ask(household, person=household.client)

    lines = HelpLine.objects.filter(family=household.family)
    assert [line.person for line in lines.for_children_without_source()] == [household.femke]
    assert help_page(household.family, Reader(), departs_on=None, today=TODAY).without_source == 1


class TestMove:
    """What a move does to help, with the days without it (F16)."""

    def move(self, line, cast, outcome, last=None, first=None):
        return operations.record_help_at_move(
            line,
            moved_on=date(2026, 2, 10),
            outcome=outcome,
            last_day=last,
            first_day=first,
            by=cast.worker,
            at=NOW,
        )

    @pytest.mark.parametrize(
        ("outcome", "last", "first", "gap"),
        [
            (AtMove.CONTINUES, None, None, 0),
            (AtMove.TRANSFERS, date(2026, 2, 9), date(2026, 2, 10), 0),
            # 10 to 19 February
            (AtMove.TRANSFERS, date(2026, 2, 9), date(2026, 2, 20), 10),
            # 10 to 28 February and two days of March, today included
            (AtMove.RESTARTS, date(2026, 2, 9), None, 21),
        ],
    )
    def test_the_gap_is_the_days_between(self, household, outcome, last, first, gap):
        line = ask(household, starts_on=date(2026, 2, 1))

        assert self.move(line, household, outcome, last, first).gap_days(TODAY) == gap

    @pytest.mark.row("F16")
    def test_gap_days_are_reported_per_domain(self, household):
        first, second = ask(household), ask(household, "youth_help", domain="education")
        self.move(first, household, AtMove.RESTARTS, date(2026, 2, 9))
        self.move(second, household, AtMove.CONTINUES)

        page = help_page(household.family, Reader(), departs_on=None, today=TODAY)

        assert page.gaps == [("financiën", 21)]

    def test_recorded_again_it_is_corrected(self, household):
        line = ask(household)
        self.move(line, household, AtMove.RESTARTS, date(2026, 2, 9))
        self.move(line, household, AtMove.RESTARTS, date(2026, 2, 9), date(2026, 2, 15))

        assert HelpAtMove.objects.get().gap_days(TODAY) == 5

    def test_the_day_of_the_departure_is_proposed_until_it_was_recorded_and_never_for_help_asked_after_it(
        self, client, sign_in, household
    ):
        departure = date(2026, 2, 10)
        Trajectory.objects.filter(family=household.family).update(departs_on=departure, destination="unknown")
        line, later = ask(household), ask(household, asked_on=date(2026, 2, 20))
        sign_in(household.worker)

        def proposed(one):
            return client.get(reverse("family_plans:help_at_move", args=[one.pk])).context["form"]["moved_on"].value()

        assert (proposed(line), proposed(later)) == (departure, None)
        self.move(line, household, AtMove.RESTARTS, date(2026, 2, 9))
        # With that day a later move would be written over what the departure did.
        assert proposed(line) is None

    def test_help_that_stopped_has_a_last_day_before_its_first(self, household):
        line = ask(household)
        for days in ((None, None), (date(2026, 2, 9), date(2026, 2, 9))):
            with pytest.raises(WrongState):
                self.move(line, household, AtMove.TRANSFERS, *days)


def test_two_workers_on_one_line_lose_nothing(client, sign_in, household):
    """The second is told, keeps what she typed, and can save again knowing what the first did."""
    line = ask(household)
    opened_with = line.version
    change(line, household, indicated_on=date(2026, 2, 20))
    sign_in(household.worker)
    page = reverse("family_plans:change_help", args=[line.pk])
    typed = {
        "kind": line.kind_id,
        "domain": line.domain_id,
        "organisation": line.organisation_id,
        "asked_on": "2026-02-01",
        "intake_on": "2026-02-25",
        "bridging": "De vrijwilliger belt.",
        "needed_after": "on",
        "version": opened_with,
    }

    refused = client.post(page, typed)

    assert refused.status_code == 200
    line.refresh_from_db()
    assert (line.indicated_on, line.intake_on) == (date(2026, 2, 20), None)
    form = refused.context["form"]
    assert form["bridging"].value() == "De vrijwilliger belt."
    # What she would take away by saving again is said beside each field.
    assert form.errors["indicated_on"] == ["Er staat nu: 20 februari 2026"]
    assert form.errors["bridging"] == ["Er staat nu: niets"]
    assert set(form.errors) == {"__all__", "indicated_on", "intake_on", "bridging"}
    again = client.post(page, typed | {"version": form["version"].value(), "indicated_on": "2026-02-20"})
    assert again.status_code == 302
    line.refresh_from_db()
    assert (line.indicated_on, line.intake_on) == (date(2026, 2, 20), date(2026, 2, 25))


def test_a_form_to_change_help_starts_with_how_it_stands(client, sign_in, household):
    line = ask(household, law=household.laws["wmo"], bridging="Het maatje")
    sign_in(household.worker)

    form = client.get(reverse("family_plans:change_help", args=[line.pk])).context["form"]

    html = form.as_p()
    for row in (line.kind, line.domain, line.organisation, line.law):
        assert f'value="{row.pk}" selected' in html
    assert 'value="2026-02-01"' in html


def test_an_operation_refuses_an_older_version(household):
    line = ask(household)
    change(line, household, bridging="x")

    with pytest.raises(WrongState):
        operations.update_help(line, new_help(household), version=1, by=household.worker, at=NOW)
