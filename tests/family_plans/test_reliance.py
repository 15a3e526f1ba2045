"""Self-reliance: who leads, the matrix with its version, both scores, change over time, and what a receiver sees."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import Assessment, NetworkCount, Occasion, Score
from family_plans.reading.reliance import HEIGHT, PAD_X, PAD_Y, WIDTH, matrices, network_size
from family_plans.reading.shown import Reader
from tests import factories
from tests.family_plans.conftest import TODAY, share_plan

NOW = factories.NOW


def assess(cast, scores, on=TODAY, occasion=Occasion.IN_BETWEEN, person=None, by=None):
    """Scores as {code: (worker's level, the client's own)}."""
    return operations.record_assessment(
        person or cast.client,
        occasion=occasion,
        on=on,
        scores=[operations.NewScore(cast.matrix[code], level, own) for code, (level, own) in scores.items()],
        by=by or cast.worker,
        at=NOW,
    )


def test_an_assessment_says_with_which_version_of_the_instrument_when_and_by_whom(household):
    made = assess(household, {"01": (2, 3)})

    assert (made.instrument, made.version, made.assessed_on, made.assessed_by) == (
        "zrm",
        "2017",
        TODAY,
        household.worker,
    )


@pytest.mark.row("E9")
def test_the_clients_own_score_is_kept_beside_the_workers(client, sign_in, household):
    sign_in(household.worker)
    client.post(
        reverse("family_plans:assess", args=[household.family.pk]),
        {
            "person": household.client.pk,
            "occasion": "intake",
            "assessed_on": "2026-03-02",
            "own_01": "4",
            "level_01": "2",
            "level_11": "3",
        },
    )

    assert set(Score.objects.values_list("domain__code", "level", "own_level")) == {("01", 2, 4), ("11", 3, None)}
    page = client.get(reverse("family_plans:reliance", args=[household.family.pk])).content.decode()
    assert "4: voldoende" in page
    assert "2: niet" in page


@pytest.mark.row("C22")
def test_repeated_scores_show_the_change_in_a_picture_and_in_words_beside_it(client, sign_in, household):
    assess(household, {"01": (2, 1), "04": (3, None)}, on=date(2026, 1, 5), occasion=Occasion.INTAKE)
    assess(household, {"01": (4, 3), "04": (2, None)}, on=TODAY)

    (matrix,) = matrices(household.family, Reader())

    finances, housing = matrix.rows
    assert (finances.level, finances.own, finances.first, finances.change) == (
        "4: voldoende",
        "3: beperkt",
        "2: niet",
        2,
    )
    assert housing.change == -1
    strip = matrix.strips[0]
    assert strip.text == "2, 4"
    # From the left edge to the right, and upwards: level 4 is a quarter from the top.
    assert [(dot.x, dot.y) for dot in strip.worker] == [(PAD_X, 52), (WIDTH - PAD_X, 24)]
    assert strip.grid[0] == HEIGHT - PAD_Y
    sign_in(household.worker)
    page = client.get(reverse("family_plans:reliance", args=[household.family.pk])).content.decode()
    assert 'aria-label="Financiën: 2, 4"' in page
    assert "2 stappen omhoog" in page


@pytest.mark.parametrize(
    ("scores", "on"),
    [({}, TODAY), ({"01": (0, None)}, TODAY), ({"01": (3, 6)}, TODAY), ({"01": (3, 3)}, date(2026, 3, 3))],
)
def test_an_assessment_without_scores_outside_five_levels_or_to_come_is_refused(household, scores, on):
    with pytest.raises(WrongState):
        assess(household, scores, on=on)

    assert not Assessment.objects.exists()


def test_a_domain_of_another_list_is_refused(household):
    with pytest.raises(WrongState):
        operations.record_assessment(
            household.client,
            occasion=Occasion.END,
            on=TODAY,
            scores=[operations.NewScore(household.domains["housing"], 3)],
            by=household.worker,
            at=NOW,
        )


def test_the_database_knows_five_levels(household):
    assess(household, {"01": (3, 3)})

    for field in ("level", "own_level"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Score.objects.update(**{field: 6})


def test_a_partner_sees_what_it_has_the_right_to(household):
    assess(household, {"01": (4, 3)})

    whole = share_plan(household, level=4, name="Wijkteam Verderop")
    part = share_plan(household, parts=["finances"])
    assert len(matrices(household.family, Reader.of(whole, household.family.pk))) == 1
    # The matrix cuts across the domains: with one of them it is not shown.
    assert matrices(household.family, Reader.of(part, household.family.pk)) == []


@pytest.mark.row("D17")
def test_the_size_of_the_network_is_reported_at_the_start_and_after_six_months(client, sign_in, household):
    def count(on, size):
        NetworkCount.objects.create(
            family=household.family, counted_on=on, size=size, recorded_by=household.worker, recorded_at=NOW
        )

    assert network_size(household.family) is None
    count(date(2025, 8, 1), 1)
    count(date(2025, 12, 1), 3)
    assert network_size(household.family).after_six_months is None
    count(date(2026, 1, 30), 4)
    count(date(2026, 3, 1), 6)

    found = network_size(household.family)
    assert (found.start.size, found.after_six_months.size) == (1, 4)
    sign_in(household.worker)
    page = client.get(reverse("family_plans:reliance", args=[household.family.pk])).content.decode()
    assert '1 <span class="vp-soft">(1 augustus 2025)' in page
    assert '4 <span class="vp-soft">(30 januari 2026)' in page
    # What was counted last is not lost either.
    assert '6 <span class="vp-soft">(1 maart 2026)' in page


def test_counting_twice_on_a_day_corrects_it_and_a_day_to_come_is_refused(household):
    for size in (2, 3):
        operations.count_network(household.family, on=TODAY, size=size, by=household.worker, at=NOW)
    assert NetworkCount.objects.get().size == 3
    with pytest.raises(WrongState):
        operations.count_network(household.family, on=date(2026, 3, 3), size=3, by=household.worker, at=NOW)


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "coordinator"])
def test_who_does_not_work_for_the_family_assesses_nobody(household, who):
    with pytest.raises(NotAllowed):
        assess(household, {"01": (3, 3)}, by=getattr(household, who))
