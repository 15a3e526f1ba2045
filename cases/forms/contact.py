from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day, gone_by, line, one_of
from cases.models import Permission, Way
from cases.operations import Reachable
from core.forms import Form


class ConfirmSafeContact(Form):
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Only a number that she or he alone uses."),
    )
    may_call = one_of(_("May we call?"), Permission, row=True)
    may_announce = one_of(
        _("May we say who is calling?"), Permission, row=True, help_text=_("When somebody else picks up.")
    )
    may_text = one_of(_("May we send a message?"), Permission, row=True, help_text=_("A message stays on the screen."))
    may_mail = one_of(_("May we write?"), Permission, row=True, help_text=_("By e-mail or letter."))
    hours = line(_("When is it safe?"), help_text=_("For example: on weekdays between 9 and 11, never in the weekend."))
    confirmed_on = gone_by(_("Asked on"), help_text=_("Ask this again after a month. What was safe may not be now."))

    @property
    def reachable(self) -> Reachable:
        answers = {name: value for name, value in self.cleaned_data.items() if name != "confirmed_on"}
        return Reachable(**answers)


class ArrangeContact(Form):
    way = one_of(_("How?"), Way)
    due_on = day(_("Before the end of which day?"))

    def __init__(self, *args: Any, allowed: list[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way.value, way.label) for way in allowed]  # type: ignore[attr-defined]
