"""The page of a family in a real browser: six facts without scrolling at a desk, within two screens on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import operations
from cases.models import MeasureKind, Person, Place
from follow_ups.models import DispatchRun, SweepRun
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_frame import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SCREEN = 800
FACTS = ["Te doen", "Volgend contact", "Zicht op de kinderen", "Veiligheidsplan", "Maatregelen"]


@pytest.fixture
def busy(db):
    """A file with long names, three children, a measure that ends soon and work that is late."""
    today = timezone.localdate()
    shelter = factories.organisation("De Haven", kind="womens_shelter")
    shelter.central_phone = "088 000 01 23"
    shelter.save()
    worker = factories.user(at=shelter, name="Els Vonk")
    family = factories.family(
        opened_by=shelter, client="Maximiliana", surname="van der Ouderkerk-Bouchaïri tot Nieuwegein"
    )
    hour_ago = timezone.now() - timedelta(hours=1)
    for relation in ("working", "regisseur"):
        factories.involvement(family, shelter, relation, starts_at=hour_ago)
    for kind in ("worker", "regisseur"):
        factories.assignment(family, worker, shelter, kind, starts_at=hour_ago)
    factories.regisseur(family, worker, shelter, starts_at=hour_ago)
    for name in ("Daan", "Femke", "Noor"):
        Person.objects.create(family=family, place=Place.CHILD, given_name=name, surname="van der Ouderkerk-Bouchaïri")
    factories.follow_up(family, due_on=today - timedelta(days=4))
    ban = operations.NewMeasure(MeasureKind.CONTACT_BAN, today, today + timedelta(days=20))
    operations.record_measure(family, ban, by=worker)
    # Without a round the page says, after ten minutes of this process, that reminders stand still: another page's test.
    SweepRun.objects.create(finished_at=timezone.now(), due_seen=0, raised=0)
    DispatchRun.objects.create(finished_at=timezone.now(), sent=0, failed=0, without_recipient=0)
    return family, worker


@pytest.mark.parametrize(("width", "screens"), [(DESK, 1), (PHONE, 2)])
def test_six_facts_are_seen_at_once(visit, client, sign_in, busy, width, screens):
    family, worker = busy
    page = visit(family.get_absolute_url(), signed_in=sign_in(worker), width=width)

    spots = [page.locator(f".vp-glance dt:has-text('{fact}') + dd") for fact in FACTS]
    spots.append(page.locator(".vp-strip__reach"))
    for spot in spots:
        box = spot.bounding_box()
        assert box["y"] + box["height"] <= SCREEN * screens, spot.inner_text()
    assert "Els Vonk" in page.inner_text(".vp-strip__reach")
    assert "088 000 01 23" in page.inner_text(".vp-strip__reach")
    assert "Nog 20 dagen" in page.inner_text(".vp-glance") or "nog 20 dagen" in page.inner_text(".vp-glance")
    assert faults(page) == []
