"""Who gets which page of a municipality. The visitors are those of test_urls, in its order."""

NOT_FOR_THEM = [302, 302, 404, 404, 404, 404, 404, 404]
NO_POST = [302, 302, 405, 405, 405, 405, 405, 405]
PAGE = {"get": NOT_FOR_THEM, "post": NO_POST}
FORM = {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM}
# Whoever works with the family, and the team lead.
OF_WHO_MUST_ACT = [302, 302, 404, 404, 200, 404, 404, 200]

EXPECTED = {
    "municipalities:families": PAGE,
    "municipalities:watched": PAGE,
    "municipalities:stagnations": PAGE,
    # For the coordinator of the responsible municipality: nobody of this row.
    "municipalities:answer": FORM,
    "municipalities:assign_team": FORM,
    "municipalities:summon": FORM,
    "municipalities:agreements": PAGE,
    # Whoever works somewhere, and no signaller.
    "municipalities:directory": {"get": [302, 302, *[200] * 6], "post": NO_POST},
    "municipalities:gaps": PAGE,
    # For the coordinator of the supporter's municipality: tests/municipalities/test_directory.py.
    "municipalities:record_visit": FORM,
    "municipalities:coverage": PAGE,
    "municipalities:evaluations": PAGE,
    "municipalities:record_agreement": FORM,
    "municipalities:evaluate_case": FORM,
    # Of another municipality, where these visitors are concerned.
    "municipalities:agreement": PAGE,
    "municipalities:change_agreement": FORM,
    "municipalities:describe_task": FORM,
    "municipalities:evaluate": FORM,
    "municipalities:agenda": PAGE,
    "municipalities:finish_step": {"get": NO_POST, "post": NOT_FOR_THEM},
    "municipalities:summons": {"get": OF_WHO_MUST_ACT, "post": OF_WHO_MUST_ACT},
}
_ABOUT = ["agreement", "change_agreement", "describe_task", "evaluate"]
ARGUMENTS = {
    **{f"municipalities:{name}": lambda world: [world.agreement.pk] for name in _ABOUT},
    "municipalities:agenda": lambda world: [world.agreement.partners.get().pk],
    "municipalities:record_visit": lambda world: [world.family.pk],
    "municipalities:finish_step": lambda world: [world.agreed_step.pk],
    "municipalities:answer": lambda world: [world.stagnation.pk],
    "municipalities:watched": lambda world: ["no_regisseur"],
    "municipalities:assign_team": lambda world: [world.family.reference],
    "municipalities:summon": lambda world: ["no_safety_plan", world.family.reference],
    "municipalities:summons": lambda world: [world.summons.pk],
}
DOORS = {
    "coordinator": [
        "municipalities:agreements",
        "municipalities:coverage",
        "municipalities:evaluate_case",
        "municipalities:evaluations",
        "municipalities:families",
        "municipalities:gaps",
        "municipalities:record_agreement",
        "municipalities:stagnations",
        "municipalities:watched",
    ],
    "professional": ["municipalities:directory"],
    # Kept by a municipality of which nobody here is coordinator: tests/municipalities/test_agreements.py.
    "nobody": [
        *(f"municipalities:{name}" for name in _ABOUT),
        "municipalities:agenda",
        "municipalities:finish_step",
        "municipalities:record_visit",
    ],
    "coordinator of the family": ["municipalities:answer", "municipalities:summon"],
    "assigns a team": ["municipalities:assign_team"],
    "who has the regie": ["municipalities:summons"],
}


def build(world):
    from collaboration.models import Summons
    from tests import factories
    from tests.municipalities.agreed import agreement, evaluation_with_a_step

    elsewhere = factories.organisation("Gemeente Ver", kind="municipality")
    world.agreement = agreement(elsewhere, by=world.coordinator, partners=[world.other_org])
    world.agreed_step = evaluation_with_a_step(world.agreement, by=world.coordinator)

    world.summons = Summons.objects.create(
        family=world.family,
        undone="no_safety_plan",
        organisation=world.shelter,
        words="Maak vandaag een plan.",
        act_by=factories.NOW.date(),
        made_on=factories.NOW.date(),
        made_at=factories.NOW,
        made_by=world.coordinator,
    )
