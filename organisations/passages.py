"""The passages of letters and papers that an administrator may word in her own way, and which words hold.

What protects somebody is no passage and stays as it is in the template: whom to call in danger, that a letter has no
sender, that nobody tells where a family is. And words that differ per place would say where a family is: only a paper
that is about a place itself has words of its own per municipality or region.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.places import PlaceKind, find
from organisations.models import Municipality, Organisation, PassageText, Region, Team

# Names of municipalities that are words too: written small they are no place.
_WORDS_TOO = frozenset({"bergen", "best", "borne", "houten", "hulst", "leiden", "losser", "sluis"})


@dataclass(frozen=True)
class Passage:
    """One passage: on which paper it stands, what it says when nobody worded it, and whether it may differ per place.

    `slug` is stored: never rename one.
    """

    slug: str
    paper: Promise
    default: Promise
    may_differ_per_place: bool = False

    def came_with(self, language: str) -> str:
        """Return the words that came with the application."""
        with translation.override(language):
            return str(self.default)


PASSAGES = {
    passage.slug: passage
    for passage in (
        Passage(
            "consent_explain",
            _("Letter that asks a parent for consent"),
            _(
                "Do you want to talk about it, or did you not understand something? Say so to the person who gave you"
                " this letter. That person explains it."
            ),
        ),
        Passage(
            "contact_card",
            _("Card with whom to call"),
            _("I do not have to explain anything. I say that I want help, and somebody calls me back today."),
        ),
        Passage("strippenkaart", _("Card for talks"), _("I call when I want to talk. I do not have to say why.")),
        Passage(
            "told_first",
            _("List of who was told what"),
            _("This is who was told something about you and your children, and why."),
        ),
        Passage(
            "readers_first",
            _("List of who looked into the file"),
            _("Every time somebody opens your file, it is written down. This is who did."),
        ),
        Passage(
            "readers_last",
            _("List of who looked into the file"),
            _("Do you not know somebody on this list? Ask your worker."),
        ),
        Passage(
            "own_part_last",
            _("What is kept about you"),
            _("Is something not right? Tell your worker: it can be corrected."),
        ),
        Passage(
            "yearly_first",
            _("Yearly report"),
            _(
                "What goes well, and what can be better, in the continuity of care for women and children after the"
                " shelter?"
            ),
            may_differ_per_place=True,
        ),
        # On a page of the municipality, beside who is supporter there (B11).
        Passage(
            "supporter_profile",
            _("Profile of a supporter"),
            _(
                "A supporter knows what families live through in and after the shelter, keeps contact, sees signs of"
                " danger, and gets moving what is stuck. Somebody is chosen who stays, whom families trust and whom"
                " partners listen to."
            ),
            may_differ_per_place=True,
        ),
    )
}


def words_of(
    *slugs: str,
    on: date,
    language: str,
    municipality: Municipality | None = None,
    region: Region | None = None,
) -> dict[str, str]:
    """Return the words of these passages that hold on a day: of the municipality, its region, everywhere, or ours.

    Words in the other language are not used: where a passage was worded in Dutch only, the English is ours.
    """
    places = _places(municipality, region)
    asked = Q(municipality=None, region=None)
    for place in places:
        asked |= Q(**place)
    found: dict[tuple[str, UUID | None, UUID | None], str] = {}
    for row in PassageText.objects.filter(asked, slug__in=slugs).holding_on(on):
        text = row.text_nl if language == "nl" else row.text_en
        found.setdefault((row.slug, row.municipality_id, row.region_id), text)
    return {slug: _first(slug, [*places, {}], found) or PASSAGES[slug].came_with(language) for slug in slugs}


def _places(municipality: Municipality | None, region: Region | None) -> list[dict[str, UUID | None]]:
    """Return the places whose words go before those of everywhere, the nearest first."""
    near: list[dict[str, UUID | None]] = []
    if municipality is not None:
        near.append({"municipality": municipality.pk, "region": None})
    if area := (municipality.veilig_thuis_region_id if municipality else region.pk if region else None):
        near.append({"municipality": None, "region": area})
    return near


def _first(
    slug: str,
    places: Iterable[dict[str, UUID | None]],
    found: dict[tuple[str, UUID | None, UUID | None], str],
) -> str:
    if not PASSAGES[slug].may_differ_per_place:
        places = [{}]
    texts = (found.get((slug, place.get("municipality"), place.get("region")), "") for place in places)
    return next((text for text in texts if text), "")


def names_a_place(text: str) -> str:
    """Return what in these words says where or who somebody is, or "": what looks like a place, or a name we know.

    A village that is in no list is not seen. So words of everywhere are all that a paper about a family takes.
    """
    for looks_like_one in find(text):
        if looks_like_one.kind != PlaceKind.PHONE:  # of numbers, only two that everybody knows can be there at all
            return looks_like_one.text
    names: set[str] = set()
    for model in (Municipality, Organisation, Region, Team):
        names.update(model.objects.values_list("name", flat=True))
    spelled = sorted(map(re.escape, filter(None, names)), key=len, reverse=True)
    for found in re.finditer(rf"\b(?:{'|'.join(spelled) or '(?!)'})\b", text, re.IGNORECASE):
        if found[0] not in _WORDS_TOO:
            return found[0]
    return ""
