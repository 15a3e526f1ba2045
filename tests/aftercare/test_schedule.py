from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from aftercare.clocks import support_until, watch_until
from aftercare.models import ContactSchedule, ScheduleTemplate
from aftercare.operations import start_aftercare
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def contacts(trajectory):
    return FollowUp.objects.filter(family=trajectory.family, kind=Kind.CONTACT).order_by("due_on")


def days(rows):
    return [row.due_on for row in rows]


@pytest.mark.row("A14", "E28")
def test_a_departure_plans_the_contacts_of_the_whole_year(cast, trajectory):
    schedule = start_aftercare(trajectory, by=cast.worker, at=NOW)

    assert days(contacts(trajectory))[:4] == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 30), date(2026, 5, 4)]
    assert {row.falls_to for row in contacts(trajectory)} == {"regisseur"}
    assert {row.version for row in contacts(trajectory)} == {schedule.version} == {1}
    assert AuditEvent.objects.filter(event="schedule.planned", actor_id=cast.worker.pk).count() == 1


@pytest.mark.row("A2")
def test_support_ends_after_twelve_months_with_two_tasks_before_it_and_no_contact_after(cast, trajectory):
    trajectory.involvement_ends_on = None
    trajectory.save()

    start_aftercare(trajectory, by=cast.worker, at=NOW)

    assert max(days(contacts(trajectory))) <= support_until(trajectory.departs_on) == date(2027, 3, 2)
    ends = FollowUp.objects.filter(family=trajectory.family, kind=Kind.ROUND_OFF).order_by("due_on")
    assert days(ends) == [date(2027, 1, 5), date(2027, 2, 2)]


@pytest.mark.row("A3")
def test_between_the_two_ends_the_regisseur_keeps_contact_every_month(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)

    between = [day for day in days(contacts(trajectory)) if day > support_until(trajectory.departs_on)]
    assert [day.month for day in between] == [4, 5, 6, 7][: len(between)]
    assert between
    assert max(between) <= watch_until(trajectory.involvement_ends_on) == date(2027, 7, 4)


@pytest.mark.row("A4")
def test_the_same_departure_starts_one_schedule_however_often_it_is_started(cast, trajectory):
    first = start_aftercare(trajectory, by=cast.worker, at=NOW)
    planned = list(contacts(trajectory).values_list("pk", "state"))

    again = start_aftercare(trajectory, by=cast.worker, at=NOW + timedelta(days=3))

    assert again.pk == first.pk
    assert list(contacts(trajectory).values_list("pk", "state")) == planned


@pytest.mark.row("A14")
def test_a_departure_that_moves_moves_only_what_lies_ahead(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)
    later = datetime(2026, 3, 17, 9, tzinfo=UTC)
    trajectory.departs_on = date(2026, 3, 6)
    trajectory.save()

    schedule = start_aftercare(trajectory, by=cast.worker, at=later)

    # What was due before, and was not done, is still owed.
    past = contacts(trajectory).filter(version=1, due_on__lte=timezone.localdate(later))
    assert [row.state for row in past] == [State.OPEN, State.OPEN]
    assert set(
        contacts(trajectory).filter(version=1, due_on__gt=date(2026, 3, 17)).values_list("state", flat=True)
    ) == {State.LAPSED}
    ahead = contacts(trajectory).filter(version=schedule.version)
    assert schedule.version == 2
    assert days(ahead)[:2] == [date(2026, 3, 20), date(2026, 4, 3)]
    assert ContactSchedule.objects.filter(trajectory=trajectory).count() == 2


@pytest.mark.row("A14")
def test_a_schedule_that_starts_late_asks_for_contact_today_and_not_for_what_was_missed_one_by_one(cast, trajectory):
    late = datetime(2026, 5, 20, 9, tzinfo=UTC)

    start_aftercare(trajectory, by=cast.worker, at=late)

    assert days(contacts(trajectory))[:2] == [date(2026, 5, 20), date(2026, 6, 2)]


def test_without_a_departure_nothing_is_planned(cast, trajectory):
    trajectory.departs_on, trajectory.destination, trajectory.involvement_ends_on = None, "", None
    trajectory.save()

    with pytest.raises(WrongState):
        start_aftercare(trajectory, by=cast.worker, at=NOW)

    assert not contacts(trajectory).exists()


def test_who_does_not_work_for_the_family_plans_nothing(cast, trajectory):
    with pytest.raises(NotAllowed):
        start_aftercare(trajectory, by=cast.colleague, at=NOW)

    assert not contacts(trajectory).exists()


def test_a_new_rhythm_governs_schedules_that_are_made_after_it_and_leaves_the_others(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)
    ScheduleTemplate.objects.create(name="default", version=2, valid_from=date(2026, 4, 1), weeks=[2], months=[3])

    assert ContactSchedule.objects.get().template.version == 1
    trajectory.departs_on = date(2026, 4, 1)
    trajectory.save()
    assert start_aftercare(trajectory, by=cast.worker, at=datetime(2026, 4, 2, 9, tzinfo=UTC)).template.version == 2


def test_nothing_is_planned_when_a_later_step_fails(cast, trajectory, monkeypatch):
    from aftercare.operations import schedule

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(schedule, "_plan_ahead", fail)
    with pytest.raises(ZeroDivisionError):
        start_aftercare(trajectory, by=cast.worker, at=NOW)

    assert not ContactSchedule.objects.exists()
    assert not AuditEvent.objects.filter(event="schedule.planned").exists()


@pytest.mark.row("A9")
def test_weekly_without_contact_for_ten_days_is_an_overdue_task_for_the_worker(client, sign_in, cast, trajectory):
    from django.urls import reverse

    sign_in(cast.regisseur)
    client.post(reverse("aftercare:start", args=[cast.family.pk]), {"rhythm": "weekly"})

    ten_days_on = date(2026, 3, 12)
    late = contacts(trajectory).open().filter(due_on__lt=ten_days_on).falling_to(cast.regisseur)
    assert days(late) == [date(2026, 3, 9)]
    assert len(contacts(trajectory).filter(due_on__lte=date(2027, 3, 2))) == 52


def test_the_first_month_of_cti_is_after_seven_fourteen_and_thirty_days(cast, trajectory):
    start_aftercare(trajectory, rhythm="cti", by=cast.worker, at=NOW)

    assert days(contacts(trajectory))[:4] == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 4, 1), date(2026, 5, 4)]


def test_a_departure_that_moves_keeps_the_rhythm_that_was_chosen(cast, trajectory):
    start_aftercare(trajectory, rhythm="weekly", by=cast.worker, at=NOW)
    trajectory.departs_on = date(2026, 3, 6)
    trajectory.save()

    assert start_aftercare(trajectory, by=cast.worker, at=NOW).template.name == "weekly"
