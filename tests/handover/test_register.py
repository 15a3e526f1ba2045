"""Partners look up the regisseur, and confirm that they know: name, organisation, number, since when, and no more."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import Relation
from accounts.models import Role
from cases.models import Ground, GroundKind, Law, Level, Person, Place, Share
from cases.operations import NewGround, appoint, record_authority, share
from core.errors import NotAllowed
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import RegieConfirmation
from handover.register import unconfirmed
from organisations.models import ContactPoint
from tests import factories
from tests.factories import NOW


@pytest.fixture
def partners(world):
    """Two schools and a level-2 partner of the family, with somebody who may signal at each."""
    world.child = Person.objects.create(
        family=world.family, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=date(2018, 1, 1)
    )
    client = Person.objects.get(family=world.family, place=Place.CLIENT)
    record_authority(world.child, holder=client, starts_on=date(2018, 1, 1), by=world.worker)
    ContactPoint.objects.create(
        municipality=world.shelter.municipality, function_name="Toegang Jeugd", central_phone="038-0000000"
    )
    world.partners = {}
    for name, level in (("School A", Level.ALERT), ("School B", Level.ALERT), ("Jeugdarts", Level.SAFETY_PLAN)):
        organisation = factories.organisation(name, kind="school_primary")
        user = factories.user(Role.SIGNALLER, at=organisation)
        share(
            world.family,
            with_organisation=organisation,
            level=level,
            task=Law.WMO,
            purpose="Meekijken",
            ground=NewGround(GroundKind.CONSENT, given_by=[client], discussed_on=NOW.date()),
            ends_at=NOW + timedelta(days=90),
            reader=user if level > Level.ALERT else None,
            by=world.worker,
            at=NOW,
        )
        world.partners[name] = (organisation, user)
    return world


def changed(world):
    """Give the regie to a colleague: from now on every partner must confirm anew."""
    return appoint(
        world.family, to=world.colleague, organisation=world.shelter, because="Overgenomen.", by=world.worker, at=NOW
    )


@pytest.mark.row("B5")
def test_each_partner_confirms_a_new_regisseur_and_who_has_not_is_listed_and_becomes_work(client, sign_in, partners):
    period = changed(partners)
    waiting = FollowUp.objects.get(kind=Kind.CONFIRM_REGISSEUR, state=State.OPEN)
    # Open for more than seven days: it is due on the seventh.
    assert (waiting.due_on, waiting.falls_to) == (date(2026, 3, 9), "regisseur")
    assert len(unconfirmed(partners.family, period, now=NOW)) == 3

    sign_in(partners.partners["School A"][1])
    assert "Ik weet wie ik bel" in client.get(reverse("handover:register")).content.decode()
    client.post(reverse("handover:confirm_regisseur", args=[partners.family.pk]))
    client.post(reverse("handover:confirm_regisseur", args=[partners.family.pk]))

    assert unconfirmed(partners.family, period, now=NOW) == ["Jeugdarts", "School B"]
    assert RegieConfirmation.objects.count() == 1
    sign_in(partners.colleague)
    page = client.get(reverse("handover:regie", args=[partners.family.pk])).content.decode()
    assert "School B" in page
    assert "School A" not in page
    for name in ("School B", "Jeugdarts"):
        organisation, user = partners.partners[name]
        operations.confirm_regisseur(partners.family, organisation_id=organisation.pk, by=user, at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == State.DONE


def test_the_organisation_of_the_regisseur_itself_is_not_asked_whether_it_knows_her(partners):
    # The file was shared with it before it took the family over.
    factories.involvement(partners.family, partners.shelter, Relation.PARTNER)
    period = changed(partners)
    assert unconfirmed(partners.family, period, now=NOW) == ["Jeugdarts", "School A", "School B"]
    for organisation, user in partners.partners.values():
        operations.confirm_regisseur(partners.family, organisation_id=organisation.pk, by=user, at=NOW)
    assert FollowUp.objects.get(kind=Kind.CONFIRM_REGISSEUR).state == State.DONE


def test_a_confirmation_says_nothing_of_the_next_regisseur(partners):
    organisation, user = partners.partners["School A"]
    operations.confirm_regisseur(partners.family, organisation_id=organisation.pk, by=user, at=NOW)
    period = changed(partners)
    assert "School A" in unconfirmed(partners.family, period, now=NOW)


@pytest.mark.row("B4")
def test_a_partner_finds_the_regisseur_and_not_the_file_and_an_unlinked_school_its_own_desk(client, sign_in, partners):
    period = changed(partners)
    sign_in(partners.partners["Jeugdarts"][1])
    page = client.get(reverse("handover:register")).content.decode()
    assert partners.colleague.name in page
    assert partners.shelter.name in page
    assert "2 maart 2026" in page
    assert client.get(reverse("overview:family", args=[partners.family.pk])).status_code == 404
    # A school at level 1: a function and the number of its own municipality, whoever it is (product decision 6).
    sign_in(partners.partners["School A"][1])
    page = client.get(reverse("handover:register")).content.decode()
    assert "Daan" in page
    assert "Toegang Jeugd" in page
    assert period.user.name not in page
    assert partners.shelter.name not in page
    # Not linked: nothing but that.
    unlinked = factories.user(Role.SIGNALLER, at=factories.organisation("School C", kind="school_primary"))
    sign_in(unlinked)
    page = client.get(reverse("handover:register")).content.decode()
    assert "Hier onbekend" in page
    assert "Toegang Jeugd" in page
    assert "Daan" not in page


def test_nobody_confirms_for_another_organisation(partners):
    organisation, _user = partners.partners["School B"]
    _own, user = partners.partners["School A"]
    with pytest.raises(NotAllowed):
        operations.confirm_regisseur(partners.family, organisation_id=organisation.pk, by=user, at=NOW)
    with pytest.raises(NotAllowed):
        operations.confirm_regisseur(
            partners.family, organisation_id=partners.other_org.pk, by=partners.other_worker, at=NOW
        )


def test_the_register_costs_the_same_for_twenty_families(client, sign_in, partners):
    organisation, user = partners.partners["Jeugdarts"]
    sign_in(user)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("handover:register"))
        return len(queries)

    cost()
    for_one = cost()
    assert Share.objects.count() == Ground.objects.count() == 3
    for _ in range(5):
        family = factories.family(opened_by=partners.shelter)
        factories.involvement(family, organisation, "partner", level=2)
        factories.regisseur(family, partners.worker, partners.shelter)
    # Two small questions for each family: its children, and the desk (`cases.alert`).
    assert cost() <= for_one + 5 * 2
