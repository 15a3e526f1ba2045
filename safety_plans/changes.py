"""What is different between two versions of the plan, line by line and word by word. Reads only."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safety_plans.models import NetworkTask, SafetyPlan, SafetyPlanItem, Section, Topic
from safety_plans.reading import Keep

_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """A run of words: `kind` is same, gone or new."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """A line that came, went or was reworded (`kind`: new, changed, gone), and the part it stands in."""

    kind: str
    section: str
    person: str
    pieces: list[Piece]


def changes(before: SafetyPlan, after: SafetyPlan, *, keep: Keep | None = None) -> list[Change]:
    """Return what `after` says otherwise than `before`, in the order in which the plan is read. One query."""
    old: dict[UUID, SafetyPlanItem] = {}
    new: dict[UUID, SafetyPlanItem] = {}
    for item in SafetyPlanItem.objects.filter(plan__in=[before, after]).standing().select_related("person"):
        if keep is None or keep(item):
            (old if item.plan_id == before.pk else new)[item.line] = item
    found = [_change(old.get(line), item) for line, item in new.items() if not _is_same(old.get(line), item)]
    found += [_change(item, None) for line, item in old.items() if line not in new]
    order = [str(section.label) for section in Section]
    return sorted(found, key=lambda one: order.index(one.section))


def _is_same(old: SafetyPlanItem | None, new: SafetyPlanItem) -> bool:
    return old is not None and old.says_the_same_as(new)


def _change(old: SafetyPlanItem | None, new: SafetyPlanItem | None) -> Change:
    here = new or old
    if here is None:
        raise AssertionError("A change is of a line that is on one side at least.")
    kind = "changed" if old and new else ("new" if new else "gone")
    return Change(
        kind=kind,
        section=str(Section(here.section).label),
        person=here.person.given_name if here.person else "",
        pieces=_pieces(sentence(old) if old else "", sentence(new) if new else ""),
    )


def _pieces(old: str, new: str) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces


def sentence(item: SafetyPlanItem) -> str:
    """Return a line with everything it says, as one text to compare."""
    said = [
        (str(Topic(item.topic).label) if item.topic else "", ""),
        (item.who, ""),
        (item.text, ""),
        (str(NetworkTask(item.task).label) if item.task else "", ""),
        (item.phone, ""),
        (item.checked_by, _("Checked by: %s")),
        (item.rhythm, _("How often: %s")),
        (date_format(item.until_on, "j F Y") if item.until_on else "", _("Until: %s")),
        (item.if_broken, _("If broken: %s")),
        (_knows(item.knows_address), ""),
    ]
    return " · ".join(form % words if form else words for words, form in said if words)


def _knows(knows_address: bool | None) -> str:
    if knows_address is None:
        return ""
    return _("knows the address") if knows_address else _("does not know the address")
