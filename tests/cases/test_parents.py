import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from access.models import AssignmentKind, Relation
from cases import operations
from cases.models import (
    Answer,
    AuthoritySource,
    Involved,
    Knows,
    MeasureKind,
    Person,
    Place,
)
from cases.reading import bans_between
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind
from tests import factories
from tests.cases.asking import DAY, text, url
from tests.factories import NOW
from tests.paper_text import read


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
        with pytest.raises(WrongState, match="moet nog komen"):
            self.yes(world, father, decided_on=DAY + timedelta(days=1))
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
        assert not re.search(r"\b(je|jij|jou|jouw)\b", paper)  # a letter to somebody says "u" from beginning to end
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
