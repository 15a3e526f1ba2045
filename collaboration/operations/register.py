"""The register of what people and organisations know and can show: written down once, kept, never reworded.

Each raises WrongState for a day that is still to come where it says what was, and for what stands there already: a
double click writes nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from collaboration.models import (
    ContactPerson,
    GoverningDecision,
    Indicator,
    Introduction,
    MeetingGuest,
    NetworkMeeting,
    Protocol,
    QualityCheck,
    QualityRequirement,
    RegionalVision,
    Shown,
    Training,
    TrainingSubject,
    Wish,
    WishSource,
)
from collaboration.turn import Page, wait_for
from core.errors import WrongState
from organisations.models import Organisation, Region

_EXPERTISE = Page("municipalities:expertise")
_DIRECTORY = Page("municipalities:directory")


def record_training(
    user: User,
    *,
    at_organisation: Organisation,
    subject: TrainingSubject,
    followed_on: date,
    valid_until: date | None,
    owner: Organisation,
    by: User,
    at: datetime,
) -> Training:
    """Write down that somebody followed a training; it counts until its last day, or always (J9-J11)."""
    op: Operation[Training]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        _insist_it_was(followed_on, at)
        once = {"user": user, "subject": subject, "followed_on": followed_on}
        made = _once(Training, once, owner, organisation=at_organisation, valid_until=valid_until)
        op.record(Event.TRAINING_RECORDED, subject=made, training=subject.value)
    return made


def record_contact_person(
    organisation: Organisation,
    *,
    name: str,
    function_name: str,
    direct_phone: str,
    backup: ContactPerson | None,
    owner: Organisation,
    by: User,
    at: datetime,
) -> ContactPerson:
    """Write down whom a colleague elsewhere may call, and who answers when she does not (B10, J8)."""
    op: Operation[ContactPerson]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        made = _once(
            ContactPerson,
            {"organisation": organisation, "name": name.strip(), "ends_on": None},
            owner,
            page=_DIRECTORY,
            function_name=function_name,
            direct_phone=direct_phone,
            backup=backup,
            starts_on=timezone.localdate(at),
        )
        op.record(Event.CONTACT_PERSON_RECORDED, subject=made)
    return made


def end_contact_person(person: ContactPerson, *, by: User, at: datetime) -> ContactPerson:
    """Take somebody off the directory after today. Raises WrongState when that was done already."""
    with operation(Action.KEEP_COLLABORATION, on=person, by=by) as op:
        wait_for(op.target.owner)
        op.target.refresh_from_db()
        if op.target.ends_on is not None:
            raise WrongState(_("This was done already."), about=_DIRECTORY)
        op.target.ends_on = timezone.localdate(at)
        op.target.save(update_fields=["ends_on"])
        op.record(Event.CONTACT_PERSON_ENDED)
    return op.target


def record_introduction(
    user: User, *, shelter: Organisation, visited_on: date, owner: Organisation, by: User, at: datetime
) -> Introduction:
    """Write down that a supporter was in a shelter to get to know the people there (B31)."""
    op: Operation[Introduction]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        _insist_it_was(visited_on, at)
        made = _once(Introduction, {"user": user, "shelter": shelter, "visited_on": visited_on}, owner, page=_DIRECTORY)
        op.record(Event.INTRODUCTION_RECORDED, subject=made)
    return made


def plan_meeting(
    region: Region, *, theme: str, meets_on: date, guests: Sequence[Organisation], owner: Organisation, by: User
) -> NetworkMeeting:
    """Plan a network meeting of a region with the organisations that are invited (A12): one a day in a region."""
    op: Operation[NetworkMeeting]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        once = {"region": region, "meets_on": meets_on, "cancelled_on": None}
        made = _once(NetworkMeeting, once, owner, theme=theme)
        MeetingGuest.objects.bulk_create(MeetingGuest(meeting=made, organisation=one) for one in guests)
        op.record(Event.MEETING_PLANNED, subject=made, guests=len(guests))
    return made


def record_attendance(
    meeting: NetworkMeeting, came: Mapping[Organisation, int], *, by: User, at: datetime
) -> NetworkMeeting:
    """Write down how many came of each organisation; one that was not invited joins. Not before the day itself."""
    with operation(Action.KEEP_COLLABORATION, on=meeting, by=by) as op:
        wait_for(op.target.owner)
        _insist_it_was(op.target.meets_on, at)
        for organisation, number in came.items():
            MeetingGuest.objects.update_or_create(
                meeting=op.target, organisation=organisation, defaults={"came": number}
            )
        op.record(Event.MEETING_HELD, guests=len(came))
    return op.target


def record_protocol(
    organisation: Organisation,
    *,
    has_one: bool,
    dated_on: date | None,
    owner: Organisation,
    by: User,
    at: datetime,
) -> Protocol:
    """Write down whether an organisation has a protocol for domestic violence, as seen today (C27)."""
    op: Operation[Protocol]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        if has_one != (dated_on is not None):
            raise WrongState(_("A protocol has a date; without one there is none."), about=_EXPERTISE)
        once = {"organisation": organisation, "seen_on": timezone.localdate(at)}
        made = _once(Protocol, once, owner, has_one=has_one, dated_on=dated_on)
        op.record(Event.PROTOCOL_RECORDED, subject=made, there=has_one)
    return made


@dataclass(frozen=True)
class Finding:
    """How far a shelter can show that it does what is asked, and by which document."""

    shown: Shown
    proof: str = ""


def check_quality(
    shelter: Organisation,
    requirement: QualityRequirement,
    finding: Finding,
    *,
    checked_on: date,
    owner: Organisation,
    by: User,
    at: datetime,
) -> QualityCheck:
    """Write down what was found at a shelter about one requirement (C29). The earlier look stays as history."""
    op: Operation[QualityCheck]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        wait_for(owner)
        _insist_it_was(checked_on, at)
        if finding.shown == Shown.YES and not finding.proof.strip():
            raise WrongState(_("Say by which document it can be shown."), about=Page("municipalities:quality"))
        made = QualityCheck.objects.create(
            owner=owner,
            shelter=shelter,
            requirement=requirement,
            shown=finding.shown,
            proof=finding.proof.strip(),
            checked_on=checked_on,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.QUALITY_CHECKED, subject=made, shown=finding.shown.value)
    return made


def record_vision(
    region: Region, *, title: str, kept_at: str, adopted_on: date, owner: Organisation, by: User, at: datetime
) -> RegionalVision:
    """Write down where the vision of a region is kept (C28)."""
    op: Operation[RegionalVision]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        _insist_it_was(adopted_on, at)
        once = {"region": region, "adopted_on": adopted_on}
        made = _once(RegionalVision, once, owner, title=title, kept_at=kept_at)
        op.record(Event.VISION_RECORDED, subject=made)
    return made


def record_decision(
    *, decided_on: date, decided_by: str, what: str, kept_at: str = "", owner: Organisation, by: User, at: datetime
) -> GoverningDecision:
    """Write down what those who govern the municipality decided about this work (K11)."""
    op: Operation[GoverningDecision]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        _insist_it_was(decided_on, at)
        once = {"owner": owner, "decided_on": decided_on, "what": what}
        made = _once(GoverningDecision, once, owner, decided_by=decided_by, kept_at=kept_at)
        op.record(Event.GOVERNING_DECISION_RECORDED, subject=made)
    return made


def record_wish(
    *,
    received_on: date,
    source: WishSource,
    words: str,
    indicator: Indicator | None,
    owner: Organisation,
    by: User,
    at: datetime,
) -> Wish:
    """Write down feedback or a wish, without anybody's data, with the figure it says something about (B25)."""
    op: Operation[Wish]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        _insist_it_was(received_on, at)
        once = {"owner": owner, "received_on": received_on, "source": source, "words": words}
        made = _once(Wish, once, owner, indicator=indicator or "", recorded_by=by)
        op.record(Event.WISH_RECORDED, subject=made, source=source.value)
    return made


def _insist_it_was(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise WrongState(_("This day is still to come."), about=_EXPERTISE)


def _once(rows: Any, once: dict[str, Any], owner: Organisation, *, page: Page = _EXPERTISE, **rest: Any) -> Any:
    wait_for(owner)
    if rows.objects.filter(**once).exists():
        raise WrongState(_("This was written down already."), about=page)
    return rows.objects.create(**{"owner": owner} | once | rest)
