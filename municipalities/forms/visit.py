from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form
from municipalities.forms.fields import OrganisationChoice
from organisations.querysets import OrganisationQuerySet


class RecordVisit(Form):
    on = forms.DateField(label=_("On which day?"), widget=DateInput)

    def __init__(self, *args: Any, shelters: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field("shelter", OrganisationChoice(shelters, label=_("Which shelter?"), empty_label=_("Choose")))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day
