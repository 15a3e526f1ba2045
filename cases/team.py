"""What a team lead sees of the files of her team: reference, name, the first day owed, and who has it. No content."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.models import NEVER, Assignment, AssignmentKind, Involvement
from access.policy import TEAM_LEAD, WORKS_WITH, Action
from accounts.models import User
from cases.models import Family, Person, Place

PAGE = 50
_HAVING_IT = (AssignmentKind.REGISSEUR, AssignmentKind.WORKER, AssignmentKind.SUPPORTER, AssignmentKind.STAND_IN)


@dataclass(frozen=True)
class Line:
    """One family of the team, as strings."""

    family_id: UUID
    reference: str
    name: str
    due: str
    is_late: bool
    who: str


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str  # the key of the next page; empty when this is the last


def page_of(user: User, *, after: str = "") -> Page:
    """Return a page of the families with which the team of `user` works, the most urgent first, in four queries.

    `after` is what the page before ended with; an unreadable one starts at the beginning.
    """
    families = Family.objects.permitting(user, Action.VIEW_CLOCKS)
    doors = (
        Involvement.objects.live(timezone.now())
        .filter(organisation_id__in=user.organisations_as(TEAM_LEAD), relation__in=WORKS_WITH)
        .filter(family_id__in=families.values("pk"))
        .values("family_id")
        .annotate(due=Min("next_due_on"))
        .order_by("due", "family_id")
    )
    if (key := _read(after)) is not None:
        doors = doors.filter(due__gte=key[0]).exclude(due=key[0], family_id__lte=key[1])
    found = [(row["due"], row["family_id"]) for row in doors[: PAGE + 1]]
    shown = found[:PAGE]
    lines = _lines(shown)
    return Page(lines, f"{shown[-1][0].isoformat()}~{shown[-1][1]}" if len(found) > PAGE else "")


def _lines(shown: list[tuple[date, UUID]]) -> list[Line]:
    keys = [family_id for _due, family_id in shown]
    references = dict(Family.objects.filter(pk__in=keys).values_list("pk", "reference"))
    clients = {
        person.family_id: person.name for person in Person.objects.filter(family_id__in=keys, place=Place.CLIENT)
    }
    having: dict[UUID, list[str]] = {}
    held = Assignment.objects.live(timezone.now()).filter(family_id__in=keys, kind__in=_HAVING_IT)
    for one in held.select_related("user").order_by("user__name", "pk"):
        label = f"{one.user.name} ({one.get_kind_display().lower()})"
        having.setdefault(one.family_id, []).append(label)
    today = timezone.localdate()
    return [
        Line(
            family_id=key,
            reference=references[key],
            name=clients.get(key, references[key]),
            due=_("nothing planned") if due == NEVER else date_format(due, "j F Y"),
            is_late=due < today,
            who=", ".join(having.get(key, [])),
        )
        for due, key in shown
        if key in references
    ]


def _read(after: str) -> tuple[date, UUID] | None:
    day, _tilde, family_id = after.partition("~")
    try:
        return date.fromisoformat(day), UUID(family_id)
    except ValueError:
        return None
