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
    "municipalities:summons": {"get": OF_WHO_MUST_ACT, "post": OF_WHO_MUST_ACT},
}
ARGUMENTS = {
    "municipalities:answer": lambda world: [world.stagnation.pk],
    "municipalities:watched": lambda world: ["no_regisseur"],
    "municipalities:assign_team": lambda world: [world.family.reference],
    "municipalities:summon": lambda world: ["no_safety_plan", world.family.reference],
    "municipalities:summons": lambda world: [world.summons.pk],
}
DOORS = {
    "coordinator": ["municipalities:families", "municipalities:stagnations", "municipalities:watched"],
    "coordinator of the family": ["municipalities:answer", "municipalities:summon"],
    "assigns a team": ["municipalities:assign_team"],
    "who has the regie": ["municipalities:summons"],
}


def build(world):
    from collaboration.models import Summons
    from tests import factories

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
