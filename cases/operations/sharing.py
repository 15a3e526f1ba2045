"""Sharing: one ground, one organisation, one level, until a moment. Withdrawal works on the next request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from access.models import AssignmentKind, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Ground, GroundKind, Level, Person, Share
from cases.operations.doors import assign, close_door, involve, unassign
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from organisations.models import Organisation

SHORTEST_WEIGHING = 40  # characters: less is not a weighing


@dataclass(frozen=True)
class NewGround:
    """A ground as it is entered. What is needed beside the kind depends on it; the database holds the same rules."""

    kind: GroundKind
    given_by: Person | None = None
    article: str = ""
    weighing: str = ""
    second_professional: User | None = None
    discussed_on: date | None = None
    not_discussed_because: str = ""


def share(
    family: Family,
    *,
    with_organisation: Organisation,
    level: Level,
    purpose: str,
    ground: NewGround,
    ends_at: datetime,
    reader: User | None = None,
    persons: Sequence[UUID] = (),
    by: User,
    at: datetime,
) -> Share:
    """Let an organisation see a family, at one level and on one ground, until `ends_at` (exclusive).

    `reader` is the person there who may open it, told to the client by name; signallers need none for level 1.
    `persons` are the children it is about; without any, all. An open share with the same organisation is replaced.
    Raises WrongState when the ground does not hold.
    """
    with operation(Action.SHARE, on=family, by=by) as op:
        family = op.target
        _insist_on(ground, by=by, family=family)
        for earlier in Share.objects.filter(family=family, organisation=with_organisation, withdrawn_at=None):
            _end(earlier, because="replaced", at=at, within=op)
        recorded = Ground.objects.create(
            family=family,
            kind=ground.kind,
            given_by=ground.given_by,
            article=ground.article,
            weighing=ground.weighing,
            second_professional=ground.second_professional,
            discussed_on=ground.discussed_on,
            not_discussed_because=ground.not_discussed_because,
            recorded_by=by,
            recorded_at=at,
        )
        made = Share.objects.create(
            family=family,
            ground=recorded,
            organisation=with_organisation,
            level=level,
            purpose=purpose,
            starts_at=at,
            ends_at=ends_at,
        )
        involve(
            family,
            with_organisation,
            Relation.PARTNER,
            source_id=made.pk,
            at=at,
            ends_at=ends_at,
            level=level,
            persons=persons,
            within=op,
        )
        if level >= Level.SAFETY_PLAN:
            # A risk that nobody was told of is told now (A6).
            told = FollowUp.objects.filter(family=family, kind=Kind.SHARE_RISK)
            finish(told, as_=State.DONE, at=at, within=op)
        if reader is not None:
            assign(family, reader, with_organisation, AssignmentKind.READER, at=at, within=op)
        op.record(Event.SHARED, subject=made, level=int(level), ground=ground.kind.value)
    return made


def withdraw_share(share_: Share, *, because: str, by: User, at: datetime) -> Share:
    """Withdraw a share, in one step. Raises WrongState when it was withdrawn or replaced already."""
    with operation(Action.SHARE, on=share_, by=by) as op:
        withdrawn = op.target
        if withdrawn.withdrawn_at is not None:
            raise WrongState(_("This was withdrawn already."), about=withdrawn.family)
        _end(withdrawn, because=because, at=at, within=op)
    return withdrawn


def _takes_two(ground: NewGround) -> bool:
    """Say whether nobody may decide this alone: against somebody's will, or without her knowing."""
    return ground.kind == GroundKind.CONFLICT_OF_DUTIES or ground.discussed_on is None


def _is_a_colleague(second: User | None, by: User) -> bool:
    return second is not None and second != by and bool(second.standing.keys() & by.standing.keys())


def _end(ended: Share, *, because: str, at: datetime, within: Operation) -> None:
    ended.withdrawn_at, ended.withdrawn_because = at, because
    ended.save(update_fields=["withdrawn_at", "withdrawn_because"])
    close_door(ended.family, source_id=ended.pk, at=at, within=within)
    unassign(ended.family, organisation=ended.organisation, kind=AssignmentKind.READER, at=at, within=within)
    within.record(Event.SHARE_ENDED, subject=ended, because=because if because == "replaced" else "withdrawn")


def _insist_on(ground: NewGround, *, by: User, family: Family) -> None:
    """Raise WrongState when the ground is not complete. The reasons are those of I2, I4 and I6."""
    missing = None
    if ground.discussed_on is None and not ground.not_discussed_because:
        missing = _("Say when this was discussed with the client, or why that was not safe.")
    elif ground.kind == GroundKind.CONSENT and ground.given_by is None:
        missing = _("Say who gave consent.")
    elif ground.kind == GroundKind.STATUTORY_TASK and not ground.article:
        missing = _("Name the article of the law.")
    elif ground.kind == GroundKind.CONFLICT_OF_DUTIES and len(ground.weighing.strip()) < SHORTEST_WEIGHING:
        missing = _("Write down how you weighed this.")
    elif _takes_two(ground) and not _is_a_colleague(ground.second_professional, by):
        missing = _("A second professional weighs along.")
    if missing:
        raise WrongState(missing, about=family)
