"""Who gets what of the pages of the file: persons in depth, parents, measures, the stay, the network."""

from tests.architecture.urls_cases import FORM_ABOUT_A_FAMILY

READ = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
# Half of it is enough: an empty form is kept, not refused.
HALF_IS_ENOUGH = FORM_ABOUT_A_FAMILY | {"post": [302, 302, 404, 404, 404, 404, 404, 302]}
PAPER = ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 200]}
NOT_WHILE_ONE_RUNS = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]}

ABOUT = {
    "family": [
        "gaps",
        "merge",
        *("parents", "measures", "stay", "network", "record_measure", "note_context", "start_trajectory"),
        "add_to_network",
    ],
    "child": [
        *("correct_person", "add_name_variant", "safe_contact", "around_child", "hear_child", "index_status"),
        *("protection_measure", "relate", "contact_arrangement", "ask_consent"),
    ],
    "mother": ["arrange_contact"],
    "father": ["perpetrator", "involvement"],
    "authority": ["end_authority"],
    "relationship": ["end_relationship"],
    "consent": ["answer_consent", "consent_letter"],
    "measure": ["extend_measure", "end_measure"],
    "trajectory": ["admission", "ready"],
    "context": ["end_context"],
    "merge_made": ["undo_merge"],
    "member": ["leave_network"],
}
DIFFERENT = {
    **dict.fromkeys(["gaps", "parents", "measures", "stay", "network"], READ),
    "start_trajectory": NOT_WHILE_ONE_RUNS,
    "consent_letter": PAPER,
    "end_context": ACT,
    # Only who is regisseur of the file: the worker of the grid is.
    "undo_merge": ACT,
    "admission": HALF_IS_ENOUGH,
}
EXPECTED = {f"cases:{name}": DIFFERENT.get(name, FORM_ABOUT_A_FAMILY) for names in ABOUT.values() for name in names}
ARGUMENTS = {
    f"cases:{name}": (lambda world, what=what: [getattr(world, what).pk])
    for what, names in ABOUT.items()
    for name in names
}


def build(world):
    """Add what these addresses are about to the world of the grid."""
    from datetime import date

    from cases import models
    from organisations.models import CodeItem, CodeList

    family, by, day = world.family, {"recorded_by": world.worker}, date(2026, 2, 20)
    world.mother = models.Person.objects.get(family=family, place="client")
    world.father = models.Person.objects.create(family=family, place="ex_partner", given_name="Ruud")
    world.trajectory = models.Trajectory.objects.get(family=family)
    models.SafeContact.objects.create(
        family=family, person=world.mother, may_call="yes", confirmed_on=day, phone="0612345678", **by
    )
    world.authority = models.ParentalAuthority.objects.create(
        family=family, child=world.child, holder=world.father, starts_on=day
    )
    world.relationship = models.Relationship.objects.create(
        family=family, person=world.father, other=world.child, kind="parent"
    )
    world.consent = models.HelpConsent.objects.create(
        family=family, child=world.child, holder=world.father, help="Speltherapie", asked_on=day, **by
    )
    world.measure = models.ProtectiveMeasure.objects.create(
        family=family, kind="contact_ban", against=world.father, starts_on=day, ends_on=date(2026, 8, 1), **by
    )
    codes = CodeList.objects.create(slug="case_context", title_nl="Bijzonder", basis="verified", source="x")
    code = CodeItem.objects.create(
        code_list=codes, code="honour_related_violence", label_nl="eer", basis="verified", valid_from=date(2023, 1, 1)
    )
    world.context = models.CaseContext.objects.create(family=family, code=code, starts_on=day, **by)
    world.member = models.NetworkMember.objects.create(
        family=family,
        name="Oma",
        relation="relative",
        support=["practical"],
        strength=3,
        knows_address="no",
        starts_on=day,
        **by,
    )
    from tests.factories import family as another

    world.merge_made = models.Merge.objects.create(
        family=family,
        merged=another(),
        merged_reference="TEST",
        reason="x",
        moved={},
        changed={},
        merged_by=world.worker,
        merged_at="2026-02-20T10:00:00Z",
    )
