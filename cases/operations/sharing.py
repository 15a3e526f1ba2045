"""Sharing: one ground, one organisation, one level, until a moment. Withdrawal works on the next request."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases import consent
from cases.grounds import NewGround, missing_from
from cases.models import Consent, Family, Ground, GroundKind, Law, Level, Share
from cases.operations.doors import assign, close_door, involve, unassign
from cases.operations.papers import withdraw_papers
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import Organisation

SECOND_WITHIN = timedelta(days=1)  # after which the regisseur is told to ask


def share(
    family: Family,
    *,
    with_organisation: Organisation,
    level: Level,
    task: Law,
    purpose: str,
    ground: NewGround,
    ends_at: datetime,
    reader: User | None = None,
    persons: Sequence[UUID] = (),
    by: User,
    at: datetime,
) -> Share:
    """Let an organisation see a family, at one level and on one ground, until `ends_at` (exclusive).

    `task` is the law that the recipient carries out (I17). `reader` is the person there who may open it, told to the
    client by name; signallers need none for level 1. `persons` are the children it is about; without any, all.
    A ground that takes two opens nothing until the second professional confirms; otherwise an open share with the same
    organisation is replaced. Raises WrongState when the ground does not hold.
    """
    with operation(Action.SHARE, on=family, by=by) as op:
        family = op.target
        lines = consent.needed(
            family, task, about=consent.subjects(family, level=level, persons=persons), on=timezone.localdate(at)
        )
        today = timezone.localdate(at)
        missing = missing_from(ground, task=task, lines=lines, ends_at=ends_at, by=by, today=today)
        if missing:
            raise WrongState(missing.words, about=family)
        for earlier in Share.objects.filter(
            family=family, organisation=with_organisation, withdrawn_at=None, opened_at=None
        ):
            _end(earlier, because="replaced", at=at, within=op)
        made = Share.objects.create(
            family=family,
            ground=_record(ground, family, lines=lines, ends_at=ends_at, by=by, at=at),
            organisation=with_organisation,
            level=level,
            reader=reader,
            persons=[str(person) for person in persons],
            task=task,
            purpose=purpose,
            starts_at=at,
            ends_at=ends_at,
        )
        if ground.takes_two:
            op.record(Event.SHARE_PROPOSED, subject=made, level=int(level), ground=ground.kind.value)
            due_on = timezone.localdate(at + SECOND_WITHIN)
            plan(family, Kind.AWAIT_SECOND, due_on=due_on, falls_to=AssignmentKind.REGISSEUR, about=made, within=op)
        else:
            _open(made, at=at, within=op)
    return made


def confirm_share(waiting: Share, *, by: User, at: datetime) -> Share:
    """Confirm, as the second professional who was named, that this may be shared. From then on it is.

    Raises WrongState when it was withdrawn, has ended, or was confirmed already.
    """
    with operation(Action.WEIGH_ALONG, on=waiting, by=by) as op:
        confirmed = op.target
        if not confirmed.is_waiting(at):
            raise WrongState(_("This no longer waits for you."), about=confirmed)
        ground = confirmed.ground
        ground.confirmed_at = at
        ground.save(update_fields=["confirmed_at"])
        op.record(Event.SHARE_CONFIRMED, subject=confirmed)
        _open(confirmed, at=at, within=op)
        _no_longer_awaited(confirmed, at=at, within=op)
    return confirmed


def refuse_share(waiting: Share, *, because: str, by: User, at: datetime) -> Share:
    """Refuse, as the second professional who was named. Nothing is shared; the regisseur reads why."""
    with operation(Action.WEIGH_ALONG, on=waiting, by=by) as op:
        refused = op.target
        if not refused.is_waiting(at):
            raise WrongState(_("This no longer waits for you."), about=refused)
        _end(refused, because=because, at=at, within=op)
        op.record(Event.SHARE_REFUSED, subject=refused)
    return refused


def withdraw_share(share_: Share, *, because: str, by: User, at: datetime) -> Share:
    """Withdraw a share, in one step. Raises WrongState when it was withdrawn or replaced already."""
    with operation(Action.SHARE, on=share_, by=by) as op:
        withdrawn = op.target
        if withdrawn.withdrawn_at is not None:
            raise WrongState(_("This was withdrawn already."), about=withdrawn.family)
        _end(withdrawn, because=because, at=at, within=op)
    return withdrawn


def withdraw_consent(consent_: Consent, *, because: str, by: User, at: datetime) -> Consent:
    """Record that somebody takes back a consent. Whatever was shared on that ground ends with it (I7)."""
    with operation(Action.SHARE, on=consent_, by=by) as op:
        withdrawn = op.target
        if withdrawn.withdrawn_at is not None:
            raise WrongState(_("This was withdrawn already."), about=withdrawn.family)
        withdrawn.withdrawn_at, withdrawn.withdrawn_because = at, because
        withdrawn.save(update_fields=["withdrawn_at", "withdrawn_because"])
        op.record(Event.CONSENT_WITHDRAWN, subject=withdrawn)
        for open_share in Share.objects.filter(ground=withdrawn.ground_id, withdrawn_at=None):
            _end(open_share, because=because, at=at, within=op)
    return withdrawn


def _record(
    ground: NewGround,
    family: Family,
    *,
    lines: Sequence[consent.Needed],
    ends_at: datetime,
    by: User,
    at: datetime,
) -> Ground:
    recorded = Ground.objects.create(
        family=family,
        kind=ground.kind,
        consent_gap=ground.consent_gap,
        law=ground.law,
        article=ground.article,
        weighing=ground.weighing,
        second_professional=ground.second_professional if ground.takes_two else None,
        discussed_on=ground.discussed_on,
        not_discussed_because=ground.not_discussed_because,
        recorded_by=by,
        recorded_at=at,
    )
    if ground.kind != GroundKind.CONSENT:
        return recorded
    pairs = [(giver, line.about) for line in lines for giver in line.givers if giver in ground.given_by]
    # Somebody whose consent the law does not ask for consented for her- or himself.
    pairs += [(giver, giver) for giver in ground.given_by if giver not in {one for one, _about in pairs}]
    given_on = ground.discussed_on or timezone.localdate(at)
    for giver, about in dict.fromkeys(pairs):
        Consent.objects.create(
            family=family,
            ground=recorded,
            given_by=giver,
            about=about,
            how=ground.how,
            given_on=given_on,
            ends_on=timezone.localdate(ends_at),
        )
    return recorded


def _open(made: Share, *, at: datetime, within: Operation[Any]) -> None:
    """Open the door that this share is, and close the one it replaces."""
    for earlier in Share.objects.filter(
        family=made.family_id, organisation=made.organisation_id, withdrawn_at=None, opened_at__isnull=False
    ):
        _end(earlier, because="replaced", at=at, within=within)
    made.opened_at = at
    made.save(update_fields=["opened_at"])
    involve(
        made.family,
        made.organisation,
        Relation.PARTNER,
        source_id=made.pk,
        at=at,
        ends_at=made.ends_at,
        level=made.level,
        persons=made.persons,
        within=within,
    )
    if made.reader is not None:
        assign(made.family, made.reader, made.organisation, AssignmentKind.READER, at=at, within=within)
    if made.level >= Level.SAFETY_PLAN:
        # A risk that nobody was told of is told now (A6).
        told = FollowUp.objects.filter(family=made.family_id, kind=Kind.SHARE_RISK)
        finish(told, as_=State.DONE, at=at, within=within)
    within.record(Event.SHARED, subject=made, level=made.level, ground=made.ground.kind)


def _end(ended: Share, *, because: str, at: datetime, within: Operation[Any]) -> None:
    was_open = ended.opened_at is not None
    ended.withdrawn_at, ended.withdrawn_because = at, because
    ended.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _no_longer_awaited(ended, at=at, within=within)
    if was_open:
        close_door(ended.family, source_id=ended.pk, at=at, within=within)
        unassign(ended.family, organisation=ended.organisation, kind=AssignmentKind.READER, at=at, within=within)
        if because != "replaced":
            withdraw_papers(ended.family, organisation=ended.organisation, at=at, within=within)
    within.record(Event.SHARE_ENDED, subject=ended, because=because if because == "replaced" else "withdrawn")


def _no_longer_awaited(share_: Share, *, at: datetime, within: Operation[Any]) -> None:
    asked = FollowUp.objects.filter(family=share_.family_id, kind=Kind.AWAIT_SECOND, about_id=share_.pk)
    finish(asked, as_=State.LAPSED, at=at, within=within)
