from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.models import Reply
from core.forms import Choices, DateInput, Form, SensitiveTextarea
from municipalities.forms.fields import OrganisationChoice
from organisations.querysets import OrganisationQuerySet


class AssignTeam(Form):
    def __init__(self, *args: Any, teams: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field(
            "team",
            OrganisationChoice(
                teams,
                label=_("Which team"),
                empty_label=_("Choose"),
                help_text=_("Teams of your municipality with a team lead and a worker who can sign in here."),
            ),
        )


class Summon(Form):
    words = forms.CharField(
        label=_("What do you ask"),
        max_length=1000,
        widget=SensitiveTextarea(attrs={"rows": 4}),
        help_text=_("Whoever has the regie reads this today. Write no names."),
    )
    act_by = forms.DateField(label=_("By which day"), widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_act_by(self) -> date:
        day: date = self.cleaned_data["act_by"]
        if day < self.today:
            raise forms.ValidationError(_("This day has passed."))
        return day


class ReplyToSummons(Form):
    reply = forms.ChoiceField(label=_("What do you answer"), choices=Reply, widget=Choices)
    planned_on = forms.DateField(label=_("For which day"), widget=DateInput, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("reply") == Reply.PLANNED:
            if not answers.get("planned_on") and "planned_on" not in self.errors:
                self.add_error("planned_on", _("Say for which day it is planned."))
            elif answers.get("planned_on") and answers["planned_on"] < self.today:
                self.add_error("planned_on", _("This day has passed."))
        return answers
