"""Blind routing: waiting signals find the family they are about, as the jobs role and never in a reporter's request."""

from datetime import datetime
from uuid import UUID

from cases.models import Person, Place
from core.database import DatabaseRole, acting_as
from signals.models import Signal
from signals.operations import leave_unmatched, route


def route_waiting(*, now: datetime) -> int:
    """Route every waiting signal that fits exactly one family; return how many.

    Safe to repeat, and to run twice at once. Each signal is a transaction of its own: one that fails holds up no other.
    Call it outside a transaction.
    """
    with acting_as(DatabaseRole.JOBS):
        children = Person.objects.filter(place=Place.CHILD)
        found = [
            (pk, unmatched_at, chosen or named)
            for pk, unmatched_at, chosen, named in Signal.objects.waiting()
            .with_families(children)
            .order_by("reported_at", "pk")
            .values_list("pk", "unmatched_at", "families", "families_by_name")  # type: ignore[misc]
        ]
    return sum(
        _place(pk, families, now) for pk, unmatched_at, families in found if len(families) == 1 or unmatched_at is None
    )


def _place(pk: UUID, families: list[UUID], now: datetime) -> bool:
    """Route one signal, or leave it unmatched; say whether it was routed. One that is being placed is left alone."""
    with acting_as(DatabaseRole.JOBS):
        signal = Signal.objects.waiting().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if signal is None:
            return False
        if len(families) != 1:
            leave_unmatched(signal, at=now)
            return False
        route(signal, to_family=families[0], at=now)
        return True
