"""The one writer of the audit log. An audit row commits, or is undone, together with what it describes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from django.db import models

from audit.events import Event, Result
from audit.models import AuditEvent

_origin: ContextVar[str] = ContextVar("origin", default="command")
_written: ContextVar[int] = ContextVar("written", default=0)


class Actor(Protocol):
    """Whoever acts. In practice a user; audit stands below accounts and knows no more than this."""

    @property
    def pk(self) -> UUID: ...


@contextmanager
def from_origin(origin: str) -> Iterator[None]:
    """Record everything in the body as coming from `origin`: a network address, or the name of a job."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def written() -> int:
    """Return how many facts were written so far in this request or job: whether one left any, is the difference."""
    return _written.get()


def record(
    event: Event,
    *,
    actor: Actor | None,
    subject: models.Model | None = None,
    organisation_id: UUID | None = None,
    family_id: UUID | None = None,
    result: Result = Result.DONE,
    details: dict[str, object] | None = None,
) -> AuditEvent:
    """Write one audit fact in the open transaction. Nothing else in the project creates an AuditEvent.

    Without `family_id` it is the subject's own. `details` holds identifiers and stored words: no names, no free text.
    """
    _written.set(_written.get() + 1)
    return AuditEvent.objects.create(
        event=event,
        result=result,
        actor_id=actor.pk if actor else None,
        organisation_id=organisation_id,
        origin=_origin.get(),
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        family_id=family_id or getattr(subject, "family_id", None),
        details=details or {},
    )
