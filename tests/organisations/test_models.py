from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from organisations.kinds import DefaultKind
from organisations.models import CodeItem, ContactPoint, Municipality, Organisation, Region, Team
from tests.organisations import factories as make

pytestmark = pytest.mark.django_db
END = date(2027, 1, 1)


class TestMunicipalityOn:
    def test_one_that_exists_is_itself(self):
        here = make.municipality()

        assert here.on(END) == here

    def test_the_last_day_still_belongs_to_the_old_one(self):
        new = make.municipality(valid_from=END)
        old = make.municipality(valid_until=END, successor=new)

        assert old.on(END - timedelta(days=1)) == old
        assert old.on(END) == new

    def test_two_mergers_are_followed(self):
        last = make.municipality(valid_from=date(2029, 1, 1))
        middle = make.municipality(valid_from=END, valid_until=date(2029, 1, 1), successor=last)
        first = make.municipality(valid_until=END, successor=middle)

        assert [first.on(date(year, 6, 1)) for year in (2026, 2028, 2030)] == [first, middle, last]

    def test_one_that_ended_in_nothing_is_a_gap(self):
        here = make.municipality(valid_until=END, ended_because="onbekend")

        assert here.on(END) is None

    def test_a_circle_of_successors_is_a_gap_and_not_an_endless_search(self):
        one = make.municipality()
        other = make.municipality(valid_until=END, successor=one)
        Municipality.objects.filter(pk=one.pk).update(valid_until=END, successor=other)

        assert Municipality.objects.get(pk=one.pk).on(END) is None


def test_only_what_holds_today_may_be_chosen():
    new = make.municipality(valid_from=END)
    old = make.municipality(valid_until=END, successor=new)

    assert list(Municipality.objects.current(END - timedelta(days=1))) == [old]
    assert list(Municipality.objects.current(END)) == [new]
    assert old.is_valid_on(END - timedelta(days=1))
    assert not old.is_valid_on(END)
    assert not new.is_valid_on(END - timedelta(days=1))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"valid_until": END}, "municipality_that_ended_has_a_successor_or_a_reason"),
        ({"valid_until": date(2022, 1, 1), "ended_because": "x"}, "municipality_ends_after_it_begins"),
        ({"code": "0344"}, "municipality_code_has_its_form"),
    ],
)
def test_the_database_refuses_a_municipality(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make.municipality(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"valid_until": END, "successor": "itself"}, "municipality_does_not_succeed_itself"),
        ({"successor": "other"}, "municipality_with_a_successor_has_ended"),
        ({"code": "GM0001"}, "municipality_code_is_unique"),
    ],
)
def test_the_database_refuses_a_change_of_a_municipality(fields, constraint):
    here, other = make.municipality(), make.municipality(code="GM0001")
    if "successor" in fields:
        fields = fields | {"successor": {"itself": here, "other": other}[fields["successor"]]}

    with pytest.raises(IntegrityError, match=constraint):
        Municipality.objects.filter(pk=here.pk).update(**fields)


class TestContactPoint:
    def test_a_municipality_without_one_is_found(self):
        with_one, without = make.municipality(), make.municipality()
        ContactPoint.objects.create(
            municipality=with_one, function_name="Contactpunt nazorg", central_phone="000 000 00 00"
        )

        assert list(Municipality.objects.without_contact_point()) == [without]

    @pytest.mark.parametrize("empty", ["function_name", "central_phone"])
    def test_one_without_a_function_or_a_number_is_refused(self, empty):
        fields = {"function_name": "Contactpunt nazorg", "central_phone": "000 000 00 00"} | {empty: ""}

        with pytest.raises(IntegrityError, match="contact_point_has_a_function_and_a_number"):
            ContactPoint.objects.create(municipality=make.municipality(), **fields)


class TestServing:
    def test_a_team_serves_its_own_municipality_only(self):
        here, elsewhere = make.municipality(), make.municipality()
        team = make.organisation(municipality=here)

        assert list(Organisation.objects.serving(here)) == [team]
        assert not Organisation.objects.serving(elsewhere).exists()

    def test_an_organisation_of_a_region_serves_all_of_it_and_nothing_else(self):
        region = make.region()
        seat, neighbour = (make.municipality(veilig_thuis_region=region) for _ in range(2))
        outside = make.municipality(veilig_thuis_region=make.region(name="Heuvelland"))
        make.organisation(of_kind=DefaultKind.VEILIG_THUIS, municipality=seat, serves_region=region)

        assert Organisation.objects.serving(neighbour).of_kind(DefaultKind.VEILIG_THUIS).exists()
        assert not Organisation.objects.serving(outside).exists()

    def test_the_police_serve_a_safety_region(self):
        region = make.region(kind=Region.Kind.SAFETY)
        here = make.municipality(safety_region=region)
        police = make.organisation(of_kind=DefaultKind.POLICE, municipality=make.municipality(), serves_region=region)

        assert list(Organisation.objects.serving(here)) == [police]
        assert not Organisation.objects.serving(police.municipality).exists()  # it only has its office there

    def test_a_municipality_without_regions_is_served_by_no_region(self):
        make.organisation(municipality=make.municipality(), serves_region=make.region())

        assert not Organisation.objects.serving(make.municipality()).exists()


def test_shelters_are_those_for_women_and_for_men():
    here = make.municipality()
    women, men = (
        make.organisation(of_kind=slug, name=name, municipality=here)
        for slug, name in [("womens_shelter", "De Haven"), ("mens_shelter", "De Kade")]
    )
    school = make.organisation(of_kind="school_primary", municipality=here)

    assert set(Organisation.objects.shelters()) == {women, men}
    assert women.kind.is_shelter
    assert not school.kind.is_shelter
    assert school.kind.is_school


def test_one_that_stopped_is_not_offered():
    make.organisation(municipality=make.municipality(), is_active=False)

    assert not Organisation.objects.active().exists()


def test_names_sort_as_a_person_expects_in_any_database():
    here = make.municipality()
    for name in ["Zoë", "Öztürk", "Ébène", "Aad", "'t Hooft"]:
        make.organisation(name=name, municipality=here)

    names = list(Organisation.objects.order_by("plain_name", "pk").values_list("name", flat=True))
    assert names == ["'t Hooft", "Aad", "Ébène", "Öztürk", "Zoë"]
    assert Organisation.objects.get(plain_name="ebene").name == "Ébène"


def test_the_same_name_twice_would_send_a_signal_to_the_wrong_one():
    here = make.municipality()
    make.organisation(municipality=here)

    with pytest.raises(IntegrityError, match="organisation_name_is_unique_for_its_kind_and_municipality"):
        make.organisation(municipality=here)


def test_nothing_that_ends_up_in_a_log_names_an_organisation_or_its_team():
    organisation = make.organisation(name="Basisschool De Linde", municipality=make.municipality())
    team = Team.objects.create(organisation=organisation, name="Team Noord")

    assert "Linde" not in str(organisation)
    assert "Noord" not in str(team)
    assert str(organisation) != str(team)


def test_a_choice_that_ended_is_no_longer_offered_and_still_there():
    old = make.code_item(code="red", valid_until=END, order=2)
    new = make.code_item(code="blue", label_nl="blauw", label_en="blue", valid_from=END, order=1)

    assert list(CodeItem.objects.of("colours").valid_on(END)) == [new]
    assert list(CodeItem.objects.of("colours").in_order()) == [new, old]


def test_a_choice_speaks_the_language_of_the_reader_and_dutch_when_it_must():
    item, dutch_only = make.code_item(), make.code_item(code="blue", label_nl="blauw", label_en="")

    with translation.override("nl"):
        assert (item.label, item.code_list.title) == ("rood", "Kleuren")
    with translation.override("en"):
        assert (item.label, item.code_list.title, dutch_only.label) == ("red", "Colours", "blauw")


def test_a_choice_is_not_its_own_parent():
    item = make.code_item()

    with pytest.raises(IntegrityError, match="code_item_is_not_its_own_parent"):
        CodeItem.objects.filter(pk=item.pk).update(parent=item)


@pytest.mark.parametrize("table", ["municipality", "organisation", "team", "codeitem", "contactpoint", "region"])
@pytest.mark.parametrize("role", ["vinger_app", "vinger_jobs"])
def test_people_and_jobs_may_read_and_change_but_never_remove(table, role):
    with connection.cursor() as cursor:
        rights = {}
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, f"organisations_{table}", right])
            rights[right] = cursor.fetchone()[0]

    assert rights == {"SELECT": True, "INSERT": True, "UPDATE": True, "DELETE": False}
