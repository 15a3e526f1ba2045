"""Who must consent, what is missing, and taking it back: a matrix per child, by age and authority (I7, I8)."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import consent, operations
from cases.models import Consent, ConsentHow, Ground, GroundKind, Law, Level, ParentalAuthority, Person, Place, Share
from core.errors import NotAllowed, WrongState
from tests import factories
from tests.cases.test_sharing import ENDS_AT, shared, typed, url
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("authority")

TODAY = NOW.date()


def child_of(age, *, days=0):
    """A child that turned `age` today, or `days` later."""
    return Person(
        place=Place.CHILD, given_name="Kind", born_on=TODAY - relativedelta(years=age) + relativedelta(days=days)
    )


MOTHER, FATHER = (
    Person(place=place, given_name=name) for place, name in ((Place.CLIENT, "Moeder"), (Place.EX_PARTNER, "Vader"))
)


def names(child, law, holders=(MOTHER, FATHER)):
    return {giver.given_name for giver in consent.needed_for(child, law, holders=holders, on=TODAY).givers}


@pytest.mark.row("I8")
@pytest.mark.parametrize(
    ("age", "law", "expected"),
    [
        (11, Law.JEUGDWET, {"Moeder", "Vader"}),
        (12, Law.JEUGDWET, {"Kind", "Moeder", "Vader"}),
        (15, Law.JEUGDWET, {"Kind", "Moeder", "Vader"}),
        (16, Law.JEUGDWET, {"Kind"}),
        (11, Law.WMO, {"Moeder", "Vader"}),
        (12, Law.WMO, {"Kind"}),
        (16, Law.WMO, {"Kind"}),
        (15, Law.EDUCATION, {"Moeder", "Vader"}),
        (16, Law.EDUCATION, {"Kind"}),
    ],
)
def test_who_must_consent_follows_from_age_and_law(age, law, expected):
    assert names(child_of(age), law) == expected


@pytest.mark.row("I8")
def test_the_day_before_a_birthday_the_younger_rule_holds():
    assert names(child_of(12, days=1), Law.WMO) == {"Moeder", "Vader"}
    assert names(child_of(16, days=1), Law.JEUGDWET) == {"Kind", "Moeder", "Vader"}


@pytest.mark.row("I8")
def test_only_who_has_authority_is_asked():
    assert names(child_of(8), Law.WMO, holders=(MOTHER,)) == {"Moeder"}
    nobody = consent.needed_for(child_of(8), Law.WMO, holders=(), on=TODAY)
    assert (nobody.givers, len(nobody.gaps)) == ((), 1)


def test_a_child_of_unknown_age_is_passed_over_by_nobody():
    unknown = consent.needed_for(Person(place=Place.CHILD, given_name="Kind"), Law.JEUGDWET, holders=[MOTHER], on=TODAY)
    assert {giver.given_name for giver in unknown.givers} == {"Kind", "Moeder"}
    assert len(unknown.gaps) == 1


@pytest.mark.row("I8")
def test_the_page_shows_per_child_who_must_consent_and_what_is_missing(client, sign_in, world):
    father = Person.objects.create(family=world.family, place=Place.EX_PARTNER, given_name="Ronald")
    ParentalAuthority.objects.create(family=world.family, child=world.daan, holder=father, starts_on=date(2020, 1, 1))
    shared(
        world,
        with_organisation=world.team,
        persons=[world.daan.pk],
        ground=operations.NewGround(
            GroundKind.CONSENT,
            given_by=[world.client_person],
            consent_gap="unsafe_to_ask",
            second_professional=world.colleague,
            discussed_on=date(2026, 3, 1),
        ),
    )
    sign_in(world.worker)
    page = client.get(url("consents", world.family))
    rows = {row["child"].given_name: row for row in page.context["children"]}
    assert {giver.given_name for giver in rows["Daan"]["wmo"].givers} == {"Marloes", "Ronald"}
    assert {giver.given_name for giver in rows["Femke"]["youth"].givers} == {"Femke", "Marloes"}
    assert {giver.given_name for giver in rows["Femke"]["wmo"].givers} == {"Femke"}
    (line,) = page.context["shares"][0]["lines"]
    assert {giver["person"].given_name: giver["given"] for giver in line["givers"]} == {
        "Marloes": True,
        "Ronald": False,
    }
    assert page.context["shares"][0]["gap"] in page.content.decode()


@pytest.mark.row("I8")
def test_a_share_on_consent_says_beside_the_field_whose_consent_is_missing(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    answer = client.post(page, typed(world, task="jeugdwet"))
    assert answer.context["form"].errors.keys() == {"given_by"}
    assert "Marloes" in str(answer.context["form"].errors["given_by"])
    whole = typed(world, task="jeugdwet", given_by=[world.femke.pk, world.client_person.pk], confirm="1")
    assert client.post(page, whole).status_code == 302
    assert {(row.given_by, row.about) for row in Consent.objects.all()} == {
        (world.femke, world.femke),
        (world.client_person, world.femke),
    }


def test_a_missing_consent_can_be_weighed_and_takes_two(client, sign_in, world):
    sign_in(world.worker)
    page = url("share", world.family)
    gap = typed(world, task="jeugdwet", consent_gap="unsafe_to_ask", confirm="1")
    assert client.post(page, gap).context["form"].errors.keys() == {"second_professional"}
    assert client.post(page, {**gap, "second_professional": world.colleague.pk}).status_code == 302
    assert Share.objects.get().opened_at is None


@pytest.mark.row("I7")
def test_taking_a_consent_back_closes_the_share_on_the_next_request_in_one_step(client, sign_in, world):
    shared(world)
    given = Consent.objects.get()
    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 200

    sign_in(world.worker)
    form = reverse("cases:withdraw_consent", args=[given.pk])
    assert client.post(form, {}).status_code == 200  # a reason is asked (L4)
    assert client.post(form, {"because": "Femke wil het niet meer."}).url == url("consents", world.family)
    assert "Femke wil het niet meer." in client.get(url("consents", world.family)).content.decode()

    sign_in(world.mentor)
    assert client.get(url("alert", world.family)).status_code == 404
    with pytest.raises(WrongState):
        operations.withdraw_consent(given, because="Nog eens.", by=world.worker, at=NOW)


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "mentor"])
def test_only_the_regisseur_and_her_stand_in_record_that_it_is_taken_back(world, who):
    shared(world)
    with pytest.raises(NotAllowed):
        operations.withdraw_consent(Consent.objects.get(), because="x", by=getattr(world, who), at=NOW)


@pytest.mark.row("I7")
def test_consent_holds_a_year_at_most_from_the_day_it_was_given(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(url("share", world.family), typed(world, discussed_on="2025-06-01", until="2026-07-01"))
    assert answer.context["form"].errors.keys() == {"until"}
    shared(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(ends_on=date(2027, 4, 1))


def test_the_database_refuses_consent_that_nobody_gave(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(
            family=world.family,
            kind=GroundKind.CONSENT,
            discussed_on=TODAY,
            recorded_by=world.worker,
            recorded_at=NOW,
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_how_it_was_given_and_until_when_is_kept(world):
    ground = operations.NewGround(
        GroundKind.CONSENT, given_by=[world.femke], how=ConsentHow.WRITTEN, discussed_on=date(2026, 3, 1)
    )
    shared(world, ground=ground)
    row = Consent.objects.get()
    assert (row.how, row.given_on, row.ends_on) == ("written", date(2026, 3, 1), date(2026, 7, 2))


def test_above_be_alert_the_client_consents_too(world):
    ground = operations.NewGround(GroundKind.CONSENT, given_by=[world.femke], discussed_on=date(2026, 3, 1))
    with pytest.raises(WrongState, match="Marloes"):
        shared(world, level=Level.SAFETY_PLAN, reader=world.mentor, ground=ground)


def test_nothing_of_another_family_is_in_the_matrix(client, sign_in, world):
    other = factories.family()
    Person.objects.create(family=other, place=Place.CHILD, given_name="Ander")
    sign_in(world.worker)
    assert "Ander" not in client.get(url("consents", world.family)).content.decode()
    assert client.get(url("consents", other)).status_code == 404
    assert ENDS_AT
