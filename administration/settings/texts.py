"""Setting: the words of letters and papers. Which passages there are is in organisations.passages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.forms import settings as forms
from administration.settings.base import Place, Setting
from organisations.models import PassageText
from organisations.passages import PASSAGES

_SINCE_ALWAYS = date(2023, 1, 1)


class Passages(Setting):
    slug = "papierteksten"
    title = gettext_lazy("Words on letters and papers")
    lead = gettext_lazy(
        "How a letter or a paper says something. What protects somebody, and everything that could say where a family"
        " is, is not changed here: those words are the same everywhere."
    )
    stays = gettext_lazy("What was printed before that day stays as it is, and the old words are kept.")
    form = forms.Words
    may_add = False
    changes_rows = False

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        found = []
        for slug, passage in PASSAGES.items():
            if place.key != "overal" and not passage.may_differ_per_place:
                continue
            versions = PassageText.objects.filter(slug=slug, **place.where)
            found.append(versions.holding_on(today).first() or _as_it_came(slug, place))
            found += versions.filter(valid_from__gt=today).order_by("valid_from", "version", "pk")
        return found

    def label(self, row: Any) -> str:
        passage = PASSAGES[row.slug]
        return f"{passage.paper}: {Truncator(str(passage.default)).words(4)}"

    def value(self, row: Any) -> str:
        words = row.text_nl or _("as it came with the application")
        if row._state.adding:
            return str(words)
        return _("version %(number)s, from %(day)s: %(words)s") % {
            "number": row.version,
            "day": date_format(row.valid_from, "j F Y"),
            "words": words,
        }

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        if row is None:
            raise AssertionError("a passage has a place on a paper, which the code knows")
        return PassageText.objects.create(
            slug=row.slug, version=_latest(row) + 1, valid_from=valid_from, **place.where, **values
        )

    def fingerprint(self, row: Any | None) -> str:
        # A row stays as it is: that a colleague was faster shows in a next version.
        return f"{super().fingerprint(row)}-{_latest(row) if row is not None else 0}"

    def effects(self, values: Mapping[str, Any], row: Any | None, today: date) -> list[str]:
        if row is None:
            return []
        passage = PASSAGES[row.slug]
        return [
            _("It stands on: %(paper)s.") % {"paper": passage.paper},
            _("As it came with the application: %(words)s") % {"words": passage.came_with("nl")},
            *([] if passage.may_differ_per_place else [_("It holds everywhere: words of one place would say where.")]),
        ]


def _as_it_came(slug: str, place: Place) -> PassageText:
    """Return a version that nobody wrote: the same key each time, so that a link to it leads somewhere."""
    key = uuid5(NAMESPACE_OID, f"{slug} {place.key} {place.municipality and place.municipality.pk}")
    passage, words = PASSAGES[slug], {"text_nl": "", "text_en": ""}
    if place.key == "overal":
        words = {"text_nl": passage.came_with("nl"), "text_en": passage.came_with("en")}
    return PassageText(pk=key, slug=slug, version=0, valid_from=_SINCE_ALWAYS, **place.where, **words)


def _latest(row: PassageText) -> int:
    versions = PassageText.objects.filter(slug=row.slug, municipality=row.municipality_id, region=row.region_id)
    return int(versions.aggregate(latest=Max("version"))["latest"] or 0)
