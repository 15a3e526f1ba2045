"""Freezing a release: everything that is published about a quarter, once."""

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from audit.events import Event
from core.errors import DomainError
from figures.areas import Geography
from figures.counting import Cell
from figures.gathering import gather
from figures.models import Release, ReleasedCell
from figures.periods import Quarter
from figures.releasing import Plan, plan_release
from figures.writing import publish


class NotOver(DomainError):
    """The quarter is not over yet."""


def freeze(quarter: Quarter, *, at: datetime) -> Release:
    """Publish what is known about a quarter that is over, and about the year it ends. All of it or nothing.

    Does nothing when that was done before: a release is made once and what came in later is never in it. Run as the
    jobs role. Raises NotOver.
    """
    if not quarter.is_over(timezone.localdate(at)):
        raise NotOver(_("This quarter is not over yet."))
    frame: AbstractContextManager[Operation[Release]] = operation(Action.FREEZE_FIGURES, by=None)
    with frame as op:
        made = Release.objects.filter(quarter=str(quarter)).first()
        if made is None:
            made = publish(_plan(quarter, today=timezone.localdate(at)), quarter=quarter, at=at)
        op.record(Event.FIGURES_RELEASED, subject=made, quarter=str(quarter))
    return made


def _plan(quarter: Quarter, *, today: date) -> Plan:
    return plan_release(
        quarter,
        gather(today=today),
        geography=Geography.read(),
        frozen=_published_about(quarter.year - 1, quarter.year),
        grouped=_grouped(),
    )


def _published_about(*years: int) -> dict[Cell, int | None]:
    rows = ReleasedCell.objects.filter(period__regex=f"^({'|'.join(map(str, years))})")
    return {Cell(*key): number for *key, number in rows.values_list("period", "area", "figure", "category", "number")}


def _grouped() -> dict[tuple[str, int], dict[str, str]]:
    found: dict[tuple[str, int], dict[str, str]] = {}
    for grouped in Release.objects.order_by("quarter").values_list("groups", flat=True):
        for key, place in grouped.items():
            slug, year = key.split(":")
            found[slug, int(year)] = place
    return found
