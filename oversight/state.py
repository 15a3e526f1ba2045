"""What the pages of a privacy officer show: what waits, with its owner and its day, and how the log stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import BreakGlass
from access.policy import Action
from accounts.models import User
from audit.models import LogCheck
from cases.models import Family
from core.working_days import add_working_days
from oversight import log
from oversight.log import Reader
from oversight.models import Alert, Judgement, ReviewRun
from oversight.review import OVERDUE_AFTER

MOST = 50
# An emergency is judged on the working day after it at the latest (R16).
JUDGE_WITHIN = 1
LATELY = timedelta(days=31)
CHECK_OVERDUE_AFTER = timedelta(hours=26)


@dataclass(frozen=True)
class Emergency:
    """One file that was opened in an emergency. Nothing of the file."""

    pk: object
    who: str
    reference: str
    reason: str
    since: datetime
    until: datetime
    judge_by: date
    is_late: bool


def emergencies(user: User) -> list[Emergency]:
    """Return what nobody has judged yet, the longest ago first."""
    waiting = _broken(user).filter(~Exists(Judgement.objects.filter(glass=OuterRef("pk")))).exclude(user=user)
    return [emergency(one) for one in waiting.order_by("starts_at", "pk")[:MOST]]


def emergency(glass: BreakGlass) -> Emergency:
    judge_by = add_working_days(timezone.localdate(glass.starts_at), JUDGE_WITHIN)
    return Emergency(
        glass.pk,
        glass.user.name,
        glass.family.reference,
        glass.reason,
        glass.starts_at,
        glass.ends_at,
        judge_by,
        judge_by < timezone.localdate(),
    )


def judged_lately(user: User, *, now: datetime) -> QuerySet:
    """Return the emergencies that were judged in the last month, the newest first."""
    rows: QuerySet = (
        Judgement.objects.visible_to(user)
        .filter(judged_at__gt=now - LATELY)
        .select_related("glass__user", "family", "judged_by")
        .order_by("-judged_at", "pk")
    )
    return rows[:MOST]


@dataclass(frozen=True)
class AlertLine:
    """An alert on the list: what was seen, of whom, whose it is, and by when."""

    alert: Alert
    reference: str


def alerts(user: User) -> list[AlertLine]:
    """Return the open alerts of this privacy officer's organisations, the first due first."""
    return _lines(Alert.objects.owned_by(user).open().order_by("due_on", "found_at", "pk"), user)


def settled_lately(user: User, *, now: datetime) -> list[AlertLine]:
    rows = Alert.objects.owned_by(user).filter(settled_at__gt=now - LATELY)
    return _lines(rows.order_by("-settled_at", "pk"), user)


def _lines(rows: QuerySet, user: User) -> list[AlertLine]:
    shown = list(rows.select_related("actor", "owner", "settled_by")[:MOST])
    known = _known(user, [one.family_key for one in shown if one.family_key])
    return [AlertLine(one, known.get(one.family_key, "")) for one in shown]


def reference(alert: Alert, user: User) -> str:
    """Return the reference of the family of an alert, or "" when this user's organisation does not work with it."""
    return _known(user, [alert.family_key]).get(alert.family_key, "") if alert.family_key else ""


def _known(user: User, families: Sequence[UUID]) -> dict[UUID, str]:
    rows = Family.objects.permitting(user, Action.REVIEW_BREAK_GLASS).filter(pk__in=families)
    return dict(rows.values_list("pk", "reference"))


def _broken(user: User) -> QuerySet:
    found: QuerySet = BreakGlass.objects.visible_to(user).select_related("user", "family")
    return found


@dataclass(frozen=True)
class LogState:
    """Whether the log is whole, and whether it was read. `breaks` says exactly where it is not."""

    checked_at: datetime | None
    anchored_to: int
    breaks: list[tuple[int, int, str]]
    read_at: datetime | None
    is_unchecked: bool
    is_unread: bool


def of_the_log(*, now: datetime) -> LogState:
    check = LogCheck.objects.order_by("-checked_at").first()
    read = ReviewRun.objects.order_by("-finished_at").first()
    return LogState(
        checked_at=check.checked_at if check else None,
        anchored_to=check.anchored_to if check else 0,
        breaks=[(first, last, _what_broke(what)) for first, last, what in check.broken] if check else [],
        read_at=read.finished_at if read else None,
        is_unchecked=check is None or check.checked_at < now - CHECK_OVERDUE_AFTER,
        is_unread=read is None or read.finished_at < now - OVERDUE_AFTER,
    )


def _what_broke(what: str) -> str:
    words = {
        "seals were removed": _("seals were removed"),
        "the event was removed": _("the event was removed"),
        "the event or its seal was changed": _("the event or its seal was changed"),
        "an event without a seal": _("an event has no seal"),
        "the end was cut off": _("the end was cut off"),
        "written anew": _("the chain was written anew"),
    }
    return words.get(what.split(";")[0], what)


def readers(family: Family) -> list[Reader]:
    return log.readers(family)
