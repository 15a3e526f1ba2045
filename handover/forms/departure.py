from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Destination
from core.forms import Choices, Day, DayGoneBy, Form, SensitiveText, SensitiveTextarea
from handover.forms.contact_point import WarnsWithoutContactPoint
from handover.operations import Decision
from organisations.models import Municipality

_LINES = {"rows": 4}


class MunicipalityChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PlanDeparture(WarnsWithoutContactPoint):
    departs_on = Day(label=_("Day of departure"))
    destination = forms.ChoiceField(
        label=_("Where does the family go?"),
        choices=Destination.choices,
        widget=Choices(
            hints={
                Destination.PROTECTED: _("The place is not written down here."),
                Destination.UNKNOWN: _("You do not know where the family is going."),
            },
            then={Destination.UNKNOWN: _("You get work at once: the steps for out of sight.")},
        ),
    )
    municipality = MunicipalityChoice(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        help_text=_("Only when the family goes to a municipality that you may write down."),
    )
    involvement_ends_on = Day(
        label=_("Last day of the aftercare"),
        required=False,
        help_text=_("Leave this empty when it is not known yet, or when there is no aftercare."),
    )
    decided_on = DayGoneBy(label=_("When was it decided that it is safe enough?"))
    decided_by = forms.CharField(label=_("Who decided that?"), max_length=200, widget=SensitiveText)
    why_safe_enough = forms.CharField(
        label=_("Why is it safe and stable enough to leave?"), widget=SensitiveTextarea(_LINES)
    )
    dissent = forms.CharField(
        label=_("Did somebody see it differently?"), required=False, widget=SensitiveTextarea(_LINES)
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], stays_since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays_since = stays_since
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen = answers.get("destination")
        if chosen == Destination.MUNICIPALITY and not answers.get("municipality"):
            self.add_error("municipality", _("Choose the municipality the family goes to."))
        last_day, departs_on = answers.get("involvement_ends_on"), answers.get("departs_on")
        if departs_on and departs_on < self.stays_since:
            self.add_error("departs_on", _("This is before the stay began."))
        if last_day and departs_on and last_day < departs_on:
            self.add_error("involvement_ends_on", _("This is before the departure."))
        if chosen == Destination.MUNICIPALITY:
            self.warn(answers.get("municipality"), departs_on)
        return answers

    @property
    def decision(self) -> Decision:
        answers = self.cleaned_data
        return Decision(answers["decided_on"], answers["decided_by"], answers["why_safe_enough"], answers["dissent"])


class SettlePoint(Form):
    """`is_talk`: a conversation, which is only done when it says with whom and what was agreed.

    `without`: answers that this point does not take, such as "done" of an assessment that is not in the file.
    """

    def __init__(self, *args: Any, is_talk: bool = False, without: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_talk = is_talk
        asked: Any = self.fields["answer"]
        asked.choices = [choice for choice in asked.choices if choice[0] not in without]

    answer = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[
            ("done", _("It is done")),
            ("not_needed", _("It is not needed")),
            ("overridden", _("It is not arranged, and I take that on myself")),
        ],
        widget=Choices,
    )
    done_on = DayGoneBy(label=_("Done on"), required=False)
    note = forms.CharField(
        label=_("With whom, and what was agreed?"),
        help_text=_("Of a school for instance: who may collect the child, and may there be a photo. No address."),
        max_length=300,
        required=False,
        widget=SensitiveText,
    )
    because = forms.CharField(label=_("Why not?"), max_length=200, required=False, widget=SensitiveText)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == "done" and not answers.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Fill in the day."))
        if answers.get("answer") in {"not_needed", "overridden"} and not answers.get("because"):
            self.add_error("because", _("Say why."))
        if self.is_talk and answers.get("answer") == "done" and not answers.get("note"):
            self.add_error("note", _("Say with whom you spoke, and what was agreed."))
        return answers


class CancelDeparture(Form):
    because = forms.CharField(label=_("Why does the family stay?"), max_length=200, widget=SensitiveText)
