"""What each visitor gets on the addresses of the family plan. See test_urls.py."""

from datetime import date

from cases.models import Place
from family_plans import operations
from family_plans.models import DOMAINS, Cause, FamilyPlan, Phase
from organisations.models import CodeItem, CodeList
from tests import factories

_ABOUT = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# The worker of this table is not the regisseur.
_ACT_AS_REGISSEUR = _ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 404]}
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
    "family_plans:escalate": _ACT_AS_REGISSEUR,
}


def _domain():
    code_list, _ = CodeList.objects.get_or_create(slug=DOMAINS, defaults={"title_nl": "Leefgebieden"})
    item, _ = CodeItem.objects.get_or_create(
        code_list=code_list, code="housing", defaults={"label_nl": "wonen", "valid_from": date(2023, 1, 1)}
    )
    return item


def _plan(world):
    found = FamilyPlan.objects.filter(family=world.family).first()
    return found or operations.start_plan(world.family, own_words="Rust.", by=world.worker, at=factories.NOW)


def _goal(world):
    return operations.set_goal(
        _plan(world),
        domain=_domain(),
        problem="x",
        aim="y",
        phase=Phase.IN_SHELTER,
        by=world.worker,
        at=factories.NOW,
    )


def _action(world):
    client = world.family.persons.get(place=Place.CLIENT)
    return operations.agree_action(_goal(world), what="x", responsible=client, due_on=date(2026, 4, 1), by=world.worker)


def _help_line(world):
    return operations.start_help(
        world.family, organisation=world.other_org, domain=_domain(), starts_on=date(2026, 2, 1), by=world.worker
    )


def _stagnation(world):
    return operations.report_stagnation(
        world.family,
        domain=_domain(),
        cause=Cause.WAITING,
        since=date(2026, 2, 1),
        by=world.worker,
        at=factories.NOW,
    )


ARGUMENTS = {
    "family_plans:plan": lambda world: [world.family.pk],
    "family_plans:start": lambda world: [world.family.pk],
    "family_plans:start_help": lambda world: [world.family.pk],
    "family_plans:self_reliance": lambda world: [world.family.pk],
    "family_plans:report_stagnation": lambda world: [world.family.pk],
    "family_plans:paper": lambda world: [_plan(world).pk],
    "family_plans:add_goal": lambda world: [_plan(world).pk],
    "family_plans:add_action": lambda world: [_goal(world).pk],
    "family_plans:result": lambda world: [_goal(world).pk],
    "family_plans:complete_action": lambda world: [_action(world).pk],
    "family_plans:end_help": lambda world: [_help_line(world).pk],
    "family_plans:escalate": lambda world: [_stagnation(world).pk],
    "family_plans:solve": lambda world: [_stagnation(world).pk],
}
