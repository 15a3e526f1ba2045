"""When a ground holds: what each of the four asks for, and what nobody may decide alone (I2, I4, I6, I8, I17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases import consent
from cases.models import ConsentGap, ConsentHow, GroundKind, Law, Person
from core.working_days import add_months

SHORTEST_WEIGHING = 40  # characters: less is not a weighing
LONGEST_CONSENT = 12  # months from the day it was given; then it is asked again


@dataclass(frozen=True)
class NewGround:
    """A ground as it is entered. What is needed beside the kind depends on it; the database holds the same rules.

    `given_by` are those who consented, `consent_gap` says why it holds although somebody did not. `discussed_on` is the
    day on which it was discussed with the client, which is also the day on which consent was given.
    """

    kind: GroundKind
    given_by: Sequence[Person] = ()
    how: ConsentHow = ConsentHow.SPOKEN
    consent_gap: ConsentGap | str = ""
    law: Law | str = ""
    article: str = ""
    weighing: str = ""
    second_professional: User | None = None
    discussed_on: date | None = None
    not_discussed_because: str = ""

    @property
    def takes_two(self) -> bool:
        """Say whether nobody may decide this alone: against somebody's will, or without her knowing."""
        return self.kind == GroundKind.CONFLICT_OF_DUTIES or self.discussed_on is None or bool(self.consent_gap)


@dataclass(frozen=True)
class Missing:
    """What a ground lacks, in words, and under which answer it belongs."""

    answer: str
    words: str


def missing_from(
    ground: NewGround, *, task: str, lines: Sequence[consent.Needed], ends_at: datetime, by: User, today: date
) -> Missing | None:
    """Return the first thing that is missing before the ground holds; None when it does (I2, I4, I6, I8, I17)."""
    if ground.discussed_on is None and not ground.not_discussed_because:
        words = _("Say when this was discussed with the client, or why that was not safe.")
        return Missing("discussed_on", words)
    missing = None
    match ground.kind:
        case GroundKind.CONSENT:
            missing = _missing_consent(ground, lines=lines, ends_at=ends_at, today=today)
        case GroundKind.STATUTORY_TASK:
            missing = _missing_task(ground, task)
        case GroundKind.CONFLICT_OF_DUTIES if len(ground.weighing.strip()) < SHORTEST_WEIGHING:
            missing = Missing("weighing", _("Write down how you weighed this: what against what."))
    if missing is None and ground.takes_two and not _is_a_colleague(ground.second_professional, by):
        missing = Missing("second_professional", _("A second professional weighs along."))
    return missing


def _missing_task(ground: NewGround, task: str) -> Missing | None:
    if not ground.article:
        return Missing("article", _("Name the article of the law."))
    if ground.law != task:
        words = _("This article belongs to another law. Sharing for another task asks for a ground of its own.")
        return Missing("article", words)
    return None


def _missing_consent(
    ground: NewGround, *, lines: Sequence[consent.Needed], ends_at: datetime, today: date
) -> Missing | None:
    if not ground.given_by:
        return Missing("given_by", _("Say who gave consent."))
    last = add_months(ground.discussed_on or today, LONGEST_CONSENT)
    if timezone.localdate(ends_at - timedelta(microseconds=1)) > last:
        return Missing("until", _("Consent holds for at most a year from the day it was given."))
    words = [] if ground.consent_gap else consent.in_words(lines, ground.given_by)
    return Missing("given_by", " ".join(words)) if words else None


def _is_a_colleague(second: User | None, by: User) -> bool:
    return second is not None and second != by and bool(second.standing.keys() & by.standing.keys())
