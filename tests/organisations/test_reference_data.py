from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import translation

from organisations.kinds import DefaultKind
from organisations.models import Basis, CodeItem, CodeList, Municipality, Organisation, OrganisationKind, Region
from organisations.reference_data import DIRECTORY, WrongData, load

TODAY = date(2026, 11, 24)

ASKED_KINDS = {
    "police",
    "veilig_thuis",
    "care_and_safety_house",
    "housing_corporation",
    "work_and_income",
    "debt_support",
    "financial_administrator",
    "neighbourhood_team",
    "youth_team",
    "centre_for_youth_and_family",
    "social_work",
    "volunteer_organisation",
    "specialised_youth_care",
    "youth_health_care",
    "general_practice",
    "infant_welfare_centre",
    "school_primary",
    "school_secondary",
    "mental_health_care",
    "addiction_care",
    "child_protection",
    "disability_support",
    "forensic_care",
}


@pytest.mark.row("B15")
def test_every_kind_of_organisation_around_a_family_is_in_the_default_data(reference_data):
    kinds = set(OrganisationKind.objects.filter(is_default=True).values_list("slug", flat=True))

    assert kinds >= ASKED_KINDS
    assert len(ASKED_KINDS) >= 19
    assert kinds >= {"womens_shelter", "mens_shelter", "child_protection_board", "municipality"}


@pytest.mark.row("B15")
def test_a_kind_is_stored_in_the_source_language_whoever_loads_it(db):
    with translation.override("nl"):
        load()

    assert OrganisationKind.objects.get(slug=DefaultKind.SCHOOL_PRIMARY).name == "Primary school"


@pytest.mark.row("B19")
def test_every_municipality_resolves_to_one_veilig_thuis_region_and_one_centre_municipality(reference_data):
    current = Municipality.objects.current(TODAY).select_related("veilig_thuis_region", "centre_municipality")

    assert len(current) == 342
    for here in current:
        assert here.veilig_thuis_region.kind == Region.Kind.VEILIG_THUIS
        # A centre municipality is its own centre, so the chain is one step long.
        assert here.centre_municipality.centre_municipality_id == here.centre_municipality_id
    assert not current.unresolved().exists()
    assert len({here.centre_municipality_id for here in current}) == 35
    assert len({here.veilig_thuis_region_id for here in current}) == 26


@pytest.mark.row("B19")
def test_the_gap_list_shows_every_link_that_is_not_from_a_source(reference_data):
    unsure = {
        here.pk
        for here in Municipality.objects.all()
        if not {here.veilig_thuis_basis, here.centre_basis} <= {Basis.VERIFIED, Basis.CONFIRMED}
    }

    assert set(Municipality.objects.with_gaps().values_list("pk", flat=True)) == unsure
    assert unsure


@pytest.mark.row("B19")
def test_a_confirmed_municipality_leaves_the_gap_list(reference_data):
    here = Municipality.objects.get(code="GM0344")
    here.veilig_thuis_basis = here.centre_basis = Basis.CONFIRMED
    here.save(update_fields=["veilig_thuis_basis", "centre_basis"])

    assert here.is_verified
    assert not Municipality.objects.with_gaps().filter(pk=here.pk).exists()


@pytest.mark.row("B19")
@pytest.mark.parametrize("missing", ["veilig_thuis_region", "centre_municipality"])
def test_a_missing_link_is_a_gap_even_when_it_was_confirmed(reference_data, missing):
    Municipality.objects.filter(code="GM0344").update(
        **{missing: None, "veilig_thuis_basis": Basis.CONFIRMED, "centre_basis": Basis.CONFIRMED}
    )

    assert Municipality.objects.unresolved().get().code == "GM0344"
    assert Municipality.objects.with_gaps().filter(code="GM0344").exists()


def test_every_list_and_every_choice_says_where_it_comes_from(reference_data):
    assert CodeList.objects.count() >= 20
    assert not CodeList.objects.filter(source="").exists()
    assert set(CodeList.objects.values_list("basis", flat=True)) <= set(Basis)
    assert set(CodeItem.objects.values_list("basis", flat=True)) <= set(Basis)
    assert not CodeItem.objects.filter(label_nl="").exists()
    assert not CodeList.objects.filter(items=None).exists()


@pytest.mark.row("C35")
def test_there_are_exactly_six_life_domains(reference_data):
    domains = CodeItem.objects.of("life_domains").valid_on(TODAY).in_order()

    assert [item.code for item in domains] == ["safety", "family", "education", "health_care", "finances", "housing"]


@pytest.mark.row("E1")
def test_the_eight_sub_domains_fall_under_the_six(reference_data):
    parts = CodeItem.objects.of("life_sub_domains").select_related("parent__code_list")

    assert {item.code for item in parts} >= {
        "safety",
        "housing",
        "work_and_income",
        "debts",
        "relationships",
        "parenting_support",
        "health",
        "education",
    }
    assert {item.parent.code_list.slug for item in parts} == {"life_domains"}
    assert len({item.parent.code for item in parts}) == 6


@pytest.mark.row("D5")
def test_working_through_trauma_and_behaviour_is_something_a_plan_can_be_about(reference_data):
    part = CodeItem.objects.of("life_sub_domains").valid_on(TODAY).get(code="trauma_and_behaviour")

    assert part.parent.code == "health_care"


def test_the_special_situations_are_there(reference_data):
    codes = set(CodeItem.objects.of("case_context").values_list("code", flat=True))

    assert codes >= {"honour_related_violence", "human_trafficking", "loverboy_exploitation"}


def test_loading_twice_changes_nothing(reference_data):
    before = list(Municipality.objects.order_by("code").values())

    again = load()

    assert all((table.added, table.changed, table.kept) == (0, 0, 0) for table in again)
    assert [table.unchanged for table in again] == [table.added for table in reference_data]
    assert list(Municipality.objects.order_by("code").values()) == before


def test_what_an_administrator_confirmed_is_never_overwritten(reference_data):
    here = Municipality.objects.get(code="GM0344")
    other = Region.objects.get(kind=Region.Kind.VEILIG_THUIS, name="Flevoland")
    here.veilig_thuis_region, here.veilig_thuis_basis = other, Basis.CONFIRMED
    here.save(update_fields=["veilig_thuis_region", "veilig_thuis_basis"])

    again = {table.table: table for table in load()}

    here.refresh_from_db()
    assert (here.veilig_thuis_region, here.veilig_thuis_basis) == (other, Basis.CONFIRMED)
    assert again["organisations_municipality"].kept == 1


def test_what_nobody_confirmed_follows_the_file(reference_data):
    Municipality.objects.filter(code="GM0344").update(province="Zeeland")

    again = {table.table: table for table in load()}

    assert Municipality.objects.get(code="GM0344").province == "Utrecht"
    assert again["organisations_municipality"].changed == 1


@pytest.mark.row("B19")
def test_a_merger_in_the_file_gives_the_old_municipality_an_end_and_a_successor(reference_data, edit):
    directory = edit(
        GM0344={"valid_until": "2027-01-01", "successor_code": "GM9998"},
        GM9998={"name": "Nieuw-Molendijk", "valid_from": "2027-01-01", "centre_code": "GM9998"},
    )

    load(directory)

    old = Municipality.objects.get(code="GM0344")
    assert old.on(date(2026, 12, 31)) == old
    assert old.on(date(2027, 1, 1)).name == "Nieuw-Molendijk"
    assert Municipality.objects.current(date(2027, 1, 1)).count() == 342


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        (
            {
                "GM0344": {"valid_until": "2027-01-01", "successor_code": "GM0014"},
                "GM0014": {"valid_until": "2027-01-01", "successor_code": "GM0344"},
            },
            "circle",
        ),
        ({"GM0344": {"veilig_thuis_region": "Nergenshuizen"}}, "is in no file"),
        ({"GM0344": {"centre_code": "GM9999"}}, "is in no file"),
        ({"GM0344": {"code": "GM0014"}}, "there twice"),
    ],
)
def test_a_file_that_contradicts_itself_changes_nothing(reference_data, edit, rows, refusal):
    Municipality.objects.filter(code="GM0034").update(province="Zeeland")

    with pytest.raises(WrongData, match=refusal):
        load(edit(**rows))

    assert Municipality.objects.get(code="GM0034").province == "Zeeland"


def test_an_item_under_a_domain_that_does_not_exist_is_refused(db, files):
    path = files / "code_lists.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"parent": "housing"', '"parent": "garden"'), "utf-8")

    with pytest.raises(WrongData, match="garden"):
        load(files)

    assert not CodeList.objects.exists()


def test_the_database_refuses_a_municipality_that_ends_in_nothing(reference_data, edit):
    with pytest.raises(IntegrityError, match="municipality_that_ended_has_a_successor_or_a_reason"):
        load(edit(GM0344={"valid_until": "2027-01-01"}))


@pytest.mark.django_db
class TestCommand:
    def test_it_says_what_it_did_and_what_is_left_to_confirm(self, capsys):
        call_command("load_reference_data")

        out = capsys.readouterr().out
        assert "organisations_municipality: 342 added, 0 changed" in out
        assert "Without a Veilig Thuis region or centre municipality: 0." in out
        assert f"To be confirmed: {Municipality.objects.with_gaps().count()}." in out

    @pytest.mark.parametrize(
        "wrong", [{"valid_until": "tomorrow"}, {"centre_basis": "hearsay"}, {"valid_until": "2027-01-01"}]
    )
    def test_a_wrong_file_ends_in_one_sentence(self, edit, wrong):
        with pytest.raises(CommandError, match="Nothing was loaded"):
            call_command("load_reference_data", directory=edit(GM0344=wrong))

    def test_absent_files_end_in_one_sentence_too(self, tmp_path):
        with pytest.raises(CommandError, match="Nothing was loaded"):
            call_command("load_reference_data", directory=tmp_path)


def test_no_real_organisation_comes_with_the_application(reference_data):
    assert not Organisation.objects.exists()


def test_the_files_are_small_enough_to_read():
    sizes = {path.name: path.stat().st_size for path in DIRECTORY.iterdir()}

    assert set(sizes) == {"DATA.md", "code_lists.json", "municipalities.csv", "regions.csv"}
    assert max(sizes.values()) < 50_000
