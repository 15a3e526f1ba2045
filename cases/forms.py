from core.forms import DateInput, Form, SensitiveText
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.operations import NewPerson

MOST_CHILDREN = 4


class OpenFamily(Form):
    """Who comes in. Everything else of the file can follow later."""

    organisation = forms.ModelChoiceField(label=_("On behalf of"), queryset=None, empty_label=None)
    given_name = forms.CharField(label=_("First name of the client"), max_length=80, widget=SensitiveText)
    surname = forms.CharField(label=_("Last name"), max_length=120, required=False, widget=SensitiveText)
    born_on = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=DateInput,
        help_text=_("If you know it. For example 24-3-1991."),
    )
    starts_on = forms.DateField(label=_("First day of the stay"), widget=DateInput)

    def __init__(self, *args: object, organisations: QuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].label_from_instance = lambda organisation: organisation.name
        for number in range(1, MOST_CHILDREN + 1):
            self.fields[f"child_{number}_name"] = forms.CharField(
                label=_("First name of child %(number)s") % {"number": number},
                max_length=80,
                required=False,
                widget=SensitiveText,
            )
            self.fields[f"child_{number}_born_on"] = forms.DateField(
                label=_("Date of birth of child %(number)s") % {"number": number}, required=False, widget=DateInput
            )

    def clean(self) -> dict:
        answers = super().clean()
        for number in range(1, MOST_CHILDREN + 1):
            if answers.get(f"child_{number}_born_on") and not answers.get(f"child_{number}_name"):
                self.add_error(f"child_{number}_name", ValidationError(_("Fill in the name that goes with this date.")))
        return answers

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
