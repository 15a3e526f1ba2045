from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateInput, Form, SensitiveText
from organisations.models import Organisation

Candidate = tuple[User, Organisation]


class _Somebody(Form):
    """A choice of one worker at one organisation: somebody may work at two."""

    who = forms.ChoiceField(label=_("Who?"))
    because = forms.CharField(label=_("Why?"), max_length=200, widget=SensitiveText)

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._candidates = {f"{user.pk}~{organisation.pk}": (user, organisation) for user, organisation in candidates}
        chosen: Any = self.fields["who"]
        chosen.choices = [
            ("", _("Choose")),
            *((key, f"{user.name}, {organisation.name}") for key, (user, organisation) in self._candidates.items()),
        ]

    @property
    def chosen(self) -> Candidate:
        return self._candidates[self.cleaned_data["who"]]


class Appoint(_Somebody):
    pass


class StandIn(_Somebody):
    until = forms.DateField(label=_("Until and including which day?"), widget=DateInput)

    def clean_until(self) -> date:
        chosen: date = self.cleaned_data["until"]
        if chosen < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return chosen
