"""From the files to what is published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from aftercare.models import CheckIn
from cases.models import NetworkMember, Person, Place, ReadyToLeave, Trajectory
from family_plans.models import HelpAtMove, HelpLine, IncomeLine, Stagnation
from figures.counting import shares, totals
from figures.definitions import BY_SLUG
from figures.gathering import from_files
from figures.models import Release, ReleasedCell
from figures.published import Year
from organisations.models import CodeItem, CodeList, Norm
from signals.models import Signal
from tests import factories

LEFT_ON = date(2024, 10, 1)
TODAY = date(2026, 3, 2)


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def left(number=1):
    """Families that left the shelter on 1 October 2024, as the files say it."""
    found = []
    shelter = factories.organisation(kind="womens_shelter")
    for _n in range(number):
        family = factories.family(opened_by=shelter)
        Trajectory.objects.filter(family=family).update(
            starts_on=date(2024, 3, 1),
            departs_on=LEFT_ON,
            destination="municipality",
            municipality=shelter.municipality,
            origin=shelter.municipality,
        )
        found.append(family)
    return found


def signal(family, day, *, judged=True, unsafe=True, acute="no", after=1):
    by = factories.user()
    decided = {
        "status": "handled",
        "outcome": "act",
        "child_safe": "no" if unsafe else "yes",
        "decision": "Ik ga langs.",
    }
    return Signal.objects.create(
        family=family,
        number=f"S-{Signal.objects.count()}",
        token=family.pk,
        reported_by=by,
        organisation=by.memberships.get().organisation,
        reported_at=at(day),
        routed_at=at(day),
        child_name="Kind",
        acute=acute,
        kind="facts",
        what_seen="Iets.",
        callback_phone="088-000 00 00",
        severity=2,
        **(decided | {"decided_by": by, "decided_at": at(day + timedelta(days=after))} if judged else {}),
    )


@pytest.mark.row("A5")
def test_renewed_violence_counts_confirmed_signals_of_the_first_year_beside_the_quarter(db):
    families = left(8)
    signal(families[0], date(2024, 11, 1))
    signal(families[1], date(2025, 9, 30))
    signal(families[2], date(2024, 11, 1), judged=False)
    signal(families[3], date(2024, 11, 1), unsafe=False)
    signal(families[4], date(2025, 10, 2))
    signal(families[5], date(2024, 9, 1))
    figure = BY_SLUG["renewed_violence"]

    counted = totals(from_files(today=TODAY), figure)

    assert counted == {"yes": 2, "no": 6}
    assert (shares(counted)["yes"], figure.reference) == (25, 25)


@pytest.mark.row("K13")
def test_incidents_with_a_child_are_counted_apart_and_per_hundred_passages(db):
    families = left(20)
    for family in families[:3]:
        signal(family, date(2024, 11, 1))
    # Violence, but no child that is not safe; and one that nobody judged.
    passed_on = signal(families[3], date(2024, 11, 1), unsafe=False)
    type(passed_on).objects.filter(pk=passed_on.pk).update(outcome="police")
    signal(families[4], date(2024, 11, 1), judged=False)

    assert totals(from_files(today=TODAY), BY_SLUG["with_child"]) == {"child": 3, "other": 1}

    release = Release.objects.create(quarter="2024Q4", frozen_at=timezone.now(), specification=1, small=0, beside=0)
    for figure, category, number in (("year_after", "total", 200), ("with_child", "child", 15)):
        ReleasedCell.objects.create(
            release=release, period="2024", area="NL", figure=figure, category=category, number=number
        )
    assert Year("NL", 2024).incidents_with_child() == 8
    assert Year("NL", 2023).incidents_with_child() is None


@pytest.mark.row("K15")
def test_waiting_for_help_is_counted_per_domain_against_the_norm(db):
    families = left(4)
    domains = CodeList.objects.create(slug="domains_here", title_nl="x", basis="verified", source="x")
    finances, housing = (
        CodeItem.objects.create(code_list=domains, code=code, label_nl=code, basis="verified", valid_from=LEFT_ON)
        for code in ("finances", "housing")
    )
    Norm.objects.create(subject="help_starts", kind="finances", days=20, basis="verified", valid_from=LEFT_ON)
    asked = date(2024, 10, 10)
    for family, domain, started in (
        (families[0], finances, asked + timedelta(days=20)),
        (families[1], finances, asked + timedelta(days=21)),
        (families[2], finances, None),
        (families[2], housing, asked),
    ):
        HelpLine.objects.create(
            family=family,
            organisation=factories.organisation(),
            kind=domain,
            domain=domain,
            asked_on=asked,
            starts_on=started,
        )

    passages = from_files(today=TODAY)

    assert totals(passages, BY_SLUG["waiting_finances"]) == {"within": 1, "beyond": 2, "none": 1}
    assert totals(passages, BY_SLUG["waiting_housing"]) == {"within": 1, "beyond": 0, "none": 3}


@pytest.mark.row("C32")
def test_a_place_outside_the_region_for_want_of_one_is_told_apart_from_safety(client, sign_in, cast):
    elsewhere = factories.MunicipalityFactory(code="GM0014", name="Groningen")
    trajectory = Trajectory.objects.get(family=cast.family)
    sign_in(cast.worker)
    address = reverse("cases:admission", args=[trajectory.pk])

    def counted(reason):
        client.post(address, {"origin": elsewhere.pk, "outside_because": reason, "place": "crisis"})
        found = totals(from_files(today=TODAY), BY_SLUG["origin"])
        return [category for category, number in found.items() if number]

    assert counted("shortage") == ["shortage"]
    assert "Er was geen plek in de regio" in client.get(reverse("cases:stay", args=[cast.family.pk])).content.decode()
    assert counted("safety") == ["safety"]
    assert counted("") == ["other"]


@pytest.mark.row("H5")
def test_how_long_a_signal_waited_and_whether_it_came_too_late_is_computed(db):
    early, late, _quiet = left(3)
    signal(early, date(2024, 11, 1), unsafe=False, after=0)
    signal(early, date(2025, 2, 1), after=3)
    signal(late, date(2024, 11, 1), acute="yes", after=9)

    passages = from_files(today=TODAY)

    assert totals(passages, BY_SLUG["first_action"]) == {"none": 1, "day": 0, "week": 1, "longer": 1}
    assert totals(passages, BY_SLUG["came_after"]) == {"before": 1, "after": 1, "unknown": 0}


@pytest.mark.row("G20")
def test_a_passage_is_read_from_all_parts_of_the_file(db):
    (family,) = left()
    trajectory = Trajectory.objects.get(family=family)
    worker = factories.user()
    child = Person.objects.create(family=family, place=Place.CHILD, given_name="Noa", born_on=date(2020, 1, 1))
    Person.objects.create(family=family, place=Place.EX_PARTNER, given_name="Rik")
    ReadyToLeave.objects.create(
        family=family, trajectory=trajectory, waits_for="housing", starts_on=date(2024, 8, 1), ends_on=LEFT_ON
    )
    NetworkMember.objects.create(
        family=family,
        name="Tante",
        relation="relative",
        support=["signals"],
        strength=3,
        knows_address="no",
        starts_on=date(2024, 4, 1),
        recorded_by=worker,
    )
    for day, safe in ((date(2024, 10, 1), "yes"), (date(2024, 12, 30), "no"), (date(2025, 10, 1), "doubt")):
        CheckIn.objects.create(
            family=family,
            trajectory=trajectory,
            happened_at=at(day),
            channel="phone",
            initiative="ours",
            outcome="reached",
            help_running="yes",
            feels_safe=safe,
            plan_up_to_date="yes",
            needs_support="no",
            recorded_by=worker,
            recorded_at=at(day),
        )
    domains = CodeList.objects.create(slug="domains_here", title_nl="x", basis="verified", source="x")
    income = CodeItem.objects.create(
        code_list=domains, code="finances", label_nl="x", basis="verified", valid_from=date(2020, 1, 1)
    )
    Norm.objects.create(subject="help_starts", kind="finances", days=20, basis="verified", valid_from=date(2020, 1, 1))
    about = {"family": family, "organisation": factories.organisation(), "kind": income, "domain": income}
    HelpLine.objects.create(**about, asked_on=date(2024, 9, 1), starts_on=date(2024, 9, 10))
    late = HelpLine.objects.create(**about, asked_on=date(2024, 9, 1), starts_on=date(2024, 10, 20))
    HelpAtMove.objects.create(
        family=family,
        help_line=late,
        moved_on=date(2025, 1, 1),
        outcome="transfers",
        last_day=date(2025, 1, 1),
        first_day=date(2025, 1, 15),
        recorded_by=worker,
        recorded_at=at(date(2025, 1, 15)),
    )
    IncomeLine.objects.create(
        family=family,
        occasion="departure",
        kind="benefit",
        earlier_until=date(2024, 9, 30),
        first_payment_on=date(2024, 10, 13),
        recorded_by=worker,
        recorded_at=at(LEFT_ON),
    )
    Stagnation.objects.create(
        family=family,
        domain=income,
        cause="money",
        since=date(2024, 9, 1),
        reported_at=at(LEFT_ON),
        solve_by=date(2024, 11, 1),
        status="solved",
        solution="x",
        solved_by_means_of="tailored",
        solved_at=at(date(2024, 11, 1)),
    )

    (found,) = from_files(today=TODAY)

    assert child.family_id == family.pk
    assert (found.ages, found.father, found.network) == ((4,), "no", 1)
    assert (found.stay_days, found.longer_days, found.waited_for) == (214, 61, "housing")
    assert (found.came_from, found.went_to, found.home) == ("own", "own", "GM0193")
    assert (found.contact_in, found.felt) == ((1, 3, 12), {"1": "yes", "3": "no", "12": "doubt"})
    assert (found.help_asked, found.help_before, found.waiting) == (2, 1, {"finances": "beyond"})
    assert found.interrupted == 13
    assert (found.without_income, found.stuck_cause, found.stuck_days, found.solved_by) == (12, "money", 61, "tailored")


@pytest.mark.row("G3", "G6", "G19")
def test_with_whom_help_was_stuck_what_was_tailored_and_who_pays_is_read_from_the_files(db):
    debts, none = left(2)
    by = factories.user()
    codes = CodeList.objects.create(slug="codes_here", title_nl="x", basis="verified", source="x")
    fields = {"code_list": codes, "label_nl": "x", "basis": "verified", "valid_from": date(2020, 1, 1)}
    about, wgs, extra = (CodeItem.objects.create(code=code, **fields) for code in ("finances", "wgs", "own_fund"))
    child = Person.objects.create(family=debts, place=Place.CHILD, given_name="Noa", born_on=date(2020, 1, 1))
    helper = factories.organisation(kind="debt_support")
    asked = {"family": debts, "organisation": helper, "kind": about, "domain": about, "asked_on": date(2024, 9, 1)}
    stuck_on = HelpLine.objects.create(**asked, law=wgs)
    HelpLine.objects.create(**asked, law=wgs, person=child)
    unknown = HelpLine.objects.create(**asked, law=None, person=child)
    # Before this stay: it is of another passage.
    HelpLine.objects.create(**asked | {"asked_on": date(2024, 2, 1)}, law=extra, person=child)
    for tailored in ("asked", "granted", "not_asked"):
        IncomeLine.objects.create(
            family=debts, occasion="move", kind="benefit", tailored=tailored, recorded_by=by, recorded_at=at(LEFT_ON)
        )
    for family, line, cause in ((debts, stuck_on, "capacity"), (none, None, "money")):
        Stagnation.objects.create(
            family=family,
            help_line=line,
            domain=about,
            cause=cause,
            since=date(2024, 9, 1),
            reported_at=at(LEFT_ON),
            solve_by=date(2024, 11, 1),
            # What came stops the days, however late somebody says what made it move.
            came_on=date(2024, 10, 1),
        )

    passages = from_files(today=TODAY)

    def counted(slug):
        return {category: number for category, number in totals(passages, BY_SLUG[slug]).items() if number}

    assert counted("stuck") == {"capacity_short": 1, "money_short": 1}
    assert counted("stuck_with") == {"debts": 1, "nobody": 1}
    assert counted("tailored") == {"granted": 1, "unknown": 1}
    assert counted("paid_by") == {"wgs": 1, "no_help": 1}
    assert counted("children_unpaid") == {"unknown": 1, "no_help": 1}
    HelpLine.objects.filter(pk=unknown.pk).update(law=extra)
    passages = from_files(today=TODAY)
    assert counted("children_unpaid") == {"known": 1, "no_help": 1}


@pytest.mark.row("K14")
def test_how_safe_families_feel_is_followed_over_the_year(db):
    families = left(3)
    answers = {1: ("yes", "no", "doubt"), 3: ("yes", "no"), 6: ("yes", "yes"), 12: ("yes",)}
    for month, given in answers.items():
        for family, safe in zip(families, given, strict=False):
            day = LEFT_ON + relativedelta(months=month)
            CheckIn.objects.create(
                family=family,
                trajectory=Trajectory.objects.get(family=family),
                happened_at=at(day),
                channel="phone",
                initiative="ours",
                outcome="reached",
                help_running="yes",
                feels_safe=safe,
                plan_up_to_date="yes",
                needs_support="no",
                recorded_by=factories.user(),
                recorded_at=at(day),
            )

    passages = from_files(today=TODAY)

    trend = [totals(passages, BY_SLUG[f"felt_{month}"])["yes"] for month in answers]
    contact = [totals(passages, BY_SLUG[f"contact_{month}"])["yes"] for month in answers]
    assert (trend, contact) == ([1, 1, 2, 1], [3, 2, 2, 1])


@pytest.mark.row("E26")
def test_contacts_are_reported_by_kind_and_outreach_apart(db):
    phoned, seen, never = left(3)
    day = at(LEFT_ON + relativedelta(months=2))
    for family, channels in ((phoned, "phone phone outreach"), (seen, "visit outreach visit"), (never, "")):
        for channel in channels.split():
            CheckIn.objects.create(
                family=family,
                trajectory=Trajectory.objects.get(family=family),
                happened_at=day,
                channel=channel,
                initiative="ours",
                outcome="reached",
                help_running="yes",
                feels_safe="yes",
                plan_up_to_date="yes",
                needs_support="no",
                recorded_by=factories.user(),
                recorded_at=day,
            )
    passages = from_files(today=TODAY)

    kinds, door = (totals(passages, BY_SLUG[slug]) for slug in ("met_by", "visited"))

    assert {kind: number for kind, number in kinds.items() if number} == {"phone": 1, "visit": 1, "none": 1}
    assert door == {"outreach": 1, "visit": 0, "both": 1, "none": 1}


@pytest.mark.row("J15")
def test_a_family_that_comes_back_within_a_year_is_counted(db):
    soon, later = left(2)
    Trajectory.objects.update(ends_on=date(2024, 12, 1))
    for family, day in ((soon, date(2025, 10, 1)), (later, date(2025, 10, 2))):
        Trajectory.objects.create(family=family, kind="shelter", organisation=family.opened_by, starts_on=day)

    assert totals(from_files(today=TODAY), BY_SLUG["back"]) == {"yes": 1, "no": 1}


def test_reading_all_files_takes_as_many_queries_for_two_families_as_for_twenty(db, django_assert_max_num_queries):
    left(2)
    with django_assert_max_num_queries(40) as two:
        from_files(today=TODAY)
    left(18)
    with django_assert_max_num_queries(40) as twenty:
        from_files(today=TODAY)
    assert len(two) == len(twenty)


def test_no_passage_holds_anything_that_says_whose_it_is(db):
    (family,) = left()
    (found,) = from_files(today=TODAY)

    kept = str(found.to_row())

    for secret in (family.reference, str(family.pk), "Marloes", "de Wit", family.opened_by.name):
        assert secret not in kept
