from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Person, Place, StayPlace
from cases.operations import NewPerson
from core.forms import Choices, DateInput, Form, SensitiveText


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.place_in_words})"


class AddPerson(Form):
    place = forms.ChoiceField(label=_("Who is this in the family?"), widget=Choices)
    given_name = forms.CharField(label=_("First name"), max_length=80, widget=SensitiveText)
    surname = forms.CharField(label=_("Last name"), max_length=120, required=False, widget=SensitiveText)
    born_on = forms.DateField(label=_("Date of birth"), required=False, widget=DateInput)
    causes_harm = forms.BooleanField(
        label=_("The others must be safe from this person"),
        required=False,
        help_text=_("Tick this for somebody who was violent or threatens. It is said of what happened in this family."),
    )

    def __init__(self, *args: Any, has_client: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(value, label) for value, label in Place.choices if not (has_client and value == Place.CLIENT)]
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    @property
    def person(self) -> NewPerson:
        answers = self.cleaned_data
        return NewPerson(answers["given_name"], answers["surname"], answers["born_on"], answers["causes_harm"])


class RecordAuthority(Form):
    holder = PersonChoice(Person.objects.none(), label=_("Who has authority?"), empty_label=_("Choose"))
    starts_on = forms.DateField(
        label=_("Since when?"), widget=DateInput, help_text=_("Often this is the day the child was born.")
    )

    def __init__(self, *args: Any, holders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]


class RecordStay(Form):
    place = forms.ChoiceField(
        label=_("Where?"),
        choices=StayPlace.choices,
        widget=Choices,
        help_text=_("Only what kind of place. Never write an address."),
    )
    starts_on = forms.DateField(label=_("Since when?"), widget=DateInput)
