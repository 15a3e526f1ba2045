from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.fields import PersonChoice
from cases.models import Person
from core.forms import Choices, Day, Form, ManyChoices, SensitiveText, SensitiveTextarea
from oversight.models import Asks, Nature
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
    received_on = Day(label=gettext_lazy("Asked on"))

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


_STAYS_OUT = "out"


class Answer(Form):
    """What goes along, and whether it is a fact or a view (R19). Each passage stays out until it is let through."""

    answer = forms.CharField(
        label=gettext_lazy("What do you answer?"), max_length=500, widget=SensitiveTextarea({"rows": 4})
    )

    def __init__(self, *args: Any, part: OwnPart | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._passages = {f"passage_{one.key}": one.key for one in (part.to_review if part else [])}
        for name, one in zip(self._passages, part.to_review if part else [], strict=True):
            self.add_field(
                name,
                forms.ChoiceField(
                    label=f"{one.what}: {one.text}",
                    choices=[(_STAYS_OUT, _("Stays out: it is about somebody else")), *Nature.choices],
                    initial=_STAYS_OUT,
                    help_text=one.origin,
                    widget=forms.Select,
                ),
            )
        self.order_fields([*self._passages, "answer"])

    @property
    def released(self) -> dict[str, Nature]:
        """Return what goes along, by its key, with what it is."""
        chosen = {key: self.cleaned_data[name] for name, key in self._passages.items()}
        return {key: Nature(nature) for key, nature in chosen.items() if nature != _STAYS_OUT}


_IN_A_FIELD = "field"


class Change(Form):
    """What is corrected, one passage at a time, or what is removed. Nothing is chosen beforehand."""

    answer = forms.CharField(
        label=gettext_lazy("What do you answer?"), max_length=500, widget=SensitiveTextarea({"rows": 4})
    )

    def __init__(self, *args: Any, part: OwnPart, asks: Asks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{one.what}: {one.text} ({one.origin})") for one in part.to_review if not one.is_sent]
        if asks == Asks.CORRECTION:
            choices.append((_IN_A_FIELD, _("It stands in a field of the file, and was corrected there")))
            self.add_field("passage", forms.ChoiceField(label=_("What is not right?"), choices=choices, widget=Choices))
            self.add_field(
                "to",
                forms.CharField(
                    label=_("What should it be?"),
                    required=False,
                    max_length=2000,
                    widget=SensitiveTextarea({"rows": 4}),
                    help_text=_("This stands in its place from now on. Write no place in it."),
                ),
            )
        else:
            self.add_field(
                "passages",
                forms.MultipleChoiceField(
                    label=_("What is removed?"),
                    choices=choices,
                    widget=ManyChoices,
                    help_text=_("For good. Is it of great weight to somebody else that it stays? Then leave it."),
                ),
            )
        self.order_fields(["passage", "to", "passages", "answer"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.passage and not answers.get("to", "").strip() and "to" not in self.errors:
            self.add_error("to", _("Write down what it should be."))
        return answers

    @property
    def passage(self) -> str:
        """Return the passage that is corrected; "" for what was corrected in a field of the file."""
        chosen = str(self.cleaned_data.get("passage", ""))
        return "" if chosen == _IN_A_FIELD else chosen


class RefuseRequest(Form):
    answer = forms.CharField(
        label=gettext_lazy("Why? This stays in the file and is not said."),
        max_length=500,
        min_length=5,
        widget=SensitiveText,
    )
