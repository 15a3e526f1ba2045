from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Person
from core.forms import Choices, Day, DayGoneBy, Form, SensitiveText, SensitiveTextarea
from family_plans.bans import contact_is_forbidden
from family_plans.forms.fields import CHOOSE, CodeChoice, DomainChoice, NamedChoice, Versioned, for_whom
from family_plans.models import HELP_KINDS, HELP_LAWS, AtMove, DropOutRisk, EndReason, Fit, HelpLine
from family_plans.operations import Help
from organisations.models import Organisation

_IN_ORDER = (
    ("indicated_on", _("The decision cannot come before the asking.")),
    ("intake_on", _("The first talk cannot come before the asking.")),
    ("starts_on", _("The start cannot come before the asking.")),
)


class _HelpFields(Form):
    """Everything there is to say about help. Only who, what and when it was asked must be there."""

    asked_on = DayGoneBy(label=_("Asked on"))
    indicated_on = DayGoneBy(label=_("Decision or care indication on"), required=False)
    intake_on = DayGoneBy(label=_("First talk on"), required=False)
    starts_on = DayGoneBy(
        label=_("Started on"),
        required=False,
        help_text=_("Empty as long as the family waits, also when a day is agreed."),
    )
    planned_end_on = Day(label=_("Planned last day"), required=False)
    bridging = forms.CharField(
        label=_("What helps until it starts"),
        max_length=300,
        required=False,
        widget=SensitiveText,
        help_text=_("Other help, or a partner that fills the gap."),
    )
    fit = forms.ChoiceField(
        label=_("Does this help fit"), choices=Fit.choices, widget=Choices(row=True), required=False
    )
    drop_out_risk = forms.ChoiceField(
        label=_("Is there a risk that it stops early"),
        choices=DropOutRisk.choices,
        widget=Choices(row=True),
        required=False,
    )
    needed_after = forms.BooleanField(
        label=_("Help is still needed after the planned end"), required=False, initial=True
    )
    successor_words = forms.CharField(
        label=_("Or somebody else who takes over"), max_length=120, required=False, widget=SensitiveText
    )
    together_because = forms.CharField(
        label=_("Why contact is allowed all the same"),
        max_length=1000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=_("Only when a ban on contact stands in the way. Say who weighed this, and why it is safe."),
    )

    def __init__(
        self,
        *args: Any,
        persons: QuerySet[Person],
        organisations: QuerySet[Organisation],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"] = NamedChoice(
            organisations,
            label=_("Which organisation"),
            empty_label=CHOOSE,
            help_text=_("This organisation sees nothing by it. You share with it separately."),
        )
        self.fields["kind"] = CodeChoice(HELP_KINDS, today, label=_("What help"))
        self.fields["domain"] = DomainChoice(today)
        self.fields["person"] = for_whom(persons.filter(causes_harm=False))
        self.fields["law"] = CodeChoice(HELP_LAWS, today, label=_("Under which law or source"), required=False)
        self.fields["successor"] = NamedChoice(
            organisations, label=_("Which organisation takes over after it"), empty_label=_("None yet"), required=False
        )
        self.fields["together_with"] = NamedChoice(
            persons, label=_("Together with whom"), empty_label=_("With nobody else"), required=False
        )
        order = [
            "kind",
            "domain",
            "person",
            "organisation",
            "law",
            "asked_on",
            "indicated_on",
            "intake_on",
            "starts_on",
        ]
        order += ["bridging", "planned_end_on", "needed_after", "successor", "successor_words", "fit", "drop_out_risk"]
        self.order_fields([*order, "together_with", "together_because"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        asked = answers.get("asked_on")
        for name, text in _IN_ORDER:
            if asked and answers.get(name) and answers[name] < asked:
                self.add_error(name, text)
        first, last = answers.get("starts_on") or asked, answers.get("planned_end_on")
        if first and last and last < first:
            self.add_error("planned_end_on", _("Help cannot end before it starts."))
        if answers.get("together_with") and not answers.get("person"):
            self.add_error("person", _("Say for whom this help is."))
        if answers.get("together_with") and answers.get("together_with") == answers.get("person"):
            self.add_error("together_with", _("Choose somebody else."))
        elif not answers.get("together_because") and self._is_forbidden(answers):
            self.add_error(
                "together_because",
                _("A measure forbids contact between these two. Say why it is safe all the same, and who decided."),
            )
        return answers

    def _is_forbidden(self, answers: dict[str, Any]) -> bool:
        one, other = answers.get("person"), answers.get("together_with")
        if one is None or other is None:
            return False
        return contact_is_forbidden(one, other, from_on=self.today, until=answers.get("planned_end_on"))

    @property
    def help(self) -> Help:
        return Help(**{field.name: self.cleaned_data[field.name] for field in fields(Help)})


class AskHelp(_HelpFields):
    pass


class ChangeHelp(Versioned, _HelpFields):
    pass


class EndHelp(Form):
    ended_on = DayGoneBy(
        label=_("Last day"),
        help_text=_("A day that is still to come is the planned last day: change the help instead."),
    )
    reason = forms.ChoiceField(label=_("Why does this help end"), choices=EndReason.choices, widget=Choices)
    words = forms.CharField(label=_("What else is there to say"), max_length=300, required=False, widget=SensitiveText)

    def __init__(self, *args: Any, line: HelpLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (day := answers.get("ended_on")) and day < (self.line.starts_on or self.line.asked_on):
            self.add_error("ended_on", _("Help cannot end before it starts."))
        return answers


class HelpMoves(Form):
    moved_on = Day(label=_("Day of the move"))
    outcome = forms.ChoiceField(label=_("What happens to this help"), choices=AtMove.choices, widget=Choices)
    last_day = Day(label=_("Last day before"), required=False)
    first_day = Day(label=_("First day after"), required=False, help_text=_("Empty as long as it has not begun."))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        last, first = answers.get("last_day"), answers.get("first_day")
        if answers.get("outcome") not in {None, AtMove.CONTINUES} and last is None and "last_day" not in self.errors:
            self.add_error("last_day", _("Fill in the last day of the help that stopped."))
        if last and first and first <= last:
            self.add_error("first_day", _("Help cannot start again before it stopped."))
        return answers


class RecordTreatment(Form):
    starts_on = DayGoneBy(label=_("Since when"))
    ground = forms.CharField(
        label=_("On which ground may this be known here"),
        max_length=300,
        widget=SensitiveText,
        help_text=_("For instance the consent of this person, or a meeting at the care and safety house."),
    )
    note = forms.CharField(
        label=_("What you must know"), max_length=2000, required=False, widget=SensitiveTextarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        persons: QuerySet[Person],
        organisations: QuerySet[Organisation],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = NamedChoice(persons, label=_("Who is helped"), empty_label=CHOOSE)
        self.fields["organisation"] = NamedChoice(organisations, label=_("By which organisation"), empty_label=CHOOSE)
        self.fields["kind"] = CodeChoice(HELP_KINDS, today, label=_("What help"))
        self.order_fields(["person", "kind", "organisation", "starts_on", "ground", "note"])


class EndTreatment(Form):
    ended_on = DayGoneBy(label=_("Last day"))
    reason = forms.ChoiceField(label=_("Why does this help end"), choices=EndReason.choices, widget=Choices)

    def __init__(self, *args: Any, starts_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (day := answers.get("ended_on")) and day < self.starts_on:
            self.add_error("ended_on", _("Help cannot end before it starts."))
        return answers
