"""Signing in with the OpenID Connect provider of one organisation, switched on by the environment.

The provider stands in for the password and for nothing else. Who comes in is a member of that organisation already, and
a second factor is asked, unless the provider says, in the words of OIDC_SECOND_FACTOR, that it was shown there.
"""

from typing import Any

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Membership, User
from audit.events import Event, Result
from audit.record import record


class Provider(DefaultSocialAccountAdapter):
    """Finds the member that the provider names, keeps nothing of what else it tells, and makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        told = sociallogin.account.extra_data
        sociallogin.account.extra_data = {}
        user = sociallogin.user if sociallogin.is_existing else _member(told)
        if user is None or not _works_there(user):
            _forget(sociallogin)
            raise ImmediateHttpResponse(refuse(request))
        sociallogin.account.user = sociallogin.user = user
        sociallogin.account.save()
        request.shown_to_provider = _showed_second_factor(told.get("id_token") or {})  # type: ignore[attr-defined]

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(refuse(request))


def take_over_second_factor(request: HttpRequest, user: User) -> None:
    """Count the second factor that was shown to the provider as shown here, for the session that begins now."""
    if getattr(request, "shown_to_provider", False):
        record_authentication(request, user, "mfa", type="provider")


def refuse(request: HttpRequest) -> HttpResponse:
    """Lead back to the sign-in page. The same whether nobody is known by that name or the provider said no."""
    record(Event.SIGN_IN_FAILED, actor=None, result=Result.REFUSED)
    messages.warning(request, _("This did not work. Sign in here with your own password, or call your administrator."))
    return redirect("account_login")


@login_not_required
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider. One that does not answer is no fault of hers: there is always the password."""
    try:
        return openid.login(request, provider_id=provider_id)
    except requests.RequestException:
        return refuse(request)


@login_not_required
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive somebody whom the provider sent back."""
    try:
        return openid.callback(request, provider_id=provider_id)
    except requests.RequestException:
        return refuse(request)


def _member(told: dict[str, Any]) -> User | None:
    """Return the member with the address that the provider vouches for; one that it does not vouch for is nobody's."""
    claims = {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}
    if claims.get("email_verified") is not True:
        return None
    email = str(claims.get("email", "")).strip().lower()
    found: User | None = User.objects.active().filter(email=email).first() if email else None
    # Whoever is known by another name there already is not known by this one too.
    taken = found is not None and SocialAccount.objects.filter(user=found, provider=settings.OIDC_PROVIDER).exists()
    return None if taken else found


def _works_there(user: User) -> bool:
    rows = Membership.objects.live(timezone.localdate()).filter(user=user)
    there = rows.values_list("organisation_id", flat=True)
    return user.is_active and str(settings.OIDC_ORGANISATION) in {str(pk) for pk in there}


def _showed_second_factor(id_token: dict[str, Any]) -> bool:
    """Say whether the signed token itself, not what was asked for beside it, names a second factor we accept."""
    methods = id_token.get("amr") or []
    said = {str(one) for one in (methods if isinstance(methods, list) else [methods])} | {str(id_token.get("acr", ""))}
    return bool(said & set(settings.OIDC_SECOND_FACTOR))


def _forget(sociallogin: Any) -> None:
    if sociallogin.account.pk:
        sociallogin.account.save(update_fields=["extra_data"])
