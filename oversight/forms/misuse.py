from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.models import HoldKind
from access.policy import Action
from accounts.models import User
from accounts.step_up import StepUpForm
from cases.models import Family
from core.forms import Choices, Day, Form, SensitiveText, SensitiveTextarea
from oversight.models import Outcome, Verdict

LONGEST = timedelta(days=92)
A_WEEK = timedelta(days=7)


class Judge(Form):
    verdict = forms.ChoiceField(label=gettext_lazy("Was it needed?"), choices=Verdict, widget=Choices)
    note = forms.CharField(
        label=gettext_lazy("What did you find?"),
        required=False,
        max_length=500,
        widget=SensitiveTextarea({"rows": 3}),
        help_text=gettext_lazy("Needed when it was not. Do not write about the family itself."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("verdict") == Verdict.NOT_NEEDED and not answers.get("note", "").strip():
            self.add_error("note", _("Say why it was not needed."))
        return answers


class Settle(Form):
    outcome = forms.ChoiceField(label=gettext_lazy("What came of it?"), choices=Outcome, widget=Choices)
    note = forms.CharField(
        label=gettext_lazy("What did you find?"),
        max_length=500,
        widget=SensitiveTextarea({"rows": 3}),
        help_text=gettext_lazy("Do not write about the family itself."),
    )


class Period(Form):
    """Which days. Both are included."""

    from_day = Day(label=gettext_lazy("From the day"))
    to_day = Day(label=gettext_lazy("Up to and including"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("from_day"), answers.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("This day is before the first day."))
        elif first and last and last - first > LONGEST:
            self.add_error("to_day", _("Choose at most three months."))
        return answers

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Return the first moment of the first day, and the first one after the last day."""
        return _begin(self.cleaned_data["from_day"]), _begin(self.cleaned_data["to_day"] + timedelta(days=1))


class LogFilter(Period):
    """Which part of the log. Sent by POST: a reference in an address would stay in the history of the browser."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of a family"), max_length=12, required=False, widget=SensitiveText
    )
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"]).strip().upper()
        self.family: UUID | None = None
        if typed:
            known = Family.objects.permitting(self.by, Action.REVIEW_BREAK_GLASS).filter(reference=typed).first()
            if known is None:
                raise forms.ValidationError(_("Your organisation does not work with a family with this reference."))
            self.family = known.pk
        return typed


class OwnLogFilter(LogFilter):
    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everybody")), *((str(one.pk), one.name) for one in people)]
        self.add_field("who", forms.ChoiceField(label=_("Who"), choices=choices, required=False))
        self.order_fields(["from_day", "to_day", "who", "reference", "page"])


class TakeProof(Period, StepUpForm):
    pass


class TakeInspection(Period, StepUpForm):
    part = forms.IntegerField(
        label=gettext_lazy("Which part?"),
        min_value=1,
        max_value=1000,
        initial=1,
        help_text=gettext_lazy("A part holds 200 files. With more files, take out the parts one by one."),
    )


class OwnReference(Form):
    """A file of one's own organisation, by its reference: a list to choose from would be a list of families."""

    reference = forms.CharField(label=gettext_lazy("Reference of the file"), max_length=12, widget=SensitiveText)

    def __init__(self, *args: Any, by: User, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.action = by, action

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"]).strip().upper()
        found = Family.objects.permitting(self.by, self.action).filter(reference=typed).first()
        if found is None:
            raise forms.ValidationError(_("Your organisation does not work with a family with this reference."))
        self.family: Family = found
        return typed


class ReadOn(StepUpForm):
    """Why somebody opens so many files. Codes: the log holds no free text."""

    because = forms.ChoiceField(
        label=gettext_lazy("Why do you read so many files today?"),
        widget=Choices,
        choices=(
            ("takes_over", gettext_lazy("I take over the families of a colleague")),
            ("on_duty", gettext_lazy("I am on duty for others")),
            ("looks_for_one", gettext_lazy("I look for one family and do not know which")),
            ("checks", gettext_lazy("I check the files of my organisation")),
        ),
    )


def last_week(today: date) -> dict[str, date]:
    return {"from_day": today - A_WEEK, "to_day": today}


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class SetHold(OwnReference):
    kind = forms.ChoiceField(label=gettext_lazy("Why must it stay?"), choices=HoldKind, widget=Choices)
    reason = forms.CharField(
        label=gettext_lazy("Who asks for it?"),
        max_length=300,
        min_length=5,
        widget=SensitiveText,
        help_text=gettext_lazy("Do not write about the family itself."),
    )


class EndHold(Form):
    because = forms.CharField(
        label=gettext_lazy("Why can it go again?"), max_length=300, min_length=5, widget=SensitiveText
    )


class Approve(StepUpForm):
    """The second step again, and nothing else: who approves has read the list above it."""

    agree = forms.BooleanField(label=gettext_lazy("I have checked the list. These files may be destroyed for good."))


class Refuse(Form):
    because = forms.CharField(
        label=gettext_lazy("Why must they stay?"), max_length=300, min_length=5, widget=SensitiveText
    )
