"""Ending what somebody is signed in on: all of it, at once."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def end_all_of(user_id: UUID) -> None:
    """End every session of somebody, on whatever screen. Her next request on each is a stranger's."""
    known = UserSession.objects.filter(user_id=user_id)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()
