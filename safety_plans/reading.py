"""The safety plan as it is read, on the screen and on paper: its sentences in parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cases.papers import WithoutPlaces, mark
from core.paper.rendering import Mark, render
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section


@dataclass(frozen=True)
class Line:
    """A sentence, for whom it is, and who checks it."""

    text: str
    person: str
    checked_by: str
    item: SafetyPlanItem


@dataclass(frozen=True)
class Part:
    section: str
    title: str
    lines: list[Line]

    @property
    def is_needed(self) -> bool:
        """Whether a reader must see it when it is empty: that nothing was agreed with the police is a fact."""
        return bool(self.lines) or self.section == Section.POLICE


def parts(plan: SafetyPlan, words: Callable[[str], str] = str) -> list[Part]:
    """Return the plan in its parts, in one query. `words` is applied to whatever people typed."""
    items = list(SafetyPlanItem.objects.filter(plan=plan).standing().select_related("person"))
    read = [
        Part(
            section.value,
            str(section.label),
            [
                Line(
                    text=words(item.text),
                    person=item.person.given_name if item.person else "",
                    checked_by=words(item.checked_by),
                    item=item,
                )
                for item in items
                if item.section == section
            ],
        )
        for section in Section
    ]
    return [part for part in read if part.is_needed]


def paper(plan: SafetyPlan, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the plan to take home. No organisation and no place stands on it; the mark says who took it out."""
    foot = mark(printed_by, at)
    context = {"plan": plan, "parts": parts(plan, WithoutPlaces(plan.family))}
    return render("papers/safety_plan.html", context, language=language, mark=foot), foot
