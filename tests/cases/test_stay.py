from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from access.models import AssignmentKind
from cases import operations
from cases.models import (
    Knows,
    MeasureKind,
    NetworkRelation,
    ProtectiveMeasure,
    Strength,
    Trajectory,
    WaitsFor,
)
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind
from organisations.models import CodeItem, CodeList
from tests.cases.asking import DAY, text, url
from tests.factories import NOW


class TestMeasures:
    @pytest.mark.row("C10")
    def test_an_exclusion_order_lasts_ten_days_and_twenty_eight_at_most(self, world, father, client, sign_in):
        order = operations.NewMeasure(MeasureKind.EXCLUSION_ORDER, DAY, against=father, authority="Burgemeester")
        measure = operations.record_measure(world.family, order, by=world.worker)
        assert measure.ends_on == DAY + timedelta(days=10)
        work = FollowUp.objects.get(kind=Kind.MEASURE_ENDS)
        assert (work.due_on, work.falls_to) == (DAY + timedelta(days=7), AssignmentKind.REGISSEUR)

        sign_in(world.worker)
        too_long = {"ends_on": (DAY + timedelta(days=29)).isoformat()}
        assert client.post(url("extend_measure", measure), too_long).context["form"].errors.keys() == {"ends_on"}
        with pytest.raises(WrongState, match="28 dagen"):
            operations.extend_measure(measure, ends_on=DAY + timedelta(days=29), by=world.worker, at=NOW)
        with pytest.raises(IntegrityError, match="28_days"), transaction.atomic():
            ProtectiveMeasure.objects.filter(pk=measure.pk).update(ends_on=DAY + timedelta(days=29))

        operations.extend_measure(measure, ends_on=DAY + timedelta(days=28), by=world.worker, at=NOW)
        assert FollowUp.objects.open().get(kind=Kind.MEASURE_ENDS).due_on == DAY + timedelta(days=25)

    @pytest.mark.row("C9")
    def test_an_alarm_that_ends_soon_is_work_to_hand_it_over(self, world):
        alarm = operations.NewMeasure(
            MeasureKind.AWARE, DAY, DAY + timedelta(days=180), authority="Politie", review_on=DAY + timedelta(days=90)
        )
        operations.record_measure(world.family, alarm, by=world.worker)

        assert FollowUp.objects.get(kind=Kind.HAND_OVER_ALARM).due_on == DAY + timedelta(days=159)
        assert FollowUp.objects.get(kind=Kind.REVIEW_MEASURE).due_on == DAY + timedelta(days=90)

    def test_a_measure_shows_how_long_it_lasts_and_may_end_early(self, world, father, client, sign_in):
        ban = operations.NewMeasure(MeasureKind.CONTACT_BAN, DAY, DAY + timedelta(days=5), father)
        measure = operations.record_measure(world.family, ban, by=world.worker)
        sign_in(world.worker)
        assert "Nog 5 dagen" in text(client.get(url("measures", world.family)))

        ended = {"on": "2026-03-03", "because": "Ingetrokken"}
        client.post(url("end_measure", measure), ended)
        assert "Dit was al beëindigd." in text(client.post(url("end_measure", measure), ended, follow=True))
        assert not FollowUp.objects.open().filter(kind=Kind.MEASURE_ENDS).exists()
        with pytest.raises(WrongState):
            operations.extend_measure(measure, ends_on=DAY + timedelta(days=9), by=world.worker, at=NOW)


class TestStay:
    @pytest.mark.row("G8")
    def test_the_income_is_part_of_the_picture_at_admission_which_freezes(self, world, client, sign_in):
        sign_in(world.worker)
        trajectory = Trajectory.objects.get(family=world.family)
        half = {"income": "stopped", "debts": "yes", "place": "crisis"}
        client.post(url("admission", trajectory), half)
        assert "Het inkomen is gestopt" in text(client.get(url("stay", world.family)))

        answer = client.post(url("admission", trajectory), half | {"freeze": "on"})
        assert answer.context["form"].errors.keys() == {"background"}
        client.post(url("admission", trajectory), half | {"freeze": "on", "background": "Jarenlang bedreigd"})
        with pytest.raises(WrongState, match="gesloten"):
            operations.describe_admission(
                trajectory, operations.Picture(), origin=None, freeze=False, by=world.worker, at=NOW
            )
        with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
            type(trajectory.admission).objects.update(background="Niets")

    @pytest.mark.row("G9")
    def test_the_days_longer_than_needed_are_counted_by_cause(self, world, client, sign_in):
        trajectory = Trajectory.objects.get(family=world.family)
        operations.mark_ready(trajectory, waits_for=WaitsFor.HOUSING, starts_on=date(2026, 2, 1), by=world.worker)
        operations.mark_ready(trajectory, waits_for=WaitsFor.INCOME, starts_on=date(2026, 2, 21), by=world.worker)
        sign_in(world.worker)

        page = text(client.get(url("stay", world.family)))
        assert "Een woning: 20 dagen" in page
        assert "Inkomen: 9 dagen, wacht sinds 21 februari 2026" in page

    @pytest.mark.row("G17", "D30")
    def test_a_family_that_comes_back_keeps_its_history_and_any_kind_will_do(self, world, client, sign_in):
        codes = CodeList.objects.create(slug="trajectory_kind", title_nl="Soorten", basis="verified", source="x")
        # Made by an administrator, without code.
        kind = CodeItem.objects.create(
            code_list=codes, code="youth_care", label_nl="Uitstroom jeugdhulp", basis="verified", valid_from=DAY
        )
        ambulant = CodeItem.objects.create(
            code_list=codes, code="ambulant", label_nl="Ambulant", basis="verified", valid_from=DAY
        )
        sign_in(world.worker)
        page = url("start_trajectory", world.family)
        assert client.get(page).status_code == 404  # one still runs
        first = Trajectory.objects.get(family=world.family)
        Trajectory.objects.filter(pk=first.pk).update(ends_on=date(2026, 2, 1))
        typed = {"organisation": world.shelter.pk, "kind": kind.pk, "starts_on": "2026-03-02"}
        client.post(page, typed)

        shown = text(client.get(url("stay", world.family)))
        assert "2 trajecten: dit gezin is er eerder geweest." in shown
        for stranger in (world.colleague, world.other_worker, world.barred_worker):
            sign_in(stranger)
            assert client.get(url("stay", world.family)).status_code == 404
        sign_in(world.worker)
        assert "Uitstroom jeugdhulp" in shown
        Trajectory.objects.filter(ends_on=None).update(ends_on=date(2026, 3, 2))
        client.post(page, typed | {"kind": ambulant.pk})
        last = Trajectory.objects.get(family=world.family, ends_on=None)
        assert (last.kind, last.departs_on) == ("ambulant", None)
        assert "Uitstroomklaar" not in text(client.get(url("stay", world.family)))

    @pytest.mark.row("D13", "D14")
    def test_with_honour_a_relative_is_no_support_before_somebody_looked_at_it(self, world, honour, client, sign_in):
        from organisations.reference_data import load

        load()
        codes = set(CodeItem.objects.of("case_context").values_list("code", flat=True))
        assert codes >= {"honour_related_violence", "human_trafficking", "forced_marriage", "elder_abuse"}
        sign_in(world.worker)
        typed = {
            "name": "Tante",
            "relation": "relative",
            "support": ["practical"],
            "strength": "3",
            "knows_address": "no",
            "starts_on": "2026-03-02",
        }
        client.post(url("note_context", world.family), {"code": honour.pk, "starts_on": "2026-03-02"})
        answer = client.post(url("add_to_network", world.family), typed)
        assert answer.context["form"].errors.keys() == {"reviewed_because"}
        assert client.post(url("add_to_network", world.family), typed | {"relation": "friend"}).status_code == 302
        reviewed = typed | {"reviewed_because": "Els sprak haar alleen"}
        assert client.post(url("add_to_network", world.family), reviewed).status_code == 302
        with pytest.raises(WrongState, match="Hier speelt eer een rol"):
            member = operations.NewMember("Oom", NetworkRelation.RELATIVE, ["signals"], Strength.FAIR, Knows.NO)
            operations.add_to_network(world.family, member, starts_on=DAY, by=world.worker)
