"""Two workers on one plan, each in a browser of her own: nothing either wrote is lost, and the choice can be read."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.models import AssignmentKind
from family_plans import operations as family_plans
from family_plans.models import DOMAINS, Goal, Phase, PlanAction
from organisations.models import CodeItem, CodeList
from safety_plans import operations as safety_plans
from safety_plans.models import SafetyPlanItem, Section
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_frame import faults
from tests.browser.typing import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def two(db, sign_in):
    """A family, two workers, and a session for each."""
    shelter = factories.organisation("De Haven")
    family = factories.family(opened_by=shelter)
    factories.involvement(family, shelter, "working")
    family.workers = [factories.user(at=shelter, name=name) for name in ("Els Vonk", "Joris Kemper")]
    for worker in family.workers:
        factories.assignment(family, worker, shelter, AssignmentKind.WORKER)
    family.sessions = [sign_in(worker, Client()) for worker in family.workers]
    return family


def test_one_line_of_the_safety_plan_reworded_by_two_is_kept_twice_and_chosen_once(visit, two):
    els, joris = two.sessions
    draft = safety_plans.draft_plan(two, by=two.workers[0], at=timezone.now())
    line = safety_plans.Line("Hij komt langs als hij boos is.")
    item = safety_plans.add_item(draft, line, section=Section.DANGER, by=two.workers[0], at=timezone.now())
    form = reverse("safety_plans:change", args=[item.pk])
    # Both have the form open before either saves.
    first, second = visit(form, signed_in=els), visit(form, signed_in=joris, width=PHONE)
    first.fill("textarea[name=text]", "Hij staat voor de deur.")
    second.fill("textarea[name=text]", "Hij belt haar moeder.")

    press(first, "main form button[type=submit]")
    press(second, "main form button[type=submit]")

    words = second.inner_text("main")
    assert "Hij staat voor de deur." in words
    assert "Hij belt haar moeder." in words
    assert "Eén van twee versies, door Els Vonk" in words
    assert "Eén van twee versies, door Joris Kemper" in words
    assert faults(second) == []
    assert SafetyPlanItem.objects.filter(plan=draft, taken_out_at=None).count() == 2
    press(second, "li:has-text('Hij belt haar moeder.') form[action*=kiezen] button")
    words = second.inner_text("main")
    assert "Hij staat voor de deur." not in words
    assert "Hij belt haar moeder." in words
    # What was not chosen is kept, out of the draft.
    assert SafetyPlanItem.objects.get(text="Hij staat voor de deur.").taken_out_at is not None


def test_agreements_of_two_stand_beside_each_other(visit, two):
    els, joris = two.sessions
    domain = CodeItem.objects.create(
        code_list=CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden"),
        code="finances",
        label_nl="financiën",
        valid_from=date(2023, 1, 1),
    )
    plan = family_plans.start_plan(two, own_words="Rust.", by=two.workers[0], at=timezone.now())
    new = family_plans.NewGoal(
        domain=domain,
        problem="Schulden.",
        aim="Een regeling.",
        phase=Phase.IN_SHELTER,
        responsible=two.workers[0],
        due_on=date(2027, 6, 1),
    )
    goal = family_plans.set_goal(plan, new, by=two.workers[0], at=timezone.now())
    form = reverse("family_plans:add_action", args=[goal.pk])
    pages = [visit(form, signed_in=els), visit(form, signed_in=joris, width=DESK)]
    for page, what in zip(pages, ("Els belt de bank.", "Joris belt de gemeente."), strict=True):
        page.fill("[name=what]", what)
        page.fill("[name=due_on]", "2027-03-09")
        page.select_option("[name=responsible]", index=1)

    for page in pages:
        press(page, "main form button[type=submit]")

    words = pages[1].inner_text("main")
    assert "Els belt de bank." in words
    assert "Joris belt de gemeente." in words
    assert {action.what for action in PlanAction.objects.filter(goal=Goal.objects.get())} == {
        "Els belt de bank.",
        "Joris belt de gemeente.",
    }
