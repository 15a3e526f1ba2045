from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import line
from cases.models import Family
from core.forms import Form, SensitiveText


class MergeInto(Form):
    reference = forms.CharField(
        label=_("Reference of the other file"), max_length=12, widget=SensitiveText(scanned=False)
    )
    because = line(_("How do you know that they are one family?"), required=True)

    def __init__(self, *args: Any, others: QuerySet[Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others

    def clean_reference(self) -> Family:
        reference: str = self.cleaned_data["reference"].strip().upper()
        other: Family | None = self.others.filter(reference=reference).first()
        if other is None:
            raise ValidationError(_("You are not regisseur of a file with this reference."))
        return other

    @property
    def other(self) -> Family:
        found: Family = self.cleaned_data["reference"]
        return found
