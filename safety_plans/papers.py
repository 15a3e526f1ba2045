"""What stands on each paper of the plan. No paper holds a protected place: those are in another table, which nothing
here reads. A paper that goes home, or to somebody of the network, names no place and no organisation.
"""

from dataclasses import dataclass
from typing import Any

from access.models import Involvement, Relation
from cases.models import Level as ShareLevel
from cases.models import Person, Place
from cases.papers import WithoutPlaces
from core.paper.rendering import Mark, render
from safety_plans.models import IssuedPaper, PaperKind, SafetyPlan, SafetyPlanItem, Section
from safety_plans.reading import Keep, Words, read

_ON_THE_CARD = frozenset({Section.WHAT_I_DO, Section.WHOM_TO_CALL})
# What an organisation gets at level 2. Above that all of it.
_OF_A_PARTNER = frozenset(
    {
        Section.DANGER,
        Section.CONDITIONS,
        Section.EARLY_SIGNS,
        Section.AGREEMENTS,
        Section.WHOM_TO_CALL,
        Section.NETWORK,
        Section.PROFESSIONALS,
        Section.POLICE,
        Section.RELAPSE,
    }
)


@dataclass(frozen=True)
class _Content:
    template: str
    context: dict[str, Any]
    # Nothing at all for the card: whoever finds it learns nothing.
    is_marked: bool = True
    # A card has two sides: what stands on a third lies at home.
    most_pages: int = 0


def make(issued: IssuedPaper, *, network: SafetyPlanItem | None = None, language: str) -> bytes:
    """Make the PDF of a paper that was given out. Raises PaperTooSlow or PaperFailed; nothing is stored."""
    plan = issued.plan
    words = str if issued.with_places else WithoutPlaces(plan.family)
    content = _CONTENT[PaperKind(issued.kind)](issued, plan, words, network)
    mark = Mark(printed_by="", printed_at=issued.issued_at, number=issued.number, recipient=words(issued.recipient))
    return render(
        content.template,
        content.context,
        language=language,
        mark=mark if content.is_marked else None,
        most_pages=content.most_pages,
    )


def _client(issued: IssuedPaper, plan: SafetyPlan, words: Words, _network: SafetyPlanItem | None) -> _Content:
    persons = Person.objects.filter(family=plan.family_id, place__in=[Place.CLIENT, Place.CHILD]).once()
    reading = read(plan, words=words, persons=persons)
    return _Content("papers/safety_plan.html", {"plan": plan, "reading": reading, "is_own": True, "phones": True})


def _child(issued: IssuedPaper, plan: SafetyPlan, words: Words, _network: SafetyPlanItem | None) -> _Content:
    reading = read(plan, words=words, keep=lambda item: item.person_id == issued.person_id)
    parts = reading.persons[0].parts if reading.persons else []
    return _Content("papers/child_page.html", {"child": issued.person, "parts": parts})


def _card(issued: IssuedPaper, plan: SafetyPlan, words: Words, _network: SafetyPlanItem | None) -> _Content:
    def is_hers(item: SafetyPlanItem) -> bool:
        return item.section in _ON_THE_CARD and (item.person is None or item.person.place == Place.CLIENT)

    reading = read(plan, words=words, keep=is_hers)
    parts = [*reading.whole, *(part for one in reading.persons for part in one.parts)]
    lines = {
        section: [one for part in parts if part.section == section for one in part.lines] for section in _ON_THE_CARD
    }
    return _Content(
        "papers/plan_card.html",
        {"do": lines[Section.WHAT_I_DO], "call": lines[Section.WHOM_TO_CALL]},
        is_marked=False,
        most_pages=2,
    )


def _network(issued: IssuedPaper, plan: SafetyPlan, words: Words, network: SafetyPlanItem | None) -> _Content:
    reading = read(plan, words=words, keep=lambda item: network is not None and item.pk == network.pk)
    (part,) = [part for part in reading.whole if part.section == Section.NETWORK]
    client = Person.objects.filter(family=plan.family_id, place=Place.CLIENT).once().first()
    return _Content("papers/network_task.html", {"line": part.lines[0], "client": client})


def _partner(issued: IssuedPaper, plan: SafetyPlan, words: Words, _network: SafetyPlanItem | None) -> _Content:
    door = (
        Involvement.objects.live(issued.issued_at)
        .filter(family=plan.family_id, organisation=issued.organisation_id, relation=Relation.PARTNER)
        .order_by("-level")
        .first()
    )
    level = door.level if door else 0
    reading = read(plan, words=words, keep=_for_partner(issued, level, set(door.persons) if door else set()))
    context = {"plan": plan, "reading": reading, "is_own": False, "phones": level > ShareLevel.SAFETY_PLAN}
    return _Content("papers/safety_plan.html", context)


def _for_partner(issued: IssuedPaper, level: int, persons: set[Any]) -> Keep:
    def keep(item: SafetyPlanItem) -> bool:
        if level < ShareLevel.SAFETY_PLAN:
            return False
        if level == ShareLevel.SAFETY_PLAN and item.section not in _OF_A_PARTNER:
            return False
        if persons and item.person_id is not None and item.person_id not in persons:
            return False
        # Who does not know the address stands on no paper that may tell it (C6).
        return not (issued.with_places and item.section == Section.NETWORK and not item.knows_address)

    return keep


_CONTENT = {
    PaperKind.CLIENT: _client,
    PaperKind.CHILD: _child,
    PaperKind.CARD: _card,
    PaperKind.NETWORK: _network,
    PaperKind.PARTNER: _partner,
}
