from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from organisations.models import ContactPoint, Municipality


class WarnsWithoutContactPoint(Form):
    """A form that chooses where a family goes. Somebody is told when nobody can be called there, and says she knows.

    Without a contact point in the new municipality a signal, and a school that worries, have nobody to turn to (B18).
    """

    knows_there_is_none = forms.BooleanField(
        label=_("I know that there is no contact point. I ask that municipality myself whom to call."),
        required=False,
        widget=forms.HiddenInput,
    )

    def warn(self, municipality: Municipality | None, day: date | None) -> None:
        """Ask for the tick when this municipality has no contact point on that day."""
        if municipality is None or day is None or ContactPoint.of(municipality.pk, day) is not None:
            return
        self.fields["knows_there_is_none"].widget = forms.CheckboxInput()
        if not self.cleaned_data.get("knows_there_is_none"):
            self.add_error(
                "knows_there_is_none",
                ValidationError(
                    _("%(name)s has no contact point here: nobody can be called about a family. Tick that you know."),
                    params={"name": municipality.name},
                ),
            )
