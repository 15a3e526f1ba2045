from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.models import User


class Password(AuthenticationBackend):
    """Signing in with e-mail and password, as the first of two factors."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return the user of a session, or None as soon as the account is not active: sessions end with it."""
        return User.objects.active().with_held(timezone.localdate()).filter(pk=user_id).first()

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Django's permissions decide nothing here; access.policy does."""
        return False
