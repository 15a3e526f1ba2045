from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Person
from core.forms import Choices, DayGoneBy, DayToCome, Form, ManyChoices, SensitiveText, SensitiveTextarea
from organisations.models import CodeItem, Organisation
from safety_plans.models import (
    HIGHEST_SCORE,
    SCORED,
    Course,
    FactorKind,
    Level,
    Moment,
    SubjectKind,
    subjects_missing,
    subjects_of,
)
from safety_plans.operations import Judgement, NewAssessment, Participant

FACTOR_LISTS = tuple(FactorKind)
LONGEST_NAME = 120
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
_NOT_THERE = ("", _("not there"))

Factors = Mapping[FactorKind, Sequence[CodeItem]]


class Assess(Form):
    """One assessment: a level and a note per subject, a score per person who must be safe, and the factors."""

    moment = forms.ChoiceField(label=_("Why now"), choices=[("", _("Choose")), *Moment.choices])
    assessed_on = DayGoneBy(label=_("Day of the assessment"))
    who_at_risk = forms.CharField(label=_("Who is at risk"), max_length=300, required=False, widget=SensitiveText)
    of_what = forms.CharField(label=_("Of what"), max_length=300, required=False, widget=SensitiveText)
    how_soon = forms.CharField(label=_("How soon"), max_length=200, required=False, widget=SensitiveText)
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
    instrument_version = forms.CharField(
        label=_("Version of the list"), max_length=40, required=False, widget=SensitiveText
    )
    is_trained = forms.ChoiceField(
        label=_("Are you trained in this list?"), choices=YES_NO, required=False, widget=Choices(row=True)
    )
    next_on = DayToCome(
        label=_("Day of the next assessment"),
        help_text=_("On that day it stands on the list of the regisseur."),
    )
    others = forms.CharField(
        label=_("Who else took part"),
        max_length=600,
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 2}),
        help_text=_("One on each line: by function, or by name."),
    )

    def __init__(
        self,
        *args: Any,
        persons: Sequence[Person],
        factors: Factors,
        before: Mapping[tuple[str, str], str],
        organisations: Sequence[Organisation],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persons, self.today, self.organisations = persons, today, organisations
        self.subjects = subjects_of(persons)
        for number, (kind, person) in enumerate(self.subjects):
            self._add_subject(number, kind, person)
        self.factors: dict[str, tuple[FactorKind, str]] = {}
        for list_, items in factors.items():
            for item in items:
                self._add_factor(list_, item, before)
        if organisations:
            self.add_field(
                "took_part",
                forms.MultipleChoiceField(
                    label=_("Which organisations took part"),
                    choices=[(str(one.pk), one.name) for one in organisations],
                    required=False,
                    widget=ManyChoices,
                ),
            )
        self.order_fields(["moment", "assessed_on", *self._rows(), *list(self.fields)])

    def _add_subject(self, number: int, kind: SubjectKind, person: Person | None) -> None:
        if person is None:
            name, short = str(kind.label), str(kind.label)
        elif kind == SubjectKind.CLIENT_AS_RISK:
            name = short = str(kind.label)
        else:
            name, short = f"{person.name} ({str(kind.label).lower()})", person.given_name
        self.add_field(
            f"level_{number}",
            forms.ChoiceField(
                label=_("Risk: %(name)s") % {"name": name},
                choices=Level.choices,
                required=False,
                widget=Choices(row=True),
            ),
        )
        if kind in SCORED:
            self.add_field(
                f"score_{number}",
                forms.IntegerField(
                    label=_("How safe does %(name)s feel, from 0 to 10?") % {"name": short},
                    min_value=0,
                    max_value=HIGHEST_SCORE,
                    required=False,
                    help_text=_("In her or his own number. 0: it will certainly happen again. 10: safe."),
                ),
            )
        self.add_field(
            f"note_{number}",
            forms.CharField(
                label=_("Why: %(name)s") % {"name": short},
                max_length=2000,
                required=False,
                widget=SensitiveTextarea(attrs={"rows": 2}),
            ),
        )

    def _add_factor(self, kind: FactorKind, item: CodeItem, before: Mapping[tuple[str, str], str]) -> None:
        name = f"factor_{kind}_{item.code}"
        was_there = (kind, item.code) in before
        choices = [choice for choice in Course.choices if was_there or choice[0] == Course.NEW]
        if was_there:
            choices = [choice for choice in Course.choices if choice[0] != Course.NEW]
        self.factors[name] = (kind, item.code)
        self.add_field(
            name,
            forms.ChoiceField(
                label=item.label,
                choices=[("", _("Choose")), *choices] if was_there else [_NOT_THERE, *choices],
                # What was there is followed: it is stronger, weaker, or gone. Silence is no answer.
                required=was_there,
            ),
        )

    def _rows(self) -> list[str]:
        parts = ("level", "score", "note")
        named = [f"{part}_{number}" for number in range(len(self.subjects)) for part in parts]
        return [name for name in named if name in self.fields]

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return every field but the long lists of factors, which the page puts apart."""
        return [field for field in self if field.name not in self.factors]

    @property
    def followed(self) -> list[forms.BoundField]:
        """Return the factors that were there the last time."""
        return [self[name] for name in self.factors if self.fields[name].required]

    @property
    def lists(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return what can be added, per list."""
        return [
            (
                str(kind.label),
                [self[n] for n, (k, _code) in self.factors.items() if k == kind and not self.fields[n].required],
            )
            for kind in FACTOR_LISTS
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self._clean_subjects(answers)
        if answers.get("instrument") and not answers.get("is_trained"):
            self.add_error("is_trained", _("Say whether you are trained in this list."))
        if answers.get("instrument_version") and not answers.get("instrument"):
            self.add_error("instrument", _("Say of which list this is the version."))
        if any(level != Level.LOW for _n, _kind, _person, level in self._judged(answers)):
            for name in ("who_at_risk", "of_what", "how_soon"):
                if not answers.get(name):
                    self.add_error(name, _("There is a risk: say this in your own words."))
        return answers

    def _clean_subjects(self, answers: dict[str, Any]) -> None:
        judged = {(kind, person.pk if person else None) for _n, kind, person, _level in self._judged(answers)}
        missing = set(subjects_missing(answers.get("moment", ""), judged, self.persons))
        for number, (kind, person) in enumerate(self.subjects):
            says_something = answers.get(f"note_{number}") or answers.get(f"score_{number}") is not None
            if (kind, person.pk if person else None) in missing:
                self.add_error(f"level_{number}", _("At this moment the assessment looks at this as well."))
            elif says_something and not answers.get(f"level_{number}"):
                self.add_error(f"level_{number}", _("Choose how large the risk is: you wrote something about it."))
        if not judged and not missing:
            self.add_error("level_0", _("An assessment looks at one person at least."))

    def clean_next_on(self) -> date:
        later: date = self.cleaned_data["next_on"]
        if later <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        return later

    def clean_others(self) -> str:
        """Say of a line that it would not fit, and never cut it off."""
        others: str = self.cleaned_data["others"]
        if any(len(line.strip()) > LONGEST_NAME for line in others.splitlines()):
            raise forms.ValidationError(
                _("Write each on a line of its own, in %(most)s characters at most.") % {"most": LONGEST_NAME}
            )
        return others

    def _judged(self, answers: dict[str, Any]) -> list[tuple[int, SubjectKind, Person | None, str]]:
        return [
            (number, kind, person, level)
            for number, (kind, person) in enumerate(self.subjects)
            if (level := answers.get(f"level_{number}"))
        ]

    @property
    def judgements(self) -> list[Judgement]:
        answers = self.cleaned_data
        return [
            Judgement(kind, person, Level(level), answers.get(f"note_{number}", ""), answers.get(f"score_{number}"))
            for number, kind, person, level in self._judged(answers)
        ]

    @property
    def content(self) -> NewAssessment:
        answers = self.cleaned_data
        took_part = set(answers.get("took_part", []))
        participants = [Participant(organisation=one) for one in self.organisations if str(one.pk) in took_part]
        participants += [Participant(who=line.strip()) for line in answers["others"].splitlines() if line.strip()]
        return NewAssessment(
            conclusion=answers["conclusion"],
            instrument=answers["instrument"],
            instrument_version=answers["instrument_version"],
            is_trained={"yes": True, "no": False}.get(answers["is_trained"]),
            who_at_risk=answers["who_at_risk"],
            of_what=answers["of_what"],
            how_soon=answers["how_soon"],
            next_on=answers["next_on"],
            factors={self.factors[name]: Course(answers[name]) for name in self.factors if answers.get(name)},
            participants=participants,
        )
