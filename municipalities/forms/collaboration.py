"""Forms of the register: about organisations and professionals, and about no family."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collaboration.models import Level, Result
from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from municipalities.forms.fields import OrganisationChoice


def line(label: Any, *, required: bool = True, most: int = 200, **fields: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, widget=SensitiveText(scanned=False), **fields
    )


def text(label: Any, *, required: bool = True, scanned: bool = False, **fields: Any) -> forms.CharField:
    widget = SensitiveTextarea({"rows": 3}, scanned=scanned)
    return forms.CharField(label=label, max_length=2000, required=required, widget=widget, **fields)


class OrganisationsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.kind.label})"


class AboutOrganisations(Form):
    """`choices` are the querysets that the fields of the form may choose from, by the name of the field."""

    def __init__(self, *args: Any, choices: dict[str, QuerySet] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (choices or {}).items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class _Terms(AboutOrganisations):
    title = line(_("Title of the document"))
    kept_at = line(_("Where it is kept"), required=False)
    level = forms.ChoiceField(label=_("For whom it holds"), choices=Level, widget=Choices)
    starts_on = Day(label=_("Holds from"))
    ends_on = Day(label=_("Last day"), required=False, help_text=_("Leave empty when none was agreed."))
    evaluate_every = forms.IntegerField(label=_("Evaluate every so many months"), min_value=1, max_value=60, initial=12)
    whole_plans = text(
        _("What was agreed about one plan per family"),
        required=False,
        help_text=_("An agreement is complete when it says something about these three."),
    )
    regie = text(_("What was agreed about the regie"), required=False)
    sharing = text(_("What was agreed about sharing information"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes after the first."))
        return answers


class ChangeAgreement(_Terms):
    pass


class RecordAgreement(_Terms):
    partners = OrganisationsChoice(None, label=_("Partners"), widget=ManyChoices, help_text=_("One or more."))
    field_order = ("title", "kept_at", "level", "partners")


class DescribeTask(AboutOrganisations):
    organisation = OrganisationChoice(None, label=_("Which partner"), empty_label=_("Choose"))
    task = text(_("What it does, and what the others may expect"))


class EvaluateCollaboration(AboutOrganisations):
    """`since` is the first day of the agreement, and `held` are the days on which it was evaluated before."""

    held_on = DayGoneBy(label=_("Held on"))
    participants = text(_("Who took part"), help_text=_("Organisations and functions."))
    findings = text(_("What was found"))
    result = forms.ChoiceField(label=_("What it leads to"), choices=Result, widget=Choices)
    what = line(_("What is done after it"), required=False, most=300)
    by_organisation = OrganisationChoice(None, label=_("By whom"), empty_label=_("Choose"), required=False)
    due_on = Day(label=_("By which day"), required=False)

    def __init__(self, *args: Any, since: date, held: Collection[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.held = since, held

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day < self.since:
            raise forms.ValidationError(_("The agreement did not hold yet on this day."))
        if day in self.held:
            raise forms.ValidationError(_("An evaluation on this day was recorded already."))
        return day

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("what"):
            for name in ("by_organisation", "due_on"):
                if not answers.get(name):
                    self.add_error(name, _("Say who does it, and by which day."))
        return answers


class EvaluateCase(Form):
    reference = line(_("Reference of the family"), most=12)
    held_on = DayGoneBy(label=_("Held on"))
    participants = text(_("Who took part"), scanned=True, help_text=_("Organisations and functions."))
    findings = text(
        _("What was found about working together"), scanned=True, help_text=_("Nothing about the family, and no names.")
    )
    actions = text(_("What was agreed"), scanned=True, required=False)
