from datetime import date
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.models import User
from core.prepared import Prepared

# Every request asks this. The day and the key stand in for those of the request.
_OF_SESSION: Prepared[User] = Prepared(
    lambda day, pk: User.objects.active().with_held(day).filter(pk=pk), date.min, UUID(int=0)
)


class Password(AuthenticationBackend):
    """Signing in with e-mail and password, as the first of two factors."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return the user of a session, or None as soon as the account is not active: sessions end with it."""
        return _OF_SESSION(timezone.localdate(), user_id)

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Django's permissions decide nothing here; access.policy does."""
        return False
