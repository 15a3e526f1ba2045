"""Which families somebody has on behalf of an organisation. Questions only; cases.operations.caseload moves them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from access.models import Assignment, AssignmentKind, BreakGlass
from accounts.models import User
from cases.models import Family, ProtectedGrant
from organisations.models import Organisation


def families_with(user: User, organisation: Organisation) -> Any:
    """Return the keys of the families that this person was given on behalf of this organisation, in whatever way."""
    held = Assignment.objects.filter(user=user, organisation=organisation, closed_at=None)
    glass = BreakGlass.objects.filter(user=user, organisation=organisation, closed_at=None)
    return Family.objects.filter(
        Q(pk__in=held.exclude(kind=AssignmentKind.BARRED).values("family_id"))
        | Q(pk__in=glass.values("family_id"))
        | Q(pk__in=ProtectedGrant.objects.filter(user=user, closed_at=None).values("family_id"))
    )


def barred_from(user: User, at: datetime) -> set[UUID]:
    """Return the families that somebody may not see, whatever she is given."""
    rows = Assignment.objects.live(at).filter(user=user, kind=AssignmentKind.BARRED)
    return set(rows.values_list("family_id", flat=True))


def counts_of(organisation: Organisation, at: datetime) -> dict[UUID, int]:
    """Return per worker of an organisation how many families she has now. One query, and numbers only."""
    held = Assignment.objects.live(at).filter(organisation=organisation).exclude(kind=AssignmentKind.BARRED)
    return dict(held.values_list("user_id").annotate(families=Count("family_id", distinct=True)))
