"""What each visitor gets on the addresses of the family plan. See test_urls.py."""

_ABOUT = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# An empty answer: the form again, with what is missing.
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
_FAMILY_FORMS = ("start", "ask_help", "record_treatment", "direction", "assess", "count_network", "record_income")
_FAMILY_FORMS += ("note_debts", "record_housing", "report_stagnation")
_FAMILY_PAGES = ("plan", "help", "treatments", "reliance", "income", "stagnations")
_PLAN_FORMS = (
    "agree",
    "way_of_working",
    "coordinator",
    "route",
    "add_goal",
    "from_template",
    "note_finding",
    "name_source",
)
_PLAN_FORMS += ("keep_part", "hold_conference")
_PLAN_PAGES = ("report", "contributions", "papers", "paper", "working_paper")
_ROW_FORMS = {
    "add_action": "goal",
    "add_participant": "goal",
    "result": "goal",
    "change_help": "help_line",
    "end_help": "help_line",
    "help_at_move": "help_line",
    "end_treatment": "treatment",
    "change_income": "income_line",
    "describe": "stagnation",
    "bind": "stagnation",
    "solve": "stagnation",
    "answer_request": "request",
}
_ACTS = {"complete_action": "action", "escalate": "stagnation", "lift": "kept_part"}
# Two pages that act on a plain answer and lead back.
_FORM_THAT_LEADS_BACK = {
    "get": [302, 302, 404, 404, 404, 404, 404, 200],
    "post": [302, 302, 404, 404, 404, 404, 404, 302],
}
EXPECTED = {
    **{f"family_plans:{name}": _FORM for name in (*_FAMILY_FORMS, *_PLAN_FORMS, *_ROW_FORMS)},
    **{f"family_plans:{name}": _ABOUT for name in (*_FAMILY_PAGES, *_PLAN_PAGES)},
    **{f"family_plans:{name}": _ACT for name in _ACTS},
    "family_plans:practical": _FORM_THAT_LEADS_BACK,
    "family_plans:end": _FORM_THAT_LEADS_BACK,
    # Nothing to say is an answer too.
    "family_plans:way_of_working": _FORM_THAT_LEADS_BACK,
}
ARGUMENTS = {
    **{f"family_plans:{name}": lambda world: [world.family.pk] for name in (*_FAMILY_FORMS, *_FAMILY_PAGES)},
    **{f"family_plans:{name}": lambda world: [world.family_plan.pk] for name in (*_PLAN_FORMS, *_PLAN_PAGES)},
    **{
        f"family_plans:{name}": lambda world, row=row: [getattr(world, row).pk]
        for name, row in (_ROW_FORMS | _ACTS).items()
    },
    "family_plans:practical": lambda world: [world.family.pk],
    "family_plans:end": lambda world: [world.family_plan.pk],
}


def build(world):
    """Add what these addresses are about. `urls_cases.build` made the worker regisseur."""
    from datetime import date

    from cases.models import Person, Place
    from family_plans import models
    from organisations.models import CodeItem, CodeList
    from tests import factories

    code_list = CodeList.objects.create(slug=models.DOMAINS, title_nl="Leefgebieden")
    domain = CodeItem.objects.create(code_list=code_list, code="housing", label_nl="wonen", valid_from=date(2023, 1, 1))
    about, now = {"family": world.family, "domain": domain}, factories.NOW
    client = Person.objects.get(family=world.family, place=Place.CLIENT)
    child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Femke")
    plan = world.family_plan = models.FamilyPlan.objects.create(
        family=world.family, own_words="Rust.", started_by=world.worker, started_at=now
    )
    in_plan = {"family": world.family, "plan": plan}
    # A goal that was rounded off, so that the plan can end.
    models.Goal.objects.create(
        **in_plan,
        domain=domain,
        problem="x",
        aim="y",
        phase="in_shelter",
        set_at=now,
        set_by=world.worker,
        user=world.worker,
        due_on=date(2026, 4, 1),
        result="achieved",
        result_on=date(2026, 3, 1),
    )
    world.kept_part = models.KeptPart.objects.create(
        **in_plan, about=child, kept_from=client, reason="x", set_by=world.worker, set_at=now
    )
    earlier = models.FamilyPlan.objects.create(
        family=world.family, own_words="x", started_by=world.worker, started_at=now, ended_at=now, ended_by=world.worker
    )
    world.goal = models.Goal.objects.create(
        plan=earlier,
        problem="x",
        aim="y",
        phase="in_shelter",
        set_at=now,
        set_by=world.worker,
        user=world.worker,
        due_on=date(2026, 4, 1),
        **about,
    )
    world.action = models.PlanAction.objects.create(
        family=world.family, goal=world.goal, what="x", user=world.worker, due_on=date(2026, 4, 1)
    )
    world.help_line = models.HelpLine.objects.create(
        organisation=world.other_org, kind=domain, asked_on=date(2026, 1, 1), starts_on=date(2026, 2, 1), **about
    )
    world.treatment = models.TreatmentLine.objects.create(
        family=world.family,
        person=Person.objects.create(
            family=world.family, place=Place.EX_PARTNER, given_name="Ronald", causes_harm=True
        ),
        organisation=world.other_org,
        kind=domain,
        ground="x",
        starts_on=date(2026, 2, 1),
        recorded_by=world.worker,
        recorded_at=now,
    )
    world.income_line = models.IncomeLine.objects.create(
        family=world.family, occasion="intake", kind="benefit", recorded_by=world.worker, recorded_at=now
    )
    world.stagnation = models.Stagnation.objects.create(
        cause="waiting", since=date(2026, 2, 1), reported_at=now, solve_by=date(2026, 3, 16), **about
    )
    asked = models.Stagnation.objects.create(
        cause="waiting", since=date(2026, 2, 1), reported_at=now, solve_by=date(2026, 3, 16), **about
    )
    world.request = models.BindingRequest.objects.create(
        family=world.family,
        stagnation=asked,
        to=world.other_org,
        what="x",
        asked_by=world.worker,
        asked_on=date(2026, 3, 1),
        answer_by=date(2026, 3, 9),
    )
