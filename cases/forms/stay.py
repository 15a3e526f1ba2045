from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.family import OwnOrganisation
from cases.forms.fields import code, day, gone_by, lines, one_of
from cases.models import AdmissionPlace, Debts, Income, OutsideRegion, WaitsFor
from cases.operations import Picture
from core.forms import Choices, Form
from organisations.models import CodeItem, Municipality, Organisation


class DescribeAdmission(Form):
    place = one_of(_("What kind of place?"), AdmissionPlace, required=False)
    outside_because = one_of(
        _("Do they come from another region? Why?"),
        OutsideRegion,
        required=False,
        help_text=_("Choose nothing when they do not, or when nobody knows."),
    )
    income = one_of(_("What happened to the income?"), Income, required=False)
    debts = one_of(_("Are there debts?"), Debts, required=False, row=True)
    why_now = lines(_("Why did the family come now?"), rows=3)
    background = lines(
        _("What lies behind it?"),
        help_text=_("The problems as they are seen at admission. This goes along when the family is handed over."),
    )
    needs = lines(_("What do they need?"), help_text=_("Per person, on every domain of life."))
    freeze = forms.BooleanField(
        label=_("The picture is complete: close it"),
        required=False,
        help_text=_("Nobody changes it after that. It shows how it was at admission."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"] = forms.ModelChoiceField(
            Municipality.objects.current(today).order_by("name", "pk"),
            label=_("In which municipality did they live before?"),
            required=False,
            empty_label=_("Not known"),
        )
        self.fields["origin"].label_from_instance = lambda place: place.name  # type: ignore[attr-defined]
        self.order_fields(["origin"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("freeze"):
            for name in ("income", "background"):
                if not answers.get(name):
                    self.add_error(name, ValidationError(_("Needed before the picture is closed.")))
        return answers

    @property
    def picture(self) -> Picture:
        return Picture(**{name: self.cleaned_data[name] for name in Picture.__dataclass_fields__})


class NoteContext(Form):
    starts_on = gone_by(_("Since when is that known?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code(_("What plays a part?"), "case_context")
        self.order_fields(["code"])


class MarkReady(Form):
    waits_for = forms.ChoiceField(
        label=_("What does the family wait for?"),
        choices=[*WaitsFor.choices, ("", _("Nothing: it left, or is not ready after all"))],
        required=False,
        widget=Choices,
    )
    starts_on = gone_by(_("Since when?"))


class StartTrajectory(Form):
    starts_on = day(_("First day"))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = OwnOrganisation(organisations)
        self.fields["kind"] = code(_("What kind of trajectory?"), "trajectory_kind")
        self.order_fields(["organisation", "kind"])

    @property
    def kind(self) -> str:
        chosen: CodeItem = self.cleaned_data["kind"]
        return chosen.code
