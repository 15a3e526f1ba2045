"""The family asks for help itself. Whoever answers records it, and it is somebody's work within the minute."""

from datetime import datetime

from django.utils import timezone

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from aftercare.models import OwnRequest
from audit.events import Event
from cases.models import Family
from follow_ups.models import Kind
from follow_ups.operations import plan


def record_own_request(family: Family, *, channel: str, words: str, by: User, at: datetime) -> OwnRequest:
    """Record that the family asked for help, and make it the regisseur's work today, told at once."""
    with operation(Action.RECORD_CHECK_IN, on=family, by=by) as op:
        asked = OwnRequest.objects.create(family=op.target, channel=channel, words=words, asked_at=at, recorded_by=by)
        op.record(Event.OWN_REQUEST_RECORDED, subject=asked, channel=channel)
        plan(
            op.target,
            Kind.OWN_REQUEST,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=asked,
            within=op,
        )
    return asked
