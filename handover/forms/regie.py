from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DayToCome, Form, SensitiveText
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
    """`stands_in`: who does so already, and cannot be chosen again before that has ended."""

    until = DayToCome(label=_("Until and including which day?"))

    def __init__(self, *args: Any, stands_in: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stands_in = stands_in

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        if self._candidates[who][0].pk in self._stands_in:
            raise forms.ValidationError(_("This colleague stands in already."))
        return who
