from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import PersonChoice, line, one_of
from cases.models import AuthoritySource, Person, Place, Reading, StayPlace
from cases.operations import NewPerson
from core.forms import Choices, Day, Form, SensitiveText


class AboutPerson(Form):
    given_name = forms.CharField(label=_("First name"), max_length=80, widget=SensitiveText)
    surname = forms.CharField(label=_("Last name"), max_length=120, required=False, widget=SensitiveText)
    born_on = Day(label=_("Date of birth"), required=False)
    born_on_is_estimated = forms.BooleanField(
        label=_("This date is an estimate"), required=False, help_text=_("When only the year or the month is known.")
    )
    language = line(_("Which language does this person speak best?"), 60)
    needs_interpreter = forms.BooleanField(
        label=_("An interpreter is needed"), required=False, help_text=_("Never somebody of the family.")
    )
    reading = one_of(_("How does this person read Dutch?"), Reading, required=False)
    causes_harm = forms.BooleanField(
        label=_("The others must be safe from this person"),
        required=False,
        help_text=_("Tick this for somebody who was violent or threatens. It is said of what happened in this family."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("born_on_is_estimated") and not answers.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", ValidationError(_("Fill in the date you estimate.")))
        return answers

    @property
    def person(self) -> NewPerson:
        return NewPerson(**{name: self.cleaned_data[name] for name in NewPerson.__dataclass_fields__})


class AddPerson(AboutPerson):
    place = forms.ChoiceField(label=_("Who is this in the family?"), widget=Choices)

    def __init__(self, *args: Any, has_client: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["place"])
        places = [(value, label) for value, label in Place.choices if not (has_client and value == Place.CLIENT)]
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class AddNameVariant(Form):
    name = line(
        _("By which other name is this person known?"),
        required=True,
        help_text=_("For example a name before the marriage, or another spelling."),
    )


class RecordAuthority(Form):
    holder = PersonChoice(Person.objects.none(), label=_("Who has authority?"), empty_label=_("Choose"))
    source = one_of(_("How do you know?"), AuthoritySource)
    starts_on = Day(label=_("Since when?"), help_text=_("Often this is the day the child was born."))

    def __init__(self, *args: Any, holders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]


class EndAuthority(Form):
    source = forms.ChoiceField(
        label=_("Where did you see this?"),
        choices=[(value, label) for value, label in AuthoritySource.choices if value != AuthoritySource.SAID],
        widget=Choices,
        help_text=_("Authority only ends by a decision or in the register, not because somebody says so."),
    )
    ends_on = Day(label=_("From which day on is this no longer so?"))


class RecordStay(Form):
    place = forms.ChoiceField(
        label=_("Where?"),
        choices=StayPlace.choices,
        widget=Choices,
        help_text=_("Only what kind of place. Never write an address."),
    )
    starts_on = Day(label=_("Since when?"))
