"""Loading the reference data that comes with the application: regions, municipalities, kinds and code lists.

Loading again changes only what the files changed. What an administrator confirmed is never overwritten, so a page that
lets somebody change a row must set its basis to "confirmed". Nothing is removed: a row that is no longer in the files
stays, because files of families point at it. A merger is a row with an end and the code of its successor.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation

from core.models import Row
from organisations.basis import Basis
from organisations.kinds import DefaultKind
from organisations.models import CodeItem, CodeList, Municipality, OrganisationKind, Region

DIRECTORY = Path(__file__).resolve().parent / "data"

# Which fields each statement of basis vouches for. Once it says "confirmed", they are the administrator's.
_BY_BASIS: dict[type[Row], dict[str, tuple[str, ...]]] = {
    Region: {"basis": ("basis", "source", "valid_from", "valid_until")},
    Municipality: {
        "basis": (
            "basis",
            "name",
            "province",
            "safety_region_id",
            "valid_from",
            "valid_until",
            "successor_id",
            "ended_because",
        ),
        "veilig_thuis_basis": ("veilig_thuis_basis", "veilig_thuis_region_id"),
        "centre_basis": ("centre_basis", "centre_municipality_id"),
    },
    OrganisationKind: {"basis": ("basis", "name", "is_default")},
    CodeList: {"basis": ("basis", "title_nl", "title_en", "source")},
    CodeItem: {"basis": ("basis", "parent_id", "label_nl", "label_en", "order", "valid_from", "valid_until")},
}


class WrongData(ValueError):
    """A file says something that cannot be true. Nothing was loaded."""


@dataclass(frozen=True)
class Loaded:
    """What loading did to one table. `kept` rows differ from the file and stayed as an administrator confirmed them."""

    table: str
    added: int
    changed: int
    unchanged: int
    kept: int


@transaction.atomic
def load(directory: Path = DIRECTORY) -> list[Loaded]:
    """Bring the tables in line with the files, all of it or nothing.

    Raises `WrongData` on a file that contradicts itself, `ValueError` on a day or a basis that does not exist, and
    `IntegrityError` on a row the database refuses, such as a municipality that ended without a successor or a reason.
    """
    code_lists = json.loads((directory / "code_lists.json").read_text(encoding="utf-8"))
    return [
        _load_regions(_rows(directory / "regions.csv")),
        _load_municipalities(_rows(directory / "municipalities.csv")),
        _load_kinds(),
        _load_code_lists(code_lists),
        _load_code_items(code_lists),
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _keys(model: type[Row], natural: tuple[str, ...], wanted: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], UUID]:
    """Give every row, there already or new, its key, so that rows of one file can point at each other."""
    keys = {tuple(row): pk for pk, *row in model._default_manager.values_list("pk", *natural)}
    seen = set()
    for key in wanted:
        if key in seen:
            raise WrongData(f"{model.__name__} {key} is there twice.")
        seen.add(key)
        keys.setdefault(key, uuid4())
    return keys


def _store(model: type[Row], wanted: Sequence[Row]) -> Loaded:
    present = model._default_manager.in_bulk([row.pk for row in wanted])
    new = [row for row in wanted if row.pk not in present]
    changed, kept = [], 0
    for row in wanted:
        if (old := present.get(row.pk)) is not None:
            differs, was_kept = _take_over(old, row, _BY_BASIS[model])
            changed += [old] if differs else []
            kept += was_kept
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, _fields(model))
    unchanged = len(wanted) - len(new) - len(changed) - kept
    return Loaded(model._meta.db_table, len(new), len(changed), unchanged, kept)


def _take_over(old: Row, new: Row, by_basis: Mapping[str, tuple[str, ...]]) -> tuple[bool, bool]:
    """Copy what differs, unless it was confirmed. Return whether anything changed, and whether all of it was kept."""
    changed = kept = False
    for basis, fields in by_basis.items():
        differing = [field for field in fields if getattr(old, field) != getattr(new, field)]
        if differing and getattr(old, basis) == Basis.CONFIRMED:
            kept = kept or differing != [basis]
            continue
        for field in differing:
            setattr(old, field, getattr(new, field))
            changed = True
    return changed, kept and not changed


def _fields(model: type[Row]) -> list[str]:
    names = [name for fields in _BY_BASIS[model].values() for name in fields]
    return [model._meta.get_field(name.removesuffix("_id")).name for name in names]


def _load_regions(rows: list[dict[str, str]]) -> Loaded:
    keys = _keys(Region, ("kind", "name"), ((row["kind"], row["name"]) for row in rows))
    return _store(
        Region,
        [
            Region(
                id=keys[row["kind"], row["name"]],
                kind=row["kind"],
                name=row["name"],
                basis=Basis(row["basis"]),
                source=row["source"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_until=_day(row["valid_until"]),
            )
            for row in rows
        ],
    )


def _load_municipalities(rows: list[dict[str, str]]) -> Loaded:
    _refuse_circles({row["code"]: row["successor_code"] for row in rows})
    regions = {(region.kind, region.name): region.pk for region in Region.objects.all()}  # 51 of them
    keys = _keys(Municipality, ("code",), ((row["code"],) for row in rows))
    codes = {code: pk for (code,), pk in keys.items()}
    return _store(Municipality, [_municipality(row, codes, regions) for row in rows])


def _municipality(
    row: dict[str, str], codes: Mapping[str, UUID], regions: Mapping[tuple[str, str], UUID]
) -> Municipality:
    return Municipality(
        id=codes[row["code"]],
        code=row["code"],
        name=row["name"],
        province=row["province"],
        basis=Basis(row["basis"]),
        safety_region_id=_pointed_at(row, "safety_region", regions, Region.Kind.SAFETY),
        veilig_thuis_region_id=_pointed_at(row, "veilig_thuis_region", regions, Region.Kind.VEILIG_THUIS),
        veilig_thuis_basis=Basis(row["veilig_thuis_basis"]),
        centre_municipality_id=_pointed_at(row, "centre_code", codes),
        centre_basis=Basis(row["centre_basis"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=_day(row["valid_until"]),
        successor_id=_pointed_at(row, "successor_code", codes),
        ended_because=row["ended_because"],
    )


def _pointed_at(row: Mapping[str, str], column: str, keys: Mapping[Any, UUID], kind: str | None = None) -> UUID | None:
    value = row[column]
    if not value:
        return None
    try:
        return keys[(kind, value) if kind else value]
    except KeyError:
        raise WrongData(f"{row['code']}: {column} {value} is in no file.") from None


def _refuse_circles(successors: Mapping[str, str]) -> None:
    # A circle has no municipality at its end: what is sent there would arrive nowhere.
    for start in successors:
        seen, here = {start}, successors[start]
        while here:
            if here in seen:
                raise WrongData(f"{start}: its successors go round in a circle.")
            seen.add(here)
            here = successors.get(here, "")


def _load_kinds() -> Loaded:
    keys = _keys(OrganisationKind, ("slug",), ((kind.value,) for kind in DefaultKind))
    # Without a language a label is its English source text, which the reader's language translates.
    with translation.override(None):
        return _store(
            OrganisationKind,
            [
                OrganisationKind(
                    id=keys[(kind.value,)],
                    slug=kind.value,
                    name=str(kind.label),
                    is_default=True,
                    basis=Basis.VERIFIED,
                )
                for kind in DefaultKind
            ],
        )


def _load_code_lists(lists: Mapping[str, Any]) -> Loaded:
    keys = _keys(CodeList, ("slug",), ((slug,) for slug in lists))
    return _store(
        CodeList,
        [
            CodeList(
                id=keys[(slug,)],
                slug=slug,
                title_nl=content["title_nl"],
                title_en=content["title_en"],
                basis=Basis(content["basis"]),
                source=content["source"],
            )
            for slug, content in lists.items()
        ],
    )


def _load_code_items(lists: Mapping[str, Any]) -> Loaded:
    places = [(slug, item, order) for slug, content in lists.items() for order, item in enumerate(content["items"], 1)]
    slugs = dict(CodeList.objects.values_list("slug", "pk"))
    keys = _keys(CodeItem, ("code_list__slug", "code"), ((slug, item["code"]) for slug, item, _ in places))
    items = []
    for slug, item, order in places:
        content = lists[slug]
        parent = (content.get("parents"), item.get("parent"))
        if item.get("parent") and parent not in keys:
            raise WrongData(f"{slug} {item['code']}: parent {item['parent']} is in no list.")
        items.append(
            CodeItem(
                id=keys[slug, item["code"]],
                code_list_id=slugs[slug],
                parent_id=keys.get(parent),
                code=item["code"],
                label_nl=item["nl"],
                label_en=item["en"],
                order=order,
                basis=Basis(item.get("basis", content["basis"])),
                valid_from=date.fromisoformat(item.get("valid_from", content["valid_from"])),
                valid_until=_day(item.get("valid_until")),
            )
        )
    return _store(CodeItem, items)
