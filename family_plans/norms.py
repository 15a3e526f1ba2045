"""How long help may take to start where this family lives, and who answers for that municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from access.models import Involvement, Relation
from family_plans.models import HelpLine
from organisations.models import LadderRung, Municipality, Norm, Subject

# The last part of the term, in which it is not late yet and will be soon.
_SOON = 0.75


def municipality_of(family_id: UUID) -> Municipality | None:
    """Return the municipality that is responsible for the family now; None when it has no account here."""
    responsible = (
        Involvement.objects.live(timezone.now())
        .filter(family_id=family_id, relation=Relation.RESPONSIBLE)
        .select_related("organisation__municipality")
        .order_by("-starts_at", "pk")
        .first()
    )
    return responsible.organisation.municipality if responsible else None


@dataclass(frozen=True)
class Waiting:
    """How long a help line waits or waited, against the norm. `light` is good, soon or now, as everywhere."""

    days: int
    norm: int | None

    @property
    def over(self) -> int:
        return max(self.days - self.norm, 0) if self.norm is not None else 0

    @property
    def light(self) -> str:
        if self.norm is None:
            return "wait"
        if self.days > self.norm:
            return "now"
        return "soon" if self.days > self.norm * _SOON else "good"


class StartNorms:
    """The norms for the start of help that hold for one family on one day. Read once, asked for every line.

    Nothing of it is kept with a line: a norm that an administrator changes colours every line anew (G18).
    """

    def __init__(self, family_id: UUID, today: date) -> None:
        self._today = today
        self._days = Norm.objects.days_for(Subject.HELP_STARTS, municipality_of(family_id), today)

    def days_of(self, kind: str) -> int | None:
        return self._days.get(kind, self._days.get(""))

    def of(self, line: HelpLine) -> Waiting:
        """Return how long this line waits. Select its kind along."""
        return Waiting(line.waiting_days(self._today), self.days_of(line.kind.code))


def working_days_for(subject: Subject, municipality: Municipality | None, day: date, *, otherwise: int) -> int:
    """Return the days of a norm without kinds; `otherwise` when an administrator ended it without a successor."""
    return Norm.objects.days_for(subject, municipality, day).get("", otherwise)


def ladder_of(family_id: UUID, day: date) -> Sequence[LadderRung]:
    return LadderRung.ladder_of(municipality_of(family_id), day)
