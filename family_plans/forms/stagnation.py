from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import Choices, DayGoneBy, DayToCome, Form, SensitiveText, SensitiveTextarea
from family_plans.forms.fields import CHOOSE, DomainChoice, NamedChoice
from family_plans.models import Cause, HelpLine, Solution
from organisations.models import Organisation

NOT_READ_THERE = _("For you and your colleagues. The municipality does not read it.")


class _HelpLineChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.kind.label}, {obj.organisation.name}"


class ReportStagnation(Form):
    cause = forms.ChoiceField(label=_("What is the cause"), choices=Cause.choices, widget=Choices)
    since = DayGoneBy(label=_("Since when"))
    note = forms.CharField(
        label=_("What is stuck"),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NOT_READ_THERE,
    )
    tried = forms.CharField(
        label=_("What was tried"),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NOT_READ_THERE,
    )
    bridging = forms.CharField(
        label=_("What helps meanwhile"),
        max_length=300,
        required=False,
        widget=SensitiveText,
        help_text=_("Other help, or a partner that fills the gap."),
    )

    def __init__(self, *args: Any, help_lines: QuerySet[HelpLine], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"] = DomainChoice(today)
        self.fields["help_line"] = _HelpLineChoice(
            help_lines, label=_("Which help"), required=False, empty_label=_("Not one that stands in the plan")
        )
        self.order_fields(["domain", "help_line", "cause", "since", "note", "tried", "bridging"])


class DescribeStagnation(Form):
    cause = forms.ChoiceField(label=_("What is the cause"), choices=Cause.choices, widget=Choices)
    tried = forms.CharField(
        label=_("What else was tried"),
        max_length=1000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=_("It is added to what stands there."),
    )
    bridging = forms.CharField(label=_("What helps meanwhile"), max_length=300, required=False, widget=SensitiveText)


class BindPartner(Form):
    what = forms.CharField(
        label=_("What must the partner answer"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    answer_by = DayToCome(label=_("By which day"))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["to"] = NamedChoice(organisations, label=_("Which partner"), empty_label=CHOOSE)
        self.order_fields(["to", "what", "answer_by"])

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day <= self.today:
            raise forms.ValidationError(_("Give a day after today for the answer."))
        return day


class AnswerRequest(Form):
    answer = forms.CharField(
        label=_("What did the partner answer"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    answered_on = DayGoneBy(label=_("On which day"))

    def __init__(self, *args: Any, asked_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_on = asked_on

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (day := answers.get("answered_on")) and day < self.asked_on:
            self.add_error("answered_on", _("The answer cannot come before the question."))
        return answers


class Solve(Form):
    by_means_of = forms.ChoiceField(label=_("What made it move"), choices=Solution.choices, widget=Choices)
    solution = forms.CharField(label=_("What helped"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3}))
