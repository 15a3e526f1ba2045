"""Who gets what of the pages about the departure and the handover."""

from tests.architecture.urls_cases import FORM_ABOUT_A_FAMILY

PAGE = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
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
    "handover:agree_measure": FORM_ABOUT_A_FAMILY,
    "handover:settle_measure": FORM_ABOUT_A_FAMILY,
    # The family has not left, and the end of its aftercare is not known: no form yet.
    "handover:end_aftercare": FORM_ABOUT_A_FAMILY,
    "handover:move": PAGE,
    "handover:plan_move": FORM_ABOUT_A_FAMILY,
    "handover:complete_move": ACT,
    "handover:supporter": PAGE,
    "handover:assign_supporter": FORM_ABOUT_A_FAMILY,
    "handover:record_introduction": FORM_ABOUT_A_FAMILY,
    # Only the supporter herself, who is nobody of this row: who works with the family sees it, and may not say it.
    "handover:confirm_departure": ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 403]},
    "handover:end_support": FORM_ABOUT_A_FAMILY,
    "handover:partners": PAGE,
    "handover:ask_to_watch": FORM_ABOUT_A_FAMILY,
    # For the partner that was asked, which is nobody of this row.
    # The question is put to the school; who works with the family does not answer for it.
    "handover:accept_watch": ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 404]},
    "handover:decline_watch": {method: [302, 302, 404, 404, 404, 404, 404, 404] for method in ("get", "post")},
    "handover:end_watch": FORM_ABOUT_A_FAMILY,
    "handover:confirm_signal_place": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 404, 404, 404, 302],
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
    "handover:agree_measure": lambda world: [world.family.pk],
    "handover:settle_measure": lambda world: [world.agreed_measure.pk],
    "handover:end_aftercare": lambda world: [world.family.pk],
    "handover:move": lambda world: [world.family.pk],
    "handover:plan_move": lambda world: [world.family.pk],
    "handover:complete_move": lambda world: [world.move.pk],
    "handover:supporter": lambda world: [world.family.pk],
    "handover:assign_supporter": lambda world: [world.family.pk],
    "handover:record_introduction": lambda world: [world.support.pk],
    "handover:confirm_departure": lambda world: [world.support.pk],
    "handover:end_support": lambda world: [world.support.pk],
    "handover:partners": lambda world: [world.family.pk],
    "handover:ask_to_watch": lambda world: [world.family.pk],
    "handover:accept_watch": lambda world: [world.watch.pk],
    "handover:decline_watch": lambda world: [world.watch.pk],
    "handover:end_watch": lambda world: [world.watch.pk],
    "handover:confirm_signal_place": lambda world: [world.family.pk],
}


def build(world):
    """Add what these addresses are about: needs the regie that `urls_cases.build` gave the worker."""
    from datetime import date

    from cases.models import Trajectory
    from handover import operations
    from handover.models import (
        AgendaPoint,
        AgreedMeasure,
        DepartureCheck,
        JointVisit,
        Move,
        SupporterAssignment,
        WatchRole,
    )
    from organisations.models import Supporter
    from tests import factories
    from tests.factories import NOW

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
    about = {"family": world.family, "trajectory": trajectory}
    world.agreed_measure = AgreedMeasure.objects.create(
        **about, what="Slot", owner="Woningcorporatie", due_on=date(2026, 4, 1), agreed_by=world.worker, agreed_at=NOW
    )
    world.move = Move.objects.create(
        **about, moves_on=date(2026, 4, 1), leaves_region=True, recorded_by=world.worker, recorded_at=NOW
    )
    supporter = Supporter.objects.create(
        user=factories.user(at=world.shelter),
        organisation=world.shelter,
        municipality=world.shelter.municipality,
        attention_area="Vrouwenopvang",
        capacity=5,
        valid_from=date(2026, 1, 1),
    )
    world.support = SupporterAssignment.objects.create(
        family=world.family, supporter=supporter, assigned_by=world.worker, assigned_at=NOW, criterion="alone"
    )
    world.watch = WatchRole.objects.create(
        family=world.family,
        organisation=factories.organisation(kind="school_primary"),
        person=world.child,
        until=date(2026, 9, 1),
        asked_by=world.worker,
        asked_at=NOW,
    )
