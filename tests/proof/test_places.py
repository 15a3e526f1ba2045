"""Where a family is: on no paper, in no mail, under no key of Valkey, whatever people typed (R4, class L)."""

import base64
import json
import re
from uuid import UUID

import pytest
import redis
from django.conf import settings as project
from django.core import mail  # noqa: TID251  where the test run keeps what was sent
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Family, Person
from config.celery import app
from core.paper.rendering import press
from ops.kept import ROOT
from organisations.models import ContactPoint
from oversight.own_part import own_part
from reminders.dispatch import Message
from reminders.links import Letter
from reminders.mail import post, send
from safety_plans import operations
from safety_plans.models import SafetyPlanItem
from signals.models import VeiligThuisReport
from tests import factories
from tests.architecture import urls_signals
from tests.architecture.test_urls import world
from tests.long import LONG
from tests.paper_text import read
from tests.proof import canaries, fields

__all__ = ["world"]
PLACES = sorted({canaries.SHELTER, canaries.SHELTER_TOWN} | canaries.WHERE)
EVERYWHERE = f"Wij zijn in {', '.join(PLACES)}."
# What is about no family, and so has no place to keep.
ABOUT_NO_FAMILY = {"_part", "agenda", "base", "pilot_report", "survey", "yearly_report"}


@pytest.fixture
def typed(world):
    """Every place of this family in every field in which somebody types, and a plan that holds."""
    for number, section in enumerate(("network", "whom_to_call", "early_signs", "what_i_do"), 3):
        SafetyPlanItem.objects.create(
            family=world.family,
            plan=world.safety_plan,
            section=section,
            text="x",
            order=number,
            **({"who": "Oma", "task": "both", "knows_address": True} if section == "network" else {}),
        )
    SafetyPlanItem.objects.create(
        family=world.family, plan=world.safety_plan, section="what_i_do", text="x", order=9, person=world.child
    )
    ContactPoint.objects.create(
        municipality=world.shelter.municipality,
        function_name=f"Contactpunt {canaries.SHELTER_TOWN}",
        central_phone="088 000 07 00",
        valid_from=factories.NOW.date(),
    )
    taken = sum(write_everywhere(model, world.family) for model in fields.family_models() if model is not Person)
    assert taken >= 60
    day = factories.NOW.date()
    operations.activate(
        world.safety_plan,
        agreed_with_client_on=day,
        review_on=day.replace(month=4),
        by=world.worker,
        at=factories.NOW,
    )
    return world


def write_everywhere(model, family):
    """Write the places into every free field of the rows of this family; return how many fields took them."""
    taken = 0
    for row in model._base_manager.filter(**{"pk" if model is Family else "family_id": family.pk}):
        for number, field in enumerate(fields.free_fields(model)):
            if field.name.endswith("phone"):
                continue  # its form takes a number and no word
            text = EVERYWHERE
            if field.max_length and len(text) > field.max_length:
                text = PLACES[number % len(PLACES)]
            try:
                with transaction.atomic():
                    taken += model._base_manager.filter(pk=row.pk).update(**{field.name: text})
            except DatabaseError:
                continue  # a row that is frozen, or a field that takes no such word
    return taken


def a_report(world):
    """A report to Veilig Thuis is frozen once it was sent: it is sent with the places in it."""
    return VeiligThuisReport.objects.create(
        family=world.family,
        signal=urls_signals.signal(world),
        to_organisation=factories.organisation(kind="veilig_thuis"),
        number="M-TEST9999",
        facts=EVERYWHERE,
        reported_by=world.worker,
        reported_at=factories.NOW,
    )


def papers(world, browser):
    """Yield everything that goes on paper about this family: the address, and what is sent to it or None."""
    plan, here = world.family_plan.pk, world.family.pk
    world.answered.released = [one.key for one in own_part(world.answered.about, asker=world.answered.about).to_review]
    world.answered.save()
    for name, pk in (
        ("cases:disclosures_paper", here),
        ("aftercare:contact_card", here),
        ("aftercare:print_card", world.card.pk),
        ("family_plans:paper", plan),
        ("family_plans:working_paper", plan),
        ("signals:report_paper", a_report(world).pk),
        ("oversight:request_paper", world.answered.pk),
        ("oversight:readers_paper", here),
    ):
        yield reverse(name, args=[pk]), None
    yield reverse("family_plans:paper", args=[plan]) + f"?voor={world.child.pk}", None
    yield reverse("overview:bag_card"), None
    yield reverse("cases:consent_letter", args=[world.consent.pk]), {}
    page = reverse("safety_plans:papers", args=[world.safety_plan.pk])
    offered = re.findall(r'value="((?:client|card|child|network|partner)[^"]*)"', browser.get(page).content.decode())
    assert {value.partition(":")[0] for value in offered} == {"client", "card", "child", "network", "partner"}
    for value in offered:
        yield page, {"paper": value}


@pytest.mark.proof
@pytest.mark.row("R4")
def test_no_paper_says_where_whatever_was_typed(typed, sign_in, monkeypatch):
    """Pressed and read as a PDF with LONG=1; here what goes to the press, which is all that it knows."""
    if LONG:
        monkeypatch.setattr("core.paper.rendering.press", press)
    browser = sign_in(typed.worker)
    screen = browser.get(reverse("family_plans:plan", args=[typed.family.pk])).content
    assert set(PLACES) - canaries.found_in(screen) == set()  # the positive control: on her screen they do stand
    made, told = set(), {}
    for address, sent in papers(typed, browser):
        answer = browser.get(address) if sent is None else browser.post(address, sent)
        assert answer.headers["Content-Type"] == "application/pdf", address
        made |= {one.name.removeprefix("papers/").removesuffix(".html") for one in answer.templates if one.name}
        if found := canaries.found_in(everything(answer)) & set(PLACES):
            told[address, str(sent)] = found
    assert told == {}
    there = {path.stem for path in (ROOT / "templates" / "papers").glob("*.html")}
    assert there - ABOUT_NO_FAMILY - made == set()

    # And the other positive control: ticked, for a partner by name.
    ticked = browser.post(address, sent | {"with_places": "on"})
    assert set(PLACES) & canaries.found_in(everything(ticked))


def everything(answer):
    """Return all that is in a paper, and in how it was sent."""
    content = answer.content
    if not content.startswith(b"%PDF-<"):
        paper = read(content)
        content = (paper.raw + paper.text.replace("\n", " ") + str(paper.properties)).encode()
    return content + str(answer.headers).encode()


@pytest.mark.row("R3", "R4", "I14")
def test_no_mail_says_whom_or_where(typed):
    """Every sort of mail there is, to everybody around this family."""
    sorts = {path.stem for path in (ROOT / "templates" / "mail").glob("*.txt")}
    assert sorts == {"work", "invitation", "readmission", "changed"}
    for number, user in enumerate((typed.worker, typed.team_lead, typed.coordinator_here, typed.reader_full)):
        send(Message(user, UUID(int=number)))
    for sort in sorts - {"work"}:
        post(Letter(sort, typed.worker.email, "" if sort == "changed" else "administration:accept", "a" * 43))

    sent = [message.message().as_bytes() for message in mail.outbox]
    assert len(sent) == 7
    assert [canaries.found_in(one) for one in sent if canaries.found_in(one)] == []
    assert typed.family.reference.encode() not in b"".join(sent)
    mail.send_mail("x", canaries.TOWN, None, ["x@vinger.example"])
    assert canaries.found_in(mail.outbox[-1].message().as_bytes()) == {canaries.TOWN}  # the positive control


@pytest.fixture
def valkey(settings):
    """A Valkey as the running program has it, for the cache and for the queue, in a part of its own."""
    url = f"{project.REDIS_URL.partition('?')[0]}?db=9"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
    kept = redis.Redis.from_url(url)
    kept.flushdb()
    yield kept
    kept.flushdb()
    kept.close()


_READ = {
    b"string": lambda kept, key: kept.get(key),
    b"list": lambda kept, key: b" ".join(kept.lrange(key, 0, -1)),
    b"set": lambda kept, key: b" ".join(kept.smembers(key)),
    b"zset": lambda kept, key: b" ".join(kept.zrange(key, 0, -1)),
    b"hash": lambda kept, key: b" ".join(part for pair in kept.hgetall(key).items() for part in pair),
}


def dump(kept):
    return {key: _READ[kept.type(key)](kept, key) for key in kept.keys()}  # noqa: SIM118 - a server, not a dict


@pytest.mark.row("R3", "R4", "R29")
def test_no_key_of_valkey_says_whom_or_where(typed, sign_in, valkey):
    """Neither the cache after the pages of the file were read and searched, nor the queue with every task in it."""
    browser = sign_in(typed.worker)
    for name in ("overview:family", "cases:persons", "cases:protected", "family_plans:plan", "safety_plans:plan"):
        assert browser.get(reverse(name, args=[typed.family.pk])).status_code == 200
    browser.post(reverse("cases:find_family"), {"name": canaries.CLIENT})
    browser.post(reverse("account_login"), {"login": canaries.TOWN, "password": canaries.SHELTER})
    browser.get(reverse("account_logout"))
    Client().post(reverse("account_login"), {"login": canaries.TOWN, "password": canaries.SHELTER})
    url = "redis+socket" + valkey.connection_pool.connection_kwargs["path"].join(("://", "?virtual_host=9"))
    with app.connection(url) as connection:
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"], connection=connection)

    found = dump(valkey)
    (queue,) = (value for key, value in found.items() if key == b"celery")
    # Each task in it is a name and nothing else: no argument at all.
    bodies = [json.loads(base64.b64decode(body)) for body in re.findall(rb'"body": "([^"]+)"', queue)]
    assert [body[:2] for body in bodies] == [[[], {}]] * len(app.conf.beat_schedule)
    assert len(found) > 1
    assert {key: canaries.found_in(key + value) for key, value in found.items() if canaries.found_in(key + value)} == {}
    cache.set("control", canaries.TOWN)
    assert canaries.found_in(b"".join(dump(valkey).values())) == {canaries.TOWN}  # the positive control
