from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count

from audit.events import Event
from audit.models import AuditEvent
from cases.models import Person, Place, Trajectory
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from organisations import reference_data
from organisations.models import CodeItem
from safety_plans import moments, operations, risk_over_time, shared
from safety_plans.models import (
    Course,
    FactorKind,
    Level,
    Moment,
    RiskAssessment,
    RiskFactor,
    RiskSubject,
    SubjectKind,
)
from safety_plans.operations import Judgement, Participant, risk
from tests import factories
from tests.safety_plans.conftest import TODAY


def test_a_departure_assessment_judges_the_client_each_child_and_the_household(household, assess):
    made = assess()

    judged = [(subject.kind, subject.person, subject.level) for subject in made.subjects.all()]
    assert judged == [
        ("person_causing_harm", household.ex, "high"),
        ("client", household.client, "raised"),
        ("child", household.femke, "low"),
        ("child", household.daan, "raised"),
        ("household", None, "raised"),
        ("client_as_risk", household.client, "low"),
    ]
    assert made.assessed_by == household.worker
    assert AuditEvent.objects.filter(event=Event.RISK_ASSESSED, subject_id=made.pk).count() == 1


@pytest.mark.row("D6")
def test_a_departure_assessment_of_only_the_person_causing_harm_is_refused(household, assess):
    with pytest.raises(WrongState):
        assess(subjects=household.whole_family[:1])

    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize(
    "forgotten",
    range(6),
    ids=["person causing harm", "client", "a child", "the other child", "household", "client as a risk"],
)
def test_a_departure_assessment_forgets_nobody(household, assess, forgotten):
    del household.whole_family[forgotten]

    with pytest.raises(WrongState):
        assess()


def test_a_departure_assessment_looks_at_a_new_partner_who_is_known(household, assess):
    partner = Person.objects.create(family=household.family, place=Place.PARTNER, given_name="Mark")

    with pytest.raises(WrongState):
        assess()
    assert assess(subjects=[*household.whole_family, Judgement(SubjectKind.NEW_PARTNER, partner, Level.LOW)])


def test_a_client_who_causes_harm_herself_can_be_assessed(household, assess):
    Person.objects.filter(pk=household.client.pk).update(causes_harm=True)

    assert assess()


def test_an_admission_assessment_that_forgets_a_child_is_refused(household, assess):
    both = household.whole_family[2:4]

    with pytest.raises(WrongState):
        assess(moment=Moment.ADMISSION, subjects=both[:1])
    assert assess(moment=Moment.ADMISSION, subjects=both)


def test_after_a_serious_signal_one_person_is_enough(household, assess):
    assert assess(moment=Moment.SERIOUS_SIGNAL, subjects=household.whole_family[:1])


@pytest.mark.parametrize(
    "fields",
    [
        {"subjects": [], "moment": Moment.PERIODIC},
        {"on": date(2026, 3, 3)},
        {"is_trained": None},
        {"who_at_risk": ""},
        {"of_what": ""},
        {"how_soon": ""},
        {"next_on": TODAY},
    ],
    ids=str,
)
def test_an_assessment_that_is_not_complete_is_refused(household, assess, fields):
    with pytest.raises(WrongState):
        assess(**fields)

    assert not RiskAssessment.objects.exists()


def test_without_any_risk_nobody_has_to_say_who_is_at_risk(household, assess):
    calm = [Judgement(SubjectKind.CHILD, household.daan, Level.LOW)]

    assert assess(moment=Moment.PERIODIC, subjects=calm, who_at_risk="", of_what="", how_soon="")


def test_an_assessment_settles_its_own_moment_and_nothing_else(household, assess):
    asked = factories.follow_up(household.family, kind=Kind.ASSESS_BEFORE_DEPARTURE)
    later = factories.follow_up(household.family, kind=Kind.ASSESS_AFTER_MONTHS, due_on=date(2026, 6, 2))
    other = factories.follow_up(household.family)

    assess()

    for row in (asked, later, other):
        row.refresh_from_db()
    assert (asked.state, asked.closed_by) == (State.DONE, household.worker)
    assert (later.state, other.state) == (State.OPEN, State.OPEN)


def test_the_next_assessment_is_work_on_its_day(household, assess):
    made = assess(next_on=date(2026, 6, 1))

    owed = FollowUp.objects.open().get(kind=Kind.ASSESS_RISK)
    assert (owed.due_on, owed.falls_to, owed.about_id) == (date(2026, 6, 1), "regisseur", made.pk)


def test_the_day_that_was_chosen_last_is_the_only_next_one(household, assess):
    assess(next_on=date(2026, 6, 1))
    assess(next_on=date(2026, 4, 1))

    planned = FollowUp.objects.open().filter(kind=Kind.ASSESS_RISK)
    assert [one.due_on for one in planned] == [date(2026, 4, 1)]


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"])
def test_who_does_not_work_for_the_family_assesses_nothing(household, assess, who):
    with pytest.raises(NotAllowed):
        assess(by=getattr(household, who))

    assert not RiskAssessment.objects.exists()


def test_an_assessment_is_recorded_whole_or_not_at_all(household, assess, monkeypatch):
    monkeypatch.setattr(risk, "settle_moment", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        assess()

    assert not RiskAssessment.objects.exists()
    assert not AuditEvent.objects.filter(event=Event.RISK_ASSESSED).exists()


def test_the_database_judges_nobody_twice_and_nobody_of_another_family(household, assess):
    made = assess()
    stranger = factories.family().persons.get(place=Place.CLIENT)
    fields = {"family": household.family, "assessment": made, "level": Level.LOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        RiskSubject.objects.create(kind=SubjectKind.HOUSEHOLD, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskSubject.objects.create(kind=SubjectKind.NEW_PARTNER, person=stranger, **fields)
        transaction.get_connection().check_constraints()
    for score, kind in ((11, SubjectKind.CLIENT), (5, SubjectKind.HOUSEHOLD)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RiskSubject.objects.filter(assessment=made, kind=kind).update(score=score)


@pytest.mark.row("D7")
def test_who_was_shown_the_safety_plan_reads_no_assessment(household, assess, current, shared_with):
    """It says what a parent might be to a child: only who may open the file reads that."""
    assess()
    school, team = shared_with("School"), shared_with("Wijkteam Oost", level=4, kind="neighbourhood_team")

    for rows in (RiskAssessment, RiskSubject, RiskFactor):
        assert rows.objects.visible_to(household.worker).exists()
        assert rows.objects.visible_to(team).exists()
        assert not rows.objects.visible_to(school).exists()
        assert not rows.objects.visible_to(household.colleague).exists()
        assert not rows.objects.visible_to(household.other_worker).exists()


def test_a_judgement_without_a_person_is_called_by_what_it_is_about(household, assess):
    made = assess(subjects=[*household.whole_family, Judgement(SubjectKind.NEW_PARTNER, None, Level.LOW)])

    names = [subject.name for subject in made.subjects.all()]
    assert names[4:] == [
        str(SubjectKind.HOUSEHOLD.label),
        str(SubjectKind.CLIENT_AS_RISK.label),
        str(SubjectKind.NEW_PARTNER.label),
    ]


def test_the_score_of_each_person_has_a_trend(household, assess):
    assess(on=date(2026, 2, 1), moment=Moment.ADMISSION)
    better = [Judgement(SubjectKind.CHILD, household.daan, Level.LOW, score=7)]
    worse = [Judgement(SubjectKind.CHILD, household.femke, Level.LOW, score=2)]
    assess(moment=Moment.PERIODIC, subjects=better + worse)

    assessments = list(RiskAssessment.objects.latest_first().prefetch_related("subjects__person"))
    found = {score.name: score for score in risk_over_time.scores(assessments)}

    assert (found["Daan"].previous, found["Daan"].latest, found["Daan"].trend) == (3, 7, "up")
    assert found["Femke"].trend == "down"
    assert found["Marloes de Wit"].trend == "first"
    assert found["Daan"].history == [(date(2026, 2, 1), 3), (TODAY, 7)]


def test_a_factor_is_followed_up_and_down(household, assess):
    key = (FactorKind.RISK, "stalking")
    assess(on=date(2026, 2, 1), factors={key: Course.NEW})
    assess(factors={key: Course.WEAKER, (FactorKind.PROTECTIVE, "stable_income"): Course.NEW})

    assessments = list(RiskAssessment.objects.latest_first().prefetch_related("factors"))
    found = risk_over_time.factors(assessments, {key: "belaging"})

    assert found.days == [date(2026, 2, 1), TODAY]
    assert [(row.label, row.is_protective) for row in found.rows] == [("belaging", False), ("stable_income", True)]
    assert found.rows[0].courses == [str(Course.NEW.label), str(Course.WEAKER.label)]
    assert found.rows[1].courses == ["", str(Course.NEW.label)]
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskFactor.objects.create(
            family=household.family, assessment=assessments[0], kind=key[0], code=key[1], course=Course.SAME
        )


@pytest.mark.row("D12")
def test_the_consequences_of_violence_are_on_the_list_and_can_be_counted(household, assess):
    reference_data.load()
    wanted = {"custody_conflict", "victim_fears_violence", "financial_dependence", "shame", "family_honour_pressure"}
    offered = CodeItem.objects.of(FactorKind.RISK).valid_on(TODAY)
    assert wanted <= set(offered.values_list("code", flat=True))

    assess(moment=Moment.ADMISSION, factors={(FactorKind.RISK, code): Course.NEW for code in wanted})
    assess(moment=Moment.PERIODIC, factors={(FactorKind.RISK, "shame"): Course.SAME})

    counted = RiskFactor.objects.present().values("code").annotate(families=Count("family", distinct=True))
    assert {row["code"]: row["families"] for row in counted} == dict.fromkeys(wanted, 1)


class TestMoments:
    @pytest.fixture
    def trajectory(self, household):
        made = Trajectory.objects.get(family=household.family)
        made.departs_on, made.destination = date(2026, 3, 31), "unknown"
        made.save()
        return made

    def plan(self, household, trajectory, version=1):
        from access.operation import operation
        from access.policy import Action

        with operation(Action.PLAN_DEPARTURE, on=trajectory, by=household.worker) as op:
            operations.plan_moments(op.target, version=version, at=factories.NOW, within=op)
            op.record(Event.DEPARTURE_PLANNED)

    def owed(self):
        rows = FollowUp.objects.open().filter(kind__startswith="assess_").order_by("due_on")
        return [(row.kind, row.due_on) for row in rows]

    @pytest.mark.row("C43")
    def test_each_moment_is_work_on_its_day_and_who_took_part_is_kept(self, household, trajectory, assess):
        self.plan(household, trajectory)

        assert self.owed() == [
            (Kind.ASSESS_BEFORE_DEPARTURE, date(2026, 3, 24)),
            (Kind.ASSESS_AFTER_MONTHS, date(2026, 6, 30)),
            (Kind.ASSESS_AFTER_MONTHS, date(2026, 9, 30)),
            (Kind.ASSESS_AFTER_MONTHS, date(2027, 3, 31)),
        ]
        team = factories.organisation("Wijkteam Oost")
        made = assess(participants=[Participant(organisation=team), Participant(who="Gedragswetenschapper")])
        assert [kind for kind, _day in self.owed()] == [Kind.ASSESS_AFTER_MONTHS] * 3
        assert {one.name for one in made.participants.all()} == {"Wijkteam Oost", "Gedragswetenschapper"}

        found = moments.moments_of(trajectory, list(RiskAssessment.objects.latest_first()))
        assert [(one.moment, one.made) for one in found][:2] == [(Moment.ADMISSION, None), (Moment.DEPARTURE, made)]
        assert found[0].is_late(TODAY)
        assert not found[2].is_late(date(2026, 6, 30))
        assert found[2].is_late(date(2026, 7, 1))

    def test_a_moved_departure_moves_its_moments_and_back_again(self, household, trajectory):
        self.plan(household, trajectory)
        Trajectory.objects.filter(pk=trajectory.pk).update(departs_on=date(2026, 5, 1))
        self.plan(household, trajectory, version=2)
        assert self.owed()[0] == (Kind.ASSESS_BEFORE_DEPARTURE, date(2026, 4, 24))
        Trajectory.objects.filter(pk=trajectory.pk).update(departs_on=date(2026, 3, 31))
        self.plan(household, trajectory, version=3)

        assert [day for _kind, day in self.owed()] == [
            date(2026, 3, 24),
            date(2026, 6, 30),
            date(2026, 9, 30),
            date(2027, 3, 31),
        ]

    def test_the_assessment_of_a_departure_is_not_too_old(self, household, trajectory, assess):
        assert moments.departure_assessment(trajectory) is None
        old = assess(on=date(2026, 2, 27))
        assert moments.departure_assessment(trajectory) is None
        made = assess(on=date(2026, 2, 28))
        assert moments.departure_assessment(trajectory) == made != old

    def test_a_departure_that_is_not_dated_plans_nothing(self, household):
        self.plan(household, Trajectory.objects.get(family=household.family))

        assert self.owed() == []


class TestSharingOfARisk:
    """Recorded on 2 March, two days are in time: the flag stands from 5 March."""

    within = operations.RISK_SHARED_WITHIN

    def flag(self, household, day):
        return shared.unshared_risk(household.family.pk, today=day, within=self.within)

    @pytest.mark.row("A6")
    def test_a_risk_nobody_was_told_of_is_flagged_the_day_after_it_was_in_time(self, household, assess):
        made = assess()

        assert self.flag(household, date(2026, 3, 4)) is None
        assert self.flag(household, date(2026, 3, 5)) == shared.Unshared(made, 3)
        owed = FollowUp.objects.open().get(kind=Kind.SHARE_RISK)
        assert (owed.due_on, owed.falls_to) == (date(2026, 3, 5), "regisseur")
        assert shared.days_until_shared(made) is None

    @pytest.mark.row("A6")
    def test_a_share_with_a_ground_clears_it_and_the_time_is_measured(self, household, assess, shared_with):
        made = assess()

        shared_with("Wijkteam Oost", kind="neighbourhood_team", at=factories.NOW + timedelta(days=1))

        assert self.flag(household, date(2026, 3, 30)) is None
        assert shared.days_until_shared(made) == 1
        assert not FollowUp.objects.open().filter(kind=Kind.SHARE_RISK).exists()

    def test_being_told_to_be_alert_is_not_being_told_the_risk(self, household, assess, shared_with):
        assess()

        shared_with("School", level=1)

        assert self.flag(household, date(2026, 3, 5)) is not None
        assert FollowUp.objects.open().filter(kind=Kind.SHARE_RISK).exists()

    def test_a_share_that_was_live_already_shows_it_at_once(self, household, assess, shared_with):
        shared_with("Wijkteam Oost", kind="neighbourhood_team")

        made = assess()

        assert shared.days_until_shared(made) == 0
        assert not FollowUp.objects.filter(kind=Kind.SHARE_RISK).exists()

    def test_without_a_risk_there_is_nothing_to_share(self, household, assess):
        calm = [Judgement(SubjectKind.CHILD, household.daan, Level.LOW)]
        assess(moment=Moment.PERIODIC, subjects=calm)

        assert self.flag(household, date(2026, 6, 1)) is None
