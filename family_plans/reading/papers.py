"""The plan on paper, in two forms: the family's own copy in plain words, and the working copy of one recipient.

Neither holds a place: what people typed goes through WithoutPlaces, and an organisation is called by what it is.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from cases.models import Person
from cases.papers import WithoutPlaces, mark
from cases.reading import voices_on_paper
from core.paper.rendering import Mark, render
from family_plans.models import FamilyPlan, KeptPart
from family_plans.reading.plan import GoalShown, Part, PlanShown, read
from family_plans.reading.reliance import reliance
from family_plans.reading.shown import Reader
from organisations.models import Organisation

Words = Callable[[str], str]


@dataclass(frozen=True)
class PaperAction:
    what: str
    who: str
    due_on: date
    done: bool


@dataclass(frozen=True)
class PaperGoal:
    aim: str
    problem: str
    own_words: str
    about: str
    who: str
    due_on: date
    result: str
    actions: list[PaperAction]
    participants: list[tuple[str, str]]


@dataclass(frozen=True)
class PaperPart:
    title: str
    strengths: list[str]
    needs: list[str]
    goals: list[PaperGoal]
    help: list[str]


@dataclass(frozen=True)
class PaperVoice:
    child: str
    words: str


class _OnPaper(Reader):
    """Reads as another reader does, and calls every organisation by what it is."""

    def organisation(self, organisation: Organisation) -> str:
        return str(organisation.kind.label)


class _AtHome(_OnPaper):
    """At home, who works with the family goes by a first name: a whole one can be looked up, with its employer."""

    def name(self, owner: Any) -> str:
        return owner.name.split()[0] if isinstance(owner, User) and owner.name.strip() else super().name(owner)


def family_copy(
    plan: FamilyPlan, *, for_member: Person | None, printed_by: User, at: datetime, language: str
) -> tuple[bytes, Mark]:
    """Make the family's own copy, for one member or to be read by all. In plain words, with no place.

    What is kept from that member is not on it, and nothing says that it exists; without a member, whatever is kept from
    anybody is left out. Whoever causes harm gets no copy: refuse that before coming here.
    """
    # For whom, not who printed it: that would tell whoever finds it where she is helped.
    with translation.override(language):
        recipient = for_member.given_name if for_member else gettext("the family")
    foot = replace(mark(printed_by, at), printed_by="", recipient=recipient)
    today = timezone.localdate(at)
    kept = KeptPart.objects.filter(plan=plan, lifted_at=None)
    kept = kept.filter(kept_from=for_member) if for_member else kept
    hidden = set(kept.values_list("about_id", flat=True))
    shown = read(plan.family, plan, _AtHome(), today=today)
    words = WithoutPlaces(plan.family)
    context = {
        "own_words": words(plan.own_words),
        # What is needed is not on it: a heading above nothing would tell that something was left out.
        "parts": _parts(shown, words, hidden=hidden, needs=False),
        "for_member": for_member.given_name if for_member else "",
        "voices": [
            PaperVoice(one.child.given_name, words(one.words))
            for one in voices_on_paper(plan.family)
            if one.child_id not in hidden
        ],
    }
    return render("papers/family_plan.html", context, language=language, mark=foot), foot


def working_copy(
    plan: FamilyPlan, reader: Reader, *, printed_by: User, at: datetime, language: str
) -> tuple[bytes, Mark]:
    """Make the copy of somebody who works with the plan: exactly the parts and persons that she reads on the screen."""
    foot = mark(printed_by, at)
    today = timezone.localdate(at)
    on_paper = _OnPaper(reader.reach, reader.own)
    words = WithoutPlaces(plan.family)
    context = {
        "reference": plan.family.reference,
        "whole": reader.reach.is_whole,
        "own_words": words(plan.own_words),
        "parts": _parts(read(plan.family, plan, on_paper, today=today), words, hidden=set()),
        "reliance": reliance(plan.family, on_paper),
        "plan": plan,
        "today": today,
    }
    return render("papers/family_plan_working.html", context, language=language, mark=foot), foot


def _parts(shown: PlanShown, words: Words, *, hidden: Set[object], needs: bool = True) -> list[PaperPart]:
    parts = [_part(part, words, hidden) for part in shown.parts]
    parts = parts if needs else [replace(part, needs=[]) for part in parts]
    return [part for part in parts if part.strengths or part.needs or part.goals or part.help]


def _part(part: Part, words: Words, hidden: Set[object]) -> PaperPart:
    return PaperPart(
        title=part.domain.label,
        strengths=[words(one.text) for one in part.strengths if one.about_id not in hidden],
        needs=[words(one.text) for one in part.needs if one.about_id not in hidden],
        goals=[_goal(one, words) for one in part.goals if one.goal.about_id not in hidden],
        help=sorted({one.name for one in part.help if one.line.person_id not in hidden}),
    )


def _goal(one: GoalShown, words: Words) -> PaperGoal:
    return PaperGoal(
        aim=words(one.goal.aim),
        problem=words(one.goal.problem),
        own_words=words(one.goal.own_words),
        about=one.about,
        who=words(one.who),
        due_on=one.goal.due_on,
        result=str(one.goal.get_result_display()) if one.goal.result else "",
        actions=[
            PaperAction(words(action.action.what), words(action.who), action.action.due_on, bool(action.action.done_at))
            for action in one.actions
        ],
        participants=[(words(who), words(task)) for who, task in one.participants],
    )
