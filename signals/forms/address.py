from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.step_up import PasskeyForm
from cases.models import ProtectedPlace
from cases.operations import LONGEST_GRANT
from core.forms import Choices, Day, Form, SensitiveText


class AskAddress(Form):
    because = forms.CharField(
        label=_("What do you need the address for?"),
        max_length=200,
        min_length=5,
        widget=SensitiveText,
        help_text=_("The regisseur reads this, and decides."),
    )


class AnswerAddressRequest(PasskeyForm):
    """Yes needs an address and a last day; no needs a reason only. Both are written down with who answered."""

    allows = forms.ChoiceField(
        label=_("May this person read an address?"),
        choices=[("yes", _("Yes, one address, until a day")), ("no", _("No"))],
        widget=Choices,
    )
    place = forms.ModelChoiceField(
        ProtectedPlace.objects.none(), label=_("Which address?"), empty_label=None, required=False, widget=Choices
    )
    until = Day(
        label=_("Until when?"),
        required=False,
        help_text=_("After that day it is closed again. At most three months."),
    )
    because = forms.CharField(label=_("Why?"), max_length=200, min_length=5, widget=SensitiveText)

    def __init__(self, *args: Any, places: QuerySet[ProtectedPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].label_from_instance = lambda place: place.person.name  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        today = timezone.localdate()
        if until and not today <= until < today + LONGEST_GRANT:
            raise ValidationError(_("Choose a day from today on, at most three months ahead."))
        return until

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("allows") == "yes":
            if not answers.get("place") and "place" not in self.errors:
                self.add_error("place", ValidationError(_("Choose which address.")))
            if not answers.get("until") and "until" not in self.errors:
                self.add_error("until", ValidationError(_("Choose until when.")))
        return answers

    @property
    def is_allowed(self) -> bool:
        return bool(self.cleaned_data["allows"] == "yes")

    @property
    def ends_at(self) -> datetime:
        """Return the midnight that ends the last day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min))
