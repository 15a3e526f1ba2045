from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day, gone_by, line, lines, one_of, organisation
from cases.models import AroundChild, IndexAnswer, MeasureForChild
from cases.operations import Around, CourtMeasure
from core.forms import Form
from organisations.kinds import DefaultKind


class RecordAround(Form):
    kind = one_of(_("Who is it?"), AroundChild)
    name = line(_("Name of the person there"), 120)
    starts_on = day(_("Since when?"))
    because = line(
        _("Why does the child get another worker?"),
        help_text=_("Only when somebody else was the own worker. A child loses a person it knows."),
    )

    def __init__(self, *args: Any, has_own_worker: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_own_worker = has_own_worker
        self.fields["organisation"] = organisation(_("Organisation"))
        self.order_fields(["kind", "organisation"])
        if not has_own_worker:
            del self.fields["because"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("organisation") and not answers.get("name"):
            self.add_error("name", ValidationError(_("Choose an organisation, or write a name.")))
        if self.has_own_worker and answers.get("kind") == AroundChild.OWN_WORKER and not answers.get("because"):
            self.add_error("because", ValidationError(_("Say why the child gets another worker.")))
        return answers

    @property
    def around(self) -> Around:
        answers = self.cleaned_data
        return Around(AroundChild(answers["kind"]), answers["organisation"], answers["name"])


class HearChild(Form):
    words = lines(
        _("What does the child say and want?"), required=True, help_text=_("In its own words, as it said them.")
    )
    asked_by = line(_("Who asked?"), 120, required=True)
    asked_on = gone_by(_("On which day?"))
    hidden_from_parents = forms.BooleanField(
        label=_("Keep this from the parents"),
        required=False,
        help_text=_("It then stands on no paper for a parent. Tick it when the child asks so, or when it is not safe."),
    )


class RecordIndexStatus(Form):
    answer = one_of(_("What was decided?"), IndexAnswer)
    decided_on = gone_by(_("On which day?"))
    expires_on = day(
        _("Registered until"), required=False, help_text=_("Leave empty for two years, which is the longest there is.")
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("decided_on"), answers.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", ValidationError(_("The last day lies before the first day.")))
        return answers


class RecordProtectionMeasure(Form):
    kind = one_of(_("Which measure?"), MeasureForChild)
    institution = line(_("Name of the institution"), 150, help_text=_("Only when it is not in the list."))
    worker_name = line(_("Who is the child protection worker?"), 120)
    worker_phone = forms.CharField(
        label=_("How can she or he be reached?"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = organisation(
            _("Which institution carries it out?"), kinds=[DefaultKind.CHILD_PROTECTION]
        )
        self.order_fields(["kind", "organisation"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day lies before the first day.")))
        return answers

    @property
    def measure(self) -> CourtMeasure:
        return CourtMeasure(**self.cleaned_data)
