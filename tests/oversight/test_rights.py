"""Somebody asks for her own part of the file: nothing of others, no place, and nothing before it is clear who asks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.models import Hold, Relation
from audit.events import Event
from audit.models import AuditEvent
from cases.models import ChildVoice, ParentalAuthority, Person, Place, ProtectedPlace, ProtectedValue
from core.errors import NotAllowed, WrongState
from oversight import own_part_paper
from oversight.models import Asks, Nature, RightsRequest, Step
from oversight.operations import (
    answer_request,
    check_request,
    correct_passage,
    destroy_passages,
    record_request,
    refuse_request,
)
from oversight.own_part import may_ask, own_part
from proof.results import keep
from safety_plans.models import SafetyPlan, SafetyPlanItem
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
CLASS_A = "Kanariea-adres-1qz"
PLACES = ("Kanariel-opvang-2qz", "Kanariel-school-3qz", "Kanariel-plaats-4qz")
SECRET_VOICE = "Kanarie-stem-verborgen-5qz"


def born(years):
    return date(TODAY.year - years, 1, 1)


@pytest.fixture
def world(cast):
    """A mother, children of 8, 12 and 16, a father with authority over the youngest two, and one without."""
    cast.shelter.name = PLACES[0]
    cast.shelter.save()
    school = factories.organisation(PLACES[1], kind="school_primary")
    factories.involvement(cast.family, school, Relation.PARTNER, level=1)
    people = {"mother": Person.objects.get(family=cast.family, place="client")}
    people["mother"].given_name, people["mother"].surname = "Kanarie-moeder-6qz", ""
    people["mother"].save()
    for name, place, age in (
        ("child8", Place.CHILD, 8),
        ("child12", Place.CHILD, 12),
        ("child16", Place.CHILD, 16),
        ("father", Place.EX_PARTNER, 40),
        ("other_father", Place.EX_PARTNER, 41),
    ):
        people[name] = Person.objects.create(
            family=cast.family, place=place, given_name=f"Kanarie-{name}-7qz", born_on=born(age)
        )
    for child in ("child8", "child12", "child16"):
        for holder in ("mother", "father"):
            ParentalAuthority.objects.create(
                family=cast.family, child=people[child], holder=people[holder], starts_on=date(2015, 1, 1)
            )
        for words, hidden in (
            (f"Ik mis {people['mother'].given_name}, wij wonen in {PLACES[0]}", False),
            (SECRET_VOICE, True),
        ):
            ChildVoice.objects.create(
                family=cast.family,
                child=people[child],
                words=words,
                asked_by="Els Vonk",
                asked_on=TODAY,
                hidden_from_parents=hidden,
                recorded_by=cast.worker,
            )
    for name in ("mother", "father"):
        place = ProtectedPlace.objects.create(
            family=cast.family, person=people[name], kind="address", entered_by=cast.worker, entered_at=NOW
        )
        ProtectedValue.objects.create(family=cast.family, place=place, sealed=f"{CLASS_A}-{name}")
    cast.people = people
    cast.second = factories.user(at=cast.shelter)
    factories.assignment(cast.family, cast.second, cast.shelter)
    return cast


# Who may ask about whose part.
MAY_ASK = {
    "mother": {"mother", "child8", "child12"},
    "father": {"child8", "child12"},
    "other_father": set(),
    "child8": set(),
    "child12": {"child12"},
    "child16": {"child16"},
}


@pytest.mark.parametrize("asker", MAY_ASK)
def test_who_may_ask_about_whose_part(world, asker):
    allowed = {about for about, person in world.people.items() if may_ask(world.people[asker], person, on=TODAY)}
    assert allowed == MAY_ASK[asker]


def test_authority_that_ended_gives_nothing(world):
    ParentalAuthority.objects.filter(holder=world.people["father"]).update(ends_on=TODAY)
    assert not may_ask(world.people["father"], world.people["child8"], on=TODAY)


def asked(world, asker, about, *, asks=Asks.ACCESS):
    return record_request(
        world.family,
        asks=asks,
        about=world.people[about],
        asked_by=world.people[asker],
        received_on=TODAY,
        by=world.worker,
        at=NOW,
    )


def checked(world, as_, asks):
    """A question of the child of 12 about its own part, and what it said and wants kept from its parents."""
    with as_(world.worker):
        request = asked(world, "child12", "child12", asks=asks)
        check_request(request, how="Paspoort, op kantoor", by=world.worker, at=NOW)
    part = own_part(request.about, asker=request.asked_by)
    return request, next(one for one in part.to_review if one.text == SECRET_VOICE)


def on_paper(world, request, made):
    own_part_paper.make(request, printed_by=world.worker, at=NOW, language="nl")
    return made[-1]


@pytest.mark.proof
@pytest.mark.row("R19", "I16")
def test_everybody_who_may_ask_gets_nothing_of_others_and_no_place(world, as_, monkeypatch):
    made = []
    monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: made.append(html) or b"%PDF-")
    hits, papers, without_origin = set(), 0, 0
    for asker, abouts in MAY_ASK.items():
        for about in abouts:
            with as_(world.worker):
                request = asked(world, asker, about)
                check_request(request, how="Paspoort, op kantoor", by=world.worker, at=NOW)
            with as_(world.second):
                request = answer_request(request, released={}, answer="Hierbij", by=world.second, at=NOW)
                paper = on_paper(world, request, made)
            papers += 1
            assert world.people[about].given_name in paper  # the positive control: her own part is there
            others = [one.given_name for name, one in world.people.items() if name != about]
            hits |= {(asker, about, word) for word in [CLASS_A, *PLACES, SECRET_VOICE, *others] if word in paper}
            part = own_part(world.people[about], asker=world.people[asker])
            without_origin += sum(not one.origin for one in part.to_review)
            for one in part.to_review:
                # What is put before two persons holds no place either; that it names another is why they look.
                hits |= {(asker, about, word) for word in [CLASS_A, *PLACES] if word in one.text}
    keep(
        "R19",
        holds=not hits and not without_origin,
        figure=f"{papers} papers for {len(MAY_ASK)} askers: {len(hits)} hits, {without_origin} without origin",
    )
    assert papers == 7
    assert hits == set()
    assert without_origin == 0


def test_what_a_child_keeps_from_its_parents_is_in_its_own_part_only(world):
    child, mother = world.people["child12"], world.people["mother"]
    own = {one.text for one in own_part(child, asker=child).to_review}
    of_the_parent = {one.text for one in own_part(child, asker=mother).to_review}
    assert SECRET_VOICE in own
    assert SECRET_VOICE not in of_the_parent
    assert of_the_parent


def test_a_parent_who_may_not_know_where_they_are_reads_no_worker_and_nothing_of_the_safety_plan(
    world, as_, monkeypatch
):
    made = []
    monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: made.append(html) or b"%PDF-")
    child, father, mother = (world.people[name] for name in ("child8", "father", "mother"))
    plan = SafetyPlan.objects.create(family=world.family, version=1, drafted_by=world.worker, drafted_at=NOW)
    SafetyPlanItem.objects.create(
        family=world.family, plan=plan, section="what_i_do", person=child, text="Ik ga naar oma.", order=1
    )
    assert "Ik ga naar oma." in {one.text for one in own_part(child, asker=mother).to_review}
    assert "Ik ga naar oma." not in {one.text for one in own_part(child, asker=father).to_review}
    names = {}
    for asker in ("father", "mother"):
        with as_(world.worker):
            request = asked(world, asker, "child8")
            check_request(request, how="Paspoort, op kantoor", by=world.worker, at=NOW)
        said = [one.key for one in own_part(child, asker=request.asked_by).to_review if one.key.startswith("cases")]
        with as_(world.second):
            request = answer_request(
                request, released=dict.fromkeys(said, Nature.SAID), answer="Hierbij", by=world.second, at=NOW
            )
            paper = on_paper(world, request, made)
        assert "Ik mis" in paper
        names[asker] = [name for name in (world.worker.name, "Els Vonk") if name in paper]
    assert names["father"] == []
    assert names["mother"]


def test_a_passage_that_was_let_through_goes_along_with_who_said_it(world, as_, monkeypatch):
    made = []
    monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: made.append(html) or b"%PDF-")
    with as_(world.worker):
        request = asked(world, "child12", "child12")
        check_request(request, how="Paspoort, op kantoor", by=world.worker, at=NOW)
    voice = next(one for one in own_part(request.about, asker=request.asked_by).to_review if one.text == SECRET_VOICE)
    with as_(world.second):
        with pytest.raises(WrongState):
            answer_request(request, released={"cases.ChildVoice-x": Nature.FACT}, answer="x", by=world.second, at=NOW)
        request = answer_request(request, released={voice.key: Nature.SAID}, answer="Hierbij", by=world.second, at=NOW)
        paper = on_paper(world, request, made)
    assert SECRET_VOICE in paper
    assert "Els Vonk" in paper
    assert "eigen woorden" in paper


class TestSteps:
    def test_who_may_not_ask_comes_no_further_than_refused_and_is_shown_nothing(self, world, client, sign_in):
        sign_in(world.worker)
        address = reverse("oversight:requests", args=[world.family.pk])
        typed = {
            "asks": "access",
            "asked_by": world.people["other_father"].pk,
            "about": world.people["child8"].pk,
            "received_on": TODAY.isoformat(),
        }
        later = (TODAY + timedelta(days=1)).isoformat()
        assert client.post(address, typed | {"received_on": later}).context["form"].errors["received_on"]
        client.post(address, typed)
        request = RightsRequest.objects.get()
        page = client.get(reverse("oversight:request", args=[request.pk]))
        assert page.context["part"] is None
        assert "Ik mis" not in page.content.decode()
        client.post(reverse("oversight:request", args=[request.pk]), {"how": "Paspoort, op kantoor"})
        request.refresh_from_db()
        assert request.status == Step.RECEIVED
        client.post(reverse("oversight:refuse_request", args=[request.pk]), {"answer": "Heeft geen gezag"})
        request.refresh_from_db()
        assert request.status == Step.REFUSED
        assert client.get(reverse("oversight:request_paper", args=[request.pk])).status_code == 404

    def test_two_persons_in_the_browser_and_the_paper_is_on_record(self, world, client, sign_in, monkeypatch):
        monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: b"%PDF-")
        sign_in(world.worker)
        request = asked(world, "mother", "mother")
        address = reverse("oversight:request", args=[request.pk])
        client.post(address, {"how": "Paspoort, op kantoor"})
        client.post(address, {"answer": "Hierbij"})  # the same person
        request.refresh_from_db()
        assert request.status == Step.CHECKED
        # Who checked it is not asked for an answer: it would not be taken.
        assert 'name="answer"' not in client.get(address).content.decode()
        assert client.get(reverse("oversight:request_paper", args=[request.pk])).status_code == 404
        sign_in(world.second)
        client.post(address, {"answer": "Hierbij"})
        client.post(address, {"answer": "Nog eens"})  # a stale tab
        request.refresh_from_db()
        assert (request.status, request.answer) == (Step.ANSWERED, "Hierbij")
        paper = client.get(reverse("oversight:request_paper", args=[request.pk]))
        assert paper.headers["Content-Type"] == "application/pdf"
        events = AuditEvent.objects.filter(event__startswith="rights.").exclude(event=Event.RIGHTS_VIEWED)
        assert events.count() == 3
        assert AuditEvent.objects.filter(event=Event.PAPER_ISSUED).exists()

    def test_a_correction_puts_the_right_words_in_the_place_of_the_wrong_ones(self, world, as_, client, sign_in):
        request, passage = checked(world, as_, Asks.CORRECTION)
        sign_in(world.second)
        address = reverse("oversight:request", args=[request.pk])
        typed = {"passage": passage.key, "to": "Ik mis mijn zus", "answer": "Aangepast"}
        missing = client.post(address, typed | {"to": ""})
        assert missing.context["form"].errors["to"]
        assert "Aangepast" in missing.content.decode()
        page = client.post(address, typed, follow=True)
        assert reverse("cases:disclosures", args=[world.family.pk]) in page.content.decode()
        client.post(address, typed | {"to": "Nog eens"})  # a stale tab
        voice = ChildVoice.objects.get(child=world.people["child12"], hidden_from_parents=True)
        assert voice.words == "Ik mis mijn zus"
        event = AuditEvent.objects.get(event=Event.PASSAGE_CORRECTED)
        assert SECRET_VOICE not in str(event.details)
        assert event.details["row"] == str(voice.pk)

    def test_what_is_removed_is_gone_and_says_that_it_was(self, world, as_, client, sign_in):
        request, passage = checked(world, as_, Asks.DESTRUCTION)
        sign_in(world.second)
        address = reverse("oversight:request", args=[request.pk])
        assert client.post(address, {"answer": "Weg"}).context["form"].errors["passages"]
        client.post(address, {"passages": [passage.key], "answer": "Weg"})
        assert RightsRequest.objects.get().status == Step.ANSWERED
        words = ChildVoice.objects.get(child=world.people["child12"], hidden_from_parents=True).words
        assert SECRET_VOICE not in words
        assert "2026" in words
        assert ChildVoice.objects.filter(words=SECRET_VOICE).count() == 2  # of the other children
        assert AuditEvent.objects.filter(event=Event.PASSAGE_DESTROYED).count() == 1

    @pytest.mark.parametrize("asks", [Asks.CORRECTION, Asks.DESTRUCTION])
    def test_nothing_is_changed_alone_on_a_held_file_or_in_the_part_of_another(self, world, as_, asks):
        request, passage = checked(world, as_, asks)
        other = own_part(world.people["child16"], asker=world.people["child16"]).to_review[0]

        def change(who, key):
            with as_(who):
                if asks == Asks.CORRECTION:
                    return correct_passage(request, passage=key, to="Anders", answer="Ja", by=who, at=NOW)
                return destroy_passages(request, passages=[key], answer="Ja", by=who, at=NOW)

        for who, key in ((world.worker, passage.key), (world.second, other.key), (world.second, "x-y-z")):
            with pytest.raises(WrongState):
                change(who, key)
        with as_(world.second), pytest.raises(WrongState):
            answer_request(request, released={}, answer="Ja", by=world.second, at=NOW)
        held = Hold.objects.create(
            family=world.family, kind="legal", reason="De rechter", set_by=world.privacy_officer, set_at=NOW
        )
        with pytest.raises(WrongState):
            change(world.second, passage.key)
        held.delete()
        assert ChildVoice.objects.filter(words=SECRET_VOICE).count() == 3
        change(world.second, passage.key)
        with pytest.raises(WrongState):
            change(world.second, passage.key)

    def test_the_answer_is_due_in_a_month_and_the_database_insists_on_two(self, world, as_):
        with as_(world.worker):
            request = asked(world, "mother", "mother", asks=Asks.CORRECTION)
        assert request.answer_by == date(2026, 4, 2)
        with pytest.raises(IntegrityError, match="by_two_persons"), transaction.atomic():
            RightsRequest.objects.update(checked_by=world.worker, answered_by=world.worker)
        with pytest.raises(IntegrityError, match="after_it_was_checked"), transaction.atomic():
            RightsRequest.objects.update(status="answered")

    def test_is_for_who_works_with_the_family(self, world, as_):
        for who in (world.colleague, world.team_lead, world.privacy_officer, world.other_worker):
            with pytest.raises(NotAllowed), as_(who):
                record_request(
                    world.family,
                    asks=Asks.ACCESS,
                    about=world.people["mother"],
                    asked_by=world.people["mother"],
                    received_on=TODAY,
                    by=who,
                    at=NOW,
                )

    def test_a_refusal_takes_a_reason(self, world, as_):
        with as_(world.worker):
            request = asked(world, "mother", "mother")
            with pytest.raises(WrongState):
                refuse_request(request, answer=" ", by=world.worker, at=NOW)

    @pytest.mark.parametrize("target", Step)
    @pytest.mark.parametrize("current", Step)
    def test_every_pair_of_steps(self, current, target):
        request = RightsRequest(status=current)
        allowed = {("received", "checked"), ("received", "refused"), ("checked", "answered"), ("checked", "refused")}
        if (current.value, target.value) in allowed:
            request.move_to(target)
            assert request.status == target
        else:
            with pytest.raises(WrongState):
                request.move_to(target)
