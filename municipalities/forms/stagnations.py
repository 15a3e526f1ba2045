from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayToCome, Form, SensitiveTextarea
from municipalities.forms.fields import OrganisationChoice
from organisations.querysets import OrganisationQuerySet


class AnswerStagnation(Form):
    """What the municipality does: whom it called to account, by when something happens, and in words what."""

    answer = forms.CharField(
        label=_("What does the municipality do about it"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    happens_by = DayToCome(label=_("By which day does something happen"))

    def __init__(self, *args: Any, organisations: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressed"] = OrganisationChoice(
            organisations,
            label=_("Which organisation did you call to account"),
            empty_label=_("Choose"),
            help_text=_("All organisations of your municipality are in this list, whoever helps this family."),
        )
        self.order_fields(["addressed", "answer", "happens_by"])
