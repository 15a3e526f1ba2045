"""Veilig Thuis: advice about nobody, reports that stay as they were sent, answers that are somebody's work."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from access.models import AssignmentKind
from cases.models import Person, Place
from core.errors import NotAllowed, WrongState
from core.paper import rendering
from follow_ups.models import FollowUp, Kind
from oversight.own_part import own_part
from signals import operations, papers
from signals.models import (
    AdviceRequest,
    Monitoring,
    OriginReason,
    VeiligThuisAnswer,
    VeiligThuisReport,
    VeiligThuisTerm,
)
from signals.names import identifying
from signals.operations import Answer, Reported
from signals.routing import route_waiting
from signals.terms import expected
from tests.factories import NOW

LEAKS = (
    "Fatima El Amrani", "Noa Verbruggen", "Jan de Wit", "Sophie van der Berg", "mevrouw Jansen", "meneer van Dijk",
    "familie Yilmaz", "basisschool De Regenboog", "Dorpsstraat 12", "Kerkweg 4a", "8011 AB", "1234 XY",
    "06 12 34 56 78", "0612345678", "038-4212345", "123456782", "1234.56.782", "1-2-2018", "01/02/18",
    "1 februari 2018", "24 mrt 2016", "anna.bos@voorbeeld.example",
)  # fmt: skip
FRAMES = (
    "Wat doen we met {}?",
    "Het gaat om {} en dat maakt het lastig.",
    "{} is bang om naar huis te gaan.",
    "Vandaag belde de school. {} kwam niet.",
    "Een kind van acht; {} staat erbij.",
    "Ik twijfel (over {}).",
)
ORDINARY = (
    "Een kind van acht durft niet naar huis. Veilig Thuis kent dit vast. Wat raad je aan?",
    "Moeder zegt dat er niets is. Hoe begin ik het gesprek?",
    "Een vader stuurt via WhatsApp en Snapchat de hele dag berichten. Is dat stalking?",
    "Mag ik met de Raad voor de Kinderbescherming praten zonder toestemming?",
    "De Wmo en de Jeugdwet zeggen iets anders. Wat geldt?",
    "Er zijn drie kinderen: 4, 8 en 12 jaar oud. De oudste is vaak ziek.",
    "Moeder spreekt alleen Turks of Arabisch. Kan dat met een tolk?",
    "Ik heb op maandag gebeld en op 3 maart weer. Er werd niet opengedaan.",
    "Stap 3 van de Meldcode kan niet, want vader luistert mee.",
    "De mevrouw van de overkant hoorde geschreeuw.",
    "In groep 5 zit een meisje dat steeds hoofdpijn heeft.",
)

WHAT = Reported(
    facts="Daan zei: «papa slaat».",
    from_others="De buurvrouw hoorde geschreeuw.",
    interpretation="Ik denk dat het weer begint.",
    informed="Moeder weet het.",
)


@pytest.fixture
def report(world, signal):
    return operations.report_to_veilig_thuis(
        signal, WHAT, persons=[world.child], to_organisation=world.veilig_thuis, by=world.worker, at=NOW
    )


class TestAdvice:
    @pytest.mark.row("B17")
    @pytest.mark.parametrize(
        "said",
        [
            "Wat doen we met Daan?",
            "Ze wonen op Dorpsstraat 12, wat nu?",
            "Het gaat om een kind van 1-2-2018.",
            "Mijn nummer voor haar is 06 12 34 56 78.",
            "Een collega kent Fatima El Amrani, wat raden jullie aan?",
        ],
    )
    def test_a_question_that_says_about_whom_is_refused_and_kept_in_the_form(
        self, client, sign_in, world, signal, said
    ):
        sign_in(world.worker)
        url = reverse("signals:ask_advice", args=[signal.pk])
        answer = client.post(url, {"to_organisation": world.veilig_thuis.pk, "question": said})
        assert answer.status_code == 200
        assert said.split(",")[0] in answer.content.decode()
        assert not AdviceRequest.objects.exists()
        with pytest.raises(WrongState):
            operations.ask_advice(signal, said, to_organisation=world.veilig_thuis, by=world.worker, at=NOW)

    @pytest.mark.parametrize("leak", LEAKS)
    def test_every_way_to_say_who_it_is_is_found_wherever_it_stands(self, leak):
        missed = [frame for frame in FRAMES if not identifying(frame.format(leak))]
        assert missed == []

    def test_ordinary_questions_are_not_refused(self):
        assert {question: found for question in ORDINARY if (found := identifying(question))} == {}

    def test_the_question_holds_no_way_back_to_the_family(self):
        names = {field.name for field in AdviceRequest._meta.get_fields()}
        assert not names & {"family", "signal", "person", "child"}


class TestReport:
    @pytest.mark.row("C12")
    def test_nobody_changes_or_removes_what_was_sent_not_even_the_owner(self, report):
        for statement in (
            "UPDATE signals_veiligthuisreport SET facts = 'anders'",
            "DELETE FROM signals_veiligthuisreport",
        ):
            with (
                pytest.raises(DatabaseError, match="cannot be changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        assert VeiligThuisReport.objects.get().facts == WHAT.facts

    def test_facts_what_others_said_and_what_it_means_stay_apart(self, world, report):
        world.child.given_name = "Anders"
        world.child.save()
        found = VeiligThuisReport.objects.get()
        assert (found.facts, found.from_others, found.interpretation) == (
            WHAT.facts, WHAT.from_others, WHAT.interpretation,
        )  # fmt: skip
        assert found.about[0]["name"] == "Daan de Wit"

    @pytest.mark.parametrize("origin", ["open", "danger_to_family", "danger_to_reporter", "trust"])
    def test_the_origin_is_told_or_one_of_three_reasons_is_given(self, client, sign_in, world, signal, origin):
        sign_in(world.worker)
        url = reverse("signals:report_to_veilig_thuis", args=[signal.pk])
        data = {
            "to_organisation": world.veilig_thuis.pk,
            "persons": [world.child.pk],
            "facts": "Huilde.",
            "informed": "Nee, dat is nu niet veilig.",
            "origin": origin,
        }
        assert client.post(url, data | {"informed": ""}).status_code == 200
        assert client.post(url, data | {"origin": "zomaar"}).status_code == 200
        assert client.post(url, data).status_code == 302
        found = VeiligThuisReport.objects.get()
        assert (found.origin_disclosed, found.origin_reason) == (origin == "open", "" if origin == "open" else origin)

    def test_what_came_from_a_hidden_origin_is_in_nobodys_part_of_the_file(self, world, signal):
        """The flag also governs what somebody gets who asks to see her own part (Uitvoeringsbesluit Wmo, 4.1.8)."""
        for reason in ["", *OriginReason.values]:
            operations.report_to_veilig_thuis(
                signal, Reported(facts=f"Feit bij {reason or 'open'}.", origin_reason=reason), persons=[world.child],
                to_organisation=world.veilig_thuis, by=world.worker, at=NOW,
            )  # fmt: skip
        mother = Person.objects.get(family=world.family, place=Place.CLIENT)
        part = own_part(world.child, asker=mother)
        told = [one for one in (*part.plain, *part.to_review) if one.text.startswith("Feit")]
        assert [one.text for one in told] == ["Feit bij open."]
        assert "Els Vonk" in told[0].origin
        assert not any("Feit" in one.text for one in own_part(mother, asker=mother).to_review)

    def test_the_database_wants_a_reason_for_a_hidden_origin(self, world, signal):
        with pytest.raises(IntegrityError), transaction.atomic():
            VeiligThuisReport.objects.create(
                family=world.family, signal=signal, to_organisation=world.veilig_thuis, facts="x",
                origin_disclosed=False, reported_by=world.worker, reported_at=NOW,
            )  # fmt: skip

    def test_the_paper_holds_the_facts_and_no_place(self, client, sign_in, world, report, monkeypatch):
        seen = {}
        real = papers.render

        def watched(template, context, **kwargs):
            seen.update(context["parts"])
            return real(template, context, **kwargs)

        told = render_to_string("papers/veilig_thuis_report.html", {"report": report, "parts": {}})
        assert "Daan de Wit (1 februari 2018)" in told
        monkeypatch.setattr(papers, "render", watched)
        sign_in(world.worker)
        answer = client.get(reverse("signals:report_paper", args=[report.pk]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert seen["facts"] == WHAT.facts
        assert {field.name for field in VeiligThuisReport._meta.get_fields()} & {
            "address",
            "street",
            "postcode",
        } == set()
        assert rendering.TIME_LIMIT

    @pytest.mark.row("B17")
    def test_veilig_thuis_reads_and_answers_and_hands_back_and_it_is_the_regisseurs_again(
        self, client, sign_in, world, report, as_member
    ):
        with as_member(world.adviser):
            assert VeiligThuisReport.objects.get() == report
        sign_in(world.adviser)
        page = client.get(reverse("signals:advice_to_answer")).content.decode()
        assert report.number in page
        url = reverse("signals:received_report", args=[report.pk])
        page = client.get(url).content.decode()
        assert "papa slaat" in page
        assert "Daan de Wit (1 februari 2018)" in page
        assert "Marloes" not in page
        data = {"text": "Wij geven het terug.", "assessment": "transfer", "hands_back": "on"}
        assert client.post(url, data).status_code == 200
        assert client.post(url, data | {"assessed_on": "2026-03-02"}).status_code == 302
        route_waiting(now=NOW)
        route_waiting(now=NOW)
        answer = VeiligThuisAnswer.objects.get()
        work = FollowUp.objects.falling_to(world.worker).open().get(kind=Kind.CALL_BACK)
        assert (work.about_id, work.due_on, work.falls_to) == (answer.pk, NOW.date(), AssignmentKind.REGISSEUR)
        sign_in(world.worker)
        assert "Wij geven het terug." in client.get(report.get_absolute_url()).content.decode()

    def test_another_organisation_reads_nothing(self, client, sign_in, world, report, as_member):
        for user in (world.teacher, world.other_worker):
            sign_in(user)
            assert client.get(reverse("signals:received_report", args=[report.pk])).status_code == 404
            with pytest.raises(NotAllowed):
                operations.answer_report(report, Answer("x", NOW.date()), by=user, at=NOW)
        with as_member(world.other_worker):
            assert not VeiligThuisReport.objects.exists()

    @pytest.mark.row("B17")
    def test_no_answer_is_work_and_an_answer_ends_it(self, world, report):
        waiting = FollowUp.objects.filter(kind=Kind.CALL_BACK, about_id=report.pk).open()
        assert waiting.get().due_on == date(2026, 3, 9)
        operations.record_answer(report, Answer("Wij onderzoeken.", NOW.date()), by=world.worker, at=NOW)
        assert not waiting.exists()

    @pytest.mark.row("C19")
    def test_the_outcome_of_the_assessment_is_kept_with_its_day(self, world, report):
        operations.record_answer(
            report,
            Answer("Geen stappen.", NOW.date(), assessment="no_steps", assessed_on=NOW.date()),
            by=world.worker,
            at=NOW,
        )
        made = VeiligThuisAnswer.objects.get()
        assert (made.assessment, made.assessed_on) == ("no_steps", NOW.date())
        with pytest.raises(IntegrityError), transaction.atomic():
            VeiligThuisAnswer.objects.update(assessed_on=None)


class TestTerms:
    def test_terms_are_data_with_a_source_and_a_day(self, db):
        found = {one.label: one.by for one in expected(date(2026, 3, 2))}
        assert date(2026, 3, 9) in found.values()
        assert date(2026, 5, 11) in found.values()
        assert date(2026, 3, 30) in found.values()
        VeiligThuisTerm.objects.filter(slug="assessment").update(valid_until=date(2026, 3, 1))
        assert len(expected(date(2026, 3, 2))) == 2
        assert len(expected(date(2026, 2, 27))) == 3


class TestMonitoring:
    @pytest.mark.row("H13")
    def test_finished_says_who_watches_now(self, client, sign_in, world):
        sign_in(world.worker)
        url = reverse("signals:monitoring", args=[world.family.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"status": "finished"}).status_code == 200
        assert client.post(url, {"status": "runs"}).status_code == 200
        assert not Monitoring.objects.exists()
        with pytest.raises(WrongState):
            operations.record_monitoring(world.family, "finished", by=world.worker, at=NOW)
        assert client.post(url, {"status": "runs", "until": "2026-06-01"}).status_code == 302
        work = FollowUp.objects.falling_to(world.worker).get(kind=Kind.WHO_WATCHES)
        assert work.due_on == date(2026, 6, 1)

        with time_machine.travel(NOW + timedelta(days=90), tick=False):
            sign_in(world.worker)
            assert client.post(url, {"status": "finished", "who_watches": "Het wijkteam"}).status_code == 302
        work.refresh_from_db()
        assert work.state == "done"
        page = client.get(reverse("signals:of_family", args=[world.family.pk])).content.decode()
        assert "Het wijkteam" in page
        with pytest.raises(IntegrityError), transaction.atomic():
            Monitoring.objects.filter(status="finished").update(who_watches="")
