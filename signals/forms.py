from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.family import OwnOrganisation
from cases.models import Family, Person
from core.forms import Choices, DateInput, Form, ManyChoices, SensitiveText, SensitiveTextarea
from organisations.models import Organisation
from signals.models import Acute, Discussed, Outcome, Safe, SignalKind, Source, Step
from signals.names import names_in
from signals.operations import Account, Judgement

ANOTHER = "another"


class Report(Form):
    """Four questions and a telephone number: five fields at most must be filled, everything else may stay empty."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    acute = forms.ChoiceField(
        label=_("1. Is the child in danger now?"), choices=Acute, widget=Choices(row=True, reveal=[Acute.YES])
    )
    child = forms.ChoiceField(label=_("2. Which child is it about?"), widget=Choices, required=False)
    child_name = forms.CharField(
        label=_("First and last name of the child"), max_length=200, required=False, widget=SensitiveText
    )
    child_born_on = forms.DateField(
        label=_("Date of birth of the child"),
        required=False,
        widget=DateInput,
        help_text=_("If you know it. With it, your worry is with the right person sooner. For example 24-3-2018."),
    )
    also_about = forms.CharField(
        label=_("Are you worried about somebody else in this family too?"),
        max_length=300,
        required=False,
        widget=SensitiveText,
        help_text=_("For example a brother, a sister or the mother. It stays one signal."),
    )
    kind = forms.ChoiceField(
        label=_("3. What is your worry based on?"), choices=SignalKind, widget=Choices, required=False
    )
    what_seen = forms.CharField(
        label=_("What did you see?"), required=False, widget=SensitiveTextarea(attrs={"rows": 4})
    )
    what_heard = forms.CharField(
        label=_("What did you hear from others?"), required=False, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    what_i_think = forms.CharField(
        label=_("What do you think or feel?"),
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=_("Only a feeling is allowed too: ‘something is not right’ is enough."),
    )
    callback_phone = forms.CharField(
        label=_("4. How can we reach you?"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("You are called back on this number."),
    )
    discussed_with = forms.CharField(
        label=_("Whom did you discuss this with?"), max_length=200, required=False, widget=SensitiveText
    )
    discussed = forms.ChoiceField(
        label=_("Did you discuss it with the parents?"),
        choices=Discussed,
        required=False,
        widget=Choices(row=True),
        help_text=_("You do not have to. Do not do it when you think it is not safe."),
    )
    source = forms.ChoiceField(
        label=_("Who tells this?"),
        choices=[(Source.ORGANISATION, _("I do myself")), (Source.NETWORK, Source.NETWORK.label)],
        widget=Choices,
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        children: QuerySet[Person],
        is_worker: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4
        self._children = {str(child.pk): child for child in children}
        names = [(pk, child.name) for pk, child in self._children.items()]
        self.fields["child"].choices = [*names, (ANOTHER, _("Another child"))]  # type: ignore[attr-defined]
        if not names:
            self.fields["child"].initial = ANOTHER
        if is_worker:
            self.fields["source"].initial = Source.ORGANISATION
        else:
            del self.fields["source"]
        self.fields["organisation"] = OwnOrganisation(organisations)
        self.order_fields(["organisation", "acute"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("child") and "child" not in self.errors:
            # Whoever fills in a name has said that it is a child that is not in the list.
            answers["child"] = ANOTHER
        if answers.get("child") == ANOTHER and not answers.get("child_name") and "child_name" not in self.errors:
            self.add_error("child_name", ValidationError(_("Choose a child in the list, or fill in a name.")))
        if answers.get("child_born_on") and answers["child_born_on"] > timezone.localdate():
            self.add_error("child_born_on", ValidationError(_("This day is still to come.")))
        if not any(answers.get(field) for field in ("what_seen", "what_heard", "what_i_think")):
            self.add_error("what_seen", ValidationError(_("Fill in one of these three: what you saw, heard or think.")))
        return answers

    @property
    def account(self) -> Account:
        answers = self.cleaned_data
        child = self._children.get(answers["child"])
        return Account(
            token=answers["token"],
            acute=answers["acute"],
            kind=answers["kind"] or self._kind,
            callback_phone=answers["callback_phone"],
            child=child,
            child_name="" if child else answers["child_name"],
            child_born_on=None if child else answers["child_born_on"],
            also_about=answers["also_about"],
            what_seen=answers["what_seen"],
            what_heard=answers["what_heard"],
            what_i_think=answers["what_i_think"],
            discussed=answers["discussed"],
            discussed_with=answers["discussed_with"],
            source=answers.get("source") or Source.ORGANISATION,
        )

    @property
    def _kind(self) -> str:
        """Say what the worry is based on by where it was written, for whoever skipped the question."""
        answers = self.cleaned_data
        if answers["what_seen"]:
            return SignalKind.FACTS
        return SignalKind.HEARD if answers["what_heard"] else SignalKind.FEELING


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


class TakeStep(Form):
    step = forms.TypedChoiceField(label=_("Which step?"), coerce=int, widget=Choices)
    on = forms.DateField(label=_("Taken on"), required=False, widget=DateInput)
    skipped_because = forms.CharField(
        label=_("Or left out, because"), max_length=200, required=False, widget=SensitiveText
    )

    def __init__(self, *args: Any, taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(step.value, f"{step.value}. {step.label}") for step in Step if step not in taken]
        self.fields["step"].choices = left  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "on" in self.errors:
            return answers
        if bool(answers.get("on")) == bool(answers.get("skipped_because")):
            self.add_error("on", ValidationError(_("Fill in the day, or why the step was left out. Not both.")))
        elif answers.get("on") and answers["on"] > timezone.localdate():
            self.add_error("on", ValidationError(_("This day is still to come.")))
        return answers


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
        widget=SensitiveTextarea(attrs={"rows": 5}),
        help_text=_("No names, no dates of birth, no place. Veilig Thuis does not have to know about whom it is."),
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._family = family

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"]
        if found := names_in(question, self._family):
            raise ValidationError(_("Leave these names out: %(names)s."), params={"names": ", ".join(found)})
        return question


class GiveAdvice(Form):
    answer = forms.CharField(label=_("Your advice"), widget=SensitiveTextarea(attrs={"rows": 6}))


class ReportToVeiligThuis(_ToVeiligThuis):
    facts = forms.CharField(
        label=_("The facts"),
        widget=SensitiveTextarea(attrs={"rows": 6}),
        help_text=_("What was seen and heard, and by whom. Once sent, nobody can change this."),
    )
    persons = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=ManyChoices)

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._persons = {str(person.pk): person for person in persons}
        names = [(pk, person.name) for pk, person in self._persons.items()]
        self.fields["persons"].choices = names  # type: ignore[attr-defined]

    def clean_persons(self) -> list[Person]:
        return [self._persons[pk] for pk in self.cleaned_data["persons"]]


class RecordAnswer(Form):
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)
    text = forms.CharField(label=_("What Veilig Thuis answered"), widget=SensitiveTextarea(attrs={"rows": 5}))
    hands_back = forms.BooleanField(label=_("Veilig Thuis gives it back to us"), required=False)
