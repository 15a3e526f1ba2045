"""The register of what people and organisations know and can show: written and read back, without a family."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.policy import GRANTS, WITHOUT_FAMILIES
from accounts.models import Role
from cases.models import Family
from collaboration.models import (
    MEETINGS_A_YEAR,
    SUPPORTER_NEEDS,
    ContactPerson,
    NetworkMeeting,
    Protocol,
    QualityRequirement,
    Training,
    TrainingSubject,
    Wish,
)
from handover.forms import AssignSupporter
from handover.supporters import supporters_of
from organisations.models import Municipality, Supporter
from organisations.reference_data import load
from tests import factories
from tests.municipalities.agreed import agreement

NOW, TODAY = factories.NOW, factories.NOW.date()
FROM = date(2026, 1, 1)


@pytest.fixture
def town(db):
    """A coordinator in Zwolle, with a team, a school, a shelter and a supporter."""
    load()
    place = Municipality.objects.get(name="Zwolle")

    def organisation(name, kind):
        return factories.OrganisationFactory(name=name, kind__slug=kind, municipality=place)

    place.seat = organisation("Gemeenteteam Oostrand", "municipality")
    place.coordinator = factories.user(Role.COORDINATOR, at=place.seat)
    place.team, place.school = organisation("Wijkteam", "neighbourhood_team"), organisation("School", "school_primary")
    place.shelter = organisation("De Luwte", "womens_shelter")
    place.worker = factories.user(at=place.team, name="Samir Bouzid")
    place.supporter = Supporter.objects.create(
        user=place.worker,
        organisation=place.team,
        municipality=place,
        valid_from=FROM,
        attention_area="Gezinnen",
        capacity=5,
    )
    return place


@pytest.fixture
def browser(town, sign_in):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(town.coordinator)


def send(browser, form, /, *arguments, **answers):
    return browser.post(reverse(f"municipalities:{form}", args=arguments), answers, follow=True).content.decode()


def read(browser, name, *arguments):
    return browser.get(reverse(f"municipalities:{name}", args=arguments)).content.decode()


def follow(town, *subjects, user=None, organisation=None, **fields):
    for subject in subjects:
        Training.objects.create(
            owner=town.seat,
            user=user or town.worker,
            organisation=organisation or town.team,
            subject=subject,
            **{"followed_on": FROM} | fields,
        )


@pytest.mark.row("J9", "J10")
def test_a_training_counts_for_its_organisation_until_its_last_day(browser, town, sign_in):
    factories.user(at=town.team)
    for subject in ("domestic_violence", "meldcode"):
        answers = {"user": town.worker.pk, "at_organisation": town.team.pk, "subject": subject}
        answers |= {"followed_on": "2026-02-01", "valid_until": TODAY.isoformat()}
        page = send(browser, "record_training", **answers)
    assert "Huiselijk geweld en kindermishandeling: 50%" in page
    assert "Meldcode: 50%" in page
    assert "Dit was al opgeschreven." in send(browser, "record_training", **answers)
    assert Training.objects.count() == 2

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = read(sign_in(town.coordinator), "expertise")

    assert "Huiselijk geweld en kindermishandeling: 0%" in page
    assert "Meldcode: 0%" in page
    browser = sign_in(town.coordinator)
    wrong = send(browser, "record_training", **answers | {"followed_on": "2026-02-02", "valid_until": "2026-01-01"})
    assert "De laatste dag komt na de eerste." in wrong


@pytest.mark.row("J11")
def test_a_supporter_without_the_four_trainings_is_a_warning_where_she_is_chosen(browser, town):
    *three, last = sorted(SUPPORTER_NEEDS)
    follow(town, *three)

    def warned():
        (one,) = supporters_of(town, today=TODAY)
        form = AssignSupporter(candidates=[one])
        return form.fields["who"].widget.then

    assert "heeft nog niet gevolgd" in read(browser, "expertise")
    assert [words for words in warned().values() if str(TrainingSubject(last).label) in words]

    follow(town, last)

    assert "bevoegd: vier scholingen gevolgd" in read(browser, "expertise")
    assert warned() == {}
    Training.objects.filter(subject=last).update(valid_until=TODAY - timedelta(days=1))
    assert warned()


@pytest.mark.row("B31")
def test_a_supporter_who_was_never_in_a_shelter_is_listed_until_she_was(browser, town):
    assert "nog niet kennisgemaakt in een opvang" in read(browser, "expertise")

    answers = {"user": town.worker.pk, "shelter": town.shelter.pk, "visited_on": "2026-02-20"}
    page = send(browser, "record_introduction", **answers)

    assert "nog niet kennisgemaakt in een opvang" not in page
    assert "20-02-2026" in page
    assert "Deze dag moet nog komen." in send(browser, "record_introduction", **answers | {"visited_on": "2027-01-01"})


@pytest.mark.row("A12")
def test_three_meetings_of_four_in_a_year_and_who_came(browser, town):
    for month in (1, 2, 9):
        answers = {"theme": f"Thema {month}", "meets_on": f"2026-0{month}-10", "guests": [town.team.pk, town.school.pk]}
        page = send(browser, "plan_meeting", **answers)
    send(browser, "plan_meeting", **answers)  # a double click
    assert NetworkMeeting.objects.count() == 3
    assert f"3 van {MEETINGS_A_YEAR} in 2026" in page
    first, last = NetworkMeeting.objects.order_by("meets_on")[0], NetworkMeeting.objects.order_by("-meets_on")[0]

    page = send(browser, "record_attendance", first.pk, organisation=town.team.pk, came=7)

    assert "7 mensen kwamen" in page
    for organisation in (town.team, town.school):
        assert f"{organisation.name} ({organisation.kind.label})" in page
    assert "nog komen" in send(browser, "record_attendance", last.pk, organisation=town.team.pk, came=7)
    last.meets_on = date(2027, 1, 10)
    last.save()
    assert f"2 van {MEETINGS_A_YEAR} in 2026" in read(browser, "expertise")


@pytest.mark.parametrize("day", ["2020-03-01", "2062-03-01"])
def test_a_meeting_of_a_year_that_nobody_counts_is_not_planned(browser, town, day):
    page = send(browser, "plan_meeting", theme="Geld na een verhuizing", meets_on=day, guests=[town.team.pk])

    assert "Kies een dag van 2026 tot en met 2028." in page
    assert "Geld na een verhuizing" in page
    assert not NetworkMeeting.objects.exists()


@pytest.mark.row("B10", "J8")
def test_contact_persons_stand_in_the_directory_with_a_back_up_and_a_shelter_without_its_name(browser, town, sign_in):
    for name, organisation in (("Ans de Groot", town.school), ("Bep Kuiper", town.shelter)):
        backup = ContactPerson.objects.filter(name="Ans de Groot").values_list("pk", flat=True).first() or ""
        send(
            browser,
            "record_contact_person",
            organisation=organisation.pk,
            name=name,
            function_name="Coach",
            direct_phone="088 000 00 61",
            backup=backup,
        )
    spoken = {"organisation": town.school.pk, "name": "Cor", "function_name": "Coach", "direct_phone": "bel mij"}
    assert "Schrijf een telefoonnummer" in send(browser, "record_contact_person", **spoken)
    worker = sign_in(town.worker)
    url = reverse("municipalities:directory")
    page = worker.get(url, {"gemeente": town.code}).content.decode()

    for words in ("Ans de Groot", "Bep Kuiper", "Coach", "088 000 00 61", "geen achterwacht", "Samir Bouzid"):
        assert words in page
    assert "De Luwte" not in page
    elsewhere = Municipality.objects.get(name="Utrecht")
    empty = worker.get(url, {"gemeente": elsewhere.code}).content.decode()
    assert "Ans de Groot" not in empty
    assert "geen ondersteuner" in empty

    browser = sign_in(town.coordinator)
    ans = ContactPerson.objects.get(name="Ans de Groot")
    send(browser, "end_contact_person", ans.pk)
    assert "Dit was al gedaan." in send(browser, "end_contact_person", ans.pk)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "<bdi>Ans de Groot</bdi>, Coach" not in read(sign_in(town.coordinator), "directory")


@pytest.mark.row("C27")
def test_an_organisation_without_a_protocol_is_flagged(browser, town):
    send(browser, "record_protocol", organisation=town.school.pk, has_one="no")
    page = send(browser, "record_protocol", organisation=town.team.pk, has_one="yes", dated_on="2025-05-01")

    assert "geen protocol" in page
    assert "van 1 mei 2025" in page
    assert "Zeg van welke datum het is." in send(browser, "record_protocol", organisation=town.team.pk, has_one="yes")
    assert Protocol.objects.count() == 2
    for organisation in (town.school, town.team):
        known = {"name": "Ans", "function_name": "Coach", "direct_phone": "088 000 00 61"}
        page = send(browser, "record_contact_person", organisation=organisation.pk, **known)
    assert page.count("geen protocol") == 1


@pytest.mark.row("C29", "C30")
def test_the_checklist_of_a_shelter_says_what_can_be_shown_and_leaves_as_a_spreadsheet(browser, town):
    asked = list(QualityRequirement.objects.valid_on(TODAY).order_by("order", "code"))
    assert asked
    answers = {"shelter": town.shelter.pk, "requirement": asked[0].pk, "shown": "yes", "checked_on": "2026-02-01"}
    assert "Zeg met welk document" in send(browser, "check_quality", **answers)

    page = send(browser, "check_quality", **answers | {"proof": "=Handboek, deel 2"})

    assert f"1 van {len(asked)} zijn aantoonbaar." in page
    answers |= {"shown": "no", "checked_on": "2026-02-20"}
    assert f"0 van {len(asked)} zijn aantoonbaar." in send(browser, "check_quality", **answers)
    exported = browser.get(reverse("municipalities:export_quality")).content.decode("utf-8-sig")
    assert len(exported.strip().split("\r\n")) == 1 + len(asked) + 1  # the heads, and who took it out
    assert "De Luwte" in exported
    assert '"=' not in exported


@pytest.mark.row("C28", "K11")
def test_the_vision_of_the_region_and_decisions_say_where_they_are_kept(browser, town):
    send(browser, "record_vision", title="Regiovisie 2026", kept_at="Archief, map 12", adopted_on="2026-01-15")
    page = send(
        browser,
        "record_decision",
        decided_on="2026-02-03",
        decided_by="De raad",
        what="Vier jaar geld voor ondersteuners",
    )

    for words in ("Regiovisie 2026", "Archief, map 12", "3 februari 2026", "De raad", "Vier jaar geld"):
        assert words in page


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("record_training", "followed_on"),
        ("record_introduction", "visited_on"),
        ("record_protocol", "dated_on"),
        ("record_vision", "adopted_on"),
        ("record_decision", "decided_on"),
        ("record_wish", "received_on"),
        ("check_quality", "checked_on"),
    ],
)
def test_a_day_that_is_still_to_come_is_said_beside_the_field_and_what_was_typed_stays(browser, town, name, day):
    address = reverse(f"municipalities:{name}")
    typed = {one: "Zo is het." for one in ("title", "kept_at", "decided_by", "what", "words", "proof")}

    answer = browser.post(address, typed | {day: "2031-01-01"})

    assert answer.context["form"].errors[day] == ["Deze dag moet nog komen."]
    shown = answer.content.decode()
    asked = [one for one in typed if one in answer.context["form"].fields]
    assert shown.count("Zo is het.") == len(asked)
    # The browser does not stop it first with a message of its own that vanishes.
    assert "novalidate" in shown


@pytest.mark.row("B25")
def test_a_wish_without_anybodys_data_is_linked_to_a_figure(browser, town):
    page = send(
        browser,
        "record_wish",
        received_on="2026-02-03",
        source="client_council",
        words="Een vast gezicht na de opvang.",
        indicator="regie",
    )

    assert "Een vast gezicht na de opvang." in page
    assert f"Zegt iets over: {Wish.objects.get().get_indicator_display()}." in page


@pytest.mark.row("B24")
@pytest.mark.parametrize("role", sorted(WITHOUT_FAMILIES))
def test_who_leads_the_project_or_knows_a_shelter_reads_the_register_and_opens_no_family(
    town, cast, client, sign_in, role
):
    meeting = NetworkMeeting.objects.create(
        owner=town.seat, region=town.veilig_thuis_region, theme="Samen", meets_on=TODAY
    )
    meeting.guests.create(organisation=town.shelter)
    agreement(town.seat, by=town.coordinator, partners=[town.shelter])
    someone = factories.user(role, at=town.seat)
    factories.involvement(cast.family, town.seat, "responsible")
    factories.involvement(cast.family, town.seat, "working")
    factories.assignment(cast.family, someone, town.seat)
    browser = sign_in(someone)

    pages = [reverse(f"municipalities:{name}") for name in ("expertise", "quality", "agreements", "directory")]
    for page in (*pages, meeting.get_absolute_url()):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        # Where a shelter is follows from its name: they read what kind of organisation it is.
        assert "De Luwte" not in answer.content.decode(), page
    assert browser.get(reverse("municipalities:export_quality")).status_code == 404
    reads_figures = 200 if role == Role.PROJECT_LEADER else 404
    assert browser.get(reverse("municipalities:figures")).status_code == reads_figures
    assert browser.get(reverse("municipalities:families")).status_code == 404
    assert browser.get(reverse("municipalities:record_wish")).status_code == 404
    assert not any(role in grant.roles for grants in GRANTS.values() for grant in grants)
    assert not Family.objects.visible_to(someone).exists()
    assert browser.get(reverse("overview:family", args=[cast.family.pk])).status_code == 404


def test_a_meeting_is_read_in_its_own_region(browser, town, sign_in):
    elsewhere = Municipality.objects.get(name="Maastricht")
    meeting = NetworkMeeting.objects.create(
        owner=factories.OrganisationFactory(kind__slug="municipality", municipality=elsewhere),
        region=elsewhere.veilig_thuis_region,
        theme="Samen",
        meets_on=TODAY,
    )
    meeting.guests.create(organisation=town.shelter)

    assert browser.get(meeting.get_absolute_url()).status_code == 404
    NetworkMeeting.objects.update(region=town.veilig_thuis_region)
    assert "De Luwte" in browser.get(meeting.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_with_two_organisations_and_with_twenty(browser, town):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            read(browser, "expertise")
        return len(asked)

    read(browser, "expertise")
    few = cost()
    for number in range(18):
        made = factories.OrganisationFactory(name=f"Team {number}", kind__slug="neighbourhood_team", municipality=town)
        user = factories.user(at=made)
        follow(town, "meldcode", "domestic_violence", user=user, organisation=made)
        Supporter.objects.create(
            user=user, organisation=made, municipality=town, valid_from=FROM, attention_area="x", capacity=2
        )
        Wish.objects.create(
            owner=town.seat, received_on=FROM, source="client", words=f"W{number}", recorded_by=town.coordinator
        )
    assert cost() == few
