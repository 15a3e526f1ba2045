"""Answering somebody who asks what is kept about her, or to change or remove it: two persons, and first who she is."""

from collections.abc import Sequence
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from oversight.models import Asks, RightsRequest, Step
from oversight.own_part import may_ask, own_part


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
    request: RightsRequest, *, released: Sequence[str], answer: str, by: User, at: datetime
) -> RightsRequest:
    """Answer. `released` are the keys of the passages about others that may go along; all others stay out.

    Raises WrongState when the same person checked it, or a key is of no passage of this part.
    """
    with operation(Action.ANSWER_RIGHTS, on=request, by=by) as op:
        request = op.target
        if request.checked_by_id == by.pk:
            raise WrongState(_("Somebody else answers what you checked."), about=request)
        request.move_to(Step.ANSWERED)
        known = {one.key for one in own_part(request.about, asker=request.asked_by).to_review}
        if set(released) - known:
            raise WrongState(_("The file changed meanwhile. Look at it again."), about=request)
        request.released, request.answer = sorted(released), answer.strip()
        request.answered_by, request.answered_at = by, at
        request.save(update_fields=["status", "released", "answer", "answered_by", "answered_at"])
        op.record(Event.RIGHTS_ANSWERED, subject=request, released=len(released))
    return request


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
