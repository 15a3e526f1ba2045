from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Choices, Day, DayGoneBy, Form, SensitiveText
from family_plans.forms.fields import Versioned
from family_plans.models import (
    DebtSituation,
    Decision,
    IncomeKind,
    IncomeOccasion,
    PreferredBecause,
    Tailored,
    Urgency,
    WaitsFor,
)
from family_plans.operations import Housing, Income


class _IncomeFields(Form):
    occasion = forms.ChoiceField(label=_("What changed the income"), choices=IncomeOccasion.choices, widget=Choices)
    kind = forms.ChoiceField(label=_("What income comes now"), choices=IncomeKind.choices, widget=Choices(row=True))
    earlier_until = Day(label=_("Last day of the earlier income"), required=False, help_text=_("Empty without one."))
    applied_on = DayGoneBy(label=_("Applied for on"), required=False)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("", _("None yet")), *Decision.choices], widget=Choices(row=True), required=False
    )
    decided_on = DayGoneBy(label=_("Decided on"), required=False)
    first_payment_on = DayGoneBy(label=_("First payment on"), required=False)
    bridging = forms.CharField(
        label=_("What bridges the days without income"), max_length=300, required=False, widget=SensitiveText
    )
    tailored = forms.ChoiceField(
        label=_("Was the municipality asked for something tailored to this family"),
        choices=Tailored.choices,
        widget=Choices(row=True),
    )
    suwinet_on = DayGoneBy(
        label=_("Suwinet consulted by the municipality on"),
        required=False,
        help_text=_("Only the day. Write nowhere what was read there: this program holds nothing from Suwinet."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        decision, decided = answers.get("decision"), answers.get("decided_on")
        if bool(decision) != bool(decided) and not {"decision", "decided_on"} & set(self.errors):
            self.add_error("decided_on" if decision else "decision", _("A decision has a day."))
        if decided and answers.get("applied_on") and decided < answers["applied_on"]:
            self.add_error("decided_on", _("The decision cannot come before the application."))
        return answers

    @property
    def income(self) -> Income:
        return Income(**{field.name: self.cleaned_data[field.name] for field in fields(Income)})


class RecordIncome(_IncomeFields):
    pass


class ChangeIncome(Versioned, _IncomeFields):
    pass


class NoteDebts(Form):
    situation = forms.ChoiceField(
        label=_("How does it stand with debts"), choices=DebtSituation.choices, widget=Choices
    )
    noted_on = DayGoneBy(label=_("Day on which debt help was asked, or on which you talked about it"))


class RecordHousing(Versioned):
    ready_since = DayGoneBy(label=_("Could leave since"), required=False)
    waits_for = forms.ChoiceField(
        label=_("Waits for"), choices=WaitsFor.choices, widget=Choices(row=True), required=False
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=Choices(row=True))
    requested_on = DayGoneBy(label=_("Requested on"), required=False)
    decided_on = DayGoneBy(label=_("Decided on"), required=False)
    preferred_because = forms.ChoiceField(
        label=_("Why somewhere rather than elsewhere"),
        choices=PreferredBecause.choices,
        widget=Choices,
        required=False,
        help_text=_("Only the reason. Where it is stands nowhere."),
    )
    condition = forms.CharField(
        label=_("Is there a condition, such as accepting help"), max_length=300, required=False, widget=SensitiveText
    )
    condition_until = Day(label=_("The condition holds until"), required=False)
    consequence = forms.CharField(
        label=_("What happens when it is not kept"), max_length=300, required=False, widget=SensitiveText
    )
    found_on = DayGoneBy(label=_("Dwelling found on"), required=False, help_text=_("This closes the line."))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        urgency, requested, decided = (answers.get(name) for name in ("urgency", "requested_on", "decided_on"))
        if urgency in {Urgency.REQUESTED, Urgency.GRANTED, Urgency.REFUSED} and not requested:
            self.add_error("requested_on", _("Fill in the day of the request."))
        if urgency == Urgency.NOT_REQUESTED and requested:
            self.add_error("urgency", _("There is a day of a request. Say what came of it."))
        if urgency in {Urgency.GRANTED, Urgency.REFUSED} and not decided:
            self.add_error("decided_on", _("Fill in the day of the decision."))
        if requested and decided and decided < requested:
            self.add_error("decided_on", _("The decision cannot come before the application."))
        if answers.get("condition_until") and not answers.get("condition"):
            self.add_error("condition", _("Say what the condition is."))
        return answers

    @property
    def housing(self) -> Housing:
        return Housing(**{field.name: self.cleaned_data[field.name] for field in fields(Housing)})
