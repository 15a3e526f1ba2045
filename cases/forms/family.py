from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.operations import NewPerson
from cases.search import Wanted
from core.forms import DateInput, Day, Form, SensitiveText
from organisations.models import Organisation

MOST_CHILDREN = 4


class OwnOrganisation(forms.ModelChoiceField):
    """One of the organisations somebody may act for. With a single one there is nothing to choose."""

    def __init__(self, organisations: QuerySet[Organisation]) -> None:
        only = organisations[0] if len(organisations) == 1 else None
        super().__init__(
            organisations,
            label=_("On behalf of"),
            empty_label=None if only else _("Choose"),
            initial=only,
            widget=forms.HiddenInput if only else forms.Select,
        )
        self._known = {str(one.pk): one for one in organisations}

    def to_python(self, value: Any) -> Organisation | None:
        # What may be chosen was read to offer it: asking the database again would tell nothing new.
        if value in self.empty_values:
            return None
        if (found := self._known.get(str(value))) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class OpenFamily(Form):
    """Who comes in. Everything else of the file can follow later."""

    given_name = forms.CharField(label=_("First name of the client"), max_length=80, widget=SensitiveText)
    surname = forms.CharField(label=_("Last name"), max_length=120, required=False, widget=SensitiveText)
    born_on = Day(
        label=_("Date of birth"),
        required=False,
        help_text=_("If you know it. For example 24-3-1991."),
    )
    starts_on = Day(label=_("First day of the stay"))

    # Asked only when families that the worker knows look like this one.
    is_another = forms.BooleanField(
        label=_("It is none of these: this is another family"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_CHILDREN + 1):
            self.fields[f"child_{number}_name"] = forms.CharField(
                label=_("First name of child %(number)s") % {"number": number},
                max_length=80,
                required=False,
                widget=SensitiveText,
            )
            self.fields[f"child_{number}_born_on"] = Day(
                label=_("Date of birth of child %(number)s") % {"number": number}, required=False, widget=DateInput
            )
        self.fields["organisation"] = OwnOrganisation(organisations)
        self.order_fields(["organisation"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for number in range(1, MOST_CHILDREN + 1):
            if answers.get(f"child_{number}_born_on") and not answers.get(f"child_{number}_name"):
                self.add_error(f"child_{number}_name", ValidationError(_("Fill in the name that goes with this date.")))
        return answers

    @property
    def wanted(self) -> Wanted:
        """Return what to look for before this file is opened."""
        answers = self.cleaned_data
        return Wanted(name=f"{answers['given_name']} {answers['surname']}", born_on=answers["born_on"])

    def ask_whether_it_is_another(self) -> None:
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error("is_another", ValidationError(_("Look first whether it is one of these families.")))

    @property
    def client(self) -> NewPerson:
        answers = self.cleaned_data
        return NewPerson(answers["given_name"], answers["surname"], answers["born_on"])

    @property
    def children(self) -> list[NewPerson]:
        """Return the children that were named, with the client's last name until somebody says otherwise."""
        answers = self.cleaned_data
        return [
            NewPerson(answers[f"child_{n}_name"], answers["surname"], answers[f"child_{n}_born_on"])
            for n in range(1, MOST_CHILDREN + 1)
            if answers[f"child_{n}_name"]
        ]
