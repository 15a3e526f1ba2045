from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Person
from core.forms import Choices, DayGoneBy, Form
from family_plans.forms.fields import CHOOSE, DomainChoice, NamedChoice
from family_plans.models import MATRIX_DOMAINS, MATRIX_LEVELS, Occasion, RelianceLevel
from family_plans.operations import NewScore
from organisations.models import CodeItem


class AssessSelfReliance(Form):
    level = forms.ChoiceField(label=_("How does it go, as you see it"), choices=RelianceLevel.choices, widget=Choices)
    own_score = forms.IntegerField(
        label=_("Which mark does the client give, from 0 to 10"), min_value=0, max_value=10, required=False
    )
    assessed_on = DayGoneBy(label=_("Day on which you talked about it"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"] = DomainChoice(today)
        self.order_fields(["domain", "own_score", "level", "assessed_on"])


class AssessMatrix(Form):
    """The matrix: per domain the client's own level first, then the worker's. Domains may be left empty."""

    occasion = forms.ChoiceField(label=_("At which moment"), choices=Occasion.choices, widget=Choices(row=True))
    assessed_on = DayGoneBy(label=_("Day on which you talked about it"))

    def __init__(self, *args: Any, persons: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = NamedChoice(persons, label=_("About whom"), empty_label=CHOOSE)
        self.order_fields(["person", "occasion", "assessed_on"])
        self.domains: Sequence[CodeItem] = list(CodeItem.objects.of(MATRIX_DOMAINS).valid_on(today).in_order())
        labels = [item.label for item in CodeItem.objects.of(MATRIX_LEVELS).valid_on(today).in_order()]
        levels = [("", _("left out")), *((str(n), f"{n}. {label}") for n, label in enumerate(labels, 1))]
        for item in self.domains:
            own = _("%(domain)s: what the client says") % {"domain": item.label[:1].upper() + item.label[1:]}
            worker = _("%(domain)s: what you say") % {"domain": item.label[:1].upper() + item.label[1:]}
            self.fields[f"own_{item.code}"] = forms.ChoiceField(label=own, choices=levels, required=False)
            self.fields[f"level_{item.code}"] = forms.ChoiceField(label=worker, choices=levels, required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for item in self.domains:
            if answers.get(f"own_{item.code}") and not answers.get(f"level_{item.code}"):
                self.add_error(f"level_{item.code}", _("Give your own level too: the two stand beside each other."))
        if not any(answers.get(f"level_{item.code}") for item in self.domains):
            raise forms.ValidationError(_("Fill in one domain at least."))
        return answers

    @property
    def scores(self) -> list[NewScore]:
        answers = self.cleaned_data
        return [
            NewScore(
                domain=item,
                level=int(answers[f"level_{item.code}"]),
                own_level=int(own) if (own := answers.get(f"own_{item.code}")) else None,
            )
            for item in self.domains
            if answers.get(f"level_{item.code}")
        ]


class CountNetwork(Form):
    counted_on = DayGoneBy(label=_("Day on which you talked about it"))
    size = forms.IntegerField(label=_("On how many people can the client count"), min_value=0, max_value=99)
