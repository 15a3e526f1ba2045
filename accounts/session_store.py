"""Where sessions are kept: Django's own table, read with one prepared question, for every request asks it."""

from datetime import UTC, datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.prepared import Prepared

_LIVE = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    "key",
    datetime.min.replace(tzinfo=UTC),
)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        # A key is letters and digits. Whatever else somebody puts in her cookie is not asked of the database.
        live = _LIVE(self.session_key, timezone.now()) if (self.session_key or "").isalnum() else None
        if live is None:
            self._session_key = None
        return live
