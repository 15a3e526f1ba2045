"""What stands in lists that an administrator keeps: kinds, legal bases, terms, months of aftercare."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from administration.models import SettingChange
from cases.models import Trajectory
from organisations.models import CodeItem, CodeList, Organisation
from oversight.models import RetentionTerm
from tests import factories
from tests.administration.town import SOON, TODAY


@pytest.mark.row("D27")
def test_a_new_kind_of_trajectory_is_made_without_code(town, client, sign_in):
    sign_in(town.clerk)
    url = reverse("administration:add", args=["lijst-trajectory_kind", "overal"])
    typed = {"code": "youth_care_plus", "label_nl": "JeugdzorgPlus", "label_en": "", "order": "3", "valid_until": ""}
    seen = client.post(url, typed).context["seen"]
    client.post(url, typed | {"save": "1", "seen": seen})
    item = CodeItem.objects.get(code="youth_care_plus")

    worker = factories.user(at=factories.organisation(kind="womens_shelter"))
    shelter = worker.memberships.get().organisation
    family = factories.family(opened_by=shelter)
    factories.involvement(family, shelter)
    factories.assignment(family, worker, shelter)
    Trajectory.objects.filter(family=family).update(ends_on=TODAY)
    sign_in(worker)
    start = reverse("cases:start_trajectory", args=[family.pk])
    assert "JeugdzorgPlus" in client.get(start).content.decode()
    client.post(start, {"organisation": shelter.pk, "kind": item.pk, "starts_on": TODAY.isoformat()})
    assert Trajectory.objects.get(family=family, ends_on=None).kind == "youth_care_plus"


def test_a_choice_that_is_there_or_ends_before_it_begins_is_said_beside_the_field(town, client, sign_in):
    sign_in(town.clerk)
    url = reverse("administration:add", args=["lijst-trajectory_kind", "overal"])
    typed = {"code": "shelter", "label_nl": "Opvang", "label_en": "", "order": "3", "valid_until": "2020-01-01"}

    page = client.post(url, typed | {"save": "1"})

    assert set(page.context["form"].errors) == {"code", "valid_until"}
    assert "shelter" in page.content.decode()


def test_a_legal_basis_begins_with_its_law(town, client, sign_in):
    bases = CodeList.objects.create(slug="legal_bases", title_nl="Artikelen", basis="verified", source="x")
    CodeItem.objects.create(
        code_list=bases,
        code="wmo-5.1.1",
        label_nl="Wmo 2015, artikel 5.1.1",
        basis="memory",
        valid_from=date(2023, 1, 1),
    )
    sign_in(town.clerk)
    page = reverse("administration:setting", args=["lijst-legal_bases"])
    assert "vp-state--soon" in client.get(page).content.decode()  # not checked yet, and it says so
    url = reverse("administration:add", args=["lijst-legal_bases", "overal"])
    typed = {"label_nl": "Wmo 2015, artikel 5.2.9", "label_en": "", "order": "9", "valid_until": ""}
    for wrong in ("wmo-5.1.1", "wmo", "wmo_5", "avg-6.1", "5.2.9", "wmo-", "wmo-5;--", "<b>-1"):
        answer = client.post(url, typed | {"code": wrong, "save": "1"})
        assert answer.status_code == 200, wrong
        assert "vp-field--error" in answer.content.decode()
    seen = client.post(url, typed | {"code": "wmo-5.2.9"}).context["seen"]
    assert client.post(url, typed | {"code": "wmo-5.2.9", "save": "1", "seen": seen}).status_code == 302
    offered = CodeItem.objects.of("legal_bases").valid_on(TODAY)
    assert set(offered.values_list("code", flat=True)) == {"wmo-5.1.1", "wmo-5.2.9"}
    assert SettingChange.objects.get(setting="lijst-legal_bases").made_by == town.clerk


def test_a_term_for_keeping_files_holds_from_its_day_in_the_browser(town, client, sign_in):
    """As the application's own role: the table was closed to it until there was a page for it."""
    term = RetentionTerm.objects.get(law="wmo")
    sign_in(town.clerk)
    url = reverse("administration:change", args=["bewaartermijnen", "overal", term.pk])
    typed = {"years": "9", "article": "Wmo 2015, artikel 5.3.4", "valid_from": SOON.isoformat()}
    assert client.post(url, typed).status_code == 200
    assert RetentionTerm.objects.filter(law="wmo").count() == 1
    seen = client.post(url, typed | {"years": "20"}).context["seen"]
    assert client.post(url, typed | {"years": "20", "save": "1", "seen": seen}).status_code == 302
    held = {
        day: RetentionTerm.objects.filter(law="wmo", valid_from__lte=day)
        .exclude(valid_until__lte=day)
        .values_list("years", flat=True)[0]
        for day in (TODAY, SOON - timedelta(days=1), SOON)
    }
    assert list(held.values()) == [15, 15, 20]


@pytest.mark.row("B20")
def test_each_shelter_has_its_months_of_aftercare_or_says_unknown(town, client, sign_in):
    sign_in(town.clerk)
    url = reverse("administration:setting", args=["organisaties"])
    assert client.get(url).content.decode().count("vp-state--soon") == 1
    haven = Organisation.objects.get(name="De Haven aan zee")
    where = reverse("administration:change", args=["organisaties", "gemeente", haven.pk])
    typed = {"name": "De Haven aan zee", "central_phone": "088-000 00 21", "aftercare_months": "6", "is_active": "on"}
    seen = client.post(where, typed).context["seen"]
    client.post(where, typed | {"save": "1", "seen": seen})

    assert Organisation.objects.get(pk=haven.pk).aftercare_months == 6
    assert client.get(url).content.decode().count("vp-state--soon") == 0


def test_the_referral_index_is_switched_off_from_a_day(town, client, sign_in):
    sign_in(town.clerk)
    where = reverse("administration:change", args=["verwijsindex", "gemeente", town.zwolle.pk])
    seen = client.post(where, {"referral_index_ends_on": SOON.isoformat()}).context["seen"]
    client.post(where, {"referral_index_ends_on": SOON.isoformat(), "save": "1", "seen": seen})

    town.zwolle.refresh_from_db()
    assert town.zwolle.referral_index_ends_on == SOON
