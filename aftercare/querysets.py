from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Max

from access.querysets import ScopedQuerySet

ENOUGH_MISSED = 3  # in a row: then the family may be out of sight


class CheckInQuerySet(ScopedQuerySet):
    def with_contact(self) -> Self:
        """Narrow to attempts in which somebody of the family answered, whether or not they wanted to talk."""
        return self.exclude(outcome="not_reached")

    def last_contact(self, family_id: UUID) -> datetime | None:
        """Return when somebody last had contact with the family; None when nobody has."""
        latest: datetime | None = self.filter(family_id=family_id).with_contact().aggregate(at=Max("happened_at"))["at"]
        return latest

    def missed_in_a_row(self, family_id: UUID) -> int:
        """Count the latest attempts that did not reach the family, up to the number at which it matters."""
        latest = self.filter(family_id=family_id).order_by("-happened_at", "-recorded_at")
        outcomes = list(latest.values_list("outcome", flat=True)[:ENOUGH_MISSED])
        return next((n for n, outcome in enumerate(outcomes) if outcome != "not_reached"), len(outcomes))


class SeenPersonQuerySet(ScopedQuerySet):
    def latest_by_person(self, family_id: UUID) -> dict[UUID, datetime]:
        """Return when each person of the family was last really seen or spoken to. Who never was is absent."""
        rows = self.filter(family_id=family_id).order_by().values_list("person_id").annotate(at=Max("seen_at"))
        return dict(rows)


class OutOfSightQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Narrow to families that are, or may be, out of sight now."""
        return self.filter(ended_at=None)
