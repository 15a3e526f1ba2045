"""The phase of gefaseerde ketenzorg: forward only when it is safe enough, back always (C18)."""

from datetime import datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from safety_plans.models import CarePhase, Phase
from safety_plans.phases import lies_before, phase_of, unmet


def enter_phase(family: Family, phase: Phase, *, because: str, by: User, at: datetime) -> CarePhase:
    """Let a family enter another phase. Forward is one step, and only with its conditions met; back is always possible.

    Raises WrongState for the phase it is in, for a step that skips one, without a reason, and forward while a condition
    is unmet: the message says which.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=family, by=by) as op:
        family = op.target
        now_in = phase_of(family.pk)
        if not because.strip():
            raise WrongState(_("Say why."), about=family)
        if phase == now_in:
            raise WrongState(_("The family is in this phase already."), about=family)
        if not lies_before(phase, now_in) and (reasons := unmet(family.pk, phase)):
            raise WrongState(" ".join(reasons), about=family)
        CarePhase.objects.filter(family=family, ends_at=None).update(ends_at=at)
        entered = CarePhase.objects.create(
            family=family, phase=phase, because=because.strip(), starts_at=at, decided_by=by
        )
        op.record(Event.CARE_PHASE_ENTERED, subject=entered, before=now_in.value, after=phase.value)
    return entered
