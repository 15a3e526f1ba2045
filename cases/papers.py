"""What every paper about a family shares: a number, who took it out, and no place."""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, Model, QuerySet, Value
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Family, HelpConsent
from core.paper.rendering import Mark, render
from core.places import PlaceKind, find
from organisations.models import Municipality, Organisation
from organisations.passages import words_of

_LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")
# What is there to be called is no place.
_PLACES = frozenset({PlaceKind.ADDRESS, PlaceKind.POSTCODE, PlaceKind.SCHOOL})
_LEFT_OUT = "…"


def mark(user: User, at: datetime) -> Mark:
    """Return the watermark of a new paper. Its number goes into the audit row, so that a found paper can be traced."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return Mark(printed_by=user.name, printed_at=at, number=f"{letters[:4]}-{letters[4:]}")


class WithoutPlaces:
    """Leaves places out of what people typed: the names of every organisation and municipality that a row of the file
    points at, and what looks like an address, a postcode or a school. A paper that goes home may be found there.

    It knows no other places: a village that somebody typed stays, which is why every form says not to. An organisation
    that is called what its kind is called ("Veilig Thuis") stays too: that says of no family where it is.
    """

    def __init__(self, family: Family) -> None:
        # The longest first: "Wijkteam Zwolle" before "Zwolle".
        spelled = sorted((re.escape(name) for name in _names_around(family)), key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE) if spelled else None

    def __call__(self, text: str) -> str:
        # Names first: what only looks like a place could be half of one, and the other half would stay.
        text = self._names.sub(_LEFT_OUT, text) if self._names else text
        for found in reversed([one for one in find(text) if one.kind in _PLACES]):
            text = text[: found.start] + _LEFT_OUT + text[found.end :]
        return _POSTCODE.sub(_LEFT_OUT, text)


def _names_around(family: Family) -> set[str]:
    """Return the names of the organisations and municipalities around this family, and of their towns, in one query."""
    first, *others = (
        model._base_manager.filter(**{of_family: family.pk}).values_list(
            F(f"{pointer}__name"),
            F(f"{pointer}__kind__name") if to is Organisation else Value(""),
            F(f"{pointer}__municipality__name") if to is Organisation else Value(""),
        )
        for model, of_family, pointer, to in _pointers_to_places()
    )
    rows: QuerySet[Any, tuple[str | None, ...]] = first.union(*others)
    names = set()
    with translation.override(settings.LANGUAGE_CODE):
        for name, kind, town in rows:
            names |= {town, None if name and kind and name.casefold() == _(kind).casefold() else name}
    return {name for name in names if name}


@cache
def _pointers_to_places() -> tuple[tuple[type[Model], str, str, type[Model]], ...]:
    """Return every pointer from a row of a family to what has a place: of all rooms, also those above this one."""
    return tuple(_pointers())


def _pointers() -> Iterator[tuple[type[Model], str, str, type[Model]]]:
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        if model is not Family and not any(one.name == "family" and one.related_model is Family for one in fields):
            continue
        for field in fields:
            if field.related_model in (Organisation, Municipality):
                yield model, "pk" if model is Family else "family", field.name, field.related_model


def consent_letter(consent: HelpConsent, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the letter that asks a parent with authority to consent to help for a child (D9).

    It goes to somebody who may not know where they are: no sender, no worker's name, no organisation, no municipality
    and no number to call stand on it, so it carries no watermark either but only its number. The answer goes back
    through whoever hands it over. Returns the mark for the audit row.
    """
    foot = mark(printed_by, at)
    context = {
        "consent": consent,
        "help": WithoutPlaces(consent.family)(consent.help),
        "day": timezone.localdate(at),
        "number": foot.number,
        "plain": consent.holder.reading != "reads",
        "words": words_of("consent_explain", on=timezone.localdate(at), language=language),
    }
    return render("papers/consent_letter.html", context, language=language, mark=None), foot
