from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import Day, Form
from reminders.models import EARLIEST_HOUR, LATEST_HOUR


class ChooseHour(Form):
    hour = forms.TypedChoiceField(
        label=_("After what hour do you want the message of the day?"),
        help_text=_("One message on a working day, and only when there is work. What cannot wait comes at once."),
        choices=[(hour, f"{hour}.00") for hour in range(EARLIEST_HOUR, LATEST_HOUR + 1)],
        coerce=int,
        widget=forms.Select,
    )


class RecordAbsence(Form):
    """From when somebody is away. Checks the order of the days; who may record it is for the operation."""

    starts_on = Day(label=_("First day away"))
    ends_on = Day(label=_("First day back"), help_text=_("Leave it empty when you do not know."), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts_on: date | None = said.get("starts_on")
        ends_on: date | None = said.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", ValidationError(_("The first day back lies after the first day away.")))
        return said
