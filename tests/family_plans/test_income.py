"""Income, debts and housing: days without income counted by hand, and what is stuck from the first day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import WrongState
from family_plans import operations
from family_plans.models import (
    Cause,
    DebtSituation,
    Decision,
    HousingLine,
    IncomeLine,
    IncomeOccasion,
    Source,
    Stagnation,
    Tailored,
    Urgency,
)
from family_plans.reading.income import income_page
from family_plans.reading.shown import Reader
from follow_ups.models import FollowUp, Kind
from tests import factories
from tests.family_plans.conftest import TODAY, new_help, share_plan

NOW = factories.NOW
MOVE = IncomeOccasion.MOVE


def record(cast, occasion=MOVE, kind="benefit", **fields):
    return operations.record_income(
        cast.family, operations.Income(occasion=occasion, kind=kind, **fields), by=cast.worker, at=NOW
    )


def owed(kind):
    return list(FollowUp.objects.open().filter(kind=kind).values_list("due_on", "falls_to"))


@pytest.mark.row("G4")
@pytest.mark.parametrize(
    ("earlier", "applied", "paid", "days"),
    [
        # paid on the next day: no gap
        (date(2026, 2, 1), None, date(2026, 2, 2), 0),
        # 2 to 9 February
        (date(2026, 2, 1), date(2026, 1, 20), date(2026, 2, 10), 8),
        # 11 to 28 February and two of March, today included
        (date(2026, 2, 10), date(2026, 2, 10), None, 20),
        # the old income still runs
        (date(2026, 3, 10), None, None, 0),
        # no earlier income: from the application, that day included, to the day before the payment
        (None, date(2026, 2, 20), date(2026, 3, 1), 9),
        (None, date(2026, 2, 28), None, 3),
        # the payment came before the old one stopped
        (date(2026, 2, 10), None, date(2026, 2, 1), 0),
        (None, None, None, 0),
    ],
)
def test_days_without_income_are_those_that_somebody_counts_on_a_calendar(household, earlier, applied, paid, days):
    line = record(household, earlier_until=earlier, applied_on=applied, first_payment_on=paid)

    assert line.days_without(TODAY) == days


class TestGap:
    """At a move, each day without income is stuck (G5)."""

    @pytest.mark.row("G5")
    def test_of_one_day_is_stuck_at_once(self, household):
        line = record(household, earlier_until=date(2026, 2, 28), first_payment_on=TODAY)

        stuck = Stagnation.objects.get()
        assert line.days_without(TODAY) == 1
        assert (stuck.cause, stuck.source, stuck.since, stuck.income_line) == (
            Cause.MONEY,
            Source.INCOME,
            date(2026, 3, 1),
            line,
        )
        assert owed(Kind.SOLVE_STAGNATION) == [(date(2026, 3, 16), "regisseur")]

    @pytest.mark.row("G5")
    def test_of_no_day_is_not(self, household):
        record(household, earlier_until=date(2026, 2, 28), first_payment_on=date(2026, 3, 1))

        assert not Stagnation.objects.exists()

    def test_is_reported_once_however_often_the_line_is_changed(self, household):
        line = record(household, earlier_until=date(2026, 2, 1))
        again = operations.Income(occasion=MOVE, kind="benefit", earlier_until=date(2026, 2, 2))
        operations.update_income(line, again, version=1, by=household.worker, at=NOW)

        assert Stagnation.objects.count() == 1

    def test_to_come_is_looked_at_on_its_first_day(self, household):
        line = record(household, earlier_until=date(2026, 3, 31))
        assert owed(Kind.CHECK_INCOME) == [(date(2026, 4, 1), "regisseur")]
        assert not Stagnation.objects.exists()

        paid = operations.Income(
            occasion=MOVE, kind="benefit", earlier_until=date(2026, 3, 31), first_payment_on=date(2026, 4, 1)
        )
        # Promised is not paid: somebody looks on that day whether it came.
        with pytest.raises(WrongState):
            operations.update_income(line, paid, version=1, by=household.worker, at=NOW)
        operations.update_income(line, paid, version=1, by=household.worker, at=NOW + timedelta(days=30))

        assert owed(Kind.CHECK_INCOME) == []

    def test_of_who_comes_in_is_noted_and_not_yet_stuck(self, household):
        record(household, IncomeOccasion.INTAKE, earlier_until=date(2026, 2, 1))

        assert not Stagnation.objects.exists()


@pytest.mark.row("G8")
def test_the_income_at_admission_stands_on_the_page(client, sign_in, household):
    record(household, IncomeOccasion.INTAKE, earlier_until=date(2026, 2, 20), applied_on=date(2026, 2, 23))
    sign_in(household.worker)

    page = client.get(reverse("family_plans:income", args=[household.family.pk])).content.decode()

    assert "Bij de opname: uitkering" in page
    assert "In totaal 10 dagen zonder inkomen" in page


def test_whether_something_tailored_was_asked_and_granted_is_kept(household):
    line = record(household, tailored=Tailored.ASKED, applied_on=date(2026, 2, 2))
    granted = operations.Income(occasion=MOVE, kind="benefit", tailored=Tailored.GRANTED, applied_on=date(2026, 2, 2))
    operations.update_income(line, granted, version=1, by=household.worker, at=NOW)

    assert IncomeLine.objects.get().tailored == "granted"
    with pytest.raises(WrongState):
        operations.update_income(line, granted, version=1, by=household.worker, at=NOW)


@pytest.mark.row("C16")
def test_suwinet_is_a_bare_day_and_the_form_says_so(client, sign_in, household):
    record(household, suwinet_on=date(2026, 2, 24))
    columns = {
        field.name: field.get_internal_type() for field in IncomeLine._meta.get_fields() if "suwinet" in field.name
    }
    assert columns == {"suwinet_on": "DateField"}
    sign_in(household.worker)

    form = client.get(reverse("family_plans:record_income", args=[household.family.pk])).content.decode()

    assert "Alleen de dag. Schrijf nergens wat daar is gelezen" in form
    with pytest.raises(WrongState):
        record(household, suwinet_on=date(2026, 3, 3))


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": Decision.GRANTED},
        {"decided_on": TODAY},
        {"decision": Decision.REFUSED, "decided_on": date(2026, 2, 1), "applied_on": date(2026, 2, 2)},
    ],
)
def test_a_decision_has_a_day_after_that_of_the_application(household, fields):
    with pytest.raises(WrongState):
        record(household, **fields)


@pytest.mark.parametrize(
    ("situation", "by"),
    [
        (DebtSituation.SOME, date(2026, 3, 30)),
        # three working days after Monday
        (DebtSituation.PRESSING, date(2026, 3, 5)),
        (DebtSituation.NONE, None),
    ],
)
def test_debts_bring_the_day_of_the_first_talk_that_the_law_gives(household, situation, by):
    debts = operations.note_debts(household.family, situation=situation, on=TODAY, by=household.worker, at=NOW)

    assert debts.first_talk_by == by
    assert owed(Kind.START_DEBT_HELP) == ([(by, "regisseur")] if by else [])


def test_debts_noted_anew_replace_what_was_asked_for(household):
    for hours, situation in enumerate((DebtSituation.PRESSING, DebtSituation.NONE)):
        at = NOW + timedelta(hours=hours)
        operations.note_debts(household.family, situation=situation, on=TODAY, by=household.worker, at=at)

    assert owed(Kind.START_DEBT_HELP) == []
    assert income_page(household.family, Reader(), today=TODAY).debts.situation == "none"


class TestItCame:
    """What is stuck is not solved by itself when what it waits for comes; the days stop, and somebody is asked."""

    EARLIER = {"earlier_until": date(2026, 2, 1)}

    def change(self, line, cast, **fields):
        income = operations.Income(occasion=MOVE, kind="benefit", **self.EARLIER, **fields)
        return operations.update_income(line, income, version=line.version, by=cast.worker, at=NOW)

    def test_the_days_stop_when_the_income_came_and_go_on_when_that_was_a_mistake(self, household):
        line = record(household, **self.EARLIER)
        paid = self.change(line, household, first_payment_on=date(2026, 2, 20))

        stuck = Stagnation.objects.get()
        # 2 to 19 February, as the days without income; the work of the regisseur stays.
        assert (stuck.days(TODAY), stuck.status, line.days_without(date(2026, 2, 19))) == (18, "open", 18)
        assert owed(Kind.SOLVE_STAGNATION) != []
        # Nobody is told that nothing helps, or to take it to the municipality.
        later = date(2026, 6, 1)
        assert not Stagnation.objects.without_bridging(later, longer_than=14).exists()
        assert not Stagnation.objects.late(later).exists()

        self.change(paid, household)

        assert (Stagnation.objects.get().came_on, Stagnation.objects.get().days(TODAY)) == (None, 28)

    def test_whoever_records_it_is_asked_what_made_it_move_with_what_is_known_filled_in(
        self, client, sign_in, household
    ):
        line = record(household, **self.EARLIER)
        stuck = Stagnation.objects.get()
        sign_in(household.worker)
        typed = {"occasion": "move", "kind": "benefit", "earlier_until": "2026-02-01", "tailored": "not_asked"}

        asked = client.post(
            reverse("family_plans:change_income", args=[line.pk]),
            typed | {"first_payment_on": "2026-02-20", "version": "1"},
        )

        page = reverse("family_plans:solve", args=[stuck.pk])
        assert asked.url == page
        form = client.get(page).context["form"]
        assert (form["by_means_of"].value(), form["solution"].value()) == ("started", "Het kwam op 20 februari 2026.")
        there = client.get(reverse("family_plans:stagnations", args=[household.family.pk])).content.decode()
        assert "Waar het op wachtte, kwam op 20 februari. Zeg wat het in beweging bracht." in there
        client.post(page, {"by_means_of": "tailored", "solution": "Een voorschot."})
        assert (Stagnation.objects.get().status, Stagnation.objects.get().days(TODAY)) == ("solved", 18)

    def test_help_that_starts_and_an_urgency_that_is_granted_came_too(self, client, sign_in, household):
        line = operations.ask_help(household.family, new_help(household), by=household.worker, at=NOW)
        for since in (date(2026, 2, 15), date(2026, 2, 27)):
            operations.report_stagnation(
                household.family,
                domain=household.domains["finances"],
                cause=Cause.WAITING,
                since=since,
                help_line=line,
                by=household.worker,
                at=NOW,
            )
        started = new_help(household, starts_on=date(2026, 2, 25))
        operations.update_help(line, started, version=1, by=household.worker, at=NOW)
        refused = {"urgency": Urgency.REFUSED, "requested_on": date(2026, 2, 2), "decided_on": date(2026, 2, 10)}
        granted = refused | {"urgency": Urgency.GRANTED, "decided_on": date(2026, 2, 24)}
        for version, fields in enumerate((refused, granted)):
            operations.record_housing(
                household.family, operations.Housing(**fields), version=version, by=household.worker, at=NOW
            )

        came = Stagnation.objects.order_by("since").values_list("since", "came_on")
        assert list(came) == [
            (date(2026, 2, 10), date(2026, 2, 24)),
            (date(2026, 2, 15), date(2026, 2, 25)),
            # It ran already when this got stuck: it waits for something else.
            (date(2026, 2, 27), None),
        ]
        with pytest.raises(IntegrityError), transaction.atomic():
            Stagnation.objects.filter(came_on=None).update(came_on=date(2026, 2, 26))


class TestHousing:
    def record(self, cast, version=0, **fields):
        return operations.record_housing(
            cast.family, operations.Housing(**fields), version=version, by=cast.worker, at=NOW
        )

    @pytest.mark.row("C26")
    def test_an_urgency_that_is_refused_is_stuck_once(self, household):
        asked = {"urgency": Urgency.REQUESTED, "requested_on": date(2026, 2, 2)}
        self.record(household, **asked)
        assert not Stagnation.objects.exists()

        refused = asked | {"urgency": Urgency.REFUSED, "decided_on": date(2026, 2, 20)}
        line = self.record(household, version=1, **refused)
        self.record(household, version=2, **refused)

        stuck = Stagnation.objects.get()
        assert (stuck.housing_line, stuck.source, stuck.since) == (line, Source.HOUSING, date(2026, 2, 20))

    @pytest.mark.parametrize(
        "fields",
        [
            {"urgency": Urgency.REQUESTED},
            {"urgency": Urgency.GRANTED, "requested_on": TODAY},
            {"urgency": Urgency.GRANTED, "requested_on": TODAY, "decided_on": date(2026, 3, 1)},
            {"requested_on": TODAY},
            {"condition_until": TODAY},
        ],
    )
    def test_days_go_with_what_was_asked_and_decided(self, household, fields):
        with pytest.raises(WrongState):
            self.record(household, **fields)

        assert not HousingLine.objects.exists()

    @pytest.mark.row("G9")
    def test_days_longer_than_needed_are_counted_with_what_is_waited_for(self, household):
        line = self.record(household, ready_since=date(2026, 2, 1), waits_for="dwelling")

        assert line.days_waiting(TODAY) == 29
        assert income_page(household.family, Reader(), today=TODAY).days_waiting == 29

    @pytest.mark.row("G16")
    def test_a_condition_is_shown_with_its_end_and_what_follows(self, client, sign_in, household):
        self.record(
            household,
            condition="Hulp aannemen van de woonbegeleider",
            condition_until=date(2027, 3, 1),
            consequence="Gesprek met de corporatie",
        )
        sign_in(household.worker)

        page = client.get(reverse("family_plans:income", args=[household.family.pk])).content.decode()

        assert "Hulp aannemen van de woonbegeleider, tot en met 1 maart 2027" in page
        assert "Gesprek met de corporatie" in page

    @pytest.mark.row("D18")
    def test_the_reason_for_a_place_is_shown_to_a_partner_with_whom_housing_was_shared(
        self, client, sign_in, household
    ):
        self.record(household, preferred_because="network")
        page = reverse("family_plans:income", args=[household.family.pk])

        sign_in(share_plan(household, parts=["housing"], name="Woonstichting"))
        assert "Daar zijn mensen op wie zij of hij kan rekenen" in client.get(page).content.decode()
        sign_in(share_plan(household, parts=["education"], name="School"))
        assert "Daar zijn mensen" not in client.get(page).content.decode()

    def test_a_dwelling_that_was_found_closes_the_line_and_a_next_one_may_open(self, household):
        self.record(household, ready_since=date(2026, 2, 1), found_on=date(2026, 2, 20))
        self.record(household, ready_since=date(2026, 3, 1))

        assert HousingLine.objects.count() == 2
        with pytest.raises(WrongState):
            self.record(household, version=7)
