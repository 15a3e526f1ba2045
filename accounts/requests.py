from uuid import UUID

from django.http import HttpRequest

from accounts.models import User


class UserRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: there is a user."""

    user: User
    family_id: UUID | None = None
