"""What Veilig Thuis must have done by when, by the terms that hold on that day. Nobody is reminded of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from signals.models import VeiligThuisTerm


@dataclass(frozen=True)
class Expected:
    """Something to expect, the last day for it, and the article that says so."""

    label: str
    by: date
    legal_source: str


def expected(reported_on: date) -> list[Expected]:
    """Return what to expect after a report of this day, the first first."""
    holding = VeiligThuisTerm.objects.filter(valid_from__lte=reported_on).filter(
        Q(valid_until=None) | Q(valid_until__gt=reported_on)
    )
    found = [Expected(term.label, term.expected_by(reported_on), term.legal_source) for term in holding]
    return sorted(found, key=lambda one: (one.by, one.label))
