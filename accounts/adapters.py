"""Where allauth asks what is ours to decide: nobody signs up by herself, and secrets of second factors are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from accounts import known_browser
from accounts.models import User
from accounts.provider import take_over_second_factor
from audit.events import Event, Result
from audit.record import record
from core.fields import cipher


class Account(DefaultAccountAdapter):
    """Accounts are made by a person's own organisation; every way in and out leaves an audit row."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        take_over_second_factor(request, user)
        record(Event.SIGNED_IN, actor=user, subject=user)
        response = super().post_login(request, user, **kwargs)
        known_browser.remember(response, user)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # Guesses from elsewhere use up the account's own allowance, never that of a browser its owner knows.
        known = known_browser.key_of(request, credentials.get("email", ""))
        if known is None:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed_known", key=known
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # Neither the address nor whether it exists: a log of typed addresses is a list of people.
        record(Event.SIGN_IN_FAILED, actor=None, result=Result.REFUSED)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record(Event.SIGNED_OUT, actor=request.user, subject=request.user)
        super().logout(request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        again = self.authenticate(self.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages themselves show what happened, in our own words."""


class SecondFactors(DefaultMFAAdapter):
    """Second factors are sealed with the same keys as other secrets, and shown under the work address."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.email
