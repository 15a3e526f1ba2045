"""What each visitor gets on the addresses of the safety plan. See test_urls.py."""

from safety_plans import operations
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section
from tests import factories

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


def _draft(world):
    found = SafetyPlan.objects.filter(family=world.family).first()
    return found or operations.draft_plan(world.family, by=world.worker, at=factories.NOW)


def _item(world):
    found = SafetyPlanItem.objects.filter(family=world.family).first()
    return found or operations.add_item(_draft(world), section=Section.DANGER, text="x", by=world.worker)


ARGUMENTS = {
    "safety_plans:plan": lambda world: [world.family.pk],
    "safety_plans:assess": lambda world: [world.family.pk],
    "safety_plans:draft": lambda world: [world.family.pk],
    "safety_plans:version": lambda world: [_draft(world).pk],
    "safety_plans:paper": lambda world: [_draft(world).pk],
    "safety_plans:edit": lambda world: [_draft(world).pk],
    "safety_plans:activate": lambda world: [_draft(world).pk],
    "safety_plans:remove": lambda world: [_item(world).pk],
}
