"""Answering somebody who asks what is kept about her, or to change or remove it: two persons, and first who she is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.models import Hold
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from oversight.models import Asks, Nature, RightsRequest, Step
from oversight.own_part import may_ask, own_part, rewrite


def record_request(
    family: Family, *, asks: Asks, about: Person, asked_by: Person, received_on: date, by: User, at: datetime
) -> RightsRequest:
    """Write down that somebody asks. The answer is due one month after `received_on` (inclusive)."""
    with operation(Action.ANSWER_RIGHTS, on=family, by=by) as op:
        family = op.target
        if about.family_id != family.pk or asked_by.family_id != family.pk or received_on > timezone.localdate(at):
            raise WrongState(_("Choose persons of this file, and a day that has been."), about=family)
        made = RightsRequest.objects.create(
            family=family,
            asks=asks,
            about=about,
            asked_by=asked_by,
            received_on=received_on,
            answer_by=received_on + relativedelta(months=1),
            recorded_by=by,
        )
        op.record(Event.RIGHTS_ASKED, subject=made, asks=asks.value)
    return made


def check_request(request: RightsRequest, *, how: str, by: User, at: datetime) -> RightsRequest:
    """Say that identity was seen, and that this person may ask about this part. Raises WrongState when she may not."""
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = op.target
        if not how.strip():
            raise WrongState(_("Say how you saw who it is."), about=request)
        if not may_ask(request.asked_by, request.about, on=timezone.localdate(at)):
            raise WrongState(_("This person may not ask about this part: refuse, and do not say why."), about=request)
        request.move_to(Step.CHECKED)
        request.checked_by, request.checked_at, request.checked_how = by, at, how.strip()
        request.save(update_fields=["status", "checked_by", "checked_at", "checked_how"])
        op.record(Event.RIGHTS_CHECKED, subject=request)
    return request


def answer_request(
    request: RightsRequest, *, released: Mapping[str, Nature], answer: str, by: User, at: datetime
) -> RightsRequest:
    """Answer who asked to see it. `released` are the keys of the passages that may go along, and what each is: a fact
    or what somebody made of it (R19).

    Raises WrongState when the same person checked it, or a key is of no passage of this part.
    """
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = op.target
        if request.checked_by_id == by.pk:
            raise WrongState(_("Somebody else answers what you checked."), about=request)
        if request.asks != Asks.ACCESS:
            raise WrongState(_("Something else was asked."), about=request)
        request.move_to(Step.ANSWERED)
        known = {one.key for one in own_part(request.about, asker=request.asked_by).to_review}
        if set(released) - known:
            raise WrongState(_("The file changed meanwhile. Look at it again."), about=request)
        request.natures = {key: Nature(nature).value for key, nature in released.items()}
        _answered(request, list(released), answer, by=by, at=at, within=op)
    return request


def correct_passage(
    request: RightsRequest, *, passage: str, to: str, answer: str, by: User, at: datetime
) -> RightsRequest:
    """Answer by putting the right words in the place of one passage. Once, by another than who checked it.

    Without a passage it was a field of the file, which has a form of its own and was corrected there.

    Raises WrongState when the file is held, or changed meanwhile, and when the words are missing or too long.
    """
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = _to_carry_out(op, Asks.CORRECTION, by=by)
        if passage and not to.strip():
            raise WrongState(_("Write down what it should be."), about=request)
        passages = [passage] if passage else []
        _change(request, passages, to.strip(), Event.PASSAGE_CORRECTED, within=op)
        _answered(request, passages, answer, by=by, at=at, within=op)
    return request


def destroy_passages(
    request: RightsRequest, *, passages: Sequence[str], answer: str, by: User, at: datetime
) -> RightsRequest:
    """Answer by removing these passages for good. A line stays that says that something was removed, and when.

    Raises WrongState as `correct_passage` does. Papers that were printed keep the words: the page says whom to tell.
    """
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = _to_carry_out(op, Asks.DESTRUCTION, by=by)
        if not passages:
            raise WrongState(_("Choose what is removed, or refuse."), about=request)
        day = date_format(timezone.localdate(at), "j F Y")
        gone = _("Removed at the request of the person concerned, %(day)s.") % {"day": day}
        _change(request, passages, gone, Event.PASSAGE_DESTROYED, within=op)
        _answered(request, passages, answer, by=by, at=at, within=op)
    return request


def _to_carry_out(op: Operation[RightsRequest], asks: Asks, *, by: User) -> RightsRequest:
    request = op.target
    if request.asks != asks:
        raise WrongState(_("Something else was asked."), about=request)
    if request.checked_by_id == by.pk:
        raise WrongState(_("Somebody else answers what you checked."), about=request)
    if Hold.objects.standing().filter(family_id=request.family_id).exists():
        raise WrongState(_("This file is held: what stands in it is not changed now."), about=request)
    request.move_to(Step.ANSWERED)
    return request


def _change(
    request: RightsRequest, passages: Sequence[str], to: str, event: Event, *, within: Operation[RightsRequest]
) -> None:
    for key in passages:
        try:
            label, field, pk = rewrite(key, request.about, asker=request.asked_by, to=to)
        except KeyError:
            raise WrongState(_("The file changed meanwhile. Look at it again."), about=request) from None
        except ValueError:
            raise WrongState(_("This is too long for that place."), about=request) from None
        within.record(event, subject=request, of=label, field=field, row=pk)


def _answered(
    request: RightsRequest,
    passages: Sequence[str],
    answer: str,
    *,
    by: User,
    at: datetime,
    within: Operation[RightsRequest],
) -> None:
    """Save what was decided. `move_to` came before it."""
    request.released, request.answer = sorted(passages), answer.strip()
    request.answered_by, request.answered_at = by, at
    request.save(update_fields=["status", "released", "natures", "answer", "answered_by", "answered_at"])
    within.record(Event.RIGHTS_ANSWERED, subject=request, released=len(passages))


def refuse_request(request: RightsRequest, *, answer: str, by: User, at: datetime) -> RightsRequest:
    """Refuse, at any moment before it was answered. Raises WrongState without a reason for the file."""
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = op.target
        if not answer.strip():
            raise WrongState(_("Give a reason."), about=request)
        request.move_to(Step.REFUSED)
        request.answer = answer.strip()
        request.save(update_fields=["status", "answer"])
        op.record(Event.RIGHTS_REFUSED, subject=request)
    return request
