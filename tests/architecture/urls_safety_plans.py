"""What each visitor gets on the addresses of the safety plan. See test_urls.py."""

_ABOUT = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# An empty answer: the form again, with what is missing.
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
EXPECTED = {
    "safety_plans:plan": _ABOUT,
    "safety_plans:version": _ABOUT,
    "safety_plans:paper": _ABOUT,
    "safety_plans:assess": _FORM,
    "safety_plans:edit": _FORM,
    "safety_plans:activate": _FORM,
    "safety_plans:draft": _ACT,
    "safety_plans:remove": _ACT,
}


ARGUMENTS = {
    "safety_plans:plan": lambda world: [world.family.pk],
    "safety_plans:assess": lambda world: [world.family.pk],
    "safety_plans:draft": lambda world: [world.family.pk],
    "safety_plans:version": lambda world: [world.safety_plan.pk],
    "safety_plans:paper": lambda world: [world.safety_plan.pk],
    "safety_plans:edit": lambda world: [world.safety_plan.pk],
    "safety_plans:activate": lambda world: [world.safety_plan.pk],
    "safety_plans:remove": lambda world: [world.safety_item.pk],
}


def build(world):
    """Add what these addresses are about: a draft with one sentence."""
    from safety_plans.models import SafetyPlan, SafetyPlanItem
    from tests import factories

    world.safety_plan = SafetyPlan.objects.create(
        family=world.family, version=1, drafted_by=world.worker, drafted_at=factories.NOW
    )
    world.safety_item = SafetyPlanItem.objects.create(
        family=world.family, plan=world.safety_plan, section="danger", text="x", order=1
    )
