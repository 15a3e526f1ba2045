from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse

from access.models import AssignmentKind, Relation
from cases import operations
from cases.models import (
    AroundChild,
    ChildContact,
    IndexAnswer,
    MeasureForChild,
    Person,
    Place,
    RegieKind,
    SafeContact,
    Way,
)
from cases.reading import gaps, missing_in_index
from cases.regie import propose
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from handover.models import CheckKind, DepartureCheck
from tests import factories
from tests.cases.asking import DAY, reachable, text, url
from tests.factories import NOW


class TestSafeContact:
    def confirm(self, world, on=DAY, **answers):
        return operations.confirm_safe_contact(
            world.client_person, reachable(**answers), confirmed_on=on, by=world.worker, at=NOW
        )

    @pytest.mark.row("D28")
    def test_writing_to_somebody_who_said_no_cannot_be_planned(self, world, client, sign_in):
        self.confirm(world)
        sign_in(world.worker)
        page = url("arrange_contact", world.client_person)

        with pytest.raises(WrongState, match="geen ja op deze manier"):
            operations.arrange_contact(world.client_person, Way.MAIL, due_on=DAY, today=DAY, by=world.worker)
        answer = client.post(page, {"way": "mail", "due_on": "2026-03-04"})

        assert answer.context["form"].errors.keys() == {"way"}
        assert not FollowUp.objects.filter(kind=Kind.MAIL_PERSON).exists()
        client.post(page, {"way": "call", "due_on": "2026-03-04"})
        assert FollowUp.objects.get(kind=Kind.CALL_PERSON).due_on == date(2026, 3, 4)

    def test_nobody_was_asked_on_a_day_to_come(self, world, client, sign_in):
        """From there an answer would count for longer than thirty days."""
        with pytest.raises(WrongState, match="moet nog komen"):
            self.confirm(world, on=DAY + timedelta(days=1))
        sign_in(world.worker)
        answer = client.post(url("safe_contact", world.client_person), {"confirmed_on": "2026-03-03"})
        assert answer.context["form"].errors["confirmed_on"] == ["Deze dag moet nog komen."]
        assert not SafeContact.objects.exists()

    def test_what_was_not_asked_is_not_allowed(self, world):
        self.confirm(world, may_call="not_asked")

        with pytest.raises(WrongState):
            operations.arrange_contact(world.client_person, Way.CALL, due_on=DAY, today=DAY, by=world.worker)

    def test_after_thirty_days_asking_again_is_work_and_nothing_can_be_planned(self, world, client, sign_in):
        self.confirm(world, on=DAY - timedelta(days=31))
        sign_in(world.worker)

        work = FollowUp.objects.get(kind=Kind.CONFIRM_SAFE_CONTACT)
        assert (work.due_on, work.falls_to) == (DAY - timedelta(days=1), AssignmentKind.REGISSEUR)
        with pytest.raises(WrongState, match="Vraag eerst opnieuw"):
            operations.arrange_contact(world.client_person, Way.CALL, due_on=DAY, today=DAY, by=world.worker)
        assert client.get(url("arrange_contact", world.client_person)).status_code == 404
        assert "31 dagen geleden gevraagd" in text(client.get(url("persons", world.family)))

    def test_asking_again_moves_the_work_and_keeps_the_answer_before(self, world):
        self.confirm(world, on=DAY - timedelta(days=31))
        self.confirm(world, may_call="no")

        assert SafeContact.objects.count() == 2
        assert SafeContact.objects.current().get().may_call == "no"
        assert FollowUp.objects.get(kind=Kind.CONFIRM_SAFE_CONTACT, state=State.OPEN).due_on == DAY + timedelta(days=30)

    def test_an_older_answer_does_not_replace_a_later_one(self, world):
        self.confirm(world)
        with pytest.raises(WrongState):
            self.confirm(world, on=DAY - timedelta(days=5))

    def test_who_was_given_the_file_does_not_see_it(self, world, client, sign_in):
        self.confirm(world, phone="0612345678")
        factories.involvement(world.family, world.team, Relation.PARTNER)
        factories.assignment(world.family, world.reader, world.team, AssignmentKind.READER)
        sign_in(world.reader)

        page = text(client.get(url("persons", world.family)))

        assert "Daan" in page
        assert "0612345678" not in page
        for hidden in ("parents", "network"):
            assert client.get(url(hidden, world.family)).status_code == 404


class TestChildren:
    @pytest.mark.row("D2")
    def test_a_child_that_turns_eighteen_tomorrow_is_work_today(self, world):
        born = DAY + timedelta(days=1) - relativedelta(years=18)
        operations.enter_person(world.family, Place.CHILD, operations.NewPerson("Sem", "", born), by=world.worker)

        work = FollowUp.objects.get(kind=Kind.TURNS_EIGHTEEN)
        assert (work.due_on, work.falls_to) == (DAY, AssignmentKind.REGISSEUR)
        assert FollowUp.objects.falling_to(world.worker).due_by(DAY).filter(pk=work.pk).exists()

    def test_sixty_days_before_the_birthday_and_another_birth_date_moves_it(self, world):
        person = operations.NewPerson("Sem", "", date(2008, 12, 1))
        sem = operations.enter_person(world.family, Place.CHILD, person, by=world.worker)
        assert FollowUp.objects.get(kind=Kind.TURNS_EIGHTEEN).due_on == date(2026, 10, 2)

        corrected = operations.NewPerson("Sem", "", date(2009, 12, 1))
        operations.correct_person(sem, corrected, by=world.worker, at=NOW)
        assert FollowUp.objects.open().get(kind=Kind.TURNS_EIGHTEEN).due_on == date(2027, 10, 2)

    @pytest.mark.row("B22")
    def test_a_child_without_own_worker_stands_out_and_another_one_needs_a_reason(self, world, client, sign_in):
        sign_in(world.worker)
        assert text(client.get(url("persons", world.family))).count("Geen eigen begeleider") == 2
        own = {"kind": "own_worker", "name": "Veerle", "starts_on": "2026-02-01"}
        client.post(url("around_child", world.daan), own)
        assert text(client.get(url("persons", world.family))).count("Geen eigen begeleider") == 1

        other = own | {"name": "Tess", "starts_on": "2026-03-02"}
        answer = client.post(url("around_child", world.daan), other)
        assert answer.context["form"].errors.keys() == {"because"}
        with pytest.raises(WrongState):
            around = operations.Around(AroundChild.OWN_WORKER, name="Tess")
            operations.record_child_contact(world.daan, around, starts_on=DAY, by=world.worker)

        client.post(url("around_child", world.daan), other | {"because": "Veerle gaat weg"})
        assert list(ChildContact.objects.order_by("starts_on").values_list("name", "ended_because")) == [
            ("Veerle", "Veerle gaat weg"),
            ("Tess", ""),
        ]

    @pytest.mark.row("C14")
    def test_the_children_without_a_decision_are_listed_until_the_municipality_stops(self, world, client, sign_in):
        third = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Sem")
        children = [world.daan, world.femke, third]
        operations.record_index_status(world.daan, IndexAnswer.REGISTERED, decided_on=DAY, by=world.worker, at=NOW)
        sign_in(world.worker)

        assert missing_in_index(world.family, children, today=DAY) == [world.femke, third]
        assert sum(gap.view == "cases:index_status" for gap in gaps(world.family, today=DAY)) == 2
        assert "Verwijsindex" in text(client.get(url("persons", world.family)))

        municipality = world.shelter.municipality
        municipality.referral_index_ends_on = DAY
        municipality.save()
        assert missing_in_index(world.family, children, today=DAY) == []
        assert "Verwijsindex" not in text(client.get(url("persons", world.family)))
        # Nor is it asked of anybody at the departure.
        client.post(
            reverse("handover:plan_departure", args=[world.family.pk]),
            {
                "departs_on": "2026-03-21",
                "destination": "protected",
                "decided_on": "2026-03-02",
                "decided_by": "Els",
                "why_safe_enough": "Rustig.",
            },
        )
        asked = set(DepartureCheck.objects.values_list("kind", "person"))
        assert (CheckKind.SCHOOL_TALK, third.pk) in asked
        assert CheckKind.REFERRAL_INDEX not in {kind for kind, _person in asked}

    def test_a_registration_ends_after_two_years_and_cannot_last_longer(self, world):
        with pytest.raises(WrongState):
            operations.record_index_status(
                world.daan,
                IndexAnswer.REGISTERED,
                decided_on=DAY,
                expires_on=date(2028, 3, 3),
                by=world.worker,
                at=NOW,
            )
        status = operations.record_index_status(
            world.daan, IndexAnswer.REGISTERED, decided_on=DAY, by=world.worker, at=NOW
        )
        assert status.expires_on == date(2028, 3, 2)
        assert missing_in_index(world.family, [world.daan], today=date(2028, 3, 2)) == []
        assert missing_in_index(world.family, [world.daan], today=date(2028, 3, 3)) == [world.daan]

    @pytest.mark.row("B12")
    def test_a_measure_for_one_child_puts_its_worker_in_the_team_and_proposes_her(self, world, client, sign_in):
        institution = factories.organisation("Jeugdbescherming Noord", kind="child_protection")
        assert propose(world.family, today=DAY).kind == RegieKind.SHELTER

        operations.record_protection_measure(
            world.daan,
            operations.CourtMeasure(
                MeasureForChild.SUPERVISION, DAY, date(2027, 3, 1), institution, worker_name="Gea Smit"
            ),
            by=world.worker,
        )
        sign_in(world.worker)

        proposal = propose(world.family, today=DAY)
        assert (proposal.kind, proposal.organisation) == (RegieKind.CHILD_PROTECTION, institution)
        assert propose(world.family, today=date(2027, 3, 1)).kind == RegieKind.CHILD_PROTECTION
        assert propose(world.family, today=date(2027, 3, 2)).kind == RegieKind.SHELTER
        assert "Gezinsvoogd: Gea Smit" in text(client.get(url("persons", world.family)))
        assert FollowUp.objects.get(kind=Kind.AGREE_WITH_GUARDIAN).due_on == DAY
