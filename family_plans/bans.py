"""Whether two persons may have contact: help that brings them together asks here first (C41)."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from cases.models import MeasureScope, Person, ProtectiveMeasure
from cases.models.measure import FORBIDS_CONTACT


def contact_is_forbidden(first: Person, second: Person, *, from_on: date, until: date | None = None) -> bool:
    """Say whether a measure forbids contact between these two on any day of a period. Both days are inclusive.

    A measure without named persons protects everybody of the family from the one it is against.
    """
    running = ProtectiveMeasure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=from_on), family_id=first.family_id, kind__in=FORBIDS_CONTACT
    )
    if until is not None:
        running = running.filter(starts_on__lte=until)
    protected_from = {first.pk: second.pk, second.pk: first.pk}
    return any(
        measure.against_id in protected_from and _protects(measure, protected_from[measure.against_id])
        for measure in running
    )


def _protects(measure: ProtectiveMeasure, person_id: UUID) -> bool:
    named = set(MeasureScope.objects.filter(measure=measure).values_list("person_id", flat=True))
    return not named or person_id in named
