from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Person
from core.forms import Choices, Form, ManyChoices, SensitiveText, SensitiveTextarea
from signals.models import Outcome, PoliceContactKind, Safe, VirAnswer
from signals.operations import Judgement, Told


class Judge(Form):
    child_safe = forms.ChoiceField(
        label=_("Is every child safe now?"),
        choices=Safe,
        widget=Choices(then={Safe.UNKNOWN: _("Today you call back. It is put on the list.")}),
    )
    outcome = forms.ChoiceField(label=_("What do you do?"), choices=Outcome, widget=Choices)
    decision = forms.CharField(
        label=_("What do you decide, and why?"), widget=SensitiveTextarea(attrs={"rows": 4}), max_length=4000
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("child_safe") == Safe.NO and answers.get("outcome") == Outcome.NONE:
            self.add_error("outcome", ValidationError(_("A child is not safe. Choose what you do.")))
        return answers

    def __init__(self, *args: Any, asks_about_vir: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_about_vir:
            self.fields["vir"] = forms.ChoiceField(
                label=_("Was the child registered in the referral index (VIR)?"),
                choices=VirAnswer,
                widget=Choices,
                error_messages={"required": _("Choose an answer.")},
            )

    @property
    def judgement(self) -> Judgement:
        return Judgement(**self.cleaned_data)


class JudgeAtDesk(Judge):
    """Without a family nobody can be given the task of calling back: not knowing is not an end here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child_safe"].widget.then = {
            Safe.UNKNOWN: _("Then it is not handled yet. Call first; it stays on your list.")
        }

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("child_safe") == Safe.UNKNOWN:
            self.add_error(
                "child_safe", ValidationError(_("Call first. The signal stays on your list until you know."))
            )
        return answers


class GiveBack(Form):
    because = forms.CharField(
        label=_("Why is it not about this family?"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 3})
    )


class DecideReopening(Form):
    opens = forms.ChoiceField(
        label=_("Is this family opened again?"),
        choices=[
            ("yes", _("Yes, we keep watch again")),
            ("no", _("No, what is needed is done by others")),
        ],
        widget=Choices,
    )
    reason = forms.CharField(label=_("Why?"), widget=SensitiveTextarea(attrs={"rows": 3}), max_length=2000)


class NamePersons(Form):
    persons = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=ManyChoices)

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._persons = {str(person.pk): person for person in persons}
        self.fields["persons"].choices = [(pk, person.name) for pk, person in self._persons.items()]  # type: ignore[attr-defined]

    def clean_persons(self) -> list[Person]:
        return [self._persons[pk] for pk in self.cleaned_data["persons"]]


class TellPolice(Form):
    kind = forms.ChoiceField(label=_("What did you do?"), choices=PoliceContactKind, widget=Choices)
    told_at = forms.DateTimeField(
        label=_("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
    )
    spoke_with = forms.CharField(label=_("Whom did you speak?"), max_length=200, widget=SensitiveText)
    agreed = forms.CharField(
        label=_("What did you agree?"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 4})
    )

    def clean_told_at(self) -> object:
        told_at = self.cleaned_data["told_at"]
        if told_at > timezone.now():
            raise ValidationError(_("This moment is still to come."))
        return told_at

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)
