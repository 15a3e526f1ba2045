from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import PersonChoice, PersonsChoice, day, line, lines, one_of
from cases.models import LONGEST_EXCLUSION_ORDER, MeasureKind, Person, Place, ProtectiveMeasure
from cases.operations import NewMeasure
from core.forms import Form, ManyChoices

_TOO_LONG = _("A temporary exclusion order lasts 28 days at most, counted from the day it was imposed.")


class RecordMeasure(Form):
    kind = one_of(_("Which measure?"), MeasureKind)
    against = PersonChoice(
        Person.objects.none(), label=_("Against whom?"), required=False, empty_label=_("Nobody, or not known")
    )
    protects = PersonsChoice(
        Person.objects.none(),
        label=_("Whom does it protect?"),
        required=False,
        widget=ManyChoices,
        help_text=_("Choose nobody when it protects everybody."),
    )
    authority = line(_("Who imposed it?"), 150, help_text=_("For example: the mayor, the court, the police."))
    case_number = line(_("Number"), 60)
    starts_on = day(_("First day"), help_text=_("The day on which it was imposed."))
    ends_on = day(
        _("Last day"),
        required=False,
        help_text=_("Of a temporary exclusion order: leave empty for ten days, which is what it lasts at first."),
    )
    review_on = day(_("Look at it again on"), required=False)
    terms = lines(_("What exactly does it say?"), help_text=_("Never write the address of the family."))

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].queryset = persons.exclude(place=Place.CHILD)  # type: ignore[attr-defined]
        self.fields["protects"].queryset = persons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day lies before the first day.")))
        elif (
            first
            and last
            and answers.get("kind") == MeasureKind.EXCLUSION_ORDER
            and last > first + LONGEST_EXCLUSION_ORDER
        ):
            self.add_error("ends_on", ValidationError(_TOO_LONG))
        return answers

    @property
    def measure(self) -> NewMeasure:
        answers = self.cleaned_data | {"kind": MeasureKind(self.cleaned_data["kind"])}
        return NewMeasure(**answers | {"protects": list(answers["protects"])})


class ExtendMeasure(Form):
    ends_on = day(_("New last day"))

    def __init__(self, *args: Any, measure: ProtectiveMeasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        if self.measure.ends_on and ends_on <= self.measure.ends_on:
            raise ValidationError(_("Choose a day after the present last day."))
        is_order = self.measure.kind == MeasureKind.EXCLUSION_ORDER
        if is_order and ends_on > self.measure.starts_on + LONGEST_EXCLUSION_ORDER:
            raise ValidationError(_TOO_LONG)
        return ends_on


class EndMeasure(Form):
    on = day(_("Last day on which it holds"))
    because = line(_("Why does it end early?"), required=True)

    def __init__(self, *args: Any, measure: ProtectiveMeasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.measure.starts_on:
            raise ValidationError(_("The last day lies before the first day."))
        return on
