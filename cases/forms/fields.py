"""Fields that the forms of a file share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.forms import Choices, Day, DayGoneBy, SensitiveText, SensitiveTextarea
from organisations.models import CodeItem, Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.place_in_words})"


class PersonsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.place_in_words})"


class OrganisationChoice(forms.ModelChoiceField):
    """An organisation that works here. Its place stands beside its name: two schools have the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.municipality.name}"


class CodeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


def one_of(
    label: "Words", choices: type[models.Choices], *, required: bool = True, help_text: "Words" = "", **widget: Any
) -> forms.ChoiceField:
    """One answer out of a few, none chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=choices.choices, required=required, help_text=help_text, widget=Choices(**widget)
    )


def line(label: "Words", length: int = 200, *, required: bool = False, help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=SensitiveText)


def lines(label: "Words", *, required: bool = False, help_text: "Words" = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=SensitiveTextarea(attrs={"rows": rows})
    )


def day(label: "Words", *, required: bool = True, help_text: "Words" = "") -> forms.DateField:
    return Day(label=label, required=required, help_text=help_text)


def gone_by(label: "Words", *, required: bool = True, help_text: "Words" = "") -> DayGoneBy:
    """The day on which something was asked, answered, decided or seen: never one that is still to come."""
    return DayGoneBy(label=label, required=required, help_text=help_text)


def organisation(label: "Words", *, kinds: list[str] | None = None, required: bool = False) -> OrganisationChoice:
    found = Organisation.objects.active().select_related("municipality").order_by("plain_name", "pk")
    return OrganisationChoice(
        found.of_kind(*kinds) if kinds else found,
        label=label,
        required=required,
        empty_label=_("Choose"),
    )


def code(label: "Words", slug: str) -> CodeChoice:
    return CodeChoice(CodeItem.objects.of(slug).in_order(), label=label, empty_label=_("Choose"))
