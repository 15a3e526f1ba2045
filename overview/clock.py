"""Whether reminders are being sent, judged by what they did and not by whether a process is alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from follow_ups.models import SweepRun

# Ten rounds missed. The pages themselves are right without any of them: they ask the database what is due.
SILENCE = timedelta(minutes=10)
# Before the first round of a new installation there is nothing to judge by but how long this process has been up.
_STARTED_AT = timezone.now()


@dataclass(frozen=True)
class Clock:
    works: bool
    text: str


@dataclass(frozen=True)
class Banner:
    """A fault of the whole, on every page. One banner, one meaning."""

    title: str
    text: str


def state_of_reminders(now: datetime) -> Clock:
    """Say when the last round of reminders finished, and whether that is recent enough."""
    last = SweepRun.objects.order_by("-finished_at").values_list("finished_at", flat=True).first()
    if last is None:
        return Clock(now - _STARTED_AT < SILENCE, _("Reminders have not gone out yet."))
    moment = date_format(timezone.localtime(last), "H.i")
    return Clock(now - last < SILENCE, _("Reminders work. Last round: %(moment)s o'clock.") % {"moment": moment})


def banner(clock: Clock) -> Banner | None:
    """Return the banner for every page when reminders are silent."""
    if clock.works:
        return None
    return Banner(
        _("Reminders are not being sent now"),
        _("Work from the list on the page Today: that list is right. Tell your administrator."),
    )
