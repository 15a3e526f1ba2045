"""The question at the end of the support year: was a year enough? (A16)"""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare.contact_days import year_answerable_from
from aftercare.models import Enough, YearAnswer
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish


def answer_year(trajectory: Trajectory, *, enough: Enough, because: str, by: User, at: datetime) -> YearAnswer:
    """Answer whether the year was enough. From the last talk about rounding off, four weeks before its end, on.

    Raises WrongState before that, without a departure or a reason, when it was answered, and after closing.
    """
    op: Operation[Trajectory]
    with operation(Action.RECORD_CHECK_IN, on=trajectory, by=by) as op:
        asked = op.target
        refusal = None
        if asked.departs_on is None or asked.ends_on is not None:
            refusal = _("There is no year to look back on.")
        elif timezone.localdate(at) < (opens := year_answerable_from(asked.departs_on)):
            refusal = _("It is too early to say. This can be answered from %(day)s.") % {
                "day": date_format(opens, "j F Y")
            }
        elif not because.strip():
            refusal = _("Say why.")
        elif YearAnswer.objects.filter(trajectory=asked).exists():
            refusal = _("This was answered already.")
        if refusal:
            raise WrongState(refusal, about=asked.family)
        answer = YearAnswer.objects.create(
            family_id=asked.family_id,
            trajectory=asked,
            enough=enough,
            because=because.strip(),
            answered_at=at,
            answered_by=by,
        )
        finish(
            FollowUp.objects.filter(family_id=asked.family_id, kind=Kind.YEAR_ENOUGH),
            as_=State.DONE,
            at=at,
            within=op,
        )
        op.record(Event.YEAR_ANSWERED, subject=answer, enough=enough.value)
    return answer
