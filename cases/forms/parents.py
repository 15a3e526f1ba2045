from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import PersonChoice, day, gone_by, line, lines, one_of
from cases.models import Answer, Involved, Knows, Person, RelationshipKind
from cases.operations import Arrangement, SafetyDecision
from core.forms import Form


class Relate(Form):
    kind = one_of(_("This person"), RelationshipKind)
    other = PersonChoice(Person.objects.none(), label=_("Whom?"), empty_label=_("Choose"))
    starts_on = day(_("Since when?"), required=False, help_text=_("Leave empty when it was always so."))

    def __init__(self, *args: Any, others: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]


class EndOnADay(Form):
    ends_on = day(_("From which day on is this no longer so?"))


class DescribePerpetrator(Form):
    what_happened = lines(_("What happened?"))
    knows_address = one_of(_("Does this person know where they are?"), Knows, row=True)
    ways_to_find = lines(
        _("How could this person find them?"),
        help_text=_("For example by family, work, a shared telephone or account. Never write an address."),
    )


class DecideInvolvement(Form):
    involved = one_of(_("Is this parent involved in the help?"), Involved)
    text = lines(
        _("Why is that safe?"),
        help_text=_("Needed for a yes. What was weighed, and what was agreed so that it stays safe."),
    )
    decided_by = line(_("Who decided this?"))
    decided_on = gone_by(_("On which day?"), required=False)
    contact_person = line(
        _("Who speaks with this parent?"), 120, help_text=_("One person, so that it never is whoever picks up.")
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("involved") == Involved.YES:
            for name in ("text", "decided_by", "decided_on"):
                if name not in self.errors and not answers.get(name):
                    self.add_error(name, ValidationError(_("A yes needs a safety decision: fill this in.")))
        return answers

    @property
    def decision(self) -> SafetyDecision:
        answers = self.cleaned_data
        return SafetyDecision(answers["text"], answers["decided_on"], answers["decided_by"])


class ArrangeWithParent(Form):
    parent = PersonChoice(
        Person.objects.none(),
        label=_("With which parent?"),
        empty_label=_("Choose"),
        help_text=_("Only parents of whom it is decided that involving them is safe."),
    )
    what = lines(_("What is agreed?"), required=True, help_text=_("When, how long and how. Never write an address."))
    supervised_by = line(_("Who is there?"), 120)
    conditions = lines(_("Under which conditions?"), rows=2)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"), required=False)
    despite_ban_because = line(
        _("Why is it allowed, although a measure forbids contact?"),
        300,
        help_text=_("Only when a measure forbids it. For example: the judge made an exception for visits with help."),
    )

    def __init__(
        self, *args: Any, parents: QuerySet[Person], is_banned: Callable[[Person, date, date | None], bool], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.is_banned = is_banned

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        parent, first, last = answers.get("parent"), answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day lies before the first day.")))
        elif parent and first and not answers.get("despite_ban_because") and self.is_banned(parent, first, last):
            self.add_error(
                "despite_ban_because",
                ValidationError(_("A measure forbids contact in this time. Say why it is allowed after all.")),
            )
        return answers

    @property
    def arrangement(self) -> Arrangement:
        answers = self.cleaned_data
        return Arrangement(**{name: answers[name] for name in Arrangement.__dataclass_fields__})


class AskConsent(Form):
    holder = PersonChoice(Person.objects.none(), label=_("Whom do you ask?"), empty_label=_("Choose"))
    help_ = line(
        _("For which help?"),
        required=True,
        help_text=_("Short, and without a name or place. This stands in the letter. For example: play therapy."),
    )
    asked_on = gone_by(_("Asked on"))

    def __init__(self, *args: Any, holders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]


class AnswerConsent(Form):
    answer = one_of(_("What is the answer?"), Answer)
    answered_on = gone_by(_("Answered on"))

    def __init__(self, *args: Any, asked_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_on = asked_on
        answers = [(value, label) for value, label in Answer.choices if value != Answer.ASKED]
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]

    def clean_answered_on(self) -> date:
        answered_on: date = self.cleaned_data["answered_on"]
        if answered_on < self.asked_on:
            raise ValidationError(_("An answer comes on or after the day of the question."))
        return answered_on
