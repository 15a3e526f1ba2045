from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Person
from core.forms import Choices, DateInput, Form, SensitiveText, SensitiveTextarea
from family_plans.models import DOMAINS, Cause, GoalResult, HelpLine, Phase, RelianceLevel
from family_plans.operations import Responsible
from organisations.models import CodeItem, Organisation

NO_PLACE = _("Write no address, no place and no name of an organisation. This also goes home on paper.")
TO_COME = _("This day is still to come.")


class NamedChoice(forms.ModelChoiceField):
    """One of a few rows, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class DomainChoice(forms.ModelChoiceField):
    """A domain of life that can be chosen on this day."""

    def __init__(self, today: date) -> None:
        items = CodeItem.objects.of(DOMAINS).valid_on(today).in_order()
        super().__init__(items, label=_("Domain"), empty_label=_("Choose"))

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label).capitalize()


class HelpLineChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation.name}, {obj.domain.label}"


def _for_whom(persons: QuerySet[Person]) -> NamedChoice:
    return NamedChoice(persons, label=_("For whom"), required=False, empty_label=_("For the whole family"))


class StartPlan(Form):
    own_words = forms.CharField(
        label=_("What does the client want, in her or his own words"),
        max_length=4000,
        widget=SensitiveTextarea(attrs={"rows": 5}),
        help_text=NO_PLACE,
    )


class AddGoal(Form):
    """A goal, with the client's words before anybody else's."""

    own_words = forms.CharField(
        label=_("How does she, he or the child say it"),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NO_PLACE,
    )
    problem = forms.CharField(
        label=_("What is the problem"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    aim = forms.CharField(
        label=_("What should be reached"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    phase = forms.ChoiceField(label=_("When"), choices=Phase.choices, widget=Choices(row=True))

    def __init__(self, *args: Any, persons: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"] = DomainChoice(today)
        self.fields["person"] = _for_whom(persons)
        self.order_fields(["domain", "person", "own_words", "problem", "aim", "phase"])


class AddAction(Form):
    """Who does what, and by when. The client stands first in the list: she or he leads where possible."""

    what = forms.CharField(
        label=_("What is going to be done"),
        max_length=1000,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NO_PLACE,
    )
    due_on = forms.DateField(label=_("By which day"), widget=DateInput)

    def __init__(
        self,
        *args: Any,
        persons: Iterable[Person],
        users: Iterable[User],
        organisations: Iterable[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: Sequence[tuple[Any, Iterable[Responsible]]] = [
            (_("The family"), persons),
            (_("Who works with the family"), users),
            (_("Organisations that help"), organisations),
        ]
        self.rows = {str(row.pk): row for _title, rows in groups for row in rows}
        self.fields["responsible"] = forms.ChoiceField(
            label=_("Who does this"),
            choices=[
                ("", _("Choose")),
                *((title, [(str(row.pk), row.name) for row in rows]) for title, rows in groups),
            ],
            error_messages={"required": _("Say who does this. An action of nobody is done by nobody.")},
        )
        self.order_fields(["what", "responsible", "due_on"])

    @property
    def responsible(self) -> Responsible:
        return self.rows[self.cleaned_data["responsible"]]


class Result(Form):
    result = forms.ChoiceField(label=_("Was the goal achieved"), choices=GoalResult.choices, widget=Choices)


class StartHelp(Form):
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    planned_end_on = forms.DateField(label=_("Planned last day"), required=False, widget=DateInput)

    def __init__(
        self,
        *args: Any,
        persons: QuerySet[Person],
        organisations: QuerySet[Organisation],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = NamedChoice(
            organisations,
            label=_("Which organisation helps"),
            empty_label=_("Choose"),
            help_text=_("This organisation sees nothing by it. You share with it separately."),
        )
        self.fields["domain"] = DomainChoice(today)
        self.fields["person"] = _for_whom(persons)
        self.order_fields(["organisation", "domain", "person", "starts_on", "planned_end_on"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        starts, ends = answers.get("starts_on"), answers.get("planned_end_on")
        if starts and ends and ends < starts:
            self.add_error("planned_end_on", _("Help cannot end before it starts."))
        return answers


class EndHelp(Form):
    ended_on = forms.DateField(label=_("Last day"), widget=DateInput)
    reason = forms.CharField(label=_("Why does this help end"), max_length=200, widget=SensitiveText)

    def __init__(self, *args: Any, line: HelpLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (day := answers.get("ended_on")) and day < self.line.starts_on:
            self.add_error("ended_on", _("Help cannot end before it starts."))
        return answers


class _Until(Form):
    """A form that looks back from today."""

    looks_back_from = ""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["domain"] = DomainChoice(today)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (day := answers.get(self.looks_back_from)) and day > self.today:
            self.add_error(self.looks_back_from, TO_COME)
        return answers


class AssessSelfReliance(_Until):
    looks_back_from = "assessed_on"

    level = forms.ChoiceField(label=_("How does it go, as you see it"), choices=RelianceLevel.choices, widget=Choices)
    own_score = forms.IntegerField(
        label=_("Which mark does the client give, from 0 to 10"), min_value=0, max_value=10, required=False
    )
    assessed_on = forms.DateField(label=_("Day on which you talked about it"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["domain", "own_score", "level", "assessed_on"])


class ReportStagnation(_Until):
    looks_back_from = "since"

    cause = forms.ChoiceField(label=_("What is the cause"), choices=Cause.choices, widget=Choices)
    since = forms.DateField(label=_("Since when"), widget=DateInput)
    note = forms.CharField(
        label=_("What is stuck"),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=_("For you and your colleagues. The municipality does not read it."),
    )

    def __init__(self, *args: Any, help_lines: QuerySet[HelpLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["help_line"] = HelpLineChoice(
            help_lines, label=_("Which help"), required=False, empty_label=_("Not one that stands in the plan")
        )
        self.order_fields(["domain", "help_line", "cause", "since", "note"])


class Solve(Form):
    solution = forms.CharField(label=_("What helped"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3}))
