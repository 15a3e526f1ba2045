from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from access.models import Assignment, Involvement, Relation
from audit.models import AuditEvent
from cases import operations
from cases.models import Family, Person, RegisseurPeriod
from cases.operations import NewPerson, open_family
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed
from follow_ups.models import FollowUp, Kind
from tests.factories import NOW

ROSA = NewPerson("Rosa", "Ferreira", date(1990, 5, 1))


@pytest.fixture
def opened(cast):
    # As in the browser: behind both locks.
    with acting_as(DatabaseRole.APP, user_id=cast.colleague.pk, organisation_ids=cast.colleague.standing):
        return open_family(
            organisation=cast.shelter,
            client=ROSA,
            children=[NewPerson("Mila", "Ferreira")],
            starts_on=date(2026, 2, 20),
            by=cast.colleague,
            at=NOW,
        )


class TestOpenFamily:
    @pytest.mark.row("A4")
    def test_from_the_first_second_somebody_has_the_work_and_the_regie(self, cast, opened):
        kinds = set(Assignment.objects.filter(family=opened, user=cast.colleague).values_list("kind", flat=True))

        assert kinds == {"worker", "regisseur"}
        assert RegisseurPeriod.objects.get(family=opened).user == cast.colleague
        assert {one.kind for one in FollowUp.objects.filter(family=opened)} == {Kind.COMPLETE_FILE, Kind.ASSESS_RISK}

    @pytest.mark.row("L15")
    def test_the_file_is_to_be_complete_in_five_working_days(self, opened):
        assert FollowUp.objects.get(family=opened, kind=Kind.COMPLETE_FILE).due_on == date(2026, 3, 9)

    def test_who_opened_it_sees_it_and_a_colleague_does_not(self, cast, opened):
        assert Family.objects.visible_to(cast.colleague).filter(pk=opened.pk).exists()
        assert not Family.objects.visible_to(cast.worker).filter(pk=opened.pk).exists()

    @pytest.mark.row("R30")
    def test_the_reference_reveals_nothing(self, opened):
        assert len(opened.reference) == 9
        assert not {"Rosa", "Ferr"} & {opened.reference[:4], opened.reference[5:]}

    def test_it_works_though_time_passes_between_the_request_and_the_act(self, cast):
        """The door opens at a moment after the request began: row-level security must know that moment."""
        with acting_as(DatabaseRole.APP, user_id=cast.worker.pk, organisation_ids=cast.worker.standing):
            later = NOW + timedelta(seconds=2)
            with time_machine.travel(later, tick=False):
                family = open_family(
                    organisation=cast.shelter, client=ROSA, starts_on=date(2026, 2, 20), by=cast.worker, at=later
                )

        assert Person.objects.filter(family=family).count() == 1

    def test_it_is_refused_for_an_organisation_one_does_not_work_for(self, cast):
        with pytest.raises(NotAllowed):
            open_family(organisation=cast.other_org, client=ROSA, starts_on=date(2026, 2, 20), by=cast.worker, at=NOW)

    def test_nothing_at_all_happens_when_a_later_step_fails(self, cast, monkeypatch):
        monkeypatch.setattr(operations.family, "plan", lambda *_, **__: 1 / 0)
        before = Family.objects.count()

        with pytest.raises(ZeroDivisionError):
            open_family(organisation=cast.shelter, client=ROSA, starts_on=date(2026, 2, 20), by=cast.worker, at=NOW)

        assert Family.objects.count() == before
        assert not AuditEvent.objects.exists()

    def test_the_municipality_of_the_shelter_is_alarmed_about_it_from_the_first_day(self, cast):
        municipality = cast.coordinator.memberships.get().organisation

        family = open_family(
            organisation=cast.shelter, client=ROSA, starts_on=date(2026, 2, 20), by=cast.worker, at=NOW
        )

        door = Involvement.objects.get(family=family, relation=Relation.RESPONSIBLE)
        assert door.organisation == municipality


class TestThePage:
    @pytest.fixture
    def worker(self, cast, sign_in):
        sign_in(cast.worker)
        return cast.worker

    def typed(self, worker, **changes):
        organisation = worker.memberships.get().organisation_id
        return {"organisation": organisation, "given_name": "Rosa", "starts_on": "2026-02-20"} | changes

    @pytest.mark.row("L1")
    def test_a_first_name_and_a_day_are_enough(self, client, worker):
        answer = client.post(reverse("cases:open_family"), self.typed(worker))

        assert answer["Location"] == Person.objects.get(given_name="Rosa").family.get_absolute_url()

    def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(self, client, worker):
        page = client.post(reverse("cases:open_family"), self.typed(worker, starts_on="", surname="Ferreira"))

        assert page.status_code == 200
        assert "Fout:" in page.content.decode()
        assert 'value="Ferreira"' in page.content.decode()
        assert not Person.objects.filter(given_name="Rosa").exists()

    def test_a_date_without_a_name_is_asked_for_the_name(self, client, worker):
        page = client.post(reverse("cases:open_family"), self.typed(worker, child_2_born_on="2020-01-01"))

        assert "Vul de naam in die bij deze datum hoort." in page.content.decode()

    @pytest.mark.row("R8")
    def test_another_organisation_is_refused_like_nonsense(self, client, worker, cast):
        def answer(organisation):
            page = client.post(reverse("cases:open_family"), self.typed(worker, organisation=organisation))
            return page.context["form"].errors["organisation"]

        assert answer(cast.other_org.pk) == answer("00000000-0000-0000-0000-000000000001")
