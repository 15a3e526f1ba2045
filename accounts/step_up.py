"""The second factor shown again, for what may not be done on a session that was left open (R40)."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
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


def strong_factor_at(request: HttpRequest) -> datetime | None:
    """Return when this session last showed what is asked for class A: a passkey, where the installation requires it."""
    if not settings.PASSKEYS_REQUIRED:
        return second_factor_at(request)
    shown = _passkeys_shown(request)
    return datetime.fromtimestamp(max(shown), UTC) if shown else None


def lacks_passkey(request: HttpRequest) -> bool:
    """Say whether a passkey is required here and this session has not shown one."""
    return bool(settings.PASSKEYS_REQUIRED) and not _passkeys_shown(request)


def lacks_fresh_passkey(request: HttpRequest) -> bool:
    """Say whether a passkey is required here and this session has not shown one in the last five minutes."""
    now = datetime.fromtimestamp(time.time(), UTC)
    return bool(settings.PASSKEYS_REQUIRED) and not is_fresh(strong_factor_at(request), at=now)


def passkey_page(request: HttpRequest) -> str:
    """Return where this person shows her passkey, or adds one when she has none, and comes back from to this page."""
    has_one = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    page = reverse("mfa_reauthenticate_webauthn" if has_one else "mfa_add_webauthn")
    return f"{page}?{urlencode({'next': request.path})}"


def _passkeys_shown(request: HttpRequest) -> list[float]:
    return [
        entry["at"]
        for entry in get_authentication_records(request, request.user)
        if entry["method"] == "mfa" and entry.get("type") == Authenticator.Type.WEBAUTHN
    ]


def is_fresh(shown_at: datetime | None, *, at: datetime) -> bool:
    """Say whether a second factor shown at `shown_at` is at most five minutes old; a moment in the future is not."""
    return shown_at is not None and timedelta(0) <= at - shown_at <= FRESH_FOR


def second_step_page(request: HttpRequest) -> str:
    """Return where this person shows her second step again, and comes back from to this page, questions and all."""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"


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


class PasskeyForm(StepUpForm):
    """A step-up form for class A: where passkeys are required it takes no code, and asks for the passkey instead."""

    def clean(self) -> dict[str, Any] | None:
        if lacks_fresh_passkey(self.request):
            raise forms.ValidationError(_("You showed your passkey too long ago. Open this page again to show it."))
        return super().clean()

    def _ask_only_when_stale(self) -> None:
        if settings.PASSKEYS_REQUIRED:
            self.fields.pop("code", None)
        super()._ask_only_when_stale()
