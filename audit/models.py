from typing import Any

from django.db import models
from django.utils import timezone

from audit.events import Event, Result
from core.fields import WordField, is_a_word
from core.models import Row


class AuditEvent(Row):
    """One fact about who did or read what: the six fields of BIO2 8.15.01, and which family it was about.

    Append-only, and without foreign keys: it must outlive what it describes. The application's role may insert here
    and nothing else. `details` holds identifiers and stored words, never names or free text.
    """

    occurred_at = models.DateTimeField(default=timezone.now, editable=False)
    event = WordField(max_length=60, choices=Event)
    result = models.CharField(max_length=10, choices=Result, default=Result.DONE)

    actor_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=80)

    subject_type = models.CharField(max_length=60, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    family_id = models.UUIDField(null=True)

    details = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=is_a_word("event"), name="auditevent_event_is_a_word"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="auditevent_result_known"),
        ]
        indexes = [
            models.Index(fields=["family_id", "occurred_at"], name="auditevent_by_family"),
            models.Index(fields=["actor_id", "occurred_at"], name="auditevent_by_actor"),
            models.Index(fields=["occurred_at"], name="auditevent_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("audit events are append-only")
        super().save(*args, **kwargs)


class Seal(models.Model):
    """One audit event in the chain: its place, and a digest over the event and the digest before it.

    Written by the sealing job and by nothing else. It holds the key of the event and no foreign key, so that an event
    that disappears leaves its seal behind.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(position__gte=1), name="seal_position_starts_at_one"),
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="seal_digest_has_its_form"
            ),
        ]

    def __str__(self) -> str:
        return f"seal {self.position}"


class LogCheck(models.Model):
    """When the chain was walked from its start, how far it was anchored, and where it was broken."""

    checked_at = models.DateTimeField()
    anchored_to = models.PositiveBigIntegerField()
    anchored_at = models.CharField(max_length=40, blank=True, default="")
    # [first, last, what] per break; empty when the log is whole.
    broken = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-checked_at"], name="logcheck_latest")]

    def __str__(self) -> str:
        return f"check {self.pk}"
