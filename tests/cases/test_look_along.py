"""Looking along: the preview is the recipient's own page, nothing of it stays, what leaves is searched again."""

from datetime import date

import pytest
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases import look_along
from cases.look_along import inert
from cases.models import GroundKind, Level, Share
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section, Status
from tests.architecture.test_urls import DOOR_OF
from tests.cases.test_sharing import WEIGHED, typed, url
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("authority")


def plan_of(world, text):
    plan = SafetyPlan.objects.create(
        family=world.family,
        version=1,
        status=Status.CURRENT,
        agreed_on=date(2026, 3, 1),
        review_on=date(2026, 6, 1),
        drafted_by=world.worker,
        drafted_at=NOW,
        activated_by=world.worker,
        activated_at=NOW,
        holds_from=NOW,
    )
    SafetyPlanItem.objects.create(
        family=world.family, plan=plan, section=Section.values[0], text=text, order=1, checked_by="Els"
    )
    return plan


def wide(world, level, **changed):
    return typed(
        world,
        organisation=world.team.pk,
        level=str(int(level)),
        children=[],
        reader=world.reader.pk,
        given_by=[world.femke.pk, world.client_person.pk],
        **changed,
    )


PLAN = [f"family_plans:{name}" for name in ("plan", "help", "income", "reliance", "stagnations")]
FILE = ["overview:family", "cases:persons", "cases:stay", "cases:measures", "safety_plans:risk", "aftercare:family"]
PAGES = {
    Level.SAFETY_PLAN: ["safety_plans:plan"],
    Level.DOMAINS: ["safety_plans:plan", *PLAN],
    Level.FILE: ["safety_plans:plan", *PLAN, *FILE],
}


def test_no_page_of_a_reader_is_left_out_of_the_preview():
    """By the table of doors: what opens for a share of the safety plan, the plan or the file is looked at first."""
    papers = {f"family_plans:{name}" for name in ("papers", "report", "working_paper")}
    doors = {"safety plan", "plan", "file", "aftercare"}
    readable = {name for name, door in DOOR_OF.items() if door in doors} - papers
    assert {name for _level, _title, name in look_along.PAGES} == readable


@pytest.mark.parametrize("level", PAGES)
def test_the_preview_is_what_the_reader_then_gets_page_by_page(client, sign_in, world, level):
    sign_in(world.worker)
    form = url("share", world.family)
    preview = client.post(form, wide(world, level))
    shown = {str(page.title): page.html for page in preview.context["pages"]}
    assert len(shown) == len(PAGES[level])
    assert not Share.objects.exists()
    # The file names the shelter, which is asked about.
    confirmed = wide(world, level, confirm="1", places_seen=preview.context["answer"])
    assert client.post(form, confirmed).status_code == 302

    sign_in(world.reader)
    for name, html in zip(PAGES[level], shown.values(), strict=True):
        page = client.get(reverse(name, args=[world.family.pk]))
        assert page.status_code == 200
        assert inert(page.content.decode())[0] == html
        assert html in preview.content.decode()


def test_looking_along_leaves_nothing_behind(client, sign_in, world):
    sign_in(world.worker)
    client.post(url("share", world.family), wide(world, Level.FILE))
    assert not Share.objects.exists()
    assert not AuditEvent.objects.filter(actor_id=world.reader.pk).exists()
    assert not AuditEvent.objects.filter(event=Event.SHARED).exists()
    sign_in(world.reader)
    assert client.get(world.family.get_absolute_url()).status_code == 404


def test_what_waits_for_a_colleague_is_looked_at_as_it_would_be(client, sign_in, world):
    sign_in(world.worker)
    answers = wide(
        world,
        Level.SAFETY_PLAN,
        ground=GroundKind.CONFLICT_OF_DUTIES.value,
        weighing=WEIGHED,
        second_professional=world.colleague.pk,
    )
    assert len(client.post(url("share", world.family), answers).context["pages"]) == 1
    assert not Share.objects.exists()


@pytest.mark.row("R18")
def test_a_place_in_what_leaves_is_asked_about_once_more_before_it_is_shared(client, sign_in, world):
    plan_of(world, "Ze loopt naar Kerkstraat 12 en belt.")
    sign_in(world.worker)
    form = url("share", world.family)
    preview = client.post(form, wide(world, Level.SAFETY_PLAN))
    assert any("Kerkstraat 12" in text for text in preview.context["found"])
    refused = client.post(form, wide(world, Level.SAFETY_PLAN, confirm="1"))
    assert refused.status_code == 200
    assert not Share.objects.exists()
    seen = wide(world, Level.SAFETY_PLAN, confirm="1", places_seen=preview.context["answer"])
    assert client.post(form, seen).status_code == 302
    assert Share.objects.exists()


def test_a_fragment_has_no_links_forms_or_marks_and_escapes_what_was_typed():
    page = (
        '<main id="m"><h1 id="x">Plan</h1><a href="/x">Lees</a>'
        "<form><input><button>Weg</button></form><p>a &lt;b&gt;</p></main>"
    )
    html, text = inert(page)
    assert html == "<h4>Plan</h4><span>Lees</span><p>a &lt;b&gt;</p>"
    assert text == "Plan Lees a <b>"
