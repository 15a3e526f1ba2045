"""What each visitor gets on the addresses of the family plan. See test_urls.py."""

_ABOUT = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# An empty answer: the form again, with what is missing.
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
EXPECTED = {
    "family_plans:plan": _ABOUT,
    "family_plans:paper": _ABOUT,
    "family_plans:start": _FORM,
    "family_plans:start_help": _FORM,
    "family_plans:self_reliance": _FORM,
    "family_plans:report_stagnation": _FORM,
    "family_plans:add_goal": _FORM,
    "family_plans:add_action": _FORM,
    "family_plans:result": _FORM,
    "family_plans:end_help": _FORM,
    "family_plans:solve": _FORM,
    "family_plans:complete_action": _ACT,
    "family_plans:escalate": _ACT,
}


ARGUMENTS = {
    "family_plans:plan": lambda world: [world.family.pk],
    "family_plans:start": lambda world: [world.family.pk],
    "family_plans:start_help": lambda world: [world.family.pk],
    "family_plans:self_reliance": lambda world: [world.family.pk],
    "family_plans:report_stagnation": lambda world: [world.family.pk],
    "family_plans:paper": lambda world: [world.family_plan.pk],
    "family_plans:add_goal": lambda world: [world.family_plan.pk],
    "family_plans:add_action": lambda world: [world.goal.pk],
    "family_plans:result": lambda world: [world.goal.pk],
    "family_plans:complete_action": lambda world: [world.action.pk],
    "family_plans:end_help": lambda world: [world.help_line.pk],
    "family_plans:escalate": lambda world: [world.stagnation.pk],
    "family_plans:solve": lambda world: [world.stagnation.pk],
}


def build(world):
    """Add what these addresses are about. `urls_cases.build` made the worker regisseur."""
    from datetime import date

    from family_plans.models import DOMAINS, FamilyPlan, Goal, HelpLine, PlanAction, Stagnation
    from organisations.models import CodeItem, CodeList
    from tests import factories

    code_list = CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden")
    domain = CodeItem.objects.create(code_list=code_list, code="housing", label_nl="wonen", valid_from=date(2023, 1, 1))
    about = {"family": world.family, "domain": domain}
    world.family_plan = FamilyPlan.objects.create(
        family=world.family, own_words="Rust.", started_by=world.worker, started_at=factories.NOW
    )
    world.goal = Goal.objects.create(
        plan=world.family_plan, problem="x", aim="y", phase="in_shelter", set_at=factories.NOW, **about
    )
    world.action = PlanAction.objects.create(
        family=world.family, goal=world.goal, what="x", user=world.worker, due_on=date(2026, 4, 1)
    )
    world.help_line = HelpLine.objects.create(organisation=world.other_org, starts_on=date(2026, 2, 1), **about)
    world.stagnation = Stagnation.objects.create(
        cause="waiting", since=date(2026, 2, 1), reported_at=factories.NOW, solve_by=date(2026, 3, 16), **about
    )
