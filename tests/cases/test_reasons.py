"""The changes that may do harm take a reason, and the reason stays where the change is seen (L4)."""

import pytest
from django.urls import reverse

from access.models import Relation
from cases import operations
from cases.models import Consent, ProtectedKind, ProtectedPlace, RegisseurPeriod
from core.database import DatabaseRole, acting_as
from tests import factories
from tests.factories import NOW


@pytest.mark.row("L4")
def test_another_regisseur_another_address_and_a_consent_taken_back_are_refused_without_a_reason(cast, client, sign_in):
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, cast.worker, cast.shelter, "regisseur")
    factories.regisseur(cast.family, cast.worker, cast.shelter)
    factories.share(cast.family, cast.other_org, by=cast.worker)
    consent = Consent.objects.get()
    with acting_as(DatabaseRole.APP, user_id=cast.worker.pk, organisation_ids=cast.worker.standing):
        place = operations.enter_place(
            consent.given_by, kind=ProtectedKind.ADDRESS, value="Distelkade 1", replaces=None, by=cast.worker, at=NOW
        )
    sign_in(cast.worker)
    forms = {
        reverse("handover:appoint", args=[cast.family.pk]): {"who": f"{cast.stand_in.pk}~{cast.shelter.pk}"},
        reverse("cases:enter_place", args=[cast.family.pk]): {
            "person": place.person_id,
            "kind": "address",
            "value": "Distelkade 9",
            f"was_{place.person_id}_address": place.pk,
        },
        reverse("cases:withdraw_consent", args=[consent.pk]): {},
    }
    for address, typed in forms.items():
        refused = client.post(address, typed | {"because": ""})
        assert refused.status_code == 200, address
        assert refused.context["form"].errors.keys() == {"because"}, address
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
    assert ProtectedPlace.objects.count() == 1
    assert RegisseurPeriod.objects.get(ends_at=None).user == cast.worker

    # With a reason they are done, and the reason stands beside them from then on.
    seen = {"cases:protected": "Zij verhuisde weer", "cases:consents": "Zij wil het niet meer"}
    for address, because in zip(
        [reverse("cases:enter_place", args=[cast.family.pk]), reverse("cases:withdraw_consent", args=[consent.pk])],
        seen.values(),
        strict=True,
    ):
        assert client.post(address, forms[address] | {"because": because}).status_code == 302
    for name, because in seen.items():
        assert because in client.get(reverse(name, args=[cast.family.pk])).content.decode()
    appoint = reverse("handover:appoint", args=[cast.family.pk])
    client.post(appoint, forms[appoint] | {"because": "Els is lang ziek"})
    assert RegisseurPeriod.objects.get(ends_at=None).user == cast.stand_in
    sign_in(cast.team_lead)
    assert "Els is lang ziek" in client.get(reverse("handover:regie", args=[cast.family.pk])).content.decode()
