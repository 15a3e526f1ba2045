from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Person
from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from family_plans.forms.fields import (
    CHOOSE,
    NO_PLACE,
    Around,
    DomainChoice,
    NamedChoice,
    WhoForm,
    for_whom,
)
from family_plans.models import (
    MOST_FOCUS_DOMAINS,
    FindingKind,
    Goal,
    GoalResult,
    GoalTemplate,
    Phase,
    SourcePlan,
)
from family_plans.operations import Decided
from family_plans.operations.making import FEWEST_PARTIES
from family_plans.operations.plan import LONGEST_ROUTE, SHORTEST_ROUTE
from organisations.models import Organisation

MOST_DECISIONS = 5


class StartPlan(Form):
    own_words = forms.CharField(
        label=_("What does the client want, in her or his own words"),
        max_length=4000,
        widget=SensitiveTextarea(attrs={"rows": 5}),
        help_text=NO_PLACE,
    )


class AgreePlan(Form):
    agreed_on = DayGoneBy(label=_("On which day did the client say: this is my plan"))


class WayOfWorking(Form):
    words = forms.CharField(
        label=_("Way of working of the shelter"),
        max_length=200,
        required=False,
        widget=SensitiveText,
        help_text=_("For example: Krachtwerk. Only who works with the family reads it; it stands on no paper."),
    )


class Coordinator(Form):
    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordinator"] = NamedChoice(
            users,
            label=_("Who keeps the plan together"),
            empty_label=CHOOSE,
            help_text=_("This may be the regisseur, and may be somebody else who works with the family."),
        )


class Route(Form):
    starts_on = Day(label=_("First day"), help_text=_("Usually the day of departure."))
    months = forms.IntegerField(
        label=_("How many months"), min_value=SHORTEST_ROUTE, max_value=LONGEST_ROUTE, help_text=_("Nine is usual.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = DomainChoice(today, only_six=True)
        self._rows = domains.rows
        self.fields["focus"] = forms.MultipleChoiceField(
            label=_("What do you concentrate on"),
            choices=[(key, str(item.label).capitalize()) for key, item in domains.rows.items()],
            widget=ManyChoices,
            help_text=_("One, two or three."),
            error_messages={"required": _("Choose one, two or three.")},
        )

    def clean_focus(self) -> list[Any]:
        chosen = self.cleaned_data["focus"]
        if len(chosen) > MOST_FOCUS_DOMAINS:
            raise forms.ValidationError(_("Choose three at most. This route works by doing less at a time."))
        return [self._rows[key] for key in chosen]


class AddGoal(WhoForm):
    """A goal, with the client's words before anybody else's."""

    who_label = _("Who sees to it")

    own_words = forms.CharField(
        label=_("How does she, he or the child say it"),
        max_length=2000,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NO_PLACE,
    )
    problem = forms.CharField(
        label=_("What is the problem"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    aim = forms.CharField(
        label=_("What should be reached"), max_length=2000, widget=SensitiveTextarea(attrs={"rows": 3})
    )
    phase = forms.ChoiceField(label=_("When"), choices=Phase.choices, widget=Choices(row=True))
    due_on = Day(label=_("By which day"))

    def __init__(
        self,
        *args: Any,
        persons: QuerySet[Person],
        sources: QuerySet[SourcePlan],
        parts: frozenset[str] | None,
        today: date,
        around: Around,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, around=around, **kwargs)
        self.fields["domain"] = DomainChoice(today, parts=parts)
        self.fields["about"] = for_whom(persons)
        self.fields["source"] = _SourceChoice(
            sources, label=_("Taken over from whose plan"), required=False, empty_label=_("From no other plan")
        )
        order = ["domain", "about", "own_words", "problem", "aim", "responsible", "network", "due_on", "phase"]
        self.order_fields([*order, "source"])


class _SourceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {obj.organisation.name}"


class FromTemplate(Form):
    def __init__(
        self,
        *args: Any,
        templates: QuerySet[GoalTemplate],
        persons: QuerySet[Person],
        parts: frozenset[str] | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"] = _TemplateChoice(templates, label=_("Which one"), empty_label=CHOOSE)
        self.fields["domain"] = DomainChoice(today, parts=parts)
        self.fields["about"] = for_whom(persons)


class _TemplateChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class AddAction(WhoForm):
    """Who does what, and by when. The client stands first in the list: she or he leads where possible."""

    what = forms.CharField(
        label=_("What is going to be done"),
        max_length=1000,
        widget=SensitiveTextarea(attrs={"rows": 3}),
        help_text=NO_PLACE,
    )
    due_on = Day(label=_("By which day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["what", "responsible", "network", "due_on"])


class AddParticipant(WhoForm):
    who_label = _("Who takes part")

    task = forms.CharField(label=_("What is expected of them"), max_length=300, widget=SensitiveText)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["responsible", "network", "task"])


class Result(Form):
    result = forms.ChoiceField(label=_("Was the goal achieved"), choices=GoalResult.choices, widget=Choices)
    words = forms.CharField(
        label=_("What came of it"), max_length=1000, required=False, widget=SensitiveTextarea(attrs={"rows": 3})
    )


class NoteFinding(Form):
    kind = forms.ChoiceField(label=_("What do you write down"), choices=FindingKind.choices, widget=Choices(row=True))
    text = forms.CharField(
        label=_("In one sentence"), max_length=300, widget=SensitiveTextarea(attrs={"rows": 2}), help_text=NO_PLACE
    )

    def __init__(
        self, *args: Any, persons: QuerySet[Person], parts: frozenset[str] | None, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"] = DomainChoice(today, parts=parts)
        self.fields["about"] = for_whom(persons, label=_("About whom"), empty_label=_("About the whole family"))
        self.order_fields(["kind", "domain", "about", "text"])


class NameSource(Form):
    title = forms.CharField(label=_("What is the plan called"), max_length=150, widget=SensitiveText)
    made_on = DayGoneBy(label=_("Of which day is it"))
    kept_at = forms.CharField(
        label=_("Where is it kept"),
        max_length=150,
        required=False,
        widget=SensitiveText,
        help_text=_("The plan itself stays there. Nothing is uploaded here."),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = NamedChoice(organisations, label=_("Whose plan is it"), empty_label=CHOOSE)
        self.order_fields(["organisation", "title", "made_on", "kept_at"])


class KeepPart(Form):
    reason = forms.CharField(label=_("Why"), max_length=200, widget=SensitiveText)

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"] = NamedChoice(persons, label=_("Whose part"), empty_label=CHOOSE)
        self.fields["kept_from"] = NamedChoice(persons, label=_("Who does not get to read it"), empty_label=CHOOSE)
        self.order_fields(["about", "kept_from", "reason"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("about") and answers.get("about") == answers.get("kept_from"):
            self.add_error("kept_from", _("Choose somebody else than whose part it is."))
        return answers


class HoldConference(Form):
    held_on = DayGoneBy(label=_("On which day"))
    others = forms.CharField(
        label=_("Who else was there"),
        max_length=120,
        required=False,
        widget=SensitiveText,
        help_text=_("Somebody of the network: a first name, or what this person is to them."),
    )
    discussed = forms.CharField(
        label=_("What was talked about"), max_length=4000, widget=SensitiveTextarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, around: Around, goals: QuerySet[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = around.rows
        self._goals = {str(goal.pk): goal for goal in goals}
        self.fields["attendees"] = forms.MultipleChoiceField(
            label=_("Who was there"),
            choices=[choice for choice in around.choices(network=False) if choice[0]],
            widget=ManyChoices,
            error_messages={"required": _("Say who was there: two parties at least.")},
        )
        for number in range(1, MOST_DECISIONS + 1):
            self._add_decision(number, around)
        self.order_fields(["held_on", "attendees", "others", "discussed"])

    def _add_decision(self, number: int, around: Around) -> None:
        label = _("Decision %(number)s: what") % {"number": number}
        self.fields[f"what_{number}"] = forms.CharField(
            label=label, max_length=1000, required=False, widget=SensitiveTextarea(attrs={"rows": 2})
        )
        goals = [("", CHOOSE), *((key, goal.aim[:80]) for key, goal in self._goals.items())]
        self.fields[f"goal_{number}"] = forms.ChoiceField(label=_("For which goal"), choices=goals, required=False)
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_("Who does this"), choices=around.choices(network=False), required=False
        )
        self.fields[f"due_{number}"] = Day(label=_("By which day"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("attendees") and len(answers["attendees"]) + bool(answers.get("others")) < FEWEST_PARTIES:
            self.add_error("attendees", _("Say who was there: two parties at least."))
        for number in range(1, MOST_DECISIONS + 1):
            names = [f"{name}_{number}" for name in ("what", "goal", "who", "due")]
            given = [name for name in names if answers.get(name)]
            for name in names if given else ():
                if not answers.get(name) and name not in self.errors:
                    self.add_error(name, _("A decision has a goal, somebody who does it, and a day."))
        return answers

    @property
    def attendees(self) -> list[Any]:
        others = self.cleaned_data["others"].strip()
        return [self._rows[key] for key in self.cleaned_data["attendees"]] + ([others] if others else [])

    @property
    def decisions(self) -> list[Decided]:
        answers = self.cleaned_data
        return [
            Decided(
                goal=self._goals[answers[f"goal_{number}"]],
                what=answers[f"what_{number}"],
                responsible=self._rows[answers[f"who_{number}"]],
                due_on=answers[f"due_{number}"],
            )
            for number in range(1, MOST_DECISIONS + 1)
            if answers.get(f"what_{number}")
        ]
