"""A year has passed: was it enough? (A16)"""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from aftercare.models import Enough, YearAnswer
from aftercare.operations import answer_year, close_trajectory, start_aftercare
from core.errors import NotAllowed, WrongState
from figures.definitions import BY_SLUG
from figures.gathering import from_files
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import close as say_done
from tests.factories import NOW

LAST_DAY = datetime(2027, 3, 2, 9, tzinfo=UTC)


def asked():
    return list(FollowUp.objects.filter(kind=Kind.YEAR_ENOUGH).open().values_list("due_on", "falls_to"))


def answer(trajectory, by, at=LAST_DAY, because="Zij redt het nu zelf"):
    return answer_year(trajectory, enough=Enough.LONGER, because=because, by=by, at=at)


def counted():
    figure = BY_SLUG["enough"]
    return [category for one in from_files(today=date(2027, 9, 1)) for category in figure.categories_of(one)]


@pytest.mark.row("A16")
def test_at_twelve_months_the_question_is_work_until_it_is_answered_and_counts(client, sign_in, cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)
    assert asked() == [(date(2027, 3, 2), "regisseur")]
    with pytest.raises(WrongState):
        say_done(FollowUp.objects.get(kind=Kind.YEAR_ENOUGH), by=cast.regisseur, at=LAST_DAY)
    # Nor does it close without: the watch runs to July.
    with time_machine.travel(datetime(2027, 7, 6, 9, tzinfo=UTC), tick=False):
        sign_in(cast.regisseur)
        client.post(reverse("aftercare:close", args=[cast.family.pk]), {"regisseur_after": "De huisarts"})
        trajectory.refresh_from_db()
        assert trajectory.ends_on is None
        assert counted() == ["unknown"]

        client.post(
            reverse("aftercare:year", args=[cast.family.pk]),
            {"enough": "longer", "because": "Het geld is nog niet rond"},
        )

        assert asked() == []
        assert YearAnswer.objects.get().answered_by == cast.regisseur
        assert counted() == ["longer"]
        # The closing begins with that answer, and may say otherwise.
        page = client.get(reverse("aftercare:close", args=[cast.family.pk])).content.decode()
        assert "Het geld is nog niet rond" in page
        close_trajectory(
            trajectory,
            enough=Enough.SUFFICIENT,
            enough_because="Toch",
            regisseur_after="De huisarts",
            by=cast.regisseur,
            at=datetime(2027, 7, 6, 9, tzinfo=UTC),
        )
        assert counted() == ["sufficient"]


def test_a_departure_that_moves_asks_once_on_the_new_day(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)
    trajectory.departs_on = date(2026, 3, 6)
    trajectory.save()

    start_aftercare(trajectory, by=cast.worker, at=NOW + timedelta(days=1))

    # 6 March 2027 is a Saturday.
    assert asked() == [(date(2027, 3, 5), "regisseur")]


def test_of_a_departure_of_long_ago_it_is_asked_now_and_not_again_after_the_answer(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=LAST_DAY + timedelta(days=30))
    assert asked() == [(date(2027, 4, 1), "regisseur")]
    answer(trajectory, cast.regisseur, at=LAST_DAY + timedelta(days=30))
    trajectory.departs_on = date(2026, 3, 1)
    trajectory.save()

    start_aftercare(trajectory, by=cast.worker, at=LAST_DAY + timedelta(days=31))

    assert asked() == []


def test_a_closing_settles_the_question(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)
    said = {"enough": Enough.SUFFICIENT, "enough_because": "Goed", "regisseur_after": "Niemand"}
    close_trajectory(trajectory, **said, by=cast.regisseur, at=datetime(2027, 7, 6, 9, tzinfo=UTC))

    assert FollowUp.objects.get(kind=Kind.YEAR_ENOUGH).state == State.LAPSED


def test_too_early_without_a_reason_twice_and_after_closing_are_refused(cast, trajectory):
    with pytest.raises(WrongState, match="2 februari 2027"):
        answer(trajectory, cast.regisseur, at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    with pytest.raises(WrongState):
        answer(trajectory, cast.regisseur, because=" ")
    with pytest.raises(NotAllowed):
        answer(trajectory, cast.colleague)
    assert not YearAnswer.objects.exists()
    answer(trajectory, cast.worker, at=datetime(2027, 2, 2, 9, tzinfo=UTC))
    with pytest.raises(WrongState):
        answer(trajectory, cast.worker)
