"""What each visitor gets on the addresses of the safety plan. See test_urls.py."""

_ABOUT = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# An empty answer: the form again, with what is missing.
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
EXPECTED = {
    "safety_plans:plan": _ABOUT,
    "safety_plans:risk": _ABOUT,
    "safety_plans:version": _ABOUT,
    "safety_plans:holders": _ABOUT,
    "safety_plans:edit": _ABOUT,
    "safety_plans:assess": _FORM,
    "safety_plans:phase": _FORM,
    "safety_plans:write": _FORM,
    "safety_plans:change": _FORM,
    "safety_plans:check": _FORM,
    "safety_plans:activate": _FORM,
    "safety_plans:confirm": _FORM,
    "safety_plans:papers": _FORM,
    "safety_plans:draft": _ACT,
    "safety_plans:remove": _ACT,
    "safety_plans:choose": _ACT,
    "safety_plans:keep_both": _ACT,
    "safety_plans:withdraw": _ACT,
    # Only who it is shared with says that it was read: nobody in this table.
    "safety_plans:receive": _ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 404]},
}


ARGUMENTS = {
    "safety_plans:plan": lambda world: [world.family.pk],
    "safety_plans:risk": lambda world: [world.family.pk],
    "safety_plans:holders": lambda world: [world.family.pk],
    "safety_plans:assess": lambda world: [world.family.pk],
    "safety_plans:phase": lambda world: [world.family.pk],
    "safety_plans:draft": lambda world: [world.family.pk],
    "safety_plans:version": lambda world: [world.safety_plan.pk],
    "safety_plans:papers": lambda world: [world.safety_plan.pk],
    "safety_plans:edit": lambda world: [world.safety_plan.pk],
    "safety_plans:write": lambda world: [world.safety_plan.pk, "agreements"],
    "safety_plans:activate": lambda world: [world.safety_plan.pk],
    "safety_plans:confirm": lambda world: [world.safety_plan.pk],
    "safety_plans:receive": lambda world: [world.safety_plan.pk],
    "safety_plans:withdraw": lambda world: [world.safety_paper.pk],
    "safety_plans:change": lambda world: [world.safety_item.pk],
    "safety_plans:remove": lambda world: [world.safety_item.pk],
    "safety_plans:choose": lambda world: [world.safety_item.pk],
    "safety_plans:keep_both": lambda world: [world.safety_item.pk],
    "safety_plans:check": lambda world: [world.safety_condition.pk],
}


def build(world):
    """Add what these addresses are about: a draft with a sentence and a condition, and a paper of it."""
    from datetime import date

    from safety_plans.models import IssuedPaper, SafetyPlan, SafetyPlanItem
    from tests import factories

    world.safety_plan = SafetyPlan.objects.create(
        family=world.family, version=1, drafted_by=world.worker, drafted_at=factories.NOW
    )
    world.safety_item = SafetyPlanItem.objects.create(
        family=world.family, plan=world.safety_plan, section="danger", text="x", order=1
    )
    world.safety_condition = SafetyPlanItem.objects.create(
        family=world.family,
        plan=world.safety_plan,
        section="conditions",
        text="x",
        checked_by="x",
        if_broken="x",
        until_on=date(2026, 4, 2),
        order=2,
    )
    world.safety_paper = IssuedPaper.objects.create(
        family=world.family,
        plan=world.safety_plan,
        kind="client",
        recipient="Marloes",
        number="ABCD-EFGH",
        issued_by=world.worker,
        issued_at=factories.NOW,
    )
