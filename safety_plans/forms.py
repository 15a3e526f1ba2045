from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Person, Place
from core.forms import Choices, DateInput, Form, ManyChoices, SensitiveText, SensitiveTextarea
from organisations.models import CodeItem
from safety_plans.models import Level, Moment, Section, SubjectKind, subjects_missing
from safety_plans.operations import Judgement

RISK_FACTORS = "risk_factors"
NO_PLACE = _("Write no address, no place and no name of an organisation. This also goes home on paper.")


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AddItem(Form):
    """One sentence of a draft."""

    section = forms.ChoiceField(label=_("Which part"), choices=[("", _("Choose")), *Section.choices])
    text = forms.CharField(
        label=_("What it says"), max_length=500, widget=SensitiveTextarea(attrs={"rows": 3}), help_text=NO_PLACE
    )
    checked_by = forms.CharField(
        label=_("Who checks this"),
        max_length=120,
        required=False,
        widget=SensitiveText,
        help_text=_("An agreement needs somebody who checks it: the client, the school, a neighbour."),
    )

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonChoice(
            persons, label=_("For whom"), required=False, empty_label=_("For the whole family")
        )
        self.order_fields(["section", "person", "text", "checked_by"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("section") == Section.AGREEMENTS and not answers.get("checked_by"):
            self.add_error("checked_by", _("Say who checks this agreement."))
        return answers


class ActivatePlan(Form):
    agreed_on = forms.DateField(label=_("Agreed with the client on"), widget=DateInput)
    review_on = forms.DateField(
        label=_("When do you look at it again"),
        widget=DateInput,
        help_text=_("On that day it stands on the list of the regisseur."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (agreed := answers.get("agreed_on")) and agreed > self.today:
            self.add_error("agreed_on", _("This day is still to come."))
        if (review := answers.get("review_on")) and review <= self.today:
            self.add_error("review_on", _("Choose a day after today."))
        return answers


_KINDS = {Place.CLIENT: SubjectKind.CLIENT, Place.CHILD: SubjectKind.CHILD, Place.PARTNER: SubjectKind.NEW_PARTNER}


def _subjects(persons: Sequence[Person]) -> list[tuple[SubjectKind, Person | None]]:
    """Return what can be judged: every person by what she or he is here, and what nobody was recorded for."""
    rows: list[tuple[SubjectKind, Person | None]] = []
    for person in persons:
        kind = SubjectKind.PERSON_CAUSING_HARM if person.causes_harm else _KINDS.get(Place(person.place))
        if kind:
            rows.append((kind, person))
    found = {kind for kind, _person in rows}
    rows += [(kind, None) for kind in (SubjectKind.PERSON_CAUSING_HARM, SubjectKind.NEW_PARTNER) if kind not in found]
    return [*rows, (SubjectKind.HOUSEHOLD, None)]


class Assess(Form):
    """One assessment: a level and a note per person of the family, and for the household."""

    moment = forms.ChoiceField(label=_("Why now"), choices=[("", _("Choose")), *Moment.choices])
    assessed_on = forms.DateField(label=_("Day of the assessment"), widget=DateInput)
    conclusion = forms.CharField(
        label=_("Your conclusion, in your own words"),
        max_length=4000,
        widget=SensitiveTextarea(attrs={"rows": 5}),
    )
    instrument = forms.CharField(
        label=_("Name of the list you used"),
        max_length=120,
        required=False,
        widget=SensitiveText,
        help_text=_("Only the name. The answers stay where you filled them in."),
    )

    def __init__(
        self, *args: Any, persons: Sequence[Person], factors: Sequence[CodeItem], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persons, self.today = persons, today
        self.subjects = _subjects(persons)
        for number, (kind, person) in enumerate(self.subjects):
            name = f"{person.name} ({str(kind.label).lower()})" if person else str(kind.label)
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("Risk: %(name)s") % {"name": name},
                choices=Level.choices,
                required=False,
                widget=Choices(row=True),
            )
            self.fields[f"note_{number}"] = forms.CharField(
                label=_("Why: %(name)s") % {"name": person.given_name if person else kind.label},
                max_length=2000,
                required=False,
                widget=SensitiveTextarea(attrs={"rows": 2}),
            )
        rows = [f"{field}_{number}" for number in range(len(self.subjects)) for field in ("level", "note")]
        self.order_fields(["moment", "assessed_on", *rows, "conclusion", "instrument"])
        if factors:
            self.fields["factors"] = forms.MultipleChoiceField(
                label=_("What makes the danger larger"),
                choices=[(item.code, item.label) for item in factors],
                required=False,
                widget=ManyChoices,
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return every field but the long list of factors, which the page folds away."""
        return [field for field in self if field.name != "factors"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        judged = {(kind, person.pk if person else None) for kind, person, _level, _note in self._judged(answers)}
        missing = set(subjects_missing(answers.get("moment", ""), judged, self.persons))
        for number, (kind, person) in enumerate(self.subjects):
            if (kind, person.pk if person else None) in missing:
                self.add_error(f"level_{number}", _("At this moment the assessment looks at this as well."))
        if not judged and not missing:
            self.add_error("level_0", _("An assessment looks at one person at least."))
        if (day := answers.get("assessed_on")) and day > self.today:
            self.add_error("assessed_on", _("This day is still to come."))
        return answers

    def _judged(self, answers: dict[str, Any]) -> list[tuple[SubjectKind, Person | None, str, str]]:
        return [
            (kind, person, level, answers.get(f"note_{number}", ""))
            for number, (kind, person) in enumerate(self.subjects)
            if (level := answers.get(f"level_{number}"))
        ]

    @property
    def judgements(self) -> list[Judgement]:
        return [
            Judgement(kind, person, Level(level), note) for kind, person, level, note in self._judged(self.cleaned_data)
        ]
