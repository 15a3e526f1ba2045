"""Sign-ins of the demonstration. Their passwords and second factors are known, so they exist on this machine only."""

import base64
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

from accounts.models import User
from core.errors import DomainError
from core.fields import cipher

PASSWORD = "laat-mij-even-kijken"  # noqa: S105 - of the demonstration only, which only this machine can reach
DOMAIN = "vinger.example"
_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}


class NotADemonstration(DomainError):
    """This installation is reachable by others, so it has no sign-ins that anybody knows."""


@dataclass(frozen=True)
class SignIn:
    """What to type to sign in as one of the demonstration's people."""

    name: str
    email: str
    password: str
    code: str


def refuse_unless_demonstration() -> None:
    """Raise NotADemonstration unless this is a demonstration that only this machine can reach (decision 25)."""
    if not settings.DEMO or not set(settings.ALLOWED_HOSTS) <= _THIS_MACHINE:
        raise NotADemonstration("Demo sign-ins exist only with DEMO=on and on localhost.")


def sign_in_user(login: str, name: str) -> User:
    """Return the demonstration's user with this login, made with a password and a second factor when new."""
    refuse_unless_demonstration()
    email = f"{login}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, password=PASSWORD)
        sealed = cipher().encrypt(base64.b32encode(secrets.token_bytes(20))).decode()
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed})
    return user


def sign_ins(*, now: datetime, only: str | None = None) -> Iterator[SignIn]:
    """Yield the demonstration's sign-ins with their codes of this moment. A code holds for half a minute."""
    refuse_unless_demonstration()
    users = User.objects.active().filter(email__endswith=f"@{DOMAIN}").order_by("created_at", "pk")
    if only:
        users = users.filter(email__in=[only, f"{only}@{DOMAIN}"])
    for factor in Authenticator.objects.filter(user__in=users, type="totp").select_related("user").order_by("pk"):
        yield SignIn(factor.user.name, factor.user.email, PASSWORD, _code(factor.data["secret"], now))


def _code(sealed: str, now: datetime) -> str:
    key = base64.b32decode(cipher().decrypt(sealed.encode()))
    return TOTP(key, 6, SHA1(), 30, enforce_key_length=False).generate(int(now.timestamp())).decode()  # noqa: S303 - what apps speak
