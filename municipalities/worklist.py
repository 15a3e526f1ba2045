"""What a coordinator watches over, as lines and counts: reference, clock, whose turn it is, and one thing to do.

Without a name, of anybody or of an organisation that she did not choose herself. What she can ask of a list is its
name and where to go on: no search, no order, no filter that says anything about a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.policy import Action
from accounts.models import User
from cases.models import Family, RegieKind, RegisseurPeriod
from cases.regie import without_since
from collaboration.models import Summons, Undone
from family_plans.models import Stagnation
from handover.models import Handover
from municipalities.watched import ALL, LISTS, STUCK, on_list, watched
from safety_plans.shared import copies as plan_copies

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One family, as a coordinator may know it."""

    reference: str
    clock: str
    days: int
    turn: str
    said: str
    do: str
    url: str


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str  # the key of the next page; empty when this is the last


@dataclass(frozen=True)
class Figure:
    """One count, what it counts, and the list behind it."""

    name: str
    label: str
    count: int


def page(user: User, name: str, *, today: date, after: str = "") -> Page:
    """Return fifty families of one list, what is longest undone first. `after` is what the page before ended with.

    An unreadable `after` starts at the beginning.
    """
    found = on_list(watched(user, Action.VIEW_MUNICIPAL_LIST, today=today), name, today=today)
    if key := _read(after):
        moment, reference = key
        found = found.filter(Q(since__gt=moment) | Q(since=moment, reference__gt=reference))
    rows = list(found.order_by("since", "reference")[: PAGE + 1])
    lines = _lines(rows[:PAGE], name, today)
    return Page(lines, _key(rows[PAGE - 1]) if len(rows) > PAGE else "")


def figures(user: User, *, today: date) -> list[Figure]:
    """Return how many families stand on each list. One query."""
    # First as columns, then counted: a condition asks about other rows, which a count cannot.
    asked = {
        f"on_{one.name}": ExpressionWrapper(one.condition(today), output_field=BooleanField())
        for one in LISTS.values()
        if one.name != ALL
    }
    counts = {name.removeprefix("on_"): Count("pk", filter=Q(**{name: True})) for name in asked} | {ALL: Count("pk")}
    counted = watched(user, Action.VIEW_MUNICIPAL_LIST, today=today).annotate(**asked).aggregate(**counts)
    return [Figure(one.name, str(one.counted), counted[one.name]) for one in LISTS.values()]


@dataclass(frozen=True)
class Copies:
    """How many of the organisations that a safety plan is shared with have the current one, all families added."""

    held: int
    shown: int

    @property
    def percentage(self) -> int:
        """Rounded down: 100 is everybody."""
        return 100 * self.held // self.shown if self.shown else 0


def copies(user: User, *, at: datetime) -> Copies:
    """Return who holds the safety plans of this user's municipality, live and without saying of which family (C4)."""
    return Copies(*plan_copies(Family.objects.permitting(user, Action.VIEW_MUNICIPAL_LIST), at))


@dataclass(frozen=True)
class _Known:
    """What a page asks about its families, each in one query."""

    regie: dict[UUID, str]
    summons: dict[UUID, Summons]
    receivers: dict[UUID, str]
    stuck: dict[UUID, UUID]


def _lines(families: Sequence[Family], name: str, today: date) -> list[Line]:
    keys = [family.pk for family in families]
    periods = RegisseurPeriod.objects.present(today).filter(family_id__in=keys)
    offers = Handover.objects.filter(family_id__in=keys, status="offered").select_related("to_organisation__kind")
    stuck = Stagnation.objects.filter(family_id__in=keys).with_the_municipality(today).order_by("-since", "pk")
    asked = Summons.objects.filter(family_id__in=keys, undone=name).newest().select_related("organisation")
    known = _Known(
        regie={key: str(RegieKind(kind).label) for key, kind in periods.values_list("family_id", "kind")},
        summons={one.family_id: one for one in asked},
        receivers={one.family_id: one.to_organisation.kind.label for one in offers},
        stuck=dict(stuck.values_list("family_id", "pk")) if name == STUCK else {},
    )
    return [_line(family, name, known, today) for family in families]


def _line(family: Family, name: str, known: _Known, today: date) -> Line:
    is_alarm = not family.has_regisseur and family.is_open  # type: ignore[attr-defined]
    moment: datetime = without_since(family) if name == Undone.NO_REGISSEUR else family.since  # type: ignore[attr-defined]
    form = "j F Y, H.i" if name == Undone.NO_REGISSEUR else "j F Y"
    since = timezone.localtime(moment)
    summons = known.summons.get(family.pk)
    do, url = _action(family, name, known, is_alarm=is_alarm)
    return Line(
        reference=family.reference,
        clock=str(LISTS[name].clock) % {"day": date_format(since, form)},
        days=(today - since.date()).days,
        turn=_turn(family, name, known, summons, is_alarm=is_alarm),
        said=_said(summons),
        do=do,
        url=url,
    )


def _turn(family: Family, name: str, known: _Known, summons: Summons | None, *, is_alarm: bool) -> str:
    """Say whose turn it is: by kind, and by name only for a team that this municipality chose itself."""
    if name == STUCK:
        return _("your municipality")
    if name == Undone.HANDOVER_UNANSWERED:
        return _("who was asked to take over: %(kind)s") % {"kind": known.receivers.get(family.pk, "")}
    if not is_alarm:
        return _("the regisseur (%(kind)s)") % {"kind": known.regie.get(family.pk, _("none any more"))}
    return summons.organisation.name if summons and name == Undone.NO_REGISSEUR else _("your municipality")


def _said(summons: Summons | None) -> str:
    if summons is None:
        return ""
    day = date_format(summons.made_on, "j F")
    if summons.undone == Undone.NO_REGISSEUR:
        return _("assigned on %(day)s, no regisseur chosen yet") % {"day": day}
    if not summons.reply:
        until = date_format(summons.act_by, "j F")
        return _("addressed on %(day)s, to act by %(until)s, no answer yet") % {"day": day, "until": until}
    return _("addressed on %(day)s; the answer: %(reply)s") % {"day": day, "reply": summons.answered}


def _action(family: Family, name: str, known: _Known, *, is_alarm: bool) -> tuple[str, str]:
    """Return the one thing to do, and where."""
    if name == STUCK and family.pk in known.stuck:
        return _("Answer"), reverse("municipalities:answer", args=[known.stuck[family.pk]])
    if is_alarm:
        return _("Assign a neighbourhood team"), reverse("municipalities:assign_team", args=[family.reference])
    if name in Undone.values and name != Undone.NO_REGISSEUR:
        return _("Address the organisation"), reverse("municipalities:summon", args=[name, family.reference])
    return "", ""


def _key(family: Family) -> str:
    return f"{family.since.isoformat()}~{family.reference}"  # type: ignore[attr-defined]


def _read(after: str) -> tuple[datetime, str] | None:
    moment, _tilde, reference = after.partition("~")
    try:
        found = parse_datetime(moment)
    except ValueError:
        return None
    return (found, reference) if found and found.tzinfo and len(reference) <= 12 else None
