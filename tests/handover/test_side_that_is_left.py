"""What the old side sees after the handover: what it wrote itself, and nothing that depends on where the family is."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import Role
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Destination, Family, Person, Place, Trajectory
from handover import operations
from handover.models import Criterion, DepartureCheck, Handover, Kept
from organisations.models import Supporter
from safety_plans.models import RiskAssessment, SafetyPlan, SafetyPlanItem
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, planned
from tests.long import long_or_short

LATER = NOW + timedelta(days=1)


def assessed(family, by, at, conclusion):
    return RiskAssessment.objects.create(
        family=family, moment="admission", assessed_on=at.date(), assessed_by=by, conclusion=conclusion, recorded_at=at
    )


def handed_over(world, *, to=None, by=None, **changed):
    made = operations.offer(world.family, to=to or world.team, what=offered(**changed), by=world.worker, at=NOW)
    return operations.accept(made, by=by or world.receiver, at=LATER)


def records(client, family):
    return client.get(reverse("overview:own_records", args=[family.pk]))


@pytest.mark.row("B13")
def test_one_day_after_the_aftercare_the_worker_reads_what_she_wrote_and_no_more(client, sign_in, world):
    assessed(world.family, world.worker, NOW, "Het gevaar is hoog.")
    plan = SafetyPlan.objects.create(
        family=world.family,
        version=1,
        status="current",
        drafted_by=world.worker,
        drafted_at=NOW,
        agreed_on=NOW.date(),
        holds_from=NOW.date(),
        review_on=date(2026, 6, 1),
        activated_by=world.worker,
        activated_at=NOW,
    )
    SafetyPlanItem.objects.create(family=world.family, plan=plan, section="danger", text="Wij bellen.", order=1)
    handed_over(world, involvement_ends_on=date(2026, 6, 21), keeps=[Kept.SAFETY_PLAN])
    with time_machine.travel(LATER + timedelta(days=2), tick=False):
        assessed(world.family, world.receiver, LATER + timedelta(days=2), "Later door het wijkteam.")
        sign_in(world.worker)
        during = records(client, world.family).content.decode()
        assert client.get(reverse("overview:family", args=[world.family.pk])).status_code == 404
    with time_machine.travel("2026-06-22 00:30:00+02:00", tick=False):
        sign_in(world.worker)
        after = records(client, world.family).content.decode()

    for page in (during, after):
        assert "Het gevaar is hoog." in page
        assert "Later door het wijkteam." not in page
        assert world.team.name not in page
    assert "Wij bellen." in during
    assert "Wij bellen." not in after
    # In the log: who read it, each time.
    read = AuditEvent.objects.filter(event=Event.OWN_RECORDS_VIEWED, actor_id=world.worker.pk)
    assert read.count() == 2


@pytest.mark.parametrize("who", ["colleague", "team_lead", "stand_in", "barred_worker", "leaver", "other_worker"])
def test_only_who_worked_with_the_family_reads_it(client, sign_in, world, who):
    handed_over(world)
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        somebody = getattr(world, who)
        assert not Family.objects.permitting(somebody, "view_own_records").exists()


def test_what_somebody_wrote_for_the_new_side_is_not_the_old_sides(client, sign_in, world):
    """A worker of both organisations: what she writes for one stays there."""
    factories.membership(world.colleague, world.team)
    handed_over(world, by=world.colleague)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        assessed(world.family, world.colleague, LATER + timedelta(hours=5), "Nieuw adres is veilig.")
        sign_in(world.worker)
        assert "Nieuw adres" not in records(client, world.family).content.decode()


def test_after_coming_back_the_page_is_closed_and_the_file_is_open(client, sign_in, world):
    handed_over(world)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        back = operations.offer(
            world.family, to=world.shelter, what=offered(), by=world.receiver, at=LATER + timedelta(days=1)
        )
        operations.accept(back, by=world.colleague, at=LATER + timedelta(days=1))
        sign_in(world.worker)
        assert records(client, world.family).status_code == 404
        sign_in(world.receiver)
        assert records(client, world.family).status_code == 200


# The room whose addresses take the key of a move, a supporter or a point of the departure.
_OF_A_MOVE = "handover:"


def _addresses(world, handover):
    """Return every address that takes nothing, or the key of something the old side knew."""
    known = [None, world.family.pk, handover.pk]
    # The pages of the sign-in library know no family, and the card for the bag is the same for everybody.
    for name in sorted({name for name in _names(get_resolver()) if ":" in name} - {"overview:bag_card"}):
        # What a key of one room finds in another is nothing: all of them are tried in the long form.
        for key in [*known, *(world.known if long_or_short(True, name.startswith(_OF_A_MOVE)) else [])]:
            try:
                yield reverse(name, args=[key] if key else [])
            except NoReverseMatch:  # it takes another kind of argument
                continue


def _names(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name


_OF_THE_MOMENT = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb'name="token" value="[^"]+"'),  # of a form that may be sent once
    re.compile(rb'nonce="[^"]+"'),
    re.compile(rb"nonce-[^']+"),
)


# What one's own people did: under a clock that stands still its rows come in any order. It is searched for words.
_IN_ANY_ORDER = "/toezicht/logboek/"


def _bytes(answer, *, asked=""):
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    # The choice of language comes back to the address that was asked for, which is the asker's own.
    body = body.replace(f'name="next" value="{asked}"'.encode(), b'name="next"')
    for pattern in _OF_THE_MOMENT:
        body = pattern.sub(b"", body)
    headers = sorted(
        (k, v) for k, v in answer.headers.items() if k not in {"Content-Security-Policy", "Content-Length"}
    )
    return answer.status_code, headers, body


class _Undone(Exception):
    pass


def _supporter(organisation, name):
    return Supporter.objects.create(
        user=factories.user(at=organisation, name=name),
        organisation=organisation,
        municipality=organisation.municipality,
        attention_area="Vrouwenopvang",
        capacity=5,
        valid_from=date(2026, 1, 1),
    )


def _lives_on(world, by, supporter):
    """Let the new side assess, add a child, give another supporter, ask a school to look on, and plan another move."""
    at = LATER + timedelta(minutes=10)
    assessed(world.family, by, LATER, "Later.")
    child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Nieuw")
    factories.share(world.family, world.school, by=by)
    operations.ask_to_watch(child, organisation=world.school, until=date(2026, 9, 1), by=by, at=at)
    operations.assign_supporter(world.family, supporter, criterion=Criterion.ALONE, by=by, at=at)
    trajectory = Trajectory.objects.get(family=world.family)
    operations.plan_move(trajectory, on=date(2026, 4, 10), municipality=world.further, by=by, at=at)


@pytest.mark.row("R13")
@pytest.mark.slow
def test_nothing_the_old_side_can_ask_differs_by_where_the_family_went(client, sign_in, world):
    """Twin worlds: the same family handed to a team in Zwolle, or to one in Leeuwarden, and lived with since.

    The old side keeps the keys of what it had: the move, the supporter and the watch of its own time.
    """
    elsewhere = factories.OrganisationFactory(
        name="Wijkteam Friesland", municipality__code="GM0080", municipality__name="Leeuwarden"
    )
    frisian = factories.user(at=elsewhere, name="Sjoukje Hiemstra")
    factories.OrganisationFactory(
        name="Gemeenteteam Middenveld",
        municipality=elsewhere.municipality,
        kind=factories.OrganisationKindFactory(slug="municipality"),
    )
    assessed(world.family, world.worker, NOW, "Het gevaar is hoog.")
    planned(world, on=LATER.date(), municipality=None, destination=Destination.PROTECTED)
    hers = _supporter(world.shelter, "Fatima Benali")
    supported = operations.assign_supporter(world.family, hers, criterion=Criterion.ALONE, by=world.worker, at=NOW)
    world.school = factories.organisation("Basisschool It Iepen Fjild", kind="school_primary")
    world.further = factories.MunicipalityFactory(code="GM0090", name="Smallingerland")
    of_the_new_side = _supporter(elsewhere, "Jitske Dykstra")
    world.known = [world.trajectory.pk, hers.pk, supported.pk, *DepartureCheck.objects.values_list("pk", flat=True)[:2]]
    old_side = [world.worker, world.team_lead, factories.user(Role.PRIVACY_OFFICER, at=world.shelter)]

    seen = {}
    for where, team, receiver in (("here", world.team, world.receiver), ("there", elsewhere, frisian)):
        try:
            with transaction.atomic():
                made = handed_over(world, to=team, by=receiver, involvement_ends_on=date(2026, 3, 10))
                # `there` much more happens: nothing of that may show either.
                if where == "there":
                    with time_machine.travel(LATER + timedelta(minutes=11), tick=False):
                        frisian.forget_standing()
                        _lives_on(world, frisian, of_the_new_side)
                for day in (LATER + timedelta(hours=1), NOW + timedelta(days=30)):
                    with time_machine.travel(day, tick=False):
                        for person in old_side:
                            sign_in(person)
                            for address in _addresses(world, made):
                                key = (day, person.email, address.replace(str(made.pk), "HANDOVER"))
                                seen.setdefault(key, {})[where] = _bytes(client.get(address), asked=address)
                raise _Undone
        except _Undone:
            assert not Handover.objects.exists()

    differing = [key for key, worlds in seen.items() if worlds["here"] != worlds["there"] and key[2] != _IN_ANY_ORDER]
    assert differing == []
    logs = [worlds[where][2] for key, worlds in seen.items() if key[2] == _IN_ANY_ORDER for where in worlds]
    assert logs
    for word in (b"Friesland", b"Sjoukje", b"Leeuwarden", b"Jitske", b"Smallingerland", b"Iepen"):
        assert not any(word in log for log in logs)
    # It looked at something: pages that opened, and the page of what was written down among them.
    opened = {address for (_day, _who, address), worlds in seen.items() if worlds["here"][0] == 200}
    assert reverse("overview:own_records", args=[world.family.pk]) in opened
    assert len(opened) > 5
