from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.step_up import StepUpForm
from core.forms import Form, SensitiveText

_ENOUGH = 10  # characters; less says nothing to whoever reads it later


class Bar(Form):
    """Somebody is named by her work address: a list to choose from would show who works elsewhere."""

    email = forms.EmailField(
        label=gettext_lazy("Work e-mail of the person"), widget=forms.EmailInput({"autocomplete": "off"})
    )
    because = forms.CharField(
        label=gettext_lazy("Why may this person not see the family?"),
        max_length=90,
        min_length=_ENOUGH,
        widget=SensitiveText,
        help_text=gettext_lazy("Only who is regisseur reads this. Do not write where the family is."),
    )

    who: User

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        found = User.objects.active().filter(email=email).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in here with this address."))
        self.who = found
        return email


class LiftBar(Form):
    because = forms.CharField(
        label=gettext_lazy("Why may this person see it again?"), max_length=90, min_length=_ENOUGH, widget=SensitiveText
    )


class BreakGlass(StepUpForm):
    reference = forms.CharField(
        label=gettext_lazy("Reference of the family"),
        max_length=12,
        widget=SensitiveText,
        help_text=gettext_lazy("Ask your team lead or the regisseur for it."),
    )
    because = forms.CharField(
        label=gettext_lazy("Why can this not wait?"),
        max_length=300,
        min_length=_ENOUGH,
        widget=SensitiveText,
        help_text=gettext_lazy("The regisseur and the privacy officer read this today."),
    )

    def clean_reference(self) -> str:
        return str(self.cleaned_data["reference"]).strip().upper()
