"""Who belongs to a family, who has authority, and who stayed where."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import ParentalAuthority, Person, Place, Stay
from core.errors import NotAllowed, WrongState
from tests import factories


def url(name, of):
    return reverse(f"cases:{name}", args=[of.pk])


def test_an_ex_partner_is_a_person_who_may_be_the_one_to_be_safe_from(client, sign_in, world):
    sign_in(world.worker)
    typed = {"place": "ex_partner", "given_name": "Ruud", "surname": "Prins", "causes_harm": "on"}
    assert client.post(url("add_person", world.family), typed).url == url("persons", world.family)

    added = Person.objects.get(given_name="Ruud")
    assert (added.place, added.causes_harm) == (Place.EX_PARTNER, True)
    assert AuditEvent.objects.filter(event=Event.PERSON_ADDED, subject_id=added.pk, actor_id=world.worker.pk).exists()
    page = client.get(url("persons", world.family)).content.decode()
    assert "Ruud Prins" in page


def test_a_family_has_one_client(client, sign_in, world):
    sign_in(world.worker)
    form = client.get(url("add_person", world.family)).context["form"]
    assert "client" not in dict(form.fields["place"].choices)
    with pytest.raises(WrongState):
        operations.enter_person(world.family, Place.CLIENT, operations.NewPerson("Els"), by=world.worker)


def test_nothing_typed_is_lost_when_the_name_is_missing(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(url("add_person", world.family), {"place": "other", "surname": "Prins"})
    assert answer.context["form"].errors.keys() == {"given_name"}
    assert 'value="Prins"' in answer.content.decode()


def test_authority_is_written_down_per_child(client, sign_in, world):
    sign_in(world.worker)
    page = url("record_authority", world.daan)
    holders = client.get(page).context["form"].fields["holder"].queryset
    assert list(holders) == [world.client_person]
    client.post(page, {"holder": world.client_person.pk, "source": "register", "starts_on": "2018-05-01"})
    authority = ParentalAuthority.objects.get()
    assert (authority.child, authority.holder) == (world.daan, world.client_person)
    assert AuditEvent.objects.filter(event=Event.PARENTAL_AUTHORITY_RECORDED).count() == 1


def test_authority_is_never_over_an_adult_or_held_by_somebody_of_another_family(client, sign_in, world):
    stranger = Person.objects.get(family=factories.family())
    with pytest.raises(WrongState):
        operations.record_authority(world.client_person, holder=world.daan, starts_on=date(2018, 5, 1), by=world.worker)
    sign_in(world.worker)
    answer = client.post(
        url("record_authority", world.daan), {"holder": stranger.pk, "source": "said", "starts_on": "2018-05-01"}
    )
    assert answer.context["form"].errors.keys() == {"holder"}


def test_a_new_stay_ends_the_one_before(client, sign_in, world):
    sign_in(world.worker)
    page = url("record_stay", world.femke)
    client.post(page, {"place": "other_parent", "starts_on": "2026-01-12"})
    client.post(page, {"place": "shelter", "starts_on": "2026-02-01"})
    stays = Stay.objects.order_by("starts_on").values_list("place", "starts_on", "ends_on")
    assert list(stays) == [
        ("other_parent", date(2026, 1, 12), date(2026, 2, 1)),
        ("shelter", date(2026, 2, 1), None),
    ]


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"])
def test_only_those_who_work_for_the_family_write_in_it(world, who):
    by = getattr(world, who)
    for act in (
        lambda: operations.enter_person(world.family, Place.OTHER, operations.NewPerson("Els"), by=by),
        lambda: operations.record_authority(world.daan, holder=world.client_person, starts_on=date(2018, 5, 1), by=by),
        lambda: operations.record_stay(world.daan, place="home", starts_on=date(2026, 1, 1), by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Stay.objects.exists()
    assert not ParentalAuthority.objects.exists()


def test_the_page_costs_the_same_for_two_and_for_twenty_persons(client, sign_in, world):
    sign_in(world.worker)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url("persons", world.family))
        return len(queries)

    cost()
    few = cost()
    for number in range(18):
        child = Person.objects.create(family=world.family, place=Place.CHILD, given_name=f"Kind {number}")
        Stay.objects.create(family=world.family, person=child, place="home", starts_on=date(2026, 1, 1))
        ParentalAuthority.objects.create(
            family=world.family, child=child, holder=world.client_person, starts_on=date(2026, 1, 1)
        )
    assert cost() == few
