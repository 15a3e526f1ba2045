from collections.abc import Callable, Sequence
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
    Direction,
    EndCause,
    Enough,
    Factor,
    FeelsSafe,
    HelpRunning,
    HelpState,
    Initiative,
    Mood,
    Outcome,
    Refusal,
    Rhythm,
    SearchResult,
    SearchStep,
    WishLeadsTo,
    YesNo,
)
from aftercare.operations import Answers, Attempt, BroughtUp
from cases.models import Person
from core.forms import Choices, Day, Form, ManyChoices, SensitiveText, SensitiveTextarea
from family_plans.forms.fields import DomainChoice
from family_plans.models import HelpLine

NOON = 12
_BEFORE_HELP = ("outcome", "refusal", "day", "channel", "initiative", "seen", "mood")
_AFTER_HELP = (
    *("feels_safe", "safety_score", "own_words", "plan_up_to_date"),
    *("wish", "wish_leads_to", "stuck_in", "needs_support", "more", "less"),
)
QUESTIONS = ("help_running", "feels_safe", "plan_up_to_date", "needs_support")


class SeenPersons(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.place_in_words})"


class CheckInForm(Form):
    """Contact, or an attempt at it. No answer about safety is chosen beforehand; each says what it leads to."""

    day = Day(label=_("When?"))
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
                WishLeadsTo.STAGNATION: _("It is reported as stuck at once, with a day by which you solve it."),
            }
        ),
    )
    needs_support = forms.ChoiceField(
        label=_("Does the family need support to get help?"),
        choices=YesNo,
        required=False,
        widget=Choices(then={YesNo.YES: _("The supporter gets a task: go along, within 5 working days.")}),
    )

    more = forms.MultipleChoiceField(
        label=_("What became more since the last time?"), choices=Factor, required=False, widget=ManyChoices
    )
    less = forms.MultipleChoiceField(label=_("What became less?"), choices=Factor, required=False, widget=ManyChoices)

    def __init__(
        self,
        *args: Any,
        persons: QuerySet[Person],
        now: datetime,
        help_lines: Sequence[HelpLine] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.help_lines = list(help_lines)
        self.fields["seen"].queryset = persons  # type: ignore[attr-defined]
        self.fields["stuck_in"] = DomainChoice(
            timezone.localdate(now), required=False, help_text=_("Only when something is stuck.")
        )
        self.fields["stuck_in"].label = _("What is it about?")
        for line in self.help_lines:
            self.fields[f"help_{line.pk}"] = _help_field(line)
        helps = [f"help_{line.pk}" for line in self.help_lines]
        if self.help_lines:
            del self.fields["help_running"]
        # As the page asks them, so that the list of what is wrong goes down the page.
        self.order_fields([*_BEFORE_HELP, *helps, "help_running", *_AFTER_HELP])
        for name in self._questions:
            # Needed unless nobody was reached: "(not needed)" beside it would be untrue.
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Ask only what goes with the outcome: nobody answers questions for a family that was not reached."""
        outcome = self.data.get(self.add_prefix("outcome")) if self.is_bound else None
        for name in self._questions:
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
            if said.get("wish_leads_to") == WishLeadsTo.STAGNATION and not said.get("stuck_in"):
                self.add_error("stuck_in", ValidationError(_("Choose what it is about.")))
            if set(said.get("more", [])) & set(said.get("less", [])):
                self.add_error("less", ValidationError(_("Something cannot become both more and less.")))
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
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Answers(**({"help_running": self._help_as_a_whole} | said))

    @property
    def brought_up(self) -> BroughtUp:
        """Return what was said of each help line, and what rose and fell. Nothing of a family that was not reached."""
        if self.cleaned_data["outcome"] != Outcome.REACHED:
            return BroughtUp()
        factors = dict.fromkeys(self.cleaned_data["more"], Direction.UP.value)
        factors |= dict.fromkeys(self.cleaned_data["less"], Direction.DOWN.value)
        leads_to_one = self.cleaned_data["wish_leads_to"] == WishLeadsTo.STAGNATION
        return BroughtUp(
            {line: self.cleaned_data[f"help_{line.pk}"] for line in self.help_lines},
            factors,
            stuck_in=self.cleaned_data["stuck_in"] if leads_to_one else None,
        )

    @property
    def help_fields(self) -> list[Any]:
        """Return the question of each help line, for the page."""
        return [self[f"help_{line.pk}"] for line in self.help_lines]

    @property
    def _questions(self) -> list[str]:
        asked = [name for name in QUESTIONS if name in self.fields]
        return [*asked, *(f"help_{line.pk}" for line in self.help_lines)]

    @property
    def _help_as_a_whole(self) -> str:
        states = {self.cleaned_data[f"help_{line.pk}"] for line in self.help_lines}
        if HelpState.STOPPED in states:
            return HelpRunning.NO
        return HelpRunning.YES if states <= {HelpState.GOOD} else HelpRunning.UNSURE

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


def _help_field(line: HelpLine) -> forms.ChoiceField:
    """Return the question about one help line, in the words of the plan, with what each answer leads to."""
    parts = {"kind": line.kind.label, "organisation": line.organisation.name}
    label = _("%(kind)s, by %(organisation)s") % parts
    if line.person is not None:
        label = _("%(kind)s, by %(organisation)s, for %(name)s") % (parts | {"name": line.person.given_name})
    return forms.ChoiceField(
        label=label,
        choices=HelpState,
        required=False,
        error_messages={"required": _("Choose an answer.")},
        widget=Choices(
            then={
                HelpState.STOPPED: _(
                    "It is reported as stuck. You get a task: get the help going again, within 2 working days."
                ),
                HelpState.POOR: _("There is a risk of dropping out. You get a task: look for help that fits."),
                HelpState.UNSURE: _("You get a task: find out, within 5 working days."),
            }
        ),
    )


class RecordOwnRequest(Form):
    """The family asks for help itself. Every field can be skipped but how it came: the work does not wait for words."""

    channel = forms.ChoiceField(label=_("How did the family ask?"), choices=Channel, widget=Choices(row=True))
    words = forms.CharField(
        label=_("What does the family ask?"),
        help_text=_("In their own words."),
        max_length=1000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
    )


class ChangeAftercareEnd(Form):
    ends_on = Day(label=_("Last day of the shelter's aftercare"))
    cause = forms.ChoiceField(label=_("Why does it become longer or shorter?"), choices=EndCause, widget=Choices)

    def __init__(self, *args: Any, needs_cause: Callable[[date], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needs_cause = needs_cause

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        ends_on, cause = said.get("ends_on"), said.get("cause")
        if ends_on and cause == EndCause.STILL_NEEDED and self._needs_cause(ends_on):
            self.add_error("cause", ValidationError(_("Say why the aftercare becomes shorter.")))
        return said


class ChooseRhythm(Form):
    rhythm = forms.ChoiceField(label=_("How often?"), choices=Rhythm, initial=Rhythm.DEFAULT, widget=Choices)


class SayWhy(Form):
    because = forms.CharField(label=_("Why?"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 3}))


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


class AnswerYear(Form):
    """The question at the end of the year. Together with the family: it is about what she needed."""

    enough = forms.ChoiceField(label=_("Was a year enough?"), choices=Enough, widget=Choices)
    because = forms.CharField(label=_("Why?"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 3}))


class IssueCard(Form):
    size = forms.TypedChoiceField(
        label=_("How many conversations?"),
        choices=[(number, str(number)) for number in range(SMALLEST_CARD, LARGEST_CARD + 1)],
        coerce=int,
        widget=Choices(row=True),
    )


class UseStrip(Form):
    channel = forms.ChoiceField(label=_("How was the conversation?"), choices=Channel, widget=Choices(row=True))
