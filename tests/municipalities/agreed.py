"""Builders of agreements, for tests."""

from datetime import date

from collaboration import operations
from collaboration.models import AgreedStep, AgreementPartner, CollaborationAgreement, CollaborationEvaluation
from tests.factories import NOW

SUBJECTS = {"whole_plans": "Eén plan.", "regie": "Eén regisseur.", "sharing": "Met grondslag."}


def terms(**fields):
    known = {"title": "Afspraak", "level": "local", "starts_on": date(2025, 3, 15), "ends_on": None}
    return operations.Terms(**known | {"evaluate_every": 12} | fields)


def agreement(owner, *, by, partners, **fields):
    known = {"title": "Afspraak", "level": "local", "starts_on": date(2025, 3, 15), "evaluate_every": 12}
    known |= {"evaluate_on": date(2026, 3, 15), "recorded_by": by, "recorded_at": NOW}
    made = CollaborationAgreement.objects.create(owner=owner, **known | fields)
    for partner in partners:
        AgreementPartner.objects.create(agreement=made, organisation=partner)
    return made


def evaluation_with_a_step(of, *, by):
    held = CollaborationEvaluation.objects.create(
        agreement=of,
        held_on=date(2026, 2, 1),
        participants="Iedereen.",
        findings="Het gaat.",
        result="goes_on",
        recorded_by=by,
        recorded_at=NOW,
    )
    return AgreedStep.objects.create(
        evaluation=held, owner=of.owner, what="Bellen.", by_organisation=of.owner, due_on=date(2026, 4, 1)
    )
