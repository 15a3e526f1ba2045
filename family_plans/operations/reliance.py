"""How far somebody manages, recorded anew each time: what was recorded before stays, and shows the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from family_plans.models import (
    HIGHEST,
    LOWEST,
    MATRIX,
    MATRIX_DOMAINS,
    MATRIX_VERSION,
    Assessment,
    NetworkCount,
    Occasion,
    RelianceLevel,
    Score,
    SelfReliance,
)
from organisations.models import CodeItem

HIGHEST_SCORE = 10


def assess_self_reliance(
    family: Family,
    *,
    domain: CodeItem,
    level: RelianceLevel,
    own_score: int | None = None,
    on: date,
    by: User,
    at: datetime,
) -> SelfReliance:
    """Record who leads in a domain, with the client's own mark (E8). What was recorded before stays.

    Raises WrongState for a day in the future, or a mark above ten.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if on > timezone.localdate(at) or (own_score is not None and not 0 <= own_score <= HIGHEST_SCORE):
            raise WrongState(_("Fill in a day until today, and a mark from 0 to 10."), about=family)
        assessed = SelfReliance.objects.create(
            family=family,
            domain=domain,
            level=level,
            own_score=own_score,
            assessed_on=on,
            assessed_by=by,
            recorded_at=at,
        )
        op.record(Event.SELF_RELIANCE_ASSESSED, subject=assessed, domain=domain.code, level=level.value)
    return assessed


@dataclass(frozen=True)
class NewScore:
    """One domain of the matrix: how the worker sees it, and how the client does."""

    domain: CodeItem
    level: int
    own_level: int | None = None


def record_assessment(
    person: Person, *, occasion: Occasion, on: date, scores: Sequence[NewScore], by: User, at: datetime
) -> Assessment:
    """Record the self-sufficiency matrix of one member on one day (C22), with the version of the instrument.

    Domains may be left out. Raises WrongState without a single score, for a day to come, for a level outside one to
    five, and for a domain of another list.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=person, by=by) as op:
        person = op.target
        if not scores or on > timezone.localdate(at):
            raise WrongState(_("Fill in one domain at least, and a day until today."), about=person.family)
        domains = set(CodeItem.objects.of(MATRIX_DOMAINS).valid_on(on).values_list("pk", flat=True))
        levels = [level for score in scores for level in (score.level, score.own_level) if level is not None]
        if any(score.domain.pk not in domains for score in scores) or not all(
            LOWEST <= level <= HIGHEST for level in levels
        ):
            raise WrongState(_("Choose a domain of the matrix and a level from 1 to 5."), about=person.family)
        assessment = Assessment.objects.create(
            family_id=person.family_id,
            person=person,
            instrument=MATRIX,
            version=MATRIX_VERSION,
            occasion=occasion,
            assessed_on=on,
            assessed_by=by,
            recorded_at=at,
        )
        Score.objects.bulk_create(
            Score(
                family_id=person.family_id,
                assessment=assessment,
                domain=score.domain,
                level=score.level,
                own_level=score.own_level,
            )
            for score in scores
        )
        op.record(Event.SELF_RELIANCE_ASSESSED, subject=assessment, instrument=MATRIX, version=MATRIX_VERSION)
    return assessment


def count_network(family: Family, *, on: date, size: int, by: User, at: datetime) -> NetworkCount:
    """Record on how many people the client can count, on a day (D17). Counting again that day corrects it."""
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=family)
        count, _is_new = NetworkCount.objects.update_or_create(
            family=family, counted_on=on, defaults={"size": size, "recorded_by": by, "recorded_at": at}
        )
        op.record(Event.SELF_RELIANCE_ASSESSED, subject=count, network=True)
    return count
