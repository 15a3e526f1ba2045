"""Whether reminders reach people, judged by what was done and not by whether a process is alive.

Every page asks, and says so in red when they do not. Each fault names the part that stands still, for whoever can start
it again; what a worker does about it is always the same: the list on Today is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.prepared import Prepared
from follow_ups.models import DispatchRun, SweepRun

# A round is due each minute and looked at every five: two of those missed is silence.
SILENCE = timedelta(minutes=10)
# Before it is silence, a page view does a round itself.
STALE = timedelta(minutes=4)
LONGEST_WAIT = timedelta(minutes=8)
MOST_SKEW = 30  # seconds
STUCK = 3  # rounds in a row
# Before the first round of a new installation there is nothing to judge by but how long this process has been up.
_STARTED_AT = timezone.now()


@dataclass(frozen=True)
class Fault:
    """One part that does not do its work. `part` is a word for a monitor, `text` for a person."""

    part: str
    text: str | Promise


SWEEP = Fault("sweep", gettext_lazy("The round that looks for what is due has stopped."))
STUCK_ROWS = Fault("stuck", gettext_lazy("The round finds work that is due and cannot raise it."))
QUARANTINE = Fault("quarantine", gettext_lazy("Some reminders cannot be made and are set apart."))
DISPATCH = Fault("dispatch", gettext_lazy("The sending of messages has stopped."))
MAIL = Fault("mail", gettext_lazy("The mail server does not take our messages."))
NOBODY = Fault("nobody", gettext_lazy("There is work that reaches nobody."))
CLOCK = Fault("clock", gettext_lazy("The clocks of the program and of the database differ."))


@dataclass(frozen=True)
class Clock:
    """How the reminders stand at a moment."""

    swept_at: datetime | None
    dispatched_at: datetime | None
    faults: tuple[Fault, ...]
    stale: bool

    @property
    def works(self) -> bool:
        return not self.faults

    @property
    def text(self) -> str:
        if self.swept_at is None:
            return _("Reminders have not gone out yet.")
        moment = date_format(timezone.localtime(self.swept_at), "H.i")
        if not self.works:
            return _("Not all reminders go out. Last round: %(moment)s o'clock.") % {"moment": moment}
        return _("Reminders work. Last round: %(moment)s o'clock.") % {"moment": moment}


@dataclass(frozen=True)
class Banner:
    """A fault of the whole, on every page. One banner, one meaning."""

    title: str
    text: str


def _rounds() -> QuerySet[SweepRun]:
    """Return the rounds, the last one first, each with what the last dispatch saw."""
    sent = DispatchRun.objects.order_by("-finished_at")
    return SweepRun.objects.order_by("-finished_at").annotate(
        dispatched_at=Subquery(sent.values("finished_at")[:1]),
        without_recipient=Subquery(sent.values("without_recipient")[:1]),
        oldest_waiting_at=Subquery(sent.values("oldest_waiting_at")[:1]),
    )


_LAST = Prepared(_rounds)


def state_of_reminders(now: datetime) -> Clock:
    """Say how the reminders stand, in one query: every page asks this."""
    last = _LAST()
    if last is None:
        is_new = now - _STARTED_AT < SILENCE
        return Clock(None, None, () if is_new else (SWEEP,), stale=not is_new)
    stale = now - last.finished_at >= STALE
    dispatched_at = last.dispatched_at  # type: ignore[attr-defined]  # annotated
    return Clock(last.finished_at, dispatched_at, tuple(_faults(last, now)), stale)


def _faults(last: SweepRun, now: datetime) -> Iterator[Fault]:
    """Yield what is wrong, the sweep first. `last` carries what the last dispatch saw."""
    dispatched_at, waiting_at = last.dispatched_at, last.oldest_waiting_at  # type: ignore[attr-defined]
    if now - last.finished_at >= SILENCE:
        yield SWEEP
    if last.stuck_rounds >= STUCK:
        yield STUCK_ROWS
    if last.quarantined:
        yield QUARANTINE
    if now - (dispatched_at or _STARTED_AT) >= SILENCE:
        yield DISPATCH
    elif waiting_at is not None and now - waiting_at >= LONGEST_WAIT:
        yield MAIL
    if last.without_recipient:  # type: ignore[attr-defined]
        yield NOBODY
    if last.skew_seconds is not None and last.skew_seconds > MOST_SKEW:
        yield CLOCK


def banner(clock: Clock) -> Banner | None:
    """Return the banner for every page when reminders do not reach everybody."""
    if clock.works:
        return None
    told = " ".join(str(fault.text) for fault in clock.faults)
    return Banner(
        _("Reminders are not being sent now"),
        _("%(fault)s Work from the list on the page Today: that list is right. Tell your administrator.")
        % {"fault": told},
    )
