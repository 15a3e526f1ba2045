from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftercare.models import (
    LARGEST_CARD,
    SMALLEST_CARD,
    Channel,
    Enough,
    FeelsSafe,
    HelpRunning,
    Initiative,
    Mood,
    Outcome,
    Refusal,
    SearchResult,
    SearchStep,
    WishLeadsTo,
    YesNo,
)
from aftercare.operations import Answers, Attempt
from cases.models import Person
from core.forms import Choices, DateInput, Form, ManyChoices, SensitiveText, SensitiveTextarea

NOON = 12
QUESTIONS = ("help_running", "feels_safe", "plan_up_to_date", "needs_support")


class SeenPersons(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.place_in_words})"


class CheckInForm(Form):
    """Contact, or an attempt at it. No answer about safety is chosen beforehand; each says what it leads to."""

    day = forms.DateField(label=_("When?"), widget=DateInput)
    channel = forms.ChoiceField(label=_("How?"), choices=Channel, widget=Choices(row=True))
    initiative = forms.ChoiceField(label=_("Who made contact?"), choices=Initiative, widget=Choices(row=True))
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=Outcome,
        widget=Choices(
            then={
                Outcome.NOT_REACHED: _(
                    "You can skip the questions. You try again on the next working day. After three times you search."
                ),
                Outcome.REFUSED: _("You can skip the questions. In two weeks you try again. The watch runs on."),
            }
        ),
    )
    refusal = forms.ChoiceField(
        label=_("Why does the family not want to talk?"),
        help_text=_("Only when they do not want to talk."),
        choices=Refusal,
        required=False,
        widget=Choices,
    )
    seen = SeenPersons(
        Person.objects.none(),
        label=_("Whom did you really see or speak?"),
        help_text=_("A call with a parent says nothing about a child you did not speak."),
        required=False,
        widget=ManyChoices,
    )
    mood = forms.ChoiceField(
        label=_("How is the family doing?"), choices=Mood, required=False, widget=Choices(row=True)
    )

    help_running = forms.ChoiceField(
        label=_("Is there still contact with each organisation that helps, and does it work?"),
        choices=HelpRunning,
        required=False,
        widget=Choices(
            then={
                HelpRunning.NO: _("You get a task: get the help going again, within 2 working days."),
                HelpRunning.UNSURE: _("You get a task: find out, within 5 working days."),
            }
        ),
    )
    feels_safe = forms.ChoiceField(
        label=_("Does the family feel safe?"),
        choices=FeelsSafe,
        required=False,
        widget=Choices(
            then={
                FeelsSafe.DOUBT: _("You contact the family again within 7 days."),
                FeelsSafe.NO: _("You judge this today. It is on your list straight away."),
            },
            reveal=[FeelsSafe.NO],
        ),
    )
    safety_score = forms.IntegerField(
        label=_("Which mark does the family give its safety?"),
        help_text=_("From 0 (not safe at all) to 10 (quite safe)."),
        min_value=0,
        max_value=10,
        required=False,
    )
    own_words = forms.CharField(
        label=_("In their own words"),
        help_text=_("The family may read this later."),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
    )
    plan_up_to_date = forms.ChoiceField(
        label=_("Is the safety plan still right?"),
        choices=YesNo,
        required=False,
        widget=Choices(then={YesNo.NO: _("You revise the safety plan within 7 days.")}),
    )
    wish = forms.CharField(
        label=_("What is left lying?"),
        help_text=_("A problem or a wish that nobody picks up. Leave it empty when there is none."),
        max_length=300,
        required=False,
        widget=SensitiveText,
    )
    wish_leads_to = forms.ChoiceField(
        label=_("What happens with it?"),
        help_text=_("Only when something is left lying."),
        choices=WishLeadsTo,
        required=False,
        widget=Choices(
            then={
                WishLeadsTo.GOAL: _("You pick it up in the plan within 5 working days."),
                WishLeadsTo.STAGNATION: _("You solve what is stuck within 5 working days."),
            }
        ),
    )
    needs_support = forms.ChoiceField(
        label=_("Does the family need support to get help?"),
        choices=YesNo,
        required=False,
        widget=Choices(then={YesNo.YES: _("The supporter gets a task: go along, within 5 working days.")}),
    )

    def __init__(self, *args: Any, persons: QuerySet[Person], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["seen"].queryset = persons  # type: ignore[attr-defined]
        for name in QUESTIONS:
            # Needed unless nobody was reached: "(not needed)" beside it would be untrue.
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Ask only what goes with the outcome: nobody answers questions for a family that was not reached."""
        outcome = self.data.get(self.add_prefix("outcome")) if self.is_bound else None
        for name in QUESTIONS:
            self.fields[name].required = outcome not in {Outcome.NOT_REACHED, Outcome.REFUSED}
        self.fields["refusal"].required = outcome == Outcome.REFUSED
        super().full_clean()

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate(self.now):
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Outcome.REACHED:
            if said.get("wish") and not said.get("wish_leads_to"):
                self.add_error("wish_leads_to", ValidationError(_("Choose what happens with it.")))
            if said.get("wish_leads_to") and not said.get("wish"):
                self.add_error("wish", ValidationError(_("Write down what is left lying.")))
        return said

    @property
    def attempt(self) -> Attempt:
        said = self.cleaned_data
        is_refusal = said["outcome"] == Outcome.REFUSED
        return Attempt(
            happened_at=self._happened_at(),
            channel=said["channel"],
            initiative=said["initiative"],
            outcome=said["outcome"],
            refusal=said["refusal"] if is_refusal else "",
        )

    @property
    def answers(self) -> Answers | None:
        """Return the answers of somebody who was reached. What was filled in for anybody else is left out."""
        if self.cleaned_data["outcome"] != Outcome.REACHED:
            return None
        names = (*QUESTIONS, "wish", "wish_leads_to", "mood", "own_words", "safety_score")
        return Answers(**{name: self.cleaned_data[name] for name in names})

    @property
    def seen_persons(self) -> list[Person]:
        missed = self.cleaned_data["outcome"] == Outcome.NOT_REACHED
        return [] if missed else list(self.cleaned_data["seen"])

    def _happened_at(self) -> datetime:
        """Return the moment itself for today, and noon for an earlier day: nobody knows the hour any more."""
        day: date = self.cleaned_data["day"]
        if day == timezone.localdate(self.now):
            return self.now
        return datetime(day.year, day.month, day.day, NOON, tzinfo=timezone.get_current_timezone())


class TakeStep(Form):
    """A step to find a family, and what came of it."""

    step = forms.ChoiceField(label=_("Which step did you take?"), choices=SearchStep, widget=Choices)
    result = forms.ChoiceField(label=_("What came of it?"), choices=SearchResult, widget=Choices)


class CloseTrajectory(Form):
    """What must be said before a trajectory ends."""

    enough = forms.ChoiceField(label=_("Was a year enough?"), choices=Enough, widget=Choices)
    enough_because = forms.CharField(label=_("Why?"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 3}))
    regisseur_after = forms.CharField(
        label=_("Who is there for the family after this?"),
        help_text=_("For example: the neighbourhood team, the general practice."),
        max_length=200,
        widget=SensitiveText,
    )

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"enough": Enough(self.cleaned_data["enough"])}


class IssueCard(Form):
    size = forms.TypedChoiceField(
        label=_("How many conversations?"),
        choices=[(number, str(number)) for number in range(SMALLEST_CARD, LARGEST_CARD + 1)],
        coerce=int,
        widget=Choices(row=True),
    )


class UseStrip(Form):
    channel = forms.ChoiceField(label=_("How was the conversation?"), choices=Channel, widget=Choices(row=True))
