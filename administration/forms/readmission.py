from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Lost
from accounts.step_up import StepUpForm
from core.forms import Choices, SensitiveText
from organisations.models import Organisation


class _CalledBack(StepUpForm):
    lost = forms.ChoiceField(label=_("What was lost?"), choices=Lost, widget=Choices)
    called_back = forms.BooleanField(
        label=_("I called back on this number myself, and spoke to this person"),
        help_text=_("Not on the number that called you."),
    )
    recognised_by = forms.CharField(
        label=_("How did you recognise this person?"), max_length=200, widget=SensitiveText()
    )


class HelpColleague(_CalledBack):
    pass


class _Numbered(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organisation) -> str:
        return f"{obj.name} ({obj.central_phone})"


class HelpFromDesk(_CalledBack):
    """The organisation with the number to call back on, and the address she signs in with: nothing else is asked."""

    email = forms.EmailField(
        label=_("Work e-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field(
            "organisation",
            _Numbered(
                label=_("Where does this person work?"),
                help_text=_("Call back on the number behind it."),
                queryset=organisations,
                empty_label=_("Choose"),
            ),
        )
        self.order_fields(["organisation", "email", "lost", "called_back", "recognised_by", "code"])
