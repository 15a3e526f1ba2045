"""Forms of a pilot: about municipalities, and in words. None of them asks for a family or a person."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from figures.models import ASKED, QUESTIONS, Respondent, Way
from organisations.models import Municipality, Region

_NOBODY = _("Name nobody, and nothing by which a family could be found.")


def _line(label: Any, most: int, *, required: bool = True, **fields: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, widget=SensitiveText(scanned=False), **fields
    )


def _text(label: Any, *, required: bool = True, **fields: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=required, widget=SensitiveTextarea({"rows": 4}), **fields
    )


def _regions(**fields: Any) -> Any:
    return Region.objects.filter(kind=Region.Kind.VEILIG_THUIS).order_by("name", "pk")


class _Regions(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class _OneRegion(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class _Municipality(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class MovePilot(Form):
    starts_on = Day(
        label=_("First day"),
        help_text=_("From this day on, what it is judged by is fixed. So choose the indicators before it."),
    )
    ends_on = Day(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", ValidationError(_("The last day comes after the first.")))
        return answers


class RecordPilot(MovePilot):
    title = _line(_("What is it called?"), 120)
    regions = _Regions(Region.objects.none(), label=_("In which regions?"), widget=ManyChoices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = _regions()  # type: ignore[attr-defined]
        self.order_fields(["title"])


class SayIndicator(Form):
    """One indicator. `is_fixed`: the pilot began, so another version needs a reason."""

    text = _line(_("What is measured?"), 300, help_text=_("For example: clients know whom they can call."))
    baseline = _line(_("How is it now?"), 80, required=False)
    target = _line(_("What is aimed at?"), 80, help_text=_("For example: 4 out of 5 after a year."))

    def __init__(self, *args: Any, is_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fixed:
            self.fields["because"] = _line(
                _("Why is another version needed?"), 300, help_text=_("The version of before stays beside it.")
            )


class Join(Form):
    joined_on = Day(label=_("Since when?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = _Municipality(
            Municipality.objects.current(today).order_by("name", "pk"),
            label=_("Which municipality takes part?"),
            empty_label=_("Choose"),
        )
        self.order_fields(["municipality"])


class Profile(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug, question in QUESTIONS.items():
            self.fields[slug] = _text(question, required=False)


class NoteLesson(Form):
    what = _text(_("What was learned?"), help_text=_NOBODY)
    follows = _text(_("What follows from it?"), required=False)
    heard_from = forms.ChoiceField(
        label=_("Who said it?"),
        choices=[("client", _("a client")), ("professional", _("a professional"))],
        widget=Choices,
    )
    learned_on = DayGoneBy(label=_("On which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = _OneRegion(
            _regions(), label=_("In which region?"), required=False, empty_label=_("Everywhere")
        )


class WriteChapter(Form):
    text = _text(_("What do you want to say in this chapter?"), required=False, help_text=_NOBODY)


class TakeSurvey(Form):
    """Four sentences, from 1 to 5. Nothing in it says who answers, or when."""

    month = forms.ChoiceField(
        label=_("After how many months?"),
        choices=[("3", "3"), ("6", "6"), ("12", "12")],
        widget=Choices(row=True),
        help_text=_("Of a client: after the departure. Of a professional: after the start of the pilot."),
    )
    way = forms.ChoiceField(label=_("How did the answers come?"), choices=Way, widget=Choices)
    declined = forms.BooleanField(
        label=_("Was asked, and would rather not answer"),
        required=False,
        help_text=_("Leave the sentences open then. Nobody has to say why."),
    )

    def __init__(self, *args: Any, respondent: Respondent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sentences = [f"sentence_{number}" for number in range(1, 5)]
        has_declined = self.is_bound and bool(self.data.get("declined"))
        for name, words in zip(self._sentences, ASKED[respondent], strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=[(str(score), str(score)) for score in range(1, 6)],
                coerce=int,
                empty_value=None,
                required=not has_declined,
                widget=Choices(row=True),
                help_text=_("1 is not at all, 5 is entirely."),
                error_messages={"required": _("Choose a number from 1 to 5.")},
            )
        self.order_fields(["month", "way", *self._sentences])

    @property
    def answers(self) -> list[int]:
        if self.cleaned_data["declined"]:
            return []
        return [self.cleaned_data[name] for name in self._sentences]
