"""Builders for reference data. Nothing random; every name is made up."""

from datetime import date
from itertools import count

from organisations.models import (
    Basis,
    CodeItem,
    CodeList,
    Municipality,
    Organisation,
    OrganisationKind,
    Region,
)

_number = count(9000)


def region(*, kind=Region.Kind.VEILIG_THUIS, name="Duinstreek", **fields):
    found, _ = Region.objects.get_or_create(
        kind=kind, name=name, defaults={"basis": Basis.VERIFIED, "valid_from": date(2023, 1, 1)} | fields
    )
    return found


def municipality(*, name="Molendijk", **fields):
    defaults = {
        "code": f"GM{next(_number)}",
        "province": "Utrecht",
        "basis": Basis.VERIFIED,
        "veilig_thuis_basis": Basis.VERIFIED,
        "centre_basis": Basis.VERIFIED,
        "valid_from": date(2023, 1, 1),
    }
    return Municipality.objects.create(name=name, **defaults | fields)


def kind(slug):
    found, _ = OrganisationKind.objects.get_or_create(slug=slug, defaults={"name": slug, "basis": Basis.VERIFIED})
    return found


def organisation(*, of_kind="neighbourhood_team", name="Wijkteam Zonnehof", municipality, **fields):
    return Organisation.objects.create(kind=kind(of_kind), name=name, municipality=municipality, **fields)


def code_item(*, slug="colours", code="red", **fields):
    code_list, _ = CodeList.objects.get_or_create(
        slug=slug, defaults={"title_nl": "Kleuren", "title_en": "Colours", "basis": Basis.VERIFIED, "source": "own"}
    )
    defaults = {"label_nl": "rood", "label_en": "red", "basis": Basis.VERIFIED, "valid_from": date(2023, 1, 1)}
    return CodeItem.objects.create(code_list=code_list, code=code, **defaults | fields)
