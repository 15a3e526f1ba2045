"""The pages of the departure and the handover: who gets them, what stands on them, and what is not lost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import AssignmentKind
from cases.models import Person, Place, RegisseurPeriod
from handover import operations
from handover.models import DepartureCheck, Handover, JointVisit, Status
from organisations.models import ContactPoint
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned
from tests.organisations import factories as make

TYPED = {
    "risk_of_care_avoidance": "Zij belt niet uit zichzelf.",
    "background": "Twee keer eerder opgevangen.",
    "discussed_on": "2026-03-02",
    "involvement_ends_on": "2026-06-21",
    "visit_on": "2026-03-12",
    "visit_attendees": "",
}


def test_the_regisseur_looks_along_with_the_receiver_before_anything_is_sent(client, sign_in, world):
    sign_in(world.worker)
    url = reverse("handover:offer", args=[world.family.pk])

    preview = client.post(url, TYPED | {"to": world.team.pk})
    assert preview.status_code == 200
    assert "Twee keer eerder opgevangen." in preview.content.decode()
    assert not Handover.objects.exists()

    change = client.post(url, TYPED | {"to": world.team.pk, "change": "1"})
    assert "Twee keer eerder opgevangen." in change.content.decode()
    assert not Handover.objects.exists()

    sent = client.post(url, TYPED | {"to": world.team.pk, "confirm": "1"})
    made = Handover.objects.get()
    assert sent.url == reverse("handover:handover", args=[made.pk])
    assert (made.to_organisation, made.involvement_ends_on) == (world.team, date(2026, 6, 21))
    assert JointVisit.objects.get().planned_on == date(2026, 3, 12)
    assert client.get(url).url == sent.url


@pytest.mark.row("F6")
def test_the_receiver_reads_exactly_what_was_shown_beforehand_and_no_more(client, sign_in, world):
    Person.objects.create(
        family=world.family, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=date(2018, 1, 1)
    )
    Person.objects.create(family=world.family, place=Place.EX_PARTNER, given_name="Ruud", surname="Prins")
    sign_in(world.worker)
    url = reverse("handover:offer", args=[world.family.pk])
    preview = client.post(url, TYPED | {"to": world.team.pk}).content.decode()
    client.post(url, TYPED | {"to": world.team.pk, "confirm": "1"})

    sign_in(world.receiver)
    page = client.get(reverse("handover:handover", args=[Handover.objects.get().pk])).content.decode()

    # What stands around the window is the sender's own page.
    for text in (preview[preview.index("vp-window__in") :], page):
        assert "Marloes" in text
        assert "Daan" in text
        assert "Zij belt niet uit zichzelf." in text
        for absent in ("de Wit", "Ruud", "Prins"):
            assert absent not in text


def test_what_was_typed_is_still_there_when_something_is_missing(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(
        reverse("handover:offer", args=[world.family.pk]), TYPED | {"to": world.team.pk, "risk_of_care_avoidance": ""}
    )
    assert "Twee keer eerder opgevangen." in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"risk_of_care_avoidance"}


def test_a_handover_can_be_kept_as_a_draft(client, sign_in, world):
    sign_in(world.worker)
    url = reverse("handover:offer", args=[world.family.pk])
    client.post(url, TYPED | {"save_draft": "1", "shows": ["risk", "help"], "keeps": ["safety_plan", "family_plan"]})
    form = client.get(url).context["form"]
    assert form["background"].value() == "Twee keer eerder opgevangen."
    # What the receiver would read is every part that was chosen, and not the last one alone.
    assert (form["shows"].value(), form["keeps"].value()) == (["risk", "help"], ["safety_plan", "family_plan"])
    assert url in client.get(reverse("accounts:drafts")).content.decode()


@pytest.mark.row("B14")
def test_the_neighbourhood_team_of_the_new_municipality_is_proposed(client, sign_in, world):
    planned(world, municipality=world.team.municipality)
    elsewhere = factories.OrganisationFactory(
        name="Aardig team",
        municipality__code="GM0080",
        municipality__name="Leeuwarden",
        kind=factories.OrganisationKindFactory(),
    )
    factories.user(at=elsewhere)
    sign_in(world.worker)
    form = client.get(reverse("handover:offer", args=[world.family.pk])).context["form"]
    choices = list(form.fields["to"].queryset)
    assert form.initial["to"] == choices[0].pk
    assert choices[0].municipality == world.team.municipality
    assert choices[-1] == elsewhere
    assert world.shelter not in choices


def test_the_receiver_accepts_and_gets_the_file(client, sign_in, world, handover):
    sign_in(world.receiver)
    assert (
        reverse("handover:handover", args=[handover.pk]) in client.get(reverse("handover:to_answer")).content.decode()
    )
    answer = client.post(reverse("handover:accept", args=[handover.pk]))
    assert answer.url == reverse("overview:family", args=[world.family.pk])
    assert client.get(answer.url).status_code == 200
    assert (
        reverse("handover:handover", args=[handover.pk])
        not in client.get(reverse("handover:to_answer")).content.decode()
    )


@pytest.mark.row("R52")
def test_a_tab_that_stood_open_says_that_a_colleague_was_faster(client, sign_in, world, handover):
    url = reverse("handover:accept", args=[handover.pk])
    sign_in(world.receiver)
    client.post(url)
    # A second click of her own leads to the file, a colleague's later one to the list, and each says why.
    twice = client.post(url, follow=True)
    assert twice.redirect_chain[-1][0] == world.family.get_absolute_url()
    sign_in(world.second_receiver)
    late = client.post(url, follow=True)
    assert late.redirect_chain[-1][0] == reverse("handover:to_answer")
    for page in (twice, late):
        assert "Deze overdracht is al aanvaard" in page.content.decode()
    assert client.get(world.family.get_absolute_url()).status_code == 404
    # Whoever may not know of this family hears nothing, and the old side neither.
    factories.assignment(world.family, world.second_receiver, world.team, AssignmentKind.BARRED)
    for stranger in (world.second_receiver, world.worker, world.other_worker):
        sign_in(stranger)
        assert client.post(url).status_code == 404


@pytest.mark.row("F18")
@pytest.mark.row("R11")
def test_after_acceptance_nothing_the_old_side_posts_arrives(client, sign_in, world, handover):
    planned(world)
    point = DepartureCheck.objects.first()
    follow_up = factories.follow_up(world.family)
    sign_in(world.worker)
    pages = [
        reverse("overview:family", args=[world.family.pk]),
        reverse("handover:departure", args=[world.family.pk]),
        reverse("handover:plan_departure", args=[world.family.pk]),
        reverse("handover:offer", args=[world.family.pk]),
        reverse("handover:settle_point", args=[point.pk]),
        reverse("handover:withdraw", args=[handover.pk]),
        reverse("handover:handover", args=[handover.pk]),
    ]
    assert [client.get(page).status_code for page in pages[:3]] == [200, 200, 200]

    operations.accept(handover, by=world.receiver, at=NOW)

    assert {client.get(page).status_code for page in pages} == {404}
    posts = [*pages[2:6], reverse("overview:close_follow_up", args=[follow_up.pk])]
    typed = TYPED | {"answer": "done", "done_on": "2026-03-02", "because": "x", "to": world.team.pk, "confirm": "1"}
    assert {client.post(page, typed).status_code for page in posts} == {404}
    assert Handover.objects.get().status == Status.ACCEPTED


def test_the_receiver_declines_with_a_reason_and_the_sender_reads_it(client, sign_in, world, handover):
    sign_in(world.receiver)
    url = reverse("handover:decline", args=[handover.pk])
    assert client.post(url, {}).status_code == 200
    assert client.post(url, {"because": "Wij zitten vol."}).status_code == 302
    sign_in(world.worker)
    assert "Wij zitten vol." in client.get(reverse("handover:handover", args=[handover.pk])).content.decode()


def test_the_sender_withdraws_with_a_reason(client, sign_in, world, handover):
    sign_in(world.worker)
    answer = client.post(reverse("handover:withdraw", args=[handover.pk]), {"because": "Verhuist niet."}, follow=True)
    assert answer.status_code == 200
    assert Handover.objects.get().status == Status.WITHDRAWN


@pytest.mark.row("F8")
def test_a_handover_without_a_visit_is_called_cold_and_with_one_warm(client, sign_in, world, handover):
    sign_in(world.worker)
    page = reverse("handover:handover", args=[handover.pk])
    assert not client.get(page).context["was_warm"]
    client.post(reverse("handover:plan_visit", args=[handover.pk]), {"on": "2026-03-02"})
    client.post(reverse("handover:hold_visit", args=[JointVisit.objects.get().pk]), {"on": "2026-03-02"})
    assert client.get(page).context["was_warm"]


@pytest.mark.row("A4")
def test_a_departure_is_planned_and_its_points_are_settled(client, sign_in, world):
    sign_in(world.worker)
    page = reverse("handover:departure", args=[world.family.pk])
    assert reverse("handover:plan_departure", args=[world.family.pk]) in client.get(page).content.decode()
    client.post(
        reverse("handover:plan_departure", args=[world.family.pk]),
        {
            "departs_on": "2026-03-21",
            "destination": "municipality",
            "municipality": world.team.municipality.pk,
            "knows_there_is_none": "on",
            "decided_on": "2026-03-02",
            "decided_by": "Els Vonk",
            "why_safe_enough": "De dreiging is weg.",
        },
    )
    point = DepartureCheck.objects.filter(kind="partners_told").get()
    settle = reverse("handover:settle_point", args=[point.pk])
    assert settle in client.get(page).content.decode()
    assert client.post(settle, {"answer": "not_needed"}).status_code == 200
    assert client.post(settle, {"answer": "done", "done_on": "2026-03-02"}).url == page
    assert settle not in client.get(page).content.decode()


@pytest.mark.row("D21")
def test_the_municipality_of_the_shelter_is_proposed(client, sign_in, world):
    sign_in(world.worker)
    form = client.get(reverse("handover:plan_departure", args=[world.family.pk])).context["form"]
    assert form.initial["municipality"] == world.shelter.municipality_id


def test_an_empty_departure_form_says_what_is_missing_beside_each_field(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(
        reverse("handover:plan_departure", args=[world.family.pk]),
        {"departs_on": "2026-03-21", "involvement_ends_on": "2026-03-01", "destination": "municipality"},
    )
    assert set(answer.context["form"].errors) == {
        "municipality",
        "involvement_ends_on",
        "decided_on",
        "decided_by",
        "why_safe_enough",
    }


def test_the_list_of_offers_costs_the_same_for_two_and_for_twenty(client, sign_in, world):
    sign_in(world.receiver)

    def more(count):
        for _ in range(count):
            of = factories.family(opened_by=world.shelter)
            factories.involvement(of, world.shelter)
            factories.assignment(of, world.worker, world.shelter, AssignmentKind.REGISSEUR)
            factories.involvement(of, world.shelter, "regisseur")
            RegisseurPeriod.objects.create(
                family=of, user=world.worker, organisation=world.shelter, kind="shelter", reason="x", starts_at=NOW
            )
            operations.offer(of, to=world.team, what=offered(), by=world.worker, at=NOW)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("handover:to_answer"))
        return len(queries)

    more(2)
    cost()
    few = cost()
    more(18)
    assert cost() == few


def test_the_checklist_costs_the_same_for_one_child_and_for_ten(client, sign_in, world):
    sign_in(world.worker)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("handover:departure", args=[world.family.pk]))
        return len(queries)

    Person.objects.create(family=world.family, place=Place.CHILD, given_name="Kind")
    planned(world)
    cost()
    few = cost()
    for number in range(9):
        Person.objects.create(family=world.family, place=Place.CHILD, given_name=f"Kind {number}")
    planned(world)
    assert cost() == few


@pytest.mark.row("B18")
@pytest.mark.parametrize("page", ["handover:plan_departure", "handover:plan_move"])
def test_a_municipality_without_a_contact_point_is_chosen_with_a_warning_only(client, sign_in, world, page):
    if page == "handover:plan_move":
        planned(world, on=date(2026, 3, 1), municipality=world.shelter.municipality)
    there = make.municipality(code="GM0080", name="Leeuwarden")
    ContactPoint.objects.filter(municipality=there).delete()
    sign_in(world.worker)
    url = reverse(page, args=[world.family.pk])
    typed = {
        "departs_on": "2026-03-21",
        "destination": "municipality",
        "on": "2026-03-21",
        "where": "municipality",
        "municipality": there.pk,
        "decided_on": "2026-03-01",
        "decided_by": "Ouders en begeleider",
        "why_safe_enough": "Vader weet niet waarheen.",
    }
    answer = client.post(url, typed)
    assert answer.status_code == 200
    assert "Leeuwarden heeft hier geen contactpunt" in answer.content.decode()
    assert 'type="checkbox" name="knows_there_is_none"' in answer.content.decode()
    assert "Vader weet niet waarheen." in answer.content.decode() or page == "handover:plan_move"
    assert client.post(url, typed | {"knows_there_is_none": "on"}).status_code == 302

    ContactPoint.objects.create(
        municipality=there, function_name="Meldpunt", central_phone="14 058", valid_from=date(2026, 1, 1)
    )
    # There is one now: nothing is asked.
    assert "knows_there_is_none" not in client.post(url, typed | {"municipality": ""}).context["form"].errors
    if page == "handover:plan_departure":
        assert client.post(url, typed).status_code == 302
