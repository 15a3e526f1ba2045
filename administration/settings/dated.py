"""Settings of which each version holds from a day: norms, the ladder, contact points, terms of Veilig Thuis."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from administration.forms import settings as forms
from administration.settings.base import Place, Setting, follow
from organisations.basis import Basis
from organisations.models import CodeItem, ContactPoint, LadderRung, Norm
from signals.models import VeiligThuisTerm


def now_or_later(rows: Any, today: date) -> Any:
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=today))


class Norms(Setting):
    slug = "normtijden"
    title = gettext_lazy("Norm times and thresholds")
    lead = gettext_lazy(
        "How long something may take, when signals weigh more together, and how many files somebody reads before she"
        " says why."
    )
    stays = gettext_lazy("What was planned, counted or reported before that day stays as it is.")
    form = forms.Norm
    fixed = ("subject", "kind")

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        return now_or_later(Norm.objects.filter(**place.where), today).order_by("subject", "kind", "valid_from", "pk")

    def label(self, row: Any) -> str:
        kind = _kinds().get(row.kind, row.kind)
        return f"{row.get_subject_display()}: {kind}" if kind else str(row.get_subject_display())

    def value(self, row: Any) -> str:
        return str(row.days)

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        subject, kind = (row.subject, row.kind) if row else (values["subject"], values["kind"])
        new = Norm(subject=subject, kind=kind, days=values["days"], basis=Basis.CONFIRMED, source=values["source"])
        new.municipality, new.region = place.municipality, place.region
        return follow(new, valid_from, same=("subject", "kind", "municipality", "region"))


class Ladder(Setting):
    slug = "opschaalladder"
    title = gettext_lazy("Who is asked next")
    lead = gettext_lazy("Who answers when something stays stuck, and within how many working days.")
    stays = gettext_lazy("What was asked of somebody before that day keeps its own last day.")
    form = forms.Rung
    fixed = ("rung",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        return now_or_later(LadderRung.objects.filter(**place.where), today).order_by("rung", "valid_from", "pk")

    def label(self, row: Any) -> str:
        return f"{row.rung}. {row.function}"

    def value(self, row: Any) -> str:
        return ngettext("%(count)s working day", "%(count)s working days", row.answer_within) % {
            "count": row.answer_within
        }

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        new = LadderRung(**values, basis=Basis.CONFIRMED, municipality=place.municipality, region=place.region)
        new.rung = row.rung if row else values["rung"]
        return follow(new, valid_from, same=("rung", "municipality", "region"))


class ContactPoints(Setting):
    slug = "contactpunt"
    title = gettext_lazy("Contact point and duty desk")
    lead = gettext_lazy("The function, the number and the hours that everybody around a family gets. Never a name.")
    stays = gettext_lazy("Papers that were handed out keep the number that was on them.")
    form = forms.ContactPoint
    places = ("gemeente",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        found = ContactPoint.objects.filter(municipality=place.municipality)
        return now_or_later(found, today).order_by("valid_from", "pk")

    def label(self, row: Any) -> str:
        return str(row.function_name)

    def value(self, row: Any) -> str:
        return ", ".join(filter(None, [row.central_phone, row.duty_desk_hours]))

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        # Never a second one beside it: two numbers for one place.
        return follow(ContactPoint(**values, municipality=place.municipality), valid_from, same=("municipality",))


class Terms(Setting):
    slug = "termijnen-veilig-thuis"
    title = gettext_lazy("Terms of Veilig Thuis")
    lead = gettext_lazy("What you may expect of Veilig Thuis after a report, and by which article.")
    stays = gettext_lazy("A report keeps the terms of the day on which it was made.")
    form = forms.Term
    may_add = False
    places = ("overal",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        terms = VeiligThuisTerm.objects.all()  # they hold everywhere: there is no place to narrow them to
        return now_or_later(terms, today).order_by("slug", "valid_from", "pk")

    def label(self, row: Any) -> str:
        return str(row.label)

    def value(self, row: Any) -> str:
        return f"{row.amount} {row.get_unit_display()}"

    def source(self, row: Any) -> str:
        return str(row.legal_source)

    def is_sure(self, row: Any) -> bool:
        return "te bevestigen" not in row.legal_source

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        if row is None:
            raise AssertionError("terms of the law are not invented here")
        return follow(VeiligThuisTerm(slug=row.slug, **values), valid_from, same=("slug",))


class Retention(Setting):
    """The terms are read by a room beside this one, so by name: `oversight.retention` counts with them."""

    slug = "bewaartermijnen"
    title = gettext_lazy("How long files are kept")
    lead = gettext_lazy("For how many years after its last change a file is kept, and by which article.")
    stays = gettext_lazy("What two persons approved for destruction before that day is not asked again.")
    form = forms.Retention
    may_add = False
    places = ("overal",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        terms = apps.get_model("oversight.RetentionTerm").objects.all()  # as of Veilig Thuis: they hold everywhere
        return now_or_later(terms, today).order_by("law", "valid_from", "pk")

    def label(self, row: Any) -> str:
        return str(row.get_law_display())

    def value(self, row: Any) -> str:
        return ngettext("%(count)s year", "%(count)s years", row.years) % {"count": row.years}

    def source(self, row: Any) -> str:
        return str(row.article)

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        if row is None:
            raise AssertionError("a law is not added here")
        return follow(type(row)(law=row.law, **values), valid_from, same=("law",))


def _kinds() -> dict[str, str]:
    return {item.code: item.label for item in CodeItem.objects.of("help_kinds").in_order()}
