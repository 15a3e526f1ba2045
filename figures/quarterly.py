"""What the clock runs: publish the quarter that is over, if nobody did."""

import logging
from datetime import datetime

from django.utils import timezone

from audit.record import from_origin
from core.database import DatabaseRole, acting_as
from figures.models import Release
from figures.operations import freeze
from figures.periods import Quarter

log = logging.getLogger(__name__)


def freeze_last_quarter(*, now: datetime) -> bool:
    """Publish the last quarter that is over, unless that was done; return whether it was done now. Safe to repeat."""
    quarter = Quarter.of(timezone.localdate(now)).plus(-1)
    with from_origin("job freeze_figures"), acting_as(DatabaseRole.JOBS):
        if Release.objects.filter(quarter=str(quarter)).exists():
            return False
        made = freeze(quarter, at=now)
    log.info("figures were published", extra={"quarter": made.quarter})
    return True
