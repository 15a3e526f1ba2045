"""The file in depth: how to reach safely, what is known of a child, parents, measures, the stay, the network."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from access.models import AssignmentKind, Relation
from cases import operations
from cases.models import (
    Answer,
    AroundChild,
    AuthoritySource,
    ChildContact,
    ChildVoice,
    IndexAnswer,
    Involved,
    Knows,
    MeasureForChild,
    MeasureKind,
    NetworkRelation,
    Person,
    Place,
    ProtectiveMeasure,
    RegieKind,
    SafeContact,
    Strength,
    Trajectory,
    WaitsFor,
    Way,
)
from cases.reading import bans_between, gaps, missing_in_index, network_size, voices_for
from cases.regie import propose
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from organisations.models import CodeItem, CodeList
from tests import factories
from tests.factories import NOW
from tests.paper_text import read

DAY = NOW.date()


def url(name, of):
    return reverse(f"cases:{name}", args=[of.pk])


def text(response):
    return response.content.decode()


@pytest.fixture
def father(world):
    return Person.objects.create(
        family=world.family, place=Place.EX_PARTNER, given_name="Ruud", surname="Prins", causes_harm=True
    )


@pytest.fixture
def honour(db):
    codes = CodeList.objects.create(slug="case_context", title_nl="Bijzonder", basis="verified", source="x")
    return CodeItem.objects.create(
        code_list=codes,
        code="honour_related_violence",
        label_nl="eergerelateerd geweld",
        basis="verified",
        valid_from=date(2023, 1, 1),
    )


def reachable(**answers):
    return operations.Reachable(**{"may_call": "yes", "may_text": "no", "may_mail": "no", **answers})


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

    def test_what_a_child_keeps_from_its_parents_is_on_nothing_for_a_parent(self, world):
        for words, hidden in (("Ik wil naar judo", False), ("Ik ben bang voor papa", True)):
            operations.hear_child(
                world.daan, words=words, asked_by="Veerle", asked_on=DAY, hidden_from_parents=hidden, by=world.worker
            )

        assert {voice.words for voice in voices_for(world.family, for_a_parent=True)} == {"Ik wil naar judo"}
        assert ChildVoice.objects.count() == len(voices_for(world.family, for_a_parent=False)) == 2

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


class TestParents:
    def yes(self, world, father, **decision):
        told = {
            "text": "Bezoek onder begeleiding is veilig",
            "decided_on": DAY,
            "decided_by": "Els en de gedragskundige",
        }
        return operations.decide_involvement(
            father, Involved.YES, decision=operations.SafetyDecision(**told | decision), by=world.worker, at=NOW
        )

    @pytest.mark.row("D8")
    def test_involving_a_father_takes_a_dated_safety_decision(self, world, father, client, sign_in):
        for missing in ("text", "decided_on", "decided_by"):
            with pytest.raises(WrongState, match="waarom dit veilig is"):
                self.yes(world, father, **{missing: None if missing == "decided_on" else ""})
        sign_in(world.worker)
        answer = client.post(url("involvement", father), {"involved": "yes", "text": "Veilig"})
        assert answer.context["form"].errors.keys() == {"decided_by", "decided_on"}

        self.yes(world, father)
        assert "besloten op 2 maart 2026 door Els en de gedragskundige" in text(
            client.get(url("parents", world.family))
        )
        operations.decide_involvement(
            father, Involved.LATER, decision=operations.SafetyDecision(), by=world.worker, at=NOW
        )

    def arrange(self, world, father, **changes):
        arrangement = operations.Arrangement(what="Eén uur per twee weken", starts_on=DAY)
        return operations.arrange_contact_with_parent(
            world.daan, arrangement, parent=father, by=world.worker, **changes
        )

    @pytest.mark.row("D10", "C11")
    def test_an_arrangement_rests_on_the_decision_and_warns_of_a_ban(self, world, father, client, sign_in):
        with pytest.raises(WrongState, match="Beslis eerst"):
            self.arrange(world, father)
        self.yes(world, father)
        operations.record_measure(
            world.family,
            operations.NewMeasure(
                MeasureKind.CONTACT_BAN, DAY, date(2026, 9, 1), father, protects=[world.daan], authority="Rechtbank"
            ),
            by=world.worker,
        )
        sign_in(world.worker)

        with pytest.raises(WrongState, match="verbiedt contact"):
            self.arrange(world, father)
        typed = {"parent": father.pk, "what": "Eén uur per twee weken", "starts_on": "2026-03-10"}
        answer = client.post(url("contact_arrangement", world.daan), typed)
        assert answer.context["form"].errors.keys() == {"despite_ban_because"}
        # The ban protects one child: for the other one there is nothing to warn of.
        assert client.post(url("contact_arrangement", world.femke), typed).status_code == 302

        self.arrange(world, father, despite_ban_because="De rechter maakte een uitzondering")
        page = text(client.get(url("parents", world.family)))
        assert "Eén uur per twee weken" in page
        assert page.count("Een maatregel verbiedt nu contact") == 1

    def test_a_ban_that_ended_or_is_against_another_forbids_nothing(self, world, father):
        other = Person.objects.create(family=world.family, place=Place.OTHER, given_name="Oom")
        for against, last in ((other, date(2026, 9, 1)), (father, DAY + timedelta(days=1))):
            operations.record_measure(
                world.family, operations.NewMeasure(MeasureKind.CONTACT_BAN, DAY, last, against), by=world.worker
            )

        def bans(first, last=None):
            return bans_between(world.daan, father, from_on=first, until_on=last)

        assert bans(DAY + timedelta(days=1))
        assert not bans(DAY + timedelta(days=2))
        assert not bans(DAY - timedelta(days=9), DAY - timedelta(days=1))

    @pytest.mark.row("D9")
    def test_consent_is_asked_per_child_and_holder_and_missing_is_said(self, world, father, client, sign_in):
        sign_in(world.worker)
        client.post(
            url("record_authority", world.daan), {"holder": father.pk, "source": "court", "starts_on": "2018-05-01"}
        )
        typed = {"holder": father.pk, "help_": "Speltherapie", "asked_on": "2026-03-02"}
        assert client.post(url("ask_consent", world.femke), typed).context["form"].errors.keys() == {"holder"}
        client.post(url("ask_consent", world.daan), typed)

        consent = world.daan.help_consents.get()
        assert "toestemming ontbreekt" in text(client.get(url("parents", world.family)))
        assert FollowUp.objects.open().get(kind=Kind.ASK_FOR_CONSENT).due_on == DAY + timedelta(days=14)
        paper = read(client.post(url("consent_letter", consent)).content).text
        assert "Speltherapie" in paper
        assert "Beste Ruud Prins" in paper
        # Nothing from which a place follows: no address, no municipality, no organisation, nobody who works there.
        for place in (world.shelter.name, world.shelter.municipality.name, world.worker.name, "De Haven", "088"):
            assert place not in paper

        operations.answer_consent(consent, Answer.GIVEN, answered_on=DAY, by=world.worker, at=NOW)
        assert "toestemming gegeven op 2 maart" in text(client.get(url("parents", world.family)))
        assert not FollowUp.objects.open().filter(kind=Kind.ASK_FOR_CONSENT).exists()

    def test_a_place_that_was_typed_into_the_question_is_left_out_of_the_letter(self, world, father, client, sign_in):
        sign_in(world.worker)
        operations.record_authority(world.daan, holder=father, starts_on=date(2018, 5, 1), by=world.worker)
        consent = operations.ask_consent(
            world.daan, holder=father, help_="Therapie bij De Haven in Zwolle", asked_on=DAY, by=world.worker
        )
        paper = read(client.post(url("consent_letter", consent)).content).text
        assert "Haven" not in paper
        assert "Zwolle" not in paper

    def test_from_sixteen_on_nobody_but_the_child_is_asked(self, world, father):
        teen = Person.objects.create(
            family=world.family, place=Place.CHILD, given_name="Sem", born_on=DAY - relativedelta(years=16)
        )
        operations.record_authority(teen, holder=father, starts_on=date(2018, 5, 1), by=world.worker)
        with pytest.raises(WrongState, match="Vanaf 16"):
            operations.ask_consent(teen, holder=father, help_="Therapie", asked_on=DAY, by=world.worker)

    def test_authority_ends_by_a_decision_and_not_because_somebody_says_so(self, world, father):
        authority = operations.record_authority(world.daan, holder=father, starts_on=date(2018, 5, 1), by=world.worker)
        with pytest.raises(WrongState):
            operations.end_authority(authority, ends_on=DAY, source=AuthoritySource.SAID, by=world.worker)
        ended = operations.end_authority(authority, ends_on=DAY, source=AuthoritySource.COURT, by=world.worker)
        assert (ended.ends_on, ended.source) == (DAY, "court")

    def test_what_is_known_of_who_caused_harm_is_reached_by_no_share(self, world, father, client, sign_in):
        operations.describe_perpetrator(
            father,
            what_happened="Sloeg haar",
            knows_address=Knows.YES,
            ways_to_find="Zijn zus",
            by=world.worker,
            at=NOW,
        )
        sign_in(world.worker)
        assert "Zijn zus" in text(client.get(url("parents", world.family)))

        factories.involvement(world.family, world.team, Relation.PARTNER)
        factories.assignment(world.family, world.reader, world.team, AssignmentKind.READER)
        sign_in(world.reader)
        assert client.get(url("persons", world.family)).status_code == 200
        assert client.get(url("parents", world.family)).status_code == 404
        assert client.get(url("perpetrator", father)).status_code == 404
        for page in ("persons", "measures", "stay"):
            assert "Zijn zus" not in text(client.get(url(page, world.family)))


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

        client.post(url("end_measure", measure), {"on": "2026-03-03", "because": "Ingetrokken"})
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

    @pytest.mark.row("G17", "D30", "D27")
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


class TestNetwork:
    @pytest.mark.row("D16")
    def test_no_network_is_said_and_its_size_is_followed(self, world, client, sign_in):
        sign_in(world.worker)
        assert "Geen netwerk" in text(client.get(url("network", world.family)))

        member = operations.NewMember("Oma", NetworkRelation.RELATIVE, ["signals"], Strength.STRONG, Knows.YES)
        oma = operations.add_to_network(world.family, member, starts_on=date(2026, 1, 20), by=world.worker)
        assert "Zwak netwerk" in text(client.get(url("network", world.family)))
        operations.leave_network(oma, ends_on=DAY, by=world.worker)

        assert [network_size(world.family, on=day) for day in (date(2026, 1, 12), date(2026, 2, 1), DAY)] == [0, 1, 0]
        with pytest.raises(WrongState):
            operations.leave_network(oma, ends_on=DAY, by=world.worker)


def test_every_step_can_be_left_half_done(world, client, sign_in):
    sign_in(world.worker)
    page = url("record_measure", world.family)

    client.post(page, {"authority": "Burgemeester", "protects": [world.daan.pk], "save_draft": "1"})

    kept = text(client.get(page))
    assert 'value="Burgemeester"' in kept
    assert f'value="{world.daan.pk}" checked' in kept or "checked" in kept
    assert "Schrijf een maatregel op" in text(client.get(reverse("accounts:drafts")))


def test_the_file_says_what_is_missing_and_why(world):
    found = {gap.what for gap in gaps(world.family, today=DAY)}
    assert {"Hoe je Marloes veilig bereikt", "Wie gezag heeft over Daan", "De school van Femke"} <= found
    assert all(gap.why for gap in gaps(world.family, today=DAY))
