from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import Choices, DayGoneBy, DayToCome, Form, SensitiveText, SensitiveTextarea
from signals.models import ChildCheck, Step
from signals.operations.meldcode import BY_HAND

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class TakeStep(Form):
    step = forms.TypedChoiceField(label=_("Which step?"), coerce=int, widget=Choices)
    on = DayGoneBy(label=_("Taken on"), required=False)
    with_whom = forms.CharField(
        label=_("With whom?"),
        max_length=200,
        required=False,
        widget=SensitiveText,
        help_text=_("For steps 2 and 3: the colleague, Veilig Thuis, the mother, the child."),
    )
    child_check = forms.ChoiceField(
        label=_("Kindcheck: do children depend on this adult?"),
        choices=ChildCheck,
        required=False,
        widget=Choices,
        help_text=_("For step 1."),
    )
    skipped_because = forms.CharField(
        label=_("Or left out, because"), max_length=200, required=False, widget=SensitiveText
    )

    def __init__(self, *args: Any, taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(step.value, f"{step.value}. {step.label}") for step in BY_HAND if step not in taken]
        self.fields["step"].choices = left  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "on" in self.errors:
            return answers
        if bool(answers.get("on")) == bool(answers.get("skipped_because")):
            self.add_error("on", ValidationError(_("Fill in the day, or why the step was left out. Not both.")))
        elif answers.get("on") and answers.get("step") == Step.SIGNS and not answers.get("child_check"):
            self.add_error("child_check", ValidationError(_("Answer the kindcheck: it belongs to this step.")))
        elif answers.get("on") and answers.get("step") in {Step.CONSULT, Step.TALK} and not answers.get("with_whom"):
            self.add_error("with_whom", ValidationError(_("Fill in with whom.")))
        return answers


class AnswerQuestion(Form):
    question = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Your answer"), choices=_YES_NO, widget=Choices(row=True))
    reason = forms.CharField(label=_("Why?"), max_length=4000, widget=SensitiveTextarea(attrs={"rows": 3}))


class Decide(Form):
    reports = forms.ChoiceField(
        label=_("Is it reported to Veilig Thuis?"),
        choices=_YES_NO,
        widget=Choices(row=True, then={"yes": _("You write the report yourself. Nothing goes out by itself.")}),
    )
    helps = forms.ChoiceField(label=_("Do you give or organise help?"), choices=_YES_NO, widget=Choices(row=True))
    review_on = DayToCome(
        label=_("On which day do you look whether the help works?"),
        required=False,
        help_text=_("Only with help. On that day the last question comes back."),
    )
    reason = forms.CharField(
        label=_("Why do you decide this?"),
        max_length=4000,
        widget=SensitiveTextarea(attrs={"rows": 4}),
        help_text=_("Also when you depart from what the questions lead to."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        day: date | None = answers.get("review_on")
        is_late = day is None or day <= timezone.localdate()
        if answers.get("helps") == "yes" and "review_on" not in self.errors and is_late:
            self.add_error("review_on", ValidationError(_("Choose a day that is still to come.")))
        return answers

    @property
    def decision(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            "reports": answers["reports"] == "yes",
            "helps": answers["helps"] == "yes",
            "reason": answers["reason"],
            "review_on": answers["review_on"],
        }
