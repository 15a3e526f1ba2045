"""Writing a release down. Whether it may be made is decided in `operations`, and what is in it in `releasing`."""

from datetime import datetime

from figures.models import Release, ReleasedCell
from figures.periods import Quarter
from figures.releasing import Plan

# Goes up when docs/disclosure.md changes: a release says by which version it was made.
SPECIFICATION = 1


def publish(plan: Plan, *, quarter: Quarter, at: datetime) -> Release:
    """Keep the numbers of a plan, for good."""
    made = Release.objects.create(
        quarter=str(quarter),
        frozen_at=at,
        specification=SPECIFICATION,
        groups={f"{slug}:{year}": found for (slug, year), found in plan.groups.items()},
        small=plan.small,
        beside=plan.beside,
    )
    ReleasedCell.objects.bulk_create(
        ReleasedCell(release=made, **cell._asdict(), number=number) for cell, number in plan.numbers.items()
    )
    return made
