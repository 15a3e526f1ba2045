"""Who gets what of the pages about the departure and the handover."""

from tests.architecture.urls_cases import FORM_ABOUT_A_FAMILY

PAGE = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
EXPECTED = {
    "handover:without_regisseur": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    # A team lead sees who has the regie, and sees to it that somebody has; the file stays shut.
    "handover:regie": {
        "get": [302, 302, 404, 404, 200, 404, 404, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "handover:appoint": {
        "get": [302, 302, 404, 404, 200, 404, 404, 200],
        "post": [302, 302, 404, 404, 200, 404, 404, 200],
    },
    "handover:stand_in": {
        "get": [302, 302, 404, 404, 200, 404, 404, 200],
        "post": [302, 302, 404, 404, 200, 404, 404, 200],
    },
    "handover:departure": PAGE,
    "handover:plan_departure": FORM_ABOUT_A_FAMILY,
    "handover:settle_point": FORM_ABOUT_A_FAMILY,
    # There is an open offer: that page instead of the form.
    "handover:offer": {
        "get": [302, 302, 404, 404, 404, 404, 404, 302],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
    },
    "handover:to_answer": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    # Offered to the organisation of `other_worker`.
    "handover:handover": {
        "get": [302, 302, 200, 404, 404, 404, 404, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "handover:accept": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 302, 404, 404, 404, 404, 404],
    },
    "handover:decline": {
        "get": [302, 302, 200, 404, 404, 404, 404, 404],
        "post": [302, 302, 200, 404, 404, 404, 404, 404],
    },
    "handover:withdraw": FORM_ABOUT_A_FAMILY,
    "handover:plan_visit": FORM_ABOUT_A_FAMILY,
    "handover:hold_visit": FORM_ABOUT_A_FAMILY,
    "handover:cancel_departure": FORM_ABOUT_A_FAMILY,
    "handover:complete_departure": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
    },
    "handover:register": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    # Nobody here is a partner by a share; who works with the family may see the alert, and confirms nothing.
    "handover:confirm_regisseur": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
    },
    # Both sides of the open offer.
    "handover:settle_topic": {
        "get": [302, 302, 200, 404, 404, 404, 404, 200],
        "post": [302, 302, 200, 404, 404, 404, 404, 200],
    },
    "overview:handed_over": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    # Nobody here handed this family over.
    "overview:own_records": {
        "get": [302, 302, 404, 404, 404, 404, 404, 404],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
}
ARGUMENTS = {
    "handover:regie": lambda world: [world.family.pk],
    "handover:appoint": lambda world: [world.family.pk],
    "handover:stand_in": lambda world: [world.family.pk],
    "handover:departure": lambda world: [world.family.pk],
    "handover:plan_departure": lambda world: [world.family.pk],
    "handover:settle_point": lambda world: [world.check.pk],
    "handover:offer": lambda world: [world.family.pk],
    "handover:handover": lambda world: [world.handover.pk],
    "handover:accept": lambda world: [world.handover.pk],
    "handover:decline": lambda world: [world.handover.pk],
    "handover:withdraw": lambda world: [world.handover.pk],
    "handover:plan_visit": lambda world: [world.handover.pk],
    "handover:settle_topic": lambda world: [world.topic.pk],
    "overview:own_records": lambda world: [world.family.pk],
    "handover:cancel_departure": lambda world: [world.family.pk],
    "handover:complete_departure": lambda world: [world.family.pk],
    "handover:confirm_regisseur": lambda world: [world.family.pk],
    "handover:hold_visit": lambda world: [world.visit.pk],
}


def build(world):
    """Add what these addresses are about: needs the regie that `urls_cases.build` gave the worker."""
    from datetime import date

    from cases.models import Trajectory
    from handover import operations
    from handover.models import AgendaPoint, DepartureCheck, JointVisit
    from tests import factories

    trajectory = Trajectory.objects.get(family=world.family)
    world.check = DepartureCheck.objects.create(family=world.family, trajectory=trajectory, kind="partners_told")
    world.handover = operations.offer(
        world.family,
        to=world.other_org,
        what=operations.NewHandover(
            risk_of_care_avoidance="Nee.",
            background="Kort.",
            discussed_on=date(2026, 3, 2),
            visit_on=date(2026, 3, 12),
        ),
        by=world.worker,
        at=factories.NOW,
    )
    world.visit = JointVisit.objects.get()
    world.topic = AgendaPoint.objects.get(topic="risk")
