"""For a monitor and for whoever keeps this running: which part works. Words and numbers about the whole, no content."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from follow_ups.models import DispatchRun, SweepRun, Trigger
from overview.clock import CLOCK, DISPATCH, MAIL, NOBODY, QUARANTINE, STUCK_ROWS, SWEEP, Clock, Fault

# What a monitor can ask, and which faults are an answer to it.
ASKED = {
    "sweep": (SWEEP, STUCK_ROWS, QUARANTINE, CLOCK),
    "dispatch": (DISPATCH, NOBODY),
    "mail": (MAIL,),
}
# What to do, for whoever can.
REMEDIES: dict[str, str | Promise] = {
    SWEEP.part: _("Start worker and beat again, or run the command send_reminders. What was missed is caught up."),
    STUCK_ROWS.part: _("Look for a transaction in the database that was left open."),
    QUARANTINE.part: _("The log of the worker says which follow-up and why. Each round tries it again."),
    DISPATCH.part: _("Start worker and beat again, or run the command send_reminders."),
    MAIL.part: _("Look at the mail server and at EMAIL_URL. Messages wait and go out when it is back."),
    NOBODY.part: _("Give the organisation a team lead, or the municipality a coordinator, with a working address."),
    CLOCK.part: _("Set the clocks right on both machines. Until then a day may begin too early or too late."),
}


@dataclass(frozen=True)
class Started:
    """When a way of starting rounds last did so."""

    label: str
    swept_at: datetime | None
    dispatched_at: datetime | None


def answer(asked: str, clock: Clock) -> HttpResponse:
    """Answer a monitor: 200 and ok, or 503 and the parts that stand still."""
    faults = [fault.part for fault in clock.faults if fault in ASKED[asked]]
    return HttpResponse(
        " ".join(faults) or "ok", status=503 if faults else 200, content_type="text/plain; charset=utf-8"
    )


def started() -> list[Started]:
    """Return for each way of starting a round when it last did."""
    return [Started(str(trigger.label), _last(SweepRun, trigger), _last(DispatchRun, trigger)) for trigger in Trigger]


def remedies(clock: Clock) -> list[tuple[Fault, str | Promise]]:
    return [(fault, REMEDIES[fault.part]) for fault in clock.faults]


def last_runs() -> tuple[SweepRun | None, DispatchRun | None]:
    return (
        SweepRun.objects.order_by("-finished_at").first(),
        DispatchRun.objects.order_by("-finished_at").first(),
    )


def _last(runs: type[SweepRun] | type[DispatchRun], trigger: Trigger) -> datetime | None:
    found = runs.objects.filter(trigger=trigger).order_by("-finished_at").values_list("finished_at", flat=True).first()
    return timezone.localtime(found) if found else None
