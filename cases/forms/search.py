from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day
from cases.search import Wanted
from core.forms import Form, SensitiveText


class FindFamily(Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=SensitiveText(scanned=False),
        help_text=_("As you hear it: Dijk finds van Dijck too. A child or an ex-partner is found as well."),
    )
    born_on = day(_("Date of birth"), required=False)
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=20,
        required=False,
        widget=SensitiveText({"inputmode": "tel"}, scanned=False),
    )
    reference = forms.CharField(
        label=_("Reference"), max_length=12, required=False, widget=SensitiveText(scanned=False)
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and self.wanted.is_empty:
            self.add_error("name", ValidationError(_("Fill in at least one of these.")))
        return answers

    @property
    def wanted(self) -> Wanted:
        answers = self.cleaned_data
        return Wanted(
            name=answers.get("name", ""),
            born_on=answers.get("born_on"),
            phone=answers.get("phone", ""),
            reference=answers.get("reference", ""),
        )
