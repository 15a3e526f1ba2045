"""The safety plan as it is read, on the screen and on paper: for the whole family, and for each person separately."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from access.models import Involvement, Relation
from access.policy import Action
from accounts.models import User
from cases.models import Family, Person, Place
from cases.models import Level as ShareLevel
from safety_plans.models import ConditionCheck, Confirmation, SafetyPlan, SafetyPlanItem, Section

Words = Callable[[str], str]
Keep = Callable[[SafetyPlanItem], bool]


@dataclass(frozen=True)
class Line:
    """A line as it is read. The words went through whatever leaves places out; `item` is what it was."""

    text: str
    who: str
    phone: str
    checked_by: str
    rhythm: str
    if_broken: str
    item: SafetyPlanItem
    check: ConditionCheck | None
    # There is another wording of this line, and nobody chose yet.
    is_disputed: bool


@dataclass(frozen=True)
class Part:
    section: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Personal:
    """What the plan says for one person. Empty for a child of whom it says nothing yet (D4)."""

    person: Person
    parts: list[Part]

    @property
    def is_empty(self) -> bool:
        return not self.parts


@dataclass(frozen=True)
class Reading:
    """A version in the order in which it is read."""

    whole: list[Part]
    persons: list[Personal]

    @property
    def children_without(self) -> list[str]:
        """Return the children of whom the plan says nothing (D4)."""
        return [one.person.given_name for one in self.persons if one.person.place == Place.CHILD and one.is_empty]

    @property
    def disputed(self) -> int:
        parts = [*self.whole, *(part for one in self.persons for part in one.parts)]
        return len({line.item.line for part in parts for line in part.lines if line.is_disputed})


def read(plan: SafetyPlan, *, words: Words = str, keep: Keep | None = None, persons: Iterable[Person] = ()) -> Reading:
    """Return a version as it is read, in three queries however long it is.

    `words` is applied to whatever people typed; `keep` says which lines this reader gets. A person of `persons` has a
    part of her own even when the plan says nothing of her.
    """
    items = [
        item
        for item in SafetyPlanItem.objects.filter(plan=plan).standing().select_related("person", "written_by")
        if keep is None or keep(item)
    ]
    checks = _latest_checks(item.line for item in items if item.section == Section.CONDITIONS)
    wordings: dict[UUID, int] = {}
    for item in items:
        wordings[item.line] = wordings.get(item.line, 0) + 1
    lines = [_line(item, words, checks.get(item.line), wordings[item.line] > 1) for item in items]
    spoken_of = {item.person_id: item.person for item in items if item.person}
    everybody = {person.pk: person for person in persons} | spoken_of
    order = sorted(everybody.values(), key=lambda one: (list(Place).index(Place(one.place)), one.born_on or date.max))
    return Reading(
        whole=_parts([line for line in lines if line.item.person_id is None], always={Section.POLICE}),
        persons=[Personal(one, _parts([line for line in lines if line.item.person_id == one.pk])) for one in order],
    )


def _line(item: SafetyPlanItem, words: Words, check: ConditionCheck | None, is_disputed: bool) -> Line:
    return Line(
        text=words(item.text),
        who=words(item.who),
        phone=item.phone,
        checked_by=words(item.checked_by),
        rhythm=words(item.rhythm),
        if_broken=words(item.if_broken),
        item=item,
        check=check,
        is_disputed=is_disputed,
    )


def _parts(lines: list[Line], always: Collection[Section] = ()) -> list[Part]:
    """Return the parts that say something, and those whose being empty is a fact: that the police do nothing (B16)."""
    parts = [Part(one.value, str(one.label), [line for line in lines if line.item.section == one]) for one in Section]
    return [part for part in parts if part.lines or part.section in always]


def _latest_checks(lines: Iterable[UUID]) -> dict[UUID, ConditionCheck]:
    checks = ConditionCheck.objects.filter(line__in=list(lines)).order_by("checked_on", "recorded_at", "-is_kept")
    return {check.line: check for check in checks}


def persons_shown(user: User, family: Family) -> set[UUID] | None:
    """Return of which persons `user` may read in the plan; None when that is everybody.

    Who may open the file reads all of it. Who was shown the plan by a share that names children reads of those, and
    what stands for the whole family.
    """
    if Family.objects.permitting(user, Action.VIEW_FAMILY).filter(pk=family.pk).exists():
        return None
    shown: set[UUID] = set()
    doors = Involvement.objects.live(timezone.now()).filter(
        family=family,
        relation=Relation.PARTNER,
        level__gte=ShareLevel.SAFETY_PLAN,
        organisation__in=list(user.standing),
    )
    for door in doors:
        if not door.persons:
            return None
        shown |= set(door.persons)
    return shown


def only(shown: set[UUID] | None) -> Keep:
    """Return what keeps the lines for the whole family and for these persons."""
    return lambda item: shown is None or item.person_id is None or item.person_id in shown


@dataclass(frozen=True)
class Currency:
    """How fresh the plan that holds is."""

    confirmed_on: date
    review_on: date

    def is_stale(self, today: date) -> bool:
        return self.review_on < today


def currency(current: SafetyPlan) -> Currency:
    """Return when the client last found this version right, and when it is looked at again."""
    agreed_on, review_on = current.agreed_on, current.review_on
    if agreed_on is None or review_on is None:
        raise AssertionError("The database holds that a version that holds has both days.")
    latest = Confirmation.objects.filter(plan=current).order_by("-confirmed_on", "-recorded_at").first()
    if latest is None:
        return Currency(agreed_on, review_on)
    return Currency(max(latest.confirmed_on, agreed_on), latest.review_on)
