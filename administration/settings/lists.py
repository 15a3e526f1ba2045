"""Settings that are rows of a list: rhythms, choices of forms, organisations, and the referral index."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from administration.forms import settings as forms
from administration.pages import Page
from administration.settings.base import Place, Setting
from administration.settings.dated import now_or_later
from aftercare import contact_days
from aftercare.models import Rhythm, ScheduleTemplate
from core.errors import WrongState
from organisations.basis import Basis
from organisations.models import CodeItem, CodeList, Municipality, Organisation


class Rhythms(Setting):
    slug = "contactritmes"
    title = gettext_lazy("How often a family is contacted")
    lead = gettext_lazy("On which days, weeks and months after a departure somebody contacts the family.")
    stays = gettext_lazy(
        "A schedule that is running keeps every day that was planned. Only what is planned later follows."
    )
    form = forms.Rhythm
    changes_rows = False
    may_add = False
    places = ("overal",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        found = []
        for name in ScheduleTemplate.objects.order_by("name").values_list("name", flat=True).distinct():
            found.append(ScheduleTemplate.on(today, name=name))
            found += ScheduleTemplate.objects.filter(name=name, valid_from__gt=today).order_by("valid_from", "version")
        return found

    def label(self, row: Any) -> str:
        return str(dict(Rhythm.choices).get(row.name, row.name))

    def value(self, row: Any) -> str:
        parts = ((_("days"), row.days), (_("weeks"), row.weeks), (_("months"), row.months))
        return "; ".join(f"{what} {', '.join(map(str, numbers))}" for what, numbers in parts if numbers)

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        if row is None:
            raise AssertionError("a rhythm has a name that the code knows")
        latest = ScheduleTemplate.objects.filter(name=row.name).order_by("-version").first()
        return ScheduleTemplate.objects.create(
            name=row.name, version=(latest or row).version + 1, valid_from=valid_from, **values
        )

    def fingerprint(self, row: Any | None) -> str:
        # The row stays as it is: that a colleague was faster shows in a next version.
        versions = ScheduleTemplate.objects.filter(name=row.name).count() if row is not None else 0
        return f"{super().fingerprint(row)}-{versions}"

    def effects(self, values: Mapping[str, Any], row: Any | None, today: date) -> list[str]:
        made = ScheduleTemplate(**values)
        days = [date_format(day, "j F Y") for day in contact_days.support_days(made, today)]
        return [_("After a departure today: %(days)s.") % {"days": ", ".join(days)}]


class Codes(Setting):
    """The choices of one list. A choice is never removed or given another meaning: it ends."""

    is_dated = False
    fixed = ("code",)
    form = forms.Choice
    places = ("overal",)
    stays = gettext_lazy("Files in which this was chosen keep it, also after it ended.")
    lead = gettext_lazy("What a form offers. End what is no longer offered; the code behind it stays what it is.")

    def __init__(self, code_list: CodeList) -> None:
        self.list = code_list
        self.slug = f"lijst-{code_list.slug}"  # type: ignore[misc]  # one instance per list
        self.title = code_list.title  # type: ignore[misc]
        if code_list.slug == "legal_bases":
            self.form = forms.LegalBasis  # type: ignore[misc]

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        return now_or_later(CodeItem.objects.filter(code_list=self.list), today).in_order()

    def prepare(self, form: Any, row: Any | None, place: Place) -> None:
        super().prepare(form, row, place)
        form.taken = frozenset(CodeItem.objects.filter(code_list=self.list).values_list("code", flat=True))

    def label(self, row: Any) -> str:
        return str(row.label)

    def value(self, row: Any) -> str:
        if row.valid_until:
            return _("%(code)s, until %(day)s") % {"code": row.code, "day": date_format(row.valid_until, "j F Y")}
        return str(row.code)

    def source(self, row: Any) -> str:
        return self.list.source

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        made = row or CodeItem(code_list=self.list, code=values["code"], valid_from=valid_from)
        made.label_nl, made.label_en, made.order = values["label_nl"], values["label_en"], values["order"]
        until: date | None = values["valid_until"]
        made.valid_until, made.basis = until, Basis.CONFIRMED
        since: Any = made.valid_from
        if until is not None and until <= since:
            raise WrongState(_("It cannot end before it began."), about=Page("administration:setting", (self.slug,)))
        made.save()
        return made


class Organisations(Setting):
    slug = "organisaties"
    title = gettext_lazy("Organisations, neighbourhood teams and shelters")
    lead = gettext_lazy(
        "Who works in this municipality, the number to call back on, and how long a shelter gives aftercare."
    )
    stays = gettext_lazy("The end of aftercare that was agreed for a family stays as it is.")
    is_dated = False
    form = forms.Organisation
    fixed = ("kind",)
    places = ("gemeente",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        found = Organisation.objects.filter(municipality=place.municipality).select_related("kind")
        return found.order_by("kind__slug", "plain_name", "pk")

    def label(self, row: Any) -> str:
        return f"{row.name}, {row.kind.label}"

    def value(self, row: Any) -> str:
        parts = [row.central_phone or _("no number")]
        if row.kind.is_shelter:
            parts.append(
                _("aftercare unknown")
                if row.aftercare_months is None
                else ngettext("%(n)s month of aftercare", "%(n)s months of aftercare", row.aftercare_months)
                % {"n": row.aftercare_months}
            )
        if not row.is_active:
            parts.append(_("stopped"))
        return ", ".join(parts)

    def is_sure(self, row: Any) -> bool:
        # B20: a shelter of which nobody knows how long its aftercare is, is a question to somebody.
        return not row.kind.is_shelter or row.aftercare_months is not None

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        made = row or Organisation(municipality=place.municipality, kind=values["kind"])
        for name in ("name", "central_phone", "aftercare_months", "is_active"):
            setattr(made, name, values[name])
        made.save()
        return made


class ReferralIndex(Setting):
    slug = "verwijsindex"
    title = gettext_lazy("Referral index (VIR)")
    lead = gettext_lazy("Whether this municipality still registers children in the referral index.")
    stays = gettext_lazy("What was recorded about a child stays on record.")
    is_dated = False
    may_add = False
    form = forms.ReferralIndex
    places = ("gemeente",)

    def rows(self, place: Place, today: date) -> Iterable[Any]:
        return [place.municipality]

    def label(self, row: Any) -> str:
        return str(row.name)

    def value(self, row: Any) -> str:
        day = row.referral_index_ends_on
        return _("Ends on %(day)s") % {"day": date_format(day, "j F Y")} if day else _("Registers children")

    def is_sure(self, row: Any) -> bool:
        return True

    def store(self, row: Any | None, values: Mapping[str, Any], place: Place, valid_from: date) -> Any:
        if row is None:
            raise AssertionError("a municipality is not added here")
        here = Municipality.objects.get(pk=row.pk)
        here.referral_index_ends_on = values["referral_index_ends_on"]
        here.save(update_fields=["referral_index_ends_on"])
        return here
