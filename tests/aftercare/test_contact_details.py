"""What a contact brings up beside the four questions, and what a page that saves by itself keeps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts import drafts
from aftercare import reading
from aftercare.models import FactorChange, HelpAnswer
from aftercare.operations import Answers, Attempt, BroughtUp, record_check_in
from core.errors import WrongState
from family_plans.models import DOMAINS, HelpLine, Stagnation
from follow_ups.models import FollowUp, Kind
from organisations.models import CodeItem, CodeList
from signals.models import Signal
from tests import factories

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
FINE = Answers(help_running="yes", feels_safe="yes", plan_up_to_date="yes", needs_support="no")
HOW = Attempt(happened_at=NOW, channel="visit", initiative="ours", outcome="reached")


def line(family, at, **fields):
    codes, _new = CodeList.objects.get_or_create(slug="proef", defaults={"title_nl": "Proef", "basis": "verified"})
    item, _new = CodeItem.objects.get_or_create(
        code_list=codes,
        code="debt",
        defaults={"label_nl": "Hulp bij schulden", "basis": "verified", "valid_from": date(2023, 1, 1), "order": 1},
    )
    fields = {"asked_on": date(2026, 1, 5), "starts_on": date(2026, 1, 12)} | fields
    return HelpLine.objects.create(family=family, organisation=at, kind=item, domain=item, **fields)


@pytest.mark.row("E14", "E20", "G13")
@pytest.mark.parametrize(
    ("state", "due_on"),
    [("good", None), ("stopped", date(2026, 3, 11)), ("poor", date(2026, 3, 16)), ("unsure", date(2026, 3, 16))],
)
def test_each_help_line_that_does_not_run_well_is_work_about_that_help(cast, trajectory, state, due_on):
    debt = line(cast.family, cast.other_org)

    record_check_in(trajectory, HOW, answers=FINE, brought_up=BroughtUp({debt: state}), by=cast.worker, at=NOW)

    owed = FollowUp.objects.filter(kind=Kind.RE_ESTABLISH_HELP, about_id=debt.pk).open()
    assert list(owed.values_list("due_on", "falls_to")) == ([(due_on, "regisseur")] if due_on else [])
    assert HelpAnswer.objects.get().state == state


def test_help_that_stopped_is_stuck_at_once_and_reported_once(cast, trajectory):
    debt = line(cast.family, cast.other_org)
    for _time in (1, 2):
        said = BroughtUp({debt: "stopped"})
        record_check_in(trajectory, HOW, answers=FINE, brought_up=said, by=cast.worker, at=NOW)

    stuck = Stagnation.objects.get()
    assert (stuck.help_line, stuck.domain, stuck.source, stuck.since) == (debt, debt.domain, "check_in", NOW.date())
    owed = FollowUp.objects.open().get(kind=Kind.SOLVE_STAGNATION)
    assert (owed.about_id, owed.falls_to, owed.due_on) == (stuck.pk, "regisseur", stuck.solve_by)


def test_what_was_left_lying_and_is_stuck_is_reported_from_the_conversation_itself(client, cast, trajectory, sign_in):
    codes = CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden")
    housing = CodeItem.objects.create(
        code_list=codes, code="housing", label_nl="wonen", basis="verified", valid_from=date(2023, 1, 1)
    )
    sign_in(cast.worker)
    page = reverse("aftercare:check_in", args=[cast.family.pk])
    said = TestForm.ANSWERED | {"help_running": "none", "wish": "De urgentie ligt stil.", "wish_leads_to": "stagnation"}

    refused = client.post(page, said)

    assert "Kies waar het over gaat." in refused.content.decode()
    assert not Stagnation.objects.exists()

    client.post(page, said | {"stuck_in": housing.pk})

    stuck = Stagnation.objects.get()
    assert (stuck.domain, stuck.note, stuck.source) == (housing, "De urgentie ligt stil.", "check_in")
    assert FollowUp.objects.open().get(kind=Kind.SOLVE_STAGNATION).about_id == stuck.pk


def test_help_of_another_family_cannot_be_answered_about(cast, trajectory):
    strange = line(factories.family(), cast.other_org)

    with pytest.raises(WrongState):
        record_check_in(trajectory, HOW, answers=FINE, brought_up=BroughtUp({strange: "good"}), by=cast.worker, at=NOW)


@pytest.mark.row("E15")
def test_not_safe_is_a_signal_of_the_family_itself_to_judge_today(cast, trajectory):
    said = Answers(**(vars(FINE) | {"feels_safe": "no", "own_words": "Hij stond voor de deur"}))

    record_check_in(trajectory, HOW, answers=said, by=cast.worker, at=NOW)

    signal = Signal.objects.get(family=cast.family)
    assert (signal.source, signal.what_heard) == ("family", "Hij stond voor de deur")
    owed = FollowUp.objects.get(kind=Kind.TRIAGE_SIGNAL)
    assert (owed.due_on, owed.about_id) == (NOW.date(), signal.pk)


@pytest.mark.row("E18")
def test_factors_show_what_rose_and_fell_and_what_got_worse_first(cast, trajectory):
    for days, changes in enumerate([{"money": "down", "network": "up"}, {"money": "up"}]):
        at = NOW + timedelta(days=days)
        how = Attempt(happened_at=at, channel="phone", initiative="ours", outcome="reached")
        record_check_in(trajectory, how, answers=FINE, brought_up=BroughtUp({}, changes), by=cast.worker, at=at)

    trends = reading.factors(trajectory, cast.worker)

    assert [(trend.is_risk, trend.is_worse, len(trend.changes)) for trend in trends] == [
        (True, True, 2),
        (False, False, 1),
    ]
    assert FactorChange.objects.count() == 3


@pytest.mark.row("E25")
def test_without_help_that_runs_nobody_comes_behind_the_front_door(client, sign_in, cast, trajectory):
    sign_in(cast.worker)
    page = client.get(reverse("aftercare:family", args=[cast.family.pk])).content.decode()
    assert "Geen: er komt niemand achter de voordeur" in page
    assert "Er is nog niemand geweest" in page

    line(cast.family, cast.other_org)
    line(cast.family, cast.other_org, starts_on=None)  # still waits: it does not count
    record_check_in(trajectory, HOW, answers=FINE, by=cast.worker, at=NOW)

    door = reading.front_door(cast.family, cast.worker, today=date(2026, 3, 12))
    assert (door.active_help, door.days, door.nobody_comes) == (1, 3, False)


class TestForm:
    ANSWERED = {
        "day": "2026-03-02",
        "channel": "phone",
        "initiative": "ours",
        "outcome": "reached",
        "feels_safe": "yes",
        "plan_up_to_date": "yes",
        "needs_support": "no",
    }

    @pytest.fixture
    def page(self, cast, trajectory, sign_in):
        sign_in(cast.worker)
        return reverse("aftercare:check_in", args=[cast.family.pk])

    @pytest.mark.row("E14")
    def test_it_asks_about_each_help_line_by_name(self, client, cast, page):
        debt = line(cast.family, cast.other_org)

        shown = client.get(page).content.decode()
        client.post(page, self.ANSWERED | {f"help_{debt.pk}": "stopped", "more": ["money"]})

        assert "Hulp bij schulden, van Wijkteam Elders" in shown
        assert HelpAnswer.objects.get().state == "stopped"
        assert FactorChange.objects.get().direction == "up"

    def test_a_help_line_without_an_answer_is_asked_for_and_nothing_typed_is_lost(self, client, cast, page):
        line(cast.family, cast.other_org)

        answer = client.post(page, self.ANSWERED | {"own_words": "Het gaat wel"}).content.decode()

        assert "Het gaat wel" in answer
        assert not HelpAnswer.objects.exists()

    def test_a_factor_is_not_both_more_and_less(self, client, cast, page):
        client.post(page, self.ANSWERED | {"help_running": "none", "more": ["money"], "less": ["money"]})

        assert not FactorChange.objects.exists()

    def test_what_is_typed_is_kept_while_it_is_typed_and_comes_back(self, client, cast, page):
        kept = client.post(
            reverse("aftercare:keep_check_in", args=[cast.family.pk]),
            {"own_words": "Ze slaapt beter", "more": ["money", "housing"], "less": ["addiction", "loneliness"]},
        )

        assert kept.json() == {"saved_at": "10.00"}
        form = client.get(page).context["form"]
        assert form["own_words"].value() == "Ze slaapt beter"
        assert (form["more"].value(), form["less"].value()) == (["money", "housing"], ["addiction", "loneliness"])
        assert drafts.kept(cast.worker, "aftercare:check_in", now=factories.NOW, about=cast.family.pk)
