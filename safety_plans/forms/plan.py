from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.models import Person
from core.forms import Choices, Day, DayGoneBy, DayToCome, Form, SensitiveText, SensitiveTextarea, phone_number
from organisations.models import CodeItem
from safety_plans.models import PERSONAL, NetworkTask, PaperKind, Phase, SafetyPlanItem, Section, Topic
from safety_plans.operations import Line

NO_PLACE = _("Write no address, no place and no name of an organisation. This also goes home on paper.")
_SHORT = _("One short sentence: it has to fit on a small card.")
_MOST_ON_A_CARD = {Section.WHAT_I_DO: 160, Section.WHOM_TO_CALL: 80}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]

# What each part asks, beside the sentence itself.
_ASKED: dict[str, tuple[str, ...]] = {
    Section.CONDITIONS: ("text", "checked_by", "rhythm", "until_on", "if_broken"),
    Section.AGREEMENTS: ("topic", "text", "checked_by", "rhythm"),
    Section.WHOM_TO_CALL: ("text", "phone"),
    Section.NETWORK: ("who", "text", "task", "knows_address", "phone"),
    Section.PROFESSIONALS: ("who", "text", "rhythm", "phone"),
    Section.POLICE: ("who", "text", "until_on"),
    Section.RELAPSE: ("sign", "text"),
}
_TEXT_LABELS = {
    Section.DANGER: _("What is the danger, in plain words"),
    Section.CONDITIONS: _("What must be so: something one can see or hear"),
    Section.EARLY_SIGNS: _("What do we see or notice first"),
    Section.WHAT_I_DO: _("What I do"),
    Section.WHOM_TO_CALL: _("Whom I call"),
    Section.AGREEMENTS: _("What we agreed"),
    Section.NETWORK: _("What this person does"),
    Section.PROFESSIONALS: _("What this person does"),
    Section.POLICE: _("What the police do"),
    Section.RELAPSE: _("In your own words"),
}


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class WriteLine(Form):
    """One line of a draft: what is asked depends on the part it stands in."""

    def __init__(
        self, *args: Any, section: Section, persons: QuerySet[Person], signs: Sequence[CodeItem] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        asked = _ASKED.get(section, ("text",))
        for name in asked:
            self.add_field(name, _field(name, section, signs))
        if section in PERSONAL or section == Section.CONDITIONS:
            self.add_field(
                "person",
                PersonChoice(
                    persons,
                    label=_("For whom"),
                    required=False,
                    empty_label=_("For the whole family"),
                    help_text=_("For a child: use words that the child understands.") if section in PERSONAL else "",
                ),
            )
            self.order_fields(["topic", "person"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.section == Section.RELAPSE and not answers.get("text") and not answers.get("sign"):
            self.add_error("text", _("Choose a sign, or write one down."))
        return answers

    @property
    def line(self) -> Line:
        answers = dict(self.cleaned_data)
        if sign := answers.pop("sign", ""):
            label = dict(self.fields["sign"].choices)[sign]  # type: ignore[attr-defined]  # a ChoiceField
            answers["text"] = f"{label}: {answers['text']}" if answers["text"] else str(label)
        if "knows_address" in answers:
            answers["knows_address"] = answers["knows_address"] == "yes"
        return Line(**answers)


def _field(name: str, section: Section, signs: Sequence[CodeItem]) -> forms.Field:
    match name:
        case "text":
            return forms.CharField(
                label=_TEXT_LABELS[section],
                max_length=_MOST_ON_A_CARD.get(section, 500),
                required=section != Section.RELAPSE,
                widget=SensitiveTextarea(attrs={"rows": 3}),
                help_text=format_lazy("{} {}", _SHORT, NO_PLACE) if section in _MOST_ON_A_CARD else NO_PLACE,
            )
        case "sign":
            return forms.ChoiceField(
                label=_("A sign from the list"),
                required=False,
                choices=[("", _("None of these")), *((sign.code, sign.label) for sign in signs)],
            )
        case "topic":
            return forms.ChoiceField(label=_("About what"), choices=[("", _("Choose")), *Topic.choices])
        case "task":
            return forms.ChoiceField(label=_("The task"), choices=NetworkTask.choices, widget=Choices)
        case "knows_address":
            return forms.ChoiceField(
                label=_("Does this person know the address?"),
                choices=YES_NO,
                widget=Choices(row=True),
                help_text=_("Somebody who does not know it stands on no paper that could tell it."),
            )
        case "until_on":
            return Day(label=_("Until when"), required=section == Section.CONDITIONS)
    return _line_field(name, section)


def _line_field(name: str, section: Section) -> forms.Field:
    match name:
        case "who":
            return forms.CharField(
                label=_("Who"), max_length=120, required=section != Section.POLICE, widget=SensitiveText
            )
        case "phone":
            # It stands on every paper as it is, so it holds a number and no word.
            return phone_number(_("Number"), required=False)
        case "checked_by":
            return forms.CharField(
                label=_("Who checks this"),
                max_length=120,
                widget=SensitiveText,
                help_text=_("The client, the school, a neighbour: somebody who can see it."),
                error_messages={"required": _("Say who checks this agreement.")},
            )
        case "rhythm":
            return forms.CharField(
                label=_("How often"),
                max_length=80,
                required=section == Section.PROFESSIONALS,
                widget=SensitiveText,
                help_text=_("For example: every Friday."),
            )
        case "if_broken":
            return forms.CharField(
                label=_("What happens if it is broken"), max_length=500, widget=SensitiveTextarea(attrs={"rows": 2})
            )
        case _:
            raise AssertionError(name)


def line_of(item: SafetyPlanItem) -> dict[str, Any]:
    """Return what the form starts with when a line is reworded."""
    fields = ("text", "topic", "who", "phone", "task", "checked_by", "rhythm", "until_on", "if_broken")
    answers: dict[str, Any] = {field: getattr(item, field) for field in fields}
    answers["person"] = item.person_id
    if item.knows_address is not None:
        answers["knows_address"] = "yes" if item.knows_address else "no"
    return answers


class _LookedAt(Form):
    """A day on which something was agreed, and the day it is looked at again."""

    agreed_on = DayGoneBy(label=_("Agreed with the client on"))
    review_on = DayToCome(
        label=_("When do you look at it again"),
        help_text=_("On that day it stands on the list of the regisseur."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_review_on(self) -> date:
        review: date = self.cleaned_data["review_on"]
        if review <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        return review


class ConfirmPlan(_LookedAt):
    """The client still finds the plan right."""


class ActivatePlan(_LookedAt):
    holds_from = DayGoneBy(label=_("Holds from"), required=False)
    because = forms.CharField(
        label=_("Why is there a new version"),
        max_length=300,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version == 1:
            del self.fields["because"]
        else:
            self.fields["because"].required = True
        self.order_fields(["because", "agreed_on", "holds_from", "review_on"])


class CheckCondition(Form):
    checked_on = DayGoneBy(label=_("Looked at on"))
    is_kept = forms.ChoiceField(
        label=_("Was it kept?"),
        choices=YES_NO,
        widget=Choices(row=True, then={"no": _("It stands on the list of the regisseur today.")}),
    )
    note = forms.CharField(
        label=_("What happened"), max_length=500, required=False, widget=SensitiveTextarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("is_kept") == "no" and not answers.get("note"):
            self.add_error("note", _("Say what happened."))
        return answers


class EnterPhase(Form):
    phase = forms.ChoiceField(label=_("Which phase"), widget=Choices)
    because = forms.CharField(label=_("Why now"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, now_in: Phase, waits_for: Mapping[Phase, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waits_for = waits_for
        self.fields["phase"].choices = [choice for choice in Phase.choices if choice[0] != now_in]  # type: ignore[attr-defined]

    def clean_phase(self) -> Phase:
        phase = Phase(self.cleaned_data["phase"])
        if reasons := self.waits_for.get(phase):
            raise forms.ValidationError(reasons)
        return phase


class IssuePaper(Form):
    """Which paper, and for whom. What can be chosen was read from the plan, so nothing else gets through."""

    paper = forms.ChoiceField(label=_("Which paper"), widget=Choices)
    with_places = forms.BooleanField(
        label=_("Leave places and names of organisations in"),
        required=False,
        help_text=_("Only for an organisation. Whoever finds this paper can read where the family is."),
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        kind = answers.get("paper", "").partition(":")[0]
        if answers.get("with_places") and kind and kind != PaperKind.PARTNER:
            self.add_error("with_places", _("Places can only be left in for an organisation the plan is shared with."))
        return answers
