from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.family import OwnOrganisation
from cases.models import Family, Person
from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from organisations.models import Organisation
from signals.models import Assessment, MonitoringStatus, OriginReason
from signals.names import identifying, names_in
from signals.operations import Answer, Reported


def _refuse(found: list[str]) -> None:
    # Once and whole: a first name that stands in the name beside it is not told again.
    whole = [one for one in dict.fromkeys(found) if not any(one != other and one in other for other in found)]
    if whole:
        raise ValidationError(_("Leave these out: %(found)s."), params={"found": ", ".join(whole)})


class _ToVeiligThuis(Form):
    """Something that goes to a Veilig Thuis organisation."""

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_organisation"] = OwnOrganisation(organisations)
        self.fields["to_organisation"].label = _("Which Veilig Thuis?")
        self.order_fields(["to_organisation"])


class AskAdvice(_ToVeiligThuis):
    question = forms.CharField(
        label=_("Your question"),
        widget=SensitiveTextarea(attrs={"rows": 5}, scanned=False),
        help_text=_("No names, no dates of birth, no place. Veilig Thuis does not have to know about whom it is."),
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._family = family

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"]
        _refuse([*names_in(question, self._family), *identifying(question)])
        return question


class GiveAdvice(Form):
    answer = forms.CharField(label=_("Your advice"), widget=SensitiveTextarea(attrs={"rows": 6}))


class AskExpertise(_ToVeiligThuis):
    """A question to a shelter, about nobody in particular."""

    question = forms.CharField(
        label=_("Your question"),
        widget=SensitiveTextarea(attrs={"rows": 5}, scanned=False),
        max_length=4000,
        help_text=_("No names, no dates of birth, no place. The shelter does not have to know about whom it is."),
    )

    def __init__(self, *args: Any, own: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_organisation"].label = _("Which shelter?")
        self.fields["on_behalf_of"] = OwnOrganisation(own)

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"]
        _refuse(identifying(question))
        return question


class ReportToVeiligThuis(_ToVeiligThuis):
    persons = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=ManyChoices)
    is_acute = forms.BooleanField(label=_("There is danger now. I called 112 or Veilig Thuis first."), required=False)
    facts = forms.CharField(
        label=_("The facts"),
        widget=SensitiveTextarea(attrs={"rows": 6}),
        help_text=_("What was seen and heard, when, and by whom. Once sent, nobody can change this."),
    )
    from_others = forms.CharField(
        label=_("What others said, and who"), required=False, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    interpretation = forms.CharField(
        label=_("What you think it means"), required=False, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    own_steps = forms.CharField(
        label=_("What you did, and what you go on doing"), required=False, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    informed = forms.CharField(
        label=_("Were those it is about told? How did they take it, or why were they not told?"),
        widget=SensitiveTextarea(attrs={"rows": 3}),
    )
    question = forms.CharField(
        label=_("What do you ask of Veilig Thuis?"), required=False, widget=SensitiveTextarea(attrs={"rows": 2})
    )
    origin = forms.ChoiceField(
        label=_("May the family know that this report comes from you?"),
        choices=[("open", _("Yes, that is the rule")), *OriginReason.choices],
        widget=Choices,
        initial="open",
    )

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._persons = {str(person.pk): person for person in persons}
        names = [(pk, person.name) for pk, person in self._persons.items()]
        self.fields["persons"].choices = names  # type: ignore[attr-defined]

    def clean_persons(self) -> list[Person]:
        return [self._persons[pk] for pk in self.cleaned_data["persons"]]

    @property
    def reported(self) -> Reported:
        answers = self.cleaned_data
        told = {name: answers[name] for name in ("facts", "from_others", "interpretation", "own_steps", "informed")}
        reason = "" if answers["origin"] == "open" else answers["origin"]
        return Reported(**told, question=answers["question"], is_acute=answers["is_acute"], origin_reason=reason)


class RecordAnswer(Form):
    received_on = DayGoneBy(label=_("Received on"))
    text = forms.CharField(label=_("What Veilig Thuis answered"), widget=SensitiveTextarea(attrs={"rows": 5}))
    assessment = forms.ChoiceField(
        label=_("Outcome of the safety assessment"),
        choices=Assessment,
        widget=Choices,
        initial=Assessment.NOT_YET,
        required=False,
    )
    assessed_on = DayGoneBy(label=_("Day of the safety assessment"), required=False)
    hands_back = forms.BooleanField(label=_("Veilig Thuis gives it back to us"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        answers["assessment"] = answers.get("assessment") or Assessment.NOT_YET
        if answers["assessment"] != Assessment.NOT_YET and not answers.get("assessed_on"):
            self.add_error("assessed_on", ValidationError(_("Fill in the day of this outcome.")))
        return answers

    @property
    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


class AnswerReport(RecordAnswer):
    """The same, filled in by Veilig Thuis itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["received_on"]
        self.fields["text"].label = _("Your answer")
        self.fields["hands_back"].label = _("We give it back to the regisseur")


class RecordMonitoring(Form):
    status = forms.ChoiceField(label=_("Does Veilig Thuis monitor?"), choices=MonitoringStatus, widget=Choices)
    until = Day(label=_("Until when?"), required=False)
    who_watches = forms.CharField(
        label=_("Who watches over this family now?"), max_length=200, required=False, widget=SensitiveText
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("status") == MonitoringStatus.RUNS and not answers.get("until") and "until" not in self.errors:
            self.add_error("until", ValidationError(_("Fill in until when, as far as Veilig Thuis said.")))
        if answers.get("status") == MonitoringStatus.FINISHED and not answers.get("who_watches"):
            self.add_error("who_watches", ValidationError(_("Say who watches over this family now.")))
        return answers
