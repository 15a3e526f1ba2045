"""One family walks through the whole house, typed in by hand by everybody in turn, from nothing but the sign-in page.

The story of the main job: each actor signs in with both factors, and does her part. With `-s` the time that each step
took is printed.
"""

import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from access.models import Assignment
from accounts import demo
from cases.models import Family, Person, RegisseurPeriod, Trajectory
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from safety_plans.models import SafetyPlan
from signals.models import Signal
from signals.routing import route_waiting
from tests.browser.conftest import DESK, PHONE
from tests.browser.typing import answer, press, send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def house(db, settings):
    settings.DEMO = True
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)


@pytest.fixture
def enter(visit, house):
    """Sign somebody in by hand, and return her first page."""

    def enter(login, width=DESK, script=True):
        page = visit("/inloggen/", width=width, script=script)
        answer(page, login=f"{login}@vinger.example", password=demo.PASSWORD)
        press(page, "main button[type=submit]")
        page.fill("main input[name=code]", next(demo.sign_ins(now=timezone.now(), only=login)).code)
        press(page, "main form:has(input[name=code]) button[type=submit]")
        return page

    return enter


@pytest.fixture
def step():
    """Tell how long a step of the story took."""
    began = [time.monotonic()]

    def step(what):
        now = time.monotonic()
        sys.stdout.write(f"{now - began[0]:6.1f} s  {what}\n")
        began[0] = now

    return step


def day(after=0):
    return (timezone.localdate() + timedelta(days=after)).isoformat()


def to(page, name, *keys):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + reverse(name, args=keys))


@pytest.mark.row("L1", "E14")
def test_a_family_is_followed_from_the_shelter_to_the_neighbourhood_team(enter, step):
    els = enter("els")
    step("the caseworker signs in")
    family = open_the_file(els)
    step("opens a file for a mother and two children")
    assess_the_risk(els, family)
    write_the_safety_plan(els, family)
    step("judges the risk and writes the safety plan")
    write_the_family_plan(els, family)
    step("writes the family plan")
    share_with_the_school(els, family)
    step("shares with the school")
    plan_the_departure(els, family)
    offer_the_handover(els, family)
    step("plans the departure and offers the handover")

    samir = enter("samir", PHONE)
    accept_the_handover(samir, family)
    step("the neighbourhood team accepts, on a phone")
    plan_the_contacts(samir, family)
    record_a_contact(samir, family)
    step("plans the contacts of the year and records the first")

    juf = enter("juf", PHONE, script=False)
    share_a_worry(juf)
    step("the school shares a worry, on a phone without script")
    route_waiting(now=timezone.now())
    judge_the_worry(samir, family)
    step("the regisseur judges it")
    ask_for_advice(samir, family)
    vt = enter("vt")
    give_advice(vt)
    to(samir, "signals:signal", Signal.objects.get(family=family).pk)
    assert "Bel eerst met school" in samir.inner_text("main")
    step("asks Veilig Thuis for advice, and has it")
    # What the old side still sees of a family that went on.
    to(els, "overview:family", family.pk)
    assert "Noor Samtester" not in els.inner_text("main")


def open_the_file(page):
    press(page, "nav >> text=Dossier openen")
    answer(page, given_name="Noor", surname="Samtester", starts_on=day(-30))
    answer(page, child_1_name="Bo", child_1_born_on=day(-8 * 365), child_2_name="Sem", child_2_born_on=day(-15 * 365))
    send(page, "Open het dossier")
    family = Person.objects.get(given_name="Noor", surname="Samtester").family
    assert page.url.endswith(family.get_absolute_url())
    to(page, "cases:add_person", family.pk)
    answer(page, place="ex_partner", given_name="Ruud", surname="Samtester", causes_harm=True)
    send(page)
    for child in Person.objects.filter(family=family, place="child"):
        to(page, "cases:record_authority", child.pk)
        answer(page, holder="Noor Samtester", source="register", starts_on=day(-8 * 365))
        send(page)
    return family


def assess_the_risk(page, family):
    to(page, "safety_plans:assess", family.pk)
    answer(page, moment="departure", assessed_on=day(), conclusion="Bo en Sem lopen gevaar bij het ophalen van school.")
    answer(page, who_at_risk="Bo en Sem", of_what="Meegenomen worden", how_soon="Deze maand", next_on=day(90))
    for group in page.locator("main fieldset:has(input[name^=level_])").all():
        group.locator("input[value=raised]").first.check(force=True)
    send(page)


def write_the_safety_plan(page, family):
    to(page, "safety_plans:plan", family.pk)
    send(page, "Begin het veiligheidsplan")
    plan = SafetyPlan.objects.get(family=family)
    to(page, "safety_plans:write", plan.pk, "agreements")
    answer(page, topic="school", text="Alleen oma haalt Bo op.", checked_by="Intern begeleider")
    send(page)
    to(page, "safety_plans:activate", plan.pk)
    answer(page, agreed_on=day(), review_on=day(60))
    send(page)


def write_the_family_plan(page, family):
    to(page, "family_plans:start", family.pk)
    answer(page, own_words="Ik wil rust en een eigen huis.")
    send(page)


def share_with_the_school(page, family):
    to(page, "cases:share", family.pk)
    answer(page, organisation="Basisschool De Papieren Vlieger")
    send(page)
    answer(page, level="1", task="education", purpose="Meekijken of het goed gaat", until=day(200), ground="consent")
    mother = Person.objects.get(family=family, given_name="Noor")
    answer(page, given_by=mother.pk, how="spoken", discussed_on=day())
    send(page)
    send(page, "Deel")


def plan_the_departure(page, family):
    to(page, "handover:plan_departure", family.pk)
    answer(page, departs_on=day(5), destination="municipality", municipality="Zwolle", involvement_ends_on=day(95))
    answer(page, decided_on=day(), decided_by="Begeleider en moeder", why_safe_enough="De afspraken staan.")
    send(page)
    assert Trajectory.objects.get(family=family).departs_on is not None


def offer_the_handover(page, family):
    to(page, "handover:offer", family.pk)
    answer(page, to="Wijkteam Oeverwijk", risk_of_care_avoidance="Nee, zij belt zelf.", background="Schulden en angst.")
    answer(page, discussed_on=day())
    send(page)
    send(page, "Bied de overdracht aan")


def accept_the_handover(page, family):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/")
    assert "De Haven" in page.inner_text("main")
    to(page, "handover:handover", Handover.objects.get(family=family).pk)
    send(page, "Ik word regisseur")
    assert RegisseurPeriod.objects.get(family=family, ends_at=None).user.name == "Samir Bouzid"
    assert "Samtester" in page.inner_text("main")


def plan_the_contacts(page, family):
    to(page, "aftercare:family", family.pk)
    send(page, "Plan de contacten")
    assert FollowUp.objects.filter(family=family, kind=Kind.CONTACT).open().count() > 10


def record_a_contact(page, family):
    to(page, "aftercare:check_in", family.pk)
    answer(page, day=day(), channel="phone", initiative="ours", outcome="reached")
    answer(page, help_running="no", feels_safe="yes", plan_up_to_date="yes", needs_support="no")
    send(page)
    assert FollowUp.objects.filter(family=family, kind=Kind.RE_ESTABLISH_HELP).open().exists()


def share_a_worry(page):
    press(page, "nav >> text=Zorg delen")
    answer(page, acute="no", child=str(Person.objects.get(given_name="Bo", surname="Samtester").pk), kind="facts")
    answer(page, what_seen="Bo wil na school niet naar huis.", callback_phone="088 000 04 56")
    send(page)
    said = page.inner_text("main")
    assert "S-" in said
    # A function and a number; who is regisseur, and where, is not for her.
    assert "088-000 00 11" in said
    assert "Samir" not in said
    assert "Oeverwijk" not in said


def judge_the_worry(page, family):
    signal = Signal.objects.get(family=family)
    to(page, "signals:signal", signal.pk)
    assert "Bo wil na school niet naar huis." in page.inner_text("main")
    to(page, "signals:judge", signal.pk)
    answer(
        page, child_safe="yes", vir="not_registered", outcome="act", decision="Ik bel vandaag met moeder en met school."
    )
    send(page)
    signal.refresh_from_db()
    assert signal.outcome == "act"


def ask_for_advice(page, family):
    to(page, "signals:ask_advice", Signal.objects.get(family=family).pk)
    answer(page, question="Een kind van acht wil na school niet naar huis. Wat is nu wijs?")
    send(page)


def give_advice(page):
    press(page, "nav >> text=Signalen")
    press(page, "main >> text=Vragen en meldingen")
    press(page, "main li:has-text('Een kind van acht') a")
    answer(page, answer="Bel eerst met school en praat dan met moeder.")
    send(page)


def test_a_team_lead_sees_the_clock_and_not_the_file(enter):
    page = enter("tamar")
    family = Assignment.objects.filter(user__email="els@vinger.example").first().family
    to(page, "overview:family", family.pk)
    assert page.locator("h1").count() == 1
    client = Person.objects.get(family=family, place="client")
    assert client.given_name not in page.content()


def test_a_coordinator_sees_references_and_no_name(enter):
    page = enter("hanna", PHONE)
    said = page.inner_text("main")
    assert any(reference in said for reference in Family.objects.values_list("reference", flat=True))
    for name in Person.objects.values_list("given_name", flat=True):
        assert name not in said
