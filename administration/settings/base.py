"""The one way in which a setting is shown, changed, looked at beforehand, confirmed and remembered.

A setting is a table whose rows an administrator keeps. What differs per setting is which rows, which form, and how a
row is stored; the pages, the preview, the history and the check for a colleague who was faster are the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.forms import Form
from organisations.basis import SURE
from organisations.models import Municipality, Region

Words = str | Promise


@dataclass(frozen=True)
class Place:
    """For whom a setting holds: everybody, the municipalities of one region, or one municipality."""

    key: str
    label: str
    municipality: Municipality | None = None
    region: Region | None = None

    @property
    def where(self) -> dict[str, Any]:
        """Return what a row of this place holds in its two columns."""
        return {"municipality": self.municipality, "region": self.region}


def places_of(municipality: Municipality) -> list[Place]:
    """Return the places for which an administrator of this municipality keeps settings, the widest first."""
    region = municipality.veilig_thuis_region
    return [
        Place("overal", _("Everywhere")),
        *([Place("regio", _("Region %(name)s") % {"name": region.name}, region=region)] if region else []),
        Place("gemeente", municipality.name, municipality=municipality),
    ]


@dataclass(frozen=True)
class Line:
    """One row of a setting, as its list shows it."""

    row: Any
    label: str
    value: str
    source: str
    is_sure: bool
    is_ahead: bool

    @property
    def key(self) -> Any:
        return self.row.pk


class Setting(ABC):
    """One kind of setting. `slug` is stored in the history: never rename one."""

    slug: ClassVar[str]
    title: ClassVar[Words]
    lead: ClassVar[Words]
    # What a change leaves as it is. Shown before somebody changes anything.
    stays: ClassVar[Words]
    form: ClassVar[type[Form]]
    # Whether a row begins on a day, and a new version follows it; otherwise a change holds from today.
    is_dated: ClassVar[bool] = True
    may_add: ClassVar[bool] = True
    # Whether a row itself is ever changed. One that is only followed by another is not locked.
    changes_rows: ClassVar[bool] = True
    # Fields that say which row it is: chosen once, when it is added.
    fixed: ClassVar[tuple[str, ...]] = ()
    places: ClassVar[tuple[str, ...]] = ("overal", "regio", "gemeente")

    @abstractmethod
    def rows(self, place: Place, today: date) -> Iterable[Any]:
        """Return the rows of a place that hold today or later, in the order somebody reads them."""

    @abstractmethod
    def label(self, row: Any) -> str:
        """Return what this row is about."""

    @abstractmethod
    def value(self, row: Any) -> str:
        """Return what holds, in one line."""

    @abstractmethod
    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        """Write what the form said, and return the row that holds from `valid_from`. Never touches the past."""

    def source(self, row: Any) -> str:
        return str(getattr(row, "source", ""))

    def is_sure(self, row: Any) -> bool:
        return getattr(row, "basis", "confirmed") in SURE

    def initial(self, row: Any) -> dict[str, Any]:
        """Return what the form starts with."""
        return {name: getattr(row, name) for name in self.form.base_fields if hasattr(row, name)}

    def prepare(self, form: Any, row: Any | None, place: Place) -> None:
        """Tell the form which row it is about, and where: what may be typed can depend on that."""
        form.row, form.place = row, place

    def effects(self, values: Mapping[str, Any], row: Any | None, today: date) -> list[str]:
        """Return what the preview says beside the values: sentences about what this leads to."""
        return []

    def lines(self, place: Place, today: date) -> list[Line]:
        return [
            Line(
                row,
                self.label(row),
                self.value(row),
                self.source(row),
                self.is_sure(row),
                bool(self.is_dated and row.valid_from > today),
            )
            for row in self.rows(place, today)
        ]

    def fingerprint(self, row: Any | None) -> str:
        """Return what a row looks like now: a form that was made from another look is out of date."""
        fields = {f.attname: str(getattr(row, f.attname)) for f in row._meta.concrete_fields} if row is not None else {}
        return sha256(repr(sorted(fields.items())).encode()).hexdigest()[:16]

    def kept(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the values of a form as the history keeps them: words, per field as it is called on the screen."""
        fields = self.form().fields
        return {str(fields[name].label): shown(value, fields[name]) for name, value in values.items() if name in fields}


def shown(value: Any, field: forms.Field) -> str:
    """Return a value as a person reads it: of a choice what it is called."""
    choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "–"
    if value in choices and value != "":
        return str(choices[value])
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, models.Model):
        return str(getattr(value, "label", "") or getattr(value, "name", ""))
    return str(value)


def follow(new: Any, valid_from: date, *, same: tuple[str, ...]) -> Any:
    """Let `new` hold from a day on, in place of what has the `same` values then, until whatever was to follow that.

    Returns what holds. A version that begins on that very day is put right instead: two of one day cannot both hold.
    """
    rows = type(new).objects.filter(**{name: getattr(new, name) for name in same})
    of_that_day = rows.filter(valid_from=valid_from).first()
    if of_that_day is not None:
        for field in new._meta.concrete_fields:
            if field.attname not in {"id", "valid_from", "valid_until"}:
                setattr(of_that_day, field.attname, getattr(new, field.attname))
        of_that_day.save()
        return of_that_day
    before = rows.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    after = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    if before is not None and (before.valid_until is None or before.valid_until > valid_from):
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    new.valid_from, new.valid_until = valid_from, after.valid_from if after else None
    new.save()
    return new
