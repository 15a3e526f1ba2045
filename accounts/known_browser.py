"""A browser in which somebody signed in before. Guesses from elsewhere do not count against it (R38).

The cookie is signed, says which account it belongs to and nothing else, and lets nobody in: password and second factor
are asked as always. Losing it costs nothing but this.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

_SALT = "accounts.known_browser"
_DAYS = 180
_SECONDS_OF_A_DAY = 86_400


def remember(response: HttpResponse, user: User) -> None:
    """Leave word in this browser that `user` signed in here."""
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([str(user.pk), secrets.token_urlsafe(12)], salt=_SALT),
        max_age=_DAYS * _SECONDS_OF_A_DAY,
        secure=settings.SECURE_TRANSPORT,
        httponly=True,
        samesite="Lax",
    )


def key_of(request: HttpRequest, email: str) -> str | None:
    """Return what this browser is called when the owner of `email` signed in here before; None otherwise."""
    try:
        user_id, nonce = signing.loads(
            request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, ""), salt=_SALT, max_age=_DAYS * _SECONDS_OF_A_DAY
        )
    except (signing.BadSignature, ValueError):
        return None
    is_owner = User.objects.filter(pk=user_id, email=email.strip().lower()).exists()
    return f"{user_id}:{nonce}" if is_owner else None
