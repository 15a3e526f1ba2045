from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.models import Reply
from core.forms import Choices, Day, DayToCome, Form, SensitiveTextarea
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
    act_by = DayToCome(label=_("By which day"))


class ReplyToSummons(Form):
    reply = forms.ChoiceField(label=_("What do you answer"), choices=Reply, widget=Choices)
    planned_on = Day(label=_("For which day"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("reply") == Reply.PLANNED and "planned_on" not in self.errors:
            try:
                DayToCome(error_messages={"required": _("Say for which day it is planned.")}).validate(
                    answers.get("planned_on")
                )
            except forms.ValidationError as wrong:
                self.add_error("planned_on", wrong)
        return answers
