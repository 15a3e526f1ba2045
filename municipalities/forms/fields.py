from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OrganisationChoice(forms.ModelChoiceField):
    default_error_messages = {"required": _("Choose an answer.")}

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)
