"""Reading a file of organisations, teams or people: what its columns are, and what is wrong with a row."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.forms.settings import plain_text
from core.forms import Form, phone_number
from core.spreadsheets import numbered
from organisations.models import OrganisationKind

MOST_ROWS = 2_000
KINDS = {
    "organisaties": gettext_lazy("Organisations"),
    "teams": gettext_lazy("Teams"),
    "mensen": gettext_lazy("People"),
}
# As they stand on the first line of the file.
COLUMNS: dict[str, tuple[str, ...]] = {
    "organisaties": ("naam", "soort", "telefoon", "nazorgmaanden"),
    "teams": ("organisatie", "team"),
    "mensen": ("organisatie", "team", "naam", "e-mail", "functies"),
}


class _OrganisationRow(Form):
    naam = plain_text(gettext_lazy("Name"), 150)
    # Nobody chose here: she wrote the word.
    soort = forms.ModelChoiceField(
        OrganisationKind.objects.all(),  # a file may name every kind
        to_field_name="slug",
        error_messages={"invalid_choice": gettext_lazy("There is no kind of organisation of this name.")},
    )
    telefoon = phone_number(gettext_lazy("Central phone number"), required=False)
    nazorgmaanden = forms.IntegerField(required=False, min_value=0, max_value=60)


class _TeamRow(Form):
    organisatie = plain_text(gettext_lazy("Organisation"), 150)
    team = plain_text(gettext_lazy("Team"), 100)


class _MemberRow(Form):
    organisatie = plain_text(gettext_lazy("Organisation"), 150)
    team = plain_text(gettext_lazy("Team"), 100, required=False)
    naam = plain_text(gettext_lazy("Name"), 120)
    functies = plain_text(gettext_lazy("Function"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field("e-mail", forms.EmailField(max_length=254))

    def clean_functies(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["functies"].replace("+", ",").split(",") if word.strip()]


_ROWS: dict[str, type[Form]] = {"organisaties": _OrganisationRow, "teams": _TeamRow, "mensen": _MemberRow}


class Unreadable(ValueError):
    """The file as a whole cannot be read. The text says why, to who sent it."""


@dataclass(frozen=True)
class Row:
    """One row of a file, with the number of its line, and what a person gets to read when it is wrong."""

    number: int
    cells: tuple[str, ...]
    values: Mapping[str, Any]
    wrong: str


def rows_of(kind: str, content: bytes) -> list[Row]:
    """Return the rows below the line of names. Raises Unreadable for what is not such a file."""
    try:
        lines = numbered(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable(_("This is not a CSV file in UTF-8. Save it as CSV UTF-8.")) from None
    if not lines or [name.lower() for name in lines[0][1]][: len(COLUMNS[kind])] != list(COLUMNS[kind]):
        names = "; ".join(COLUMNS[kind])
        raise Unreadable(_("The first line must be: %(names)s") % {"names": names})
    if len(lines) - 1 > MOST_ROWS:
        raise Unreadable(_("A file has at most %(most)s rows. Make two of it.") % {"most": MOST_ROWS})
    return [_row(kind, number, cells) for number, cells in lines[1:]]


def _row(kind: str, number: int, cells: list[str]) -> Row:
    names = COLUMNS[kind]
    padded = (*cells, *[""] * len(names))[: len(names)]
    form = _ROWS[kind](dict(zip(names, padded, strict=True)))
    if form.is_valid():
        return Row(number, padded, form.cleaned_data, "")
    wrong = "; ".join(f"{name}: {' '.join(str(text) for text in texts)}" for name, texts in form.errors.items())
    return Row(number, padded, {}, wrong)
