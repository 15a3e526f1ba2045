from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.fields import PersonChoice
from cases.models import Person
from core.forms import Choices, DateInput, Form, ManyChoices, SensitiveText, SensitiveTextarea
from oversight.models import Asks
from oversight.own_part import OwnPart


class RecordRequest(Form):
    asks = forms.ChoiceField(label=gettext_lazy("What is asked?"), choices=Asks, widget=Choices)
    asked_by = PersonChoice(Person.objects.none(), label=gettext_lazy("Who asks?"), empty_label=gettext_lazy("Choose"))
    about = PersonChoice(
        Person.objects.none(),
        empty_label=gettext_lazy("Choose"),
        label=gettext_lazy("About whose part of the file?"),
        help_text=gettext_lazy("Everybody has a part of her or his own. Nobody sees the part of another."),
    )
    received_on = forms.DateField(label=gettext_lazy("Asked on"), widget=DateInput)

    def __init__(self, *args: Any, persons: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("asked_by", "about"):
            self.fields[name].queryset = persons  # type: ignore[attr-defined]  # the field of a choice of rows

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not been yet."))
        return day


class Check(Form):
    how = forms.CharField(
        label=gettext_lazy("How did you see who it is?"),
        max_length=200,
        min_length=5,
        widget=SensitiveText,
        help_text=gettext_lazy("For example: passport, at the office. Never a number or a copy."),
    )


class Answer(Form):
    """What goes along. No passage is chosen beforehand: each is let through by hand."""

    answer = forms.CharField(
        label=gettext_lazy("What do you answer?"), max_length=500, widget=SensitiveTextarea({"rows": 4})
    )

    def __init__(self, *args: Any, part: OwnPart | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if part and part.to_review:
            choices = [(one.key, f"{one.what}: {one.text} ({one.origin})") for one in part.to_review]
            self.add_field(
                "passages",
                forms.MultipleChoiceField(
                    label=_("Which of these may go along?"),
                    choices=choices,
                    required=False,
                    widget=ManyChoices,
                    help_text=_("They may be about others. What you do not choose stays out."),
                ),
            )
            self.order_fields(["passages", "answer"])

    @property
    def released(self) -> list[str]:
        return list(self.cleaned_data.get("passages", []))


class RefuseRequest(Form):
    answer = forms.CharField(
        label=gettext_lazy("Why? This stays in the file and is not said."),
        max_length=500,
        min_length=5,
        widget=SensitiveText,
    )
