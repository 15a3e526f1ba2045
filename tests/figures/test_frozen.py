"""What is published is published once: when, by whom, and what nobody changes or reads behind it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.models import Family
from config.celery import app as celery
from core.database import DatabaseRole, acting_as
from figures.history import invent
from figures.models import Release, ReleasedCell, StatisticsRow
from figures.operations import NotOver, freeze
from figures.periods import Quarter
from figures.quarterly import freeze_last_quarter


@pytest.fixture
def history(db):
    StatisticsRow.objects.bulk_create(
        StatisticsRow.of(one) for one in invent(until=date(2025, 9, 30), families=90, years=1)
    )


def test_a_release_is_made_once_and_nobody_changes_it(history):
    with acting_as(DatabaseRole.JOBS):
        first = freeze(Quarter(2025, 2), at=timezone.now())
        again = freeze(Quarter(2025, 2), at=timezone.now() + timedelta(days=1))

    assert again == first
    assert first.cells.exclude(number=None).exists()
    assert not first.cells.filter(number__lt=10).exists()
    for act in (
        lambda: Release.objects.update(small=0),
        lambda: first.cells.update(number=None),
        lambda: first.cells.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_quarter_that_is_not_over_is_not_released(history):
    with acting_as(DatabaseRole.JOBS), pytest.raises(NotOver):
        freeze(Quarter(2026, 1), at=timezone.now())
    assert not Release.objects.exists()


def test_the_clock_publishes_the_last_quarter_once(history):
    assert [freeze_last_quarter(now=timezone.now()) for _night in range(2)] == [True, False]
    assert [one.quarter for one in Release.objects.all()] == ["2025Q4"]
    assert celery.tasks["config.freeze_figures"].name == celery.conf.beat_schedule["freeze-figures"]["task"]


def test_whoever_sits_behind_a_screen_reads_no_row_that_figures_are_counted_from(history):
    with acting_as(DatabaseRole.APP):
        assert ReleasedCell.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            StatisticsRow.objects.count()


def test_nothing_is_released_when_there_is_nobody(db):
    with acting_as(DatabaseRole.JOBS):
        made = freeze(Quarter(2025, 4), at=timezone.now())

    assert (made.cells.count(), Family.objects.count()) == (0, 0)
