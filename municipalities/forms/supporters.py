"""Forms of the supporters of a municipality: about professionals, and about no family."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from core.forms import Form, SensitiveText
from organisations.models import Organisation

MOST = 500


class ChangeSupporter(Form):
    attention_area = forms.CharField(
        label=_("For which families?"),
        max_length=100,
        widget=SensitiveText(scanned=False),
        help_text=_("For instance: women's shelter."),
    )
    capacity = forms.IntegerField(
        label=_("How many families at once?"),
        min_value=1,
        max_value=MOST,
        help_text=_("What you agreed on. Above this number a worker must say why one more is added."),
    )


class AppointSupporter(ChangeSupporter):
    """Who works at an organisation that serves this municipality. Somebody may work at two."""

    who = forms.ChoiceField(label=_("Who?"))
    field_order = ["who", "attention_area", "capacity"]

    def __init__(self, *args: Any, candidates: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._candidates = {str(one.pk): one for one in candidates}
        who: Any = self.fields["who"]
        who.choices = [
            ("", _("Choose")),
            *((key, f"{one.user.name}, {_place(one.organisation)}") for key, one in self._candidates.items()),
        ]

    @property
    def chosen(self) -> tuple[User, Organisation]:
        found = self._candidates[self.cleaned_data["who"]]
        return found.user, found.organisation


def _place(organisation: Organisation) -> str:
    """Return the name, and of a shelter only what it is: where it stands is nobody's business here."""
    return str(organisation.kind.label if organisation.kind.is_shelter else organisation.name)
