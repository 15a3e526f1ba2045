"""Questions about supporters: who is there for a municipality, and how many families each has. Nothing changes here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import connection

from cases.models import Family
from collaboration.training import lacks
from handover.models import SupporterAssignment
from organisations.models import Municipality, Supporter


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be supporter of a family, and how many families she has of how many that were agreed."""

    supporter: Supporter
    families: int
    # The trainings that she should have followed and has not (B11).
    lacks: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether one more family is more than was agreed."""
        return self.families >= self.supporter.capacity


def caseloads(supporters: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many families each of these supporters has now, counted over all organisations. One query.

    A count and nothing else: the families may be out of the asker's reach. Who has none is in it too.
    """
    asked = list(supporters)
    with connection.cursor() as cursor:
        cursor.execute("SELECT supporter_id, families FROM supporter_caseloads(%s)", [asked])
        return dict.fromkeys(asked, 0) | dict(cursor.fetchall())


def supporters_of(municipality: Municipality | None, *, today: date) -> list[Candidate]:
    """Return who is supporter for a municipality today; none for one that ended without a successor."""
    here = municipality.on(today) if municipality else None
    if here is None:
        return []
    found = list(Supporter.objects.for_municipality(here, today).select_related("user", "organisation__kind"))
    lacking = lacks([one.user_id for one in found], today=today)
    return [replace(one, lacks=lacking[one.supporter.user_id]) for one in with_caseload(found)]


def with_caseload(supporters: list[Supporter]) -> list[Candidate]:
    """Return these supporters with how many families each has."""
    counted = caseloads(one.pk for one in supporters)
    return [Candidate(one, counted[one.pk]) for one in supporters]


def supporter_of(family: Family) -> SupporterAssignment | None:
    """Return who is supporter of a family now, or None."""
    found: SupporterAssignment | None = (
        SupporterAssignment.objects.filter(family=family, ended_at=None)
        .select_related("supporter__user", "supporter__organisation", "supporter__municipality", "assigned_by")
        .first()
    )
    return found
