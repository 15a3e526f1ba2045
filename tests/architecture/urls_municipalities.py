"""Who gets which page of a municipality. The visitors are those of test_urls, in its order."""

NOT_FOR_THEM = [302, 302, 404, 404, 404, 404, 404, 404]
NO_POST = [302, 302, 405, 405, 405, 405, 405, 405]
PAGE = {"get": NOT_FOR_THEM, "post": NO_POST}
FORM = {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM}
# Whoever works with the family, and the team lead.
OF_WHO_MUST_ACT = [302, 302, 404, 404, 200, 404, 404, 200]

_KEEPING = [
    "check_quality",
    "record_contact_person",
    "record_decision",
    "record_introduction",
    "record_protocol",
    "record_training",
    "record_wish",
]
# For a municipality of a region: those here have none.
_OF_A_REGION = ["municipalities:plan_meeting", "municipalities:record_vision"]

EXPECTED = {
    **dict.fromkeys(_OF_A_REGION, FORM),
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
    "municipalities:coverage": PAGE,
    "municipalities:evaluations": PAGE,
    "municipalities:record_agreement": FORM,
    "municipalities:evaluate_case": FORM,
    **{f"municipalities:{name}": PAGE for name in ("expertise", "quality", "export_quality", "meeting")},
    **{f"municipalities:{name}": FORM for name in _KEEPING},
    "municipalities:record_attendance": FORM,
    "municipalities:end_contact_person": {"get": NO_POST, "post": NOT_FOR_THEM},
    # Of another municipality, where these visitors are concerned.
    "municipalities:agreement": PAGE,
    "municipalities:change_agreement": FORM,
    "municipalities:describe_task": FORM,
    "municipalities:evaluate": FORM,
    "municipalities:agenda": PAGE,
    "municipalities:finish_step": {"get": NO_POST, "post": NOT_FOR_THEM},
    "municipalities:supporters": PAGE,
    "municipalities:appoint_supporter": FORM,
    "municipalities:change_supporter": FORM,
    "municipalities:dismiss_supporter": FORM,
    "municipalities:summons": {"get": OF_WHO_MUST_ACT, "post": OF_WHO_MUST_ACT},
}
_ABOUT = ["agreement", "change_agreement", "describe_task", "evaluate"]
ARGUMENTS = {
    **{f"municipalities:{name}": lambda world: [world.agreement.pk] for name in _ABOUT},
    "municipalities:agenda": lambda world: [world.agreement.partners.get().pk],
    "municipalities:meeting": lambda world: [world.meeting.pk],
    "municipalities:record_attendance": lambda world: [world.meeting.pk],
    "municipalities:end_contact_person": lambda world: [world.contact_person.pk],
    "municipalities:finish_step": lambda world: [world.agreed_step.pk],
    "municipalities:answer": lambda world: [world.stagnation.pk],
    "municipalities:watched": lambda world: ["no_regisseur"],
    "municipalities:assign_team": lambda world: [world.family.reference],
    "municipalities:summon": lambda world: ["no_safety_plan", world.family.reference],
    "municipalities:change_supporter": lambda world: [world.support.supporter_id],
    "municipalities:dismiss_supporter": lambda world: [world.support.supporter_id],
    "municipalities:summons": lambda world: [world.summons.pk],
}
DOORS = {
    # Also who leads the project, and who knows a shelter from the inside: neither reads a family (B24, B32).
    "reads the register": [
        "municipalities:agreements",
        "municipalities:coverage",
        "municipalities:expertise",
        "municipalities:gaps",
        "municipalities:quality",
    ],
    "coordinator": [
        "municipalities:appoint_supporter",
        "municipalities:change_supporter",
        "municipalities:dismiss_supporter",
        "municipalities:evaluate_case",
        "municipalities:evaluations",
        "municipalities:export_quality",
        *(f"municipalities:{name}" for name in _KEEPING),
        "municipalities:families",
        "municipalities:record_agreement",
        "municipalities:stagnations",
        "municipalities:supporters",
        "municipalities:watched",
    ],
    "professional": ["municipalities:directory"],
    # Kept by a municipality of which nobody here is coordinator: tests/municipalities/test_agreements.py.
    "nobody": [
        *(f"municipalities:{name}" for name in _ABOUT),
        "municipalities:agenda",
        "municipalities:finish_step",
        # In a region of which nobody here is: tests/municipalities/test_expertise.py.
        "municipalities:meeting",
        "municipalities:record_attendance",
        "municipalities:end_contact_person",
        *_OF_A_REGION,
    ],
    "coordinator of the family": ["municipalities:answer", "municipalities:summon"],
    "assigns a team": ["municipalities:assign_team"],
    "who has the regie": ["municipalities:summons"],
}


def build(world):
    from collaboration.models import ContactPerson, NetworkMeeting, Summons
    from organisations.models import Region
    from tests import factories
    from tests.municipalities.agreed import agreement, evaluation_with_a_step

    elsewhere = factories.organisation("Gemeenteteam Hoogveld", kind="municipality")
    world.agreement = agreement(elsewhere, by=world.coordinator, partners=[world.other_org])
    world.agreed_step = evaluation_with_a_step(world.agreement, by=world.coordinator)

    region = Region.objects.create(
        kind="veilig_thuis", name="Regio Ver", basis="verified", valid_from=factories.NOW.date()
    )
    world.meeting = NetworkMeeting.objects.create(
        owner=elsewhere, region=region, theme="Samen", meets_on=factories.NOW.date()
    )
    world.contact_person = ContactPerson.objects.create(
        owner=elsewhere,
        organisation=world.other_org,
        name="Ans",
        function_name="Coach",
        direct_phone="088 000 00 61",
        starts_on=factories.NOW.date(),
    )
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
