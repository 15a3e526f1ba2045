"""With whom is shared: what was agreed with them, by name, by which route, and nothing before there is a ground."""

from datetime import date

import pytest
from django.core import mail  # noqa: TID251 - read here: that nothing was mailed
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases.agreed import is_agreed
from cases.models import Person, ProtectedPlace, ProtectedValue, SafeContact, Share
from collaboration.models import AgreementPartner, CollaborationAgreement
from follow_ups.models import Outbox
from handover.models import SupporterAssignment
from organisations.models import Supporter
from tests import factories
from tests.cases.test_sharing import typed
from tests.factories import NOW

FLAG = "Geen afspraak over delen"


def agreement(world, **fields):
    known = {"title": "Delen", "level": "local", "sharing": "Met een grondslag.", "starts_on": date(2025, 3, 1)}
    known |= {"evaluate_every": 12, "evaluate_on": date(2026, 9, 1), "recorded_by": world.worker, "recorded_at": NOW}
    made = CollaborationAgreement.objects.create(**{"owner": world.shelter, **known, **fields})
    AgreementPartner.objects.create(agreement=made, organisation=world.school)
    return made


def share_the_file(client, world, *, reader):
    """In the browser: look along first, say that the places on it may be seen, and share."""
    page = reverse("cases:share", args=[world.family.pk])
    answers = typed(world, organisation=world.team.pk, level="4", reader=reader, children=[])
    answers["given_by"] = [world.client_person.pk, world.femke.pk]
    seen = client.post(page, answers).context["answer"]
    assert client.post(page, answers | {"places_seen": seen, "confirm": "1"}).status_code == 302


def appointed(user, at):
    return Supporter.objects.create(
        user=user,
        organisation=at,
        municipality=at.municipality,
        attention_area="Gezinnen",
        capacity=5,
        valid_from=date(2026, 1, 1),
    )


@pytest.mark.row("I5")
def test_a_partner_without_an_agreement_is_flagged_before_and_while_it_is_shared(client, sign_in, world, authority):
    sign_in(world.worker)
    page = reverse("cases:share", args=[world.family.pk])
    choosing = {"organisation": world.school.pk}
    assert FLAG in client.get(page, choosing).content.decode()
    assert FLAG in client.post(page, typed(world)).content.decode()

    agreement(world)

    assert FLAG not in client.get(page, choosing).content.decode()
    assert FLAG not in client.post(page, typed(world)).content.decode()
    # It is a flag, no ground and no bar.
    CollaborationAgreement.objects.update(ends_on=date(2026, 3, 1))
    assert FLAG in client.get(page, choosing).content.decode()
    client.post(page, typed(world, confirm="1"))
    assert Share.objects.get().opened_at


@pytest.mark.parametrize(
    ("fields", "agreed"),
    [
        ({}, True),
        ({"sharing": ""}, False),
        ({"level": "case"}, False),
        ({"starts_on": date(2026, 3, 3)}, False),
        ({"ends_on": date(2026, 3, 1)}, False),
        ({"ends_on": date(2026, 3, 2)}, True),  # its last day counts
        ({"owner": "elsewhere"}, False),
        ({"owner": "elsewhere", "level": "regional"}, True),
        ({"owner": "town"}, True),
    ],
)
def test_which_agreement_counts(world, fields, agreed):
    far = factories.MunicipalityFactory(code="GM0014", name="Groningen")
    owners = {
        "elsewhere": factories.OrganisationFactory(kind__slug="municipality", municipality=far),
        "town": factories.OrganisationFactory(kind__slug="municipality", municipality=world.shelter.municipality),
    }
    agreement(world, **fields | ({"owner": owners[fields["owner"]]} if "owner" in fields else {}))
    assert is_agreed(world.school, world.worker.standing, on=NOW.date()) is agreed


@pytest.mark.row("I1")
def test_a_supporter_gets_nothing_before_consent_and_afterwards_the_file(client, sign_in, world, authority):
    """What is there before is a place without a name: the family has no supporter, and she knows of no family."""
    face = factories.user(at=world.team, name="Fatima Benali")
    appointment = appointed(face, world.team)
    contact = "Kanarie-contact-5qz"
    world.client_person.given_name = "Kanarie-moeder-5qz"
    world.client_person.save()
    SafeContact.objects.create(
        family=world.family,
        person=world.client_person,
        hours=contact,
        recorded_by=world.worker,
        confirmed_on=NOW.date(),
    )
    file = reverse("overview:family", args=[world.family.pk])
    hers = [file, *(reverse(name) for name in ("overview:today", "overview:families", "cases:alerts"))]
    assign = reverse("handover:assign_supporter", args=[world.family.pk])

    sign_in(world.worker)
    client.post(assign, {"who": appointment.pk, "criterion": "alone"})
    assert not SupporterAssignment.objects.exists()
    placeholder = client.get(reverse("handover:supporter", args=[world.family.pk])).content.decode()
    assert "Het gezin heeft geen ondersteuner" in placeholder
    sign_in(face)
    seen = "".join(client.get(url).content.decode() for url in hers)
    assert client.get(file).status_code == 404
    for word in (contact, "Kanarie", world.family.reference):
        assert word not in seen

    # The client agrees that this supporter reads it: from then on there is somebody, and she reads.
    sign_in(world.worker)
    share_the_file(client, world, reader=face.pk)
    client.post(assign, {"who": appointment.pk, "criterion": "alone"})
    assert SupporterAssignment.objects.get().supporter == appointment
    sign_in(face)
    assert "Kanarie-moeder-5qz" in client.get(file).content.decode()


@pytest.mark.row("I9")
def test_it_goes_by_the_system_with_a_trace_and_by_name_and_nothing_is_mailed(client, sign_in, world, authority):
    """The contact persons have names, and what was shared, with whom and who read it can be told afterwards."""
    place = ProtectedPlace.objects.create(
        family=world.family, person=world.client_person, kind="address", entered_by=world.worker, entered_at=NOW
    )
    ProtectedValue.objects.create(family=world.family, place=place, sealed="Kanarie-adres-6qz")
    appointed(world.reader, world.team)
    sign_in(world.worker)
    share_the_file(client, world, reader=world.reader.pk)
    shared = AuditEvent.objects.get(event=Event.SHARED)
    assert (shared.actor_id, shared.family_id) == (world.worker.pk, world.family.pk)
    assert (len(mail.outbox), Outbox.objects.count()) == (0, 0)

    sign_in(world.reader)
    page = client.get(reverse("overview:family", args=[world.family.pk])).content.decode()
    assert Person.objects.get(pk=world.client_person.pk).given_name in page
    assert "Kanarie" not in page
    assert AuditEvent.objects.filter(event=Event.FAMILY_VIEWED, actor_id=world.reader.pk).count() == 1
    assert world.reader.name in client.get(reverse("municipalities:directory")).content.decode()

    sign_in(world.worker)
    known = client.get(reverse("cases:disclosures", args=[world.family.pk])).content.decode()
    assert world.reader.name in known
    assert world.reader.name in client.get(reverse("cases:who_knows", args=[world.family.pk])).content.decode()
