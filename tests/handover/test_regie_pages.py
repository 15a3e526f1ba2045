"""The pages of the regie: who has it, since when nobody has, and how that ends."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases.models import RegisseurPeriod
from tests import factories
from tests.factories import NOW


def leave(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def regisseur(family):
    return RegisseurPeriod.objects.get(family=family, ends_at=None).user


def test_a_team_lead_finds_the_family_and_gives_it_a_regisseur(client, sign_in, world):
    leave(world.worker)
    sign_in(world.team_lead)
    listed = client.get(reverse("handover:without_regisseur")).content.decode()
    assert world.family.reference in listed
    assert "Marloes" not in listed
    page = client.get(reverse("handover:regie", args=[world.family.pk])).content.decode()
    assert "Marloes" not in page
    assert reverse("handover:appoint", args=[world.family.pk]) in page

    answer = client.post(
        reverse("handover:appoint", args=[world.family.pk]),
        {"who": f"{world.colleague.pk}~{world.shelter.pk}", "because": "Zij is er."},
    )

    assert answer.url == reverse("handover:regie", args=[world.family.pk])
    assert regisseur(world.family) == world.colleague
    assert world.family.reference not in client.get(reverse("handover:without_regisseur")).content.decode()


def test_the_page_of_the_family_says_that_nobody_has_the_regie_and_where_to_end_that(client, sign_in, world):
    sign_in(world.stand_in)
    url = reverse("overview:family", args=[world.family.pk])
    assert "Niemand heeft de regie" not in client.get(url).content.decode()
    world.worker.memberships.update(ends_on=NOW.date())
    page = client.get(url).content.decode()
    assert "Niemand heeft de regie" in page
    assert reverse("handover:regie", args=[world.family.pk]) in page


def test_what_was_typed_stays_when_a_reason_is_missing(client, sign_in, world):
    sign_in(world.worker)
    who = f"{world.colleague.pk}~{world.shelter.pk}"
    answer = client.post(reverse("handover:appoint", args=[world.family.pk]), {"who": who, "because": ""})
    assert answer.context["form"].errors.keys() == {"because"}
    assert answer.context["form"]["who"].value() == who


def test_somebody_from_elsewhere_is_no_choice(client, sign_in, world):
    sign_in(world.worker)
    answer = client.post(
        reverse("handover:appoint", args=[world.family.pk]),
        {"who": f"{world.other_worker.pk}~{world.other_org.pk}", "because": "Omdat."},
    )
    assert answer.context["form"].errors.keys() == {"who"}


def test_a_second_click_is_told_what_happened(client, sign_in, world):
    leave(world.worker)
    sign_in(world.team_lead)
    url = reverse("handover:appoint", args=[world.family.pk])
    typed = {"who": f"{world.colleague.pk}~{world.shelter.pk}", "because": "Zij is er."}
    client.post(url, typed)
    again = client.post(url, typed)
    assert again.status_code == 200
    assert RegisseurPeriod.objects.filter(family=world.family, ends_at=None).count() == 1


def test_a_stand_in_stays_through_the_day_that_was_filled_in(client, sign_in, world):
    sign_in(world.team_lead)
    client.post(
        reverse("handover:stand_in", args=[world.family.pk]),
        {"who": f"{world.colleague.pk}~{world.shelter.pk}", "because": "Vakantie.", "until": "2026-03-13"},
    )
    made = world.colleague.assignments.get(kind="stand_in")
    assert made.ends_at.isoformat() == "2026-03-13T23:00:00+00:00"
    page = client.get(reverse("handover:regie", args=[world.family.pk])).content.decode()
    assert "Vakantie." in page


def test_the_list_costs_the_same_for_twenty_families(client, sign_in, world):
    leave(world.worker)
    sign_in(world.team_lead)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("handover:without_regisseur"))
        return len(queries)

    cost()
    for_one = cost()
    for _ in range(20):
        factories.involvement(factories.family(opened_by=world.shelter), world.shelter)
    assert cost() == for_one
