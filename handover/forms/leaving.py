from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day, line
from cases.models import Person
from core.forms import Choices, DayGoneBy, DayToCome, Form
from handover.forms.contact_point import WarnsWithoutContactPoint
from handover.forms.departure import MunicipalityChoice
from handover.models import Criterion, Stop
from handover.supporters import Candidate
from handover.watchers import Watched, why_not_asked
from organisations.models import Municipality, Organisation


class AgreeMeasure(Form):
    what = line(_("What must be done?"), required=True, help_text=_("Something that makes the departure safe."))
    owner = line(_("Who sees to it?"), 150, required=True)
    due_on = DayToCome(label=_("Before the end of which day?"))


class SettleMeasure(Form):
    answer = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[("taken", _("It was done")), ("dropped", _("It is not needed any more"))],
        widget=Choices,
    )
    taken_on = DayGoneBy(label=_("Done on"), required=False)
    because = line(_("Why is it not needed any more?"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == "taken" and not answers.get("taken_on") and "taken_on" not in self.errors:
            self.add_error("taken_on", _("Fill in the day."))
        if answers.get("answer") == "dropped" and not answers.get("because"):
            self.add_error("because", _("Say why."))
        return answers

    @property
    def what(self) -> dict[str, Any]:
        taken = self.cleaned_data["answer"] == "taken"
        return {"taken_on": self.cleaned_data["taken_on"]} if taken else {"because": self.cleaned_data["because"]}


class AssignSupporter(Form):
    """Who could be supporter, and whether each has room. One too many takes a reason.

    How many families somebody has stays with the coordinator: one more on the day a family left says where it went.
    """

    who = forms.ChoiceField(label=_("Who becomes supporter?"), widget=Choices)
    criterion = forms.ChoiceField(
        label=_("Why does this family get a supporter?"),
        choices=Criterion,
        widget=Choices,
        help_text=_("Does more than one hold? Choose what weighs most."),
    )
    introduce_on = day(
        _("When do they meet?"), required=False, help_text=_("In the shelter, before the departure. Not known: today.")
    )
    because = line(
        _("Why this family, when there are as many as was agreed?"),
        help_text=_("Only for somebody who has as many families as was agreed, or more."),
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._candidates = {str(one.supporter.pk): one for one in candidates}
        who: Any = self.fields["who"]
        who.choices = [(key, self._words(one)) for key, one in self._candidates.items()]
        who.widget.then = {key: words for key, one in self._candidates.items() if (words := self._warning(one))}

    @staticmethod
    def _warning(one: Candidate) -> str:
        """Return what to think about before this person is chosen; empty when there is nothing."""
        full = _("Has as many families as was agreed. Say why this one comes on top.") if one.is_full else ""
        untrained = _("Has not followed yet: %(trainings)s.") % {"trainings": ", ".join(one.lacks)} if one.lacks else ""
        return " ".join(words for words in (str(full), str(untrained)) if words)

    @staticmethod
    def _words(one: Candidate) -> str:
        words = _("%(name)s, %(organisation)s: full") if one.is_full else _("%(name)s, %(organisation)s: has room")
        return words % {"name": one.supporter.user.name, "organisation": one.supporter.organisation.name}

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen = self._candidates.get(answers.get("who", ""))
        if chosen is not None and chosen.is_full and not answers.get("because"):
            self.add_error("because", _("This supporter has as many families as was agreed. Say why this one."))
        return answers

    @property
    def chosen(self) -> Candidate:
        return self._candidates[self.cleaned_data["who"]]


class RecordIntroduction(Form):
    on = DayGoneBy(label=_("When did they meet?"))
    where = forms.ChoiceField(
        label=_("Where?"),
        choices=[("shelter", _("In the shelter, before the departure")), ("elsewhere", _("Somewhere else, or later"))],
        widget=Choices,
    )


class EndSupport(Form):
    ended_as = forms.ChoiceField(
        label=_("Why does this supporter stop?"),
        choices=[one for one in Stop.choices if one[0] != Stop.HANDED_OVER],
        widget=Choices,
    )
    because = line(_("What happened?"), required=True)


class AskToWatch(Form):
    who = forms.ModelChoiceField(Organisation.objects.none(), label=_("Which partner?"), empty_label=_("Choose"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("On whom?"), empty_label=_("Choose"))
    until = day(_("Until and including which day?"))

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], persons: QuerySet[Person], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, found in (("who", organisations), ("person", persons)):
            asked: Any = self.fields[name]
            asked.queryset = found
            asked.label_from_instance = lambda one: one.name

    def clean_until(self) -> date:
        chosen: date = self.cleaned_data["until"]
        if chosen < self.today:
            raise forms.ValidationError(_("This day has passed."))
        return chosen

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if {"who", "person"} <= set(answers):
            refusal = why_not_asked(answers["person"], answers["who"], at=timezone.now())
            if refusal:
                self.add_error("person", refusal)
        return answers


class DeclineWatch(Form):
    because = line(_("Why not?"), required=True, help_text=_("The regisseur reads this."))


class EndWatch(Form):
    because = line(_("Why does this partner stop?"), required=True)


class EndAftercare(Form):
    """`without`: the children on which nobody keeps watch afterwards. Then it takes a reason, in one's own name."""

    because = line(_("Why does it end, although nobody keeps watch on every child?"))

    def __init__(self, *args: Any, without: list[Watched], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if without:
            self.fields["because"].required = True
        else:
            del self.fields["because"]


class PlanMove(WarnsWithoutContactPoint):
    on = day(_("Day of the move"))
    where = forms.ChoiceField(
        label=_("Where does the family go?"),
        choices=[("municipality", _("A municipality")), ("protected", _("Protected"))],
        widget=Choices(hints={"protected": _("The place is not written down here.")}),
    )
    municipality = MunicipalityChoice(
        Municipality.objects.none(), label=_("Municipality"), required=False, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("where") == "municipality" and not answers.get("municipality"):
            self.add_error("municipality", _("Choose the municipality the family goes to."))
        if answers.get("where") == "protected":
            answers["municipality"] = None
        self.warn(answers.get("municipality"), answers.get("on"))
        return answers
