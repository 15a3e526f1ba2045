from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.models import Assignment, AssignmentKind
from accounts.models import User
from accounts.step_up import PasskeyForm
from cases.forms.fields import PersonChoice
from cases.forms.sharing import UserChoice
from cases.models import Family, Person, ProtectedKind, ProtectedPlace
from cases.operations import LONGEST_GRANT
from core.forms import Choices, Day, Form, SensitiveText, SensitiveTextarea


class EnterPlace(Form):
    """What must be protected. The page of an error gives it back to who typed it; nothing else ever does."""

    person = PersonChoice(Person.objects.none(), label=gettext_lazy("Whose is it?"), empty_label=None)
    kind = forms.TypedChoiceField(
        label=gettext_lazy("What is it?"), coerce=ProtectedKind, choices=ProtectedKind.choices, widget=Choices
    )
    value = forms.CharField(
        label=gettext_lazy("What must be protected"),
        max_length=1000,
        widget=SensitiveTextarea({"rows": 3, "autocomplete": "off"}, scanned=False),
        help_text=gettext_lazy("It is stored under a lock of its own. You do not see it again without permission."),
    )

    because = forms.CharField(
        label=gettext_lazy("Why does it change?"),
        max_length=200,
        required=False,
        widget=SensitiveText,
        help_text=gettext_lazy("Only when there was a value already. Do not write the value here."),
    )

    def __init__(self, *args: Any, family: Family, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.visible_to(by).filter(family=family).in_reading_order()  # type: ignore[attr-defined]
        # What was there when the form was made, so that a colleague's newer value is not replaced unseen.
        for place in ProtectedPlace.objects.visible_to(by).filter(family=family).current():
            name = f"was_{place.person_id}_{place.kind}"
            self.fields[name] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=place.pk)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if {"person", "kind"} <= set(answers) and self.replaces and not answers.get("because", "").strip():
            self.add_error("because", _("Say why it changes."))
        return answers

    @property
    def replaces(self) -> Any:
        """Return the place that was there when the form was shown; None when nothing was."""
        # Of the cleaned answers: as it was sent it is a text, and equal to no key.
        return self.cleaned_data.get(f"was_{self.cleaned_data['person'].pk}_{self.cleaned_data['kind']}")


class GrantPlace(PasskeyForm):
    user = UserChoice(User.objects.none(), label=gettext_lazy("Who may see it?"), empty_label=gettext_lazy("Choose"))
    because = forms.CharField(label=gettext_lazy("What for?"), max_length=200, widget=SensitiveText, min_length=5)
    until = Day(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("After that day it is closed again. At most three months."),
    )

    def __init__(self, *args: Any, place: ProtectedPlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = _who_works_with(place)  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until < today + LONGEST_GRANT:
            raise forms.ValidationError(_("Choose a day from today on, at most three months ahead."))
        return until

    @property
    def ends_at(self) -> datetime:
        """Return the midnight that ends the last day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min))


class Reveal(PasskeyForm):
    place = forms.ModelChoiceField(
        ProtectedPlace.objects.none(), label=gettext_lazy("What do you need?"), empty_label=None, widget=Choices
    )
    because = forms.CharField(
        label=gettext_lazy("Why now?"),
        max_length=200,
        min_length=5,
        widget=SensitiveText,
        help_text=gettext_lazy("The regisseur and the privacy officer read this too."),
    )

    def __init__(self, *args: Any, places: QuerySet[ProtectedPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].label_from_instance = lambda place: f"{place.get_kind_display()}, {place.person.name}"  # type: ignore[attr-defined]


def _who_works_with(place: ProtectedPlace) -> QuerySet[User]:
    live = Assignment.objects.live(timezone.now()).filter(family=place.family_id)
    barred = live.filter(kind=AssignmentKind.BARRED)
    return (
        User.objects.active()
        .filter(pk__in=live.exclude(kind=AssignmentKind.BARRED).values("user_id"))
        .exclude(pk__in=barred.values("user_id"))
        .order_by("name", "pk")
    )
