"""The second factor shown again, for what may not be done on a session that was left open (R40)."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import ReauthenticateForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import NotAllowed
from core.forms import Form

FRESH_FOR = timedelta(minutes=5)


class StaleSecondFactor(NotAllowed):
    """The second factor was shown too long ago for this."""


def second_factor_at(request: HttpRequest) -> datetime | None:
    """Return when this session last showed a second factor; None when it never did."""
    shown = [entry["at"] for entry in get_authentication_records(request, request.user) if entry["method"] == "mfa"]
    return datetime.fromtimestamp(max(shown), UTC) if shown else None


def is_fresh(shown_at: datetime | None, *, at: datetime) -> bool:
    """Say whether a second factor shown at `shown_at` is at most five minutes old; a moment in the future is not."""
    return shown_at is not None and timedelta(0) <= at - shown_at <= FRESH_FOR


def insist_on_fresh(shown_at: datetime | None, *, at: datetime) -> None:
    """Raise StaleSecondFactor unless the second factor was shown in the five minutes before `at`."""
    if not is_fresh(shown_at, at=at):
        raise StaleSecondFactor(_("Show your second step again first."))


class StepUpForm(Form):
    """A form that asks for the code of the phone beside its own fields, unless it was shown a moment ago."""

    code = forms.CharField(
        label=gettext_lazy("Code from your phone"),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self._ask_only_when_stale()
        if "code" in self.fields:
            self.order_fields([*(name for name in self.fields if name != "code"), "code"])

    def full_clean(self) -> None:
        super().full_clean()
        # A code counts once. When something else is not right yet, it is not asked for a second time.
        self._ask_only_when_stale()

    def clean_code(self) -> str:
        again = ReauthenticateForm({"code": self.cleaned_data["code"]}, user=self.request.user)
        if not again.is_valid():
            raise forms.ValidationError(_("This code is not right, or was used already. Take the next one."))
        again.save()
        return ""

    def _ask_only_when_stale(self) -> None:
        now = datetime.fromtimestamp(time.time(), UTC)
        if "code" in self.fields and is_fresh(second_factor_at(self.request), at=now):
            del self.fields["code"]
