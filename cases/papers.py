"""What every paper about a family shares: a number, who took it out, and no place."""

import re
import secrets
from datetime import datetime

from django.utils import timezone

from access.models import Involvement
from accounts.models import User
from cases.models import Family, HelpConsent, Trajectory
from core.paper.rendering import Mark, render
from core.places import PlaceKind, find
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
    """Leaves places out of what people typed: the names of the organisations around the family, theirs and its
    municipalities, and what looks like an address, a postcode or a school. A paper that goes home may be found there.

    It knows no other places: a village that somebody typed stays, which is why every form says not to.
    """

    def __init__(self, family: Family) -> None:
        names = set()
        for involvement in Involvement.objects.filter(family=family).select_related("organisation__municipality"):
            names |= {involvement.organisation.name, involvement.organisation.municipality.name}
        for towns in Trajectory.objects.filter(family=family).values_list("municipality__name", "origin__name"):
            names |= {town for town in towns if town}
        # The longest first: "Wijkteam Zwolle" before "Zwolle".
        spelled = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE) if spelled else None

    def __call__(self, text: str) -> str:
        for found in reversed([one for one in find(text) if one.kind in _PLACES]):
            text = text[: found.start] + _LEFT_OUT + text[found.end :]
        text = _POSTCODE.sub(_LEFT_OUT, text)
        return self._names.sub(_LEFT_OUT, text) if self._names else text


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
