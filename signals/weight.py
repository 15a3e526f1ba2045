"""What makes a signal more serious than its reporter says: nobody else is active in the home, or others worry too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from family_plans.models import HelpLine
from organisations.models import Norm, Subject
from signals.deadlines import Severity, reported_severity
from signals.models import Signal

# Mild signals of two parties within some weeks are one serious matter (H6); how many is a norm, at first six.
WINDOW = timedelta(weeks=6)


@dataclass(frozen=True)
class Weight:
    """How serious a signal is now, and why more than what was reported."""

    severity: Severity
    nobody_active: bool
    adds_up: bool


def weight_of(signal: Signal, *, family_id: UUID, at: datetime) -> Weight:
    """Weigh a signal about this family. Each reason adds one, up to acute."""
    alone = nobody_active(family_id, at=at)
    together = adds_up(signal, family_id=family_id)
    raised = reported_severity(signal.acute) + alone + together
    return Weight(Severity(min(raised, Severity.ACUTE)), alone, together)


def nobody_active(family_id: UUID, *, at: datetime) -> bool:
    """Say whether no help runs today: then the mother is the only one who sees the children (H11)."""
    today = timezone.localdate(at)
    running = HelpLine.objects.filter(family_id=family_id, starts_on__lte=today).filter(
        Q(ended_on=None) | Q(ended_on__gte=today)
    )
    return not running.exists()


def adds_up(signal: Signal, *, family_id: UUID) -> bool:
    """Say whether another party reported about this family shortly before or after this signal.

    How long that is, is a norm of the reporter's municipality on the day of the report.
    """
    day, place = timezone.localdate(signal.reported_at), signal.organisation.municipality
    days = Norm.objects.days_for(Subject.SIGNALS_ADD_UP, place, day).get("")
    window = WINDOW if days is None else timedelta(days=days)
    around = Signal.objects.filter(
        family_id=family_id, reported_at__gte=signal.reported_at - window, reported_at__lte=signal.reported_at + window
    )
    return around.of_another_party(source=signal.source, organisation_id=signal.organisation_id).exists()
