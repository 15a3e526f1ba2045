"""Silence is what nobody notices: a part that stands still is a red bar on every page, and an answer to a monitor."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Role
from audit.models import AuditEvent
from follow_ups.models import DispatchRun, SweepRun
from overview import clock
from tests import factories
from tests.factories import NOW

RED = "Herinneringen worden nu niet verstuurd"


def rounds(*, swept=1, dispatched=1, sweep=None, dispatch=None):
    """Write down the last rounds, so many minutes ago."""
    SweepRun.objects.create(
        finished_at=NOW - timedelta(minutes=swept), **({"due_seen": 0, "raised": 0} | (sweep or {}))
    )
    DispatchRun.objects.create(
        finished_at=NOW - timedelta(minutes=dispatched),
        **({"sent": 0, "failed": 0, "without_recipient": 0} | (dispatch or {})),
    )


# What is seen when a part stands still, and what a monitor asks to notice it.
STILL = {
    "sweep": ({"swept": 10}, "healthy_sweep"),
    "stuck": ({"sweep": {"left": 3, "stuck_rounds": 3}}, "healthy_sweep"),
    "quarantine": ({"sweep": {"quarantined": 1}}, "healthy_sweep"),
    "clock": ({"sweep": {"skew_seconds": 31}}, "healthy_sweep"),
    "dispatch": ({"dispatched": 10}, "healthy_dispatch"),
    "nobody": ({"dispatch": {"without_recipient": 1}}, "healthy_dispatch"),
    "mail": ({"dispatch": {"failed": 3, "oldest_waiting_at": NOW - timedelta(minutes=8)}}, "healthy_mail"),
}


@pytest.mark.parametrize("part", STILL)
def test_each_part_that_stands_still_is_a_fault_with_a_remedy(db, part):
    from overview.health import REMEDIES

    rounds(**STILL[part][0])

    assert [fault.part for fault in clock.state_of_reminders(NOW).faults] == [part]
    assert REMEDIES[part]


@pytest.mark.parametrize("part", STILL)
def test_it_is_a_red_bar_on_every_page_of_staff_and_coordinator(client, sign_in, cast, part):
    rounds(**STILL[part][0])
    coordinator = factories.user(
        Role.COORDINATOR, at=factories.organisation("Gemeenteteam Middenveld", kind="municipality")
    )
    pages = {
        cast.worker: ["overview:today", "overview:families", "accounts:drafts", "reminders:own"],
        cast.team_lead: ["overview:team", "accounts:drafts"],
        coordinator: ["municipalities:families", "accounts:drafts"],
    }
    for user, names in pages.items():
        sign_in(user)
        for name in names:
            # A page view may have done a round that another part is still waiting for.
            SweepRun.objects.filter(trigger="page").delete()
            assert RED in client.get(reverse(name)).content.decode(), name


@pytest.mark.parametrize("part", STILL)
def test_a_monitor_is_answered_with_the_part_and_nothing_else(client, db, part):
    rounds(**STILL[part][0])
    name = STILL[part][1]

    answer = client.get(reverse(f"overview:{name}"))

    assert (answer.status_code, answer.content.decode()) == (503, part)
    assert not AuditEvent.objects.exists()
    for other in {"healthy_sweep", "healthy_dispatch", "healthy_mail"} - {name}:
        assert client.get(reverse(f"overview:{other}")).content == b"ok"


def test_nothing_is_red_while_everything_goes_round(client, sign_in, cast):
    rounds(swept=9, dispatched=9, sweep={"due_seen": 4, "left": 1, "stuck_rounds": 2})
    sign_in(cast.worker)

    page = client.get("/").content.decode()

    assert RED not in page
    assert "Herinneringen werken" in page


def test_no_round_ever_is_silence_too(db, monkeypatch):
    monkeypatch.setattr(clock, "_STARTED_AT", NOW - timedelta(minutes=10))

    assert [fault.part for fault in clock.state_of_reminders(NOW).faults] == ["sweep"]


def test_the_state_costs_one_query(db, django_assert_num_queries):
    rounds()

    with django_assert_num_queries(1):
        clock.state_of_reminders(NOW)


class TestOperator:
    @pytest.fixture
    def operator(self, db, sign_in):
        found = factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=factories.organisation("Beheer"))
        sign_in(found)
        return found

    def test_the_page_says_what_stands_still_and_what_to_do(self, client, operator):
        rounds(**STILL["mail"][0])

        page = client.get(reverse("overview:operation")).content.decode()

        assert "De mailserver neemt onze berichten niet aan." in page
        assert "EMAIL_URL" in page

    def test_the_page_says_so_when_all_is_well(self, client, operator):
        rounds()

        assert "Je hoeft niets te doen." in client.get(reverse("overview:operation")).content.decode()

    def test_the_command_ends_with_one_when_a_part_stands_still(self, db, capsys):
        rounds(**STILL["nobody"][0])

        with pytest.raises(SystemExit) as ended:
            call_command("reminders_status")

        assert ended.value.code == 1
        assert "nobody: There is work that reaches nobody." in capsys.readouterr().out

    def test_the_command_says_all_is_well(self, db, capsys):
        rounds()

        call_command("reminders_status")

        assert "found and sent" in capsys.readouterr().out
