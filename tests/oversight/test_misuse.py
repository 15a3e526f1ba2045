"""The machine that reads the log: what is seeded is found, an ordinary day gives no alert, each has an owner (R46)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail  # noqa: TID251 - read here, sent by reminders.mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.models import Decoy, Relation
from access.policy import Action
from audit.events import Event, Result
from audit.models import AuditEvent
from cases import operations
from cases.models import Family, Person
from core.errors import NotAllowed, WrongState
from figures.gathering import from_files
from municipalities.watched import watched
from oversight import tasks
from oversight.models import Alert, Outcome, Pattern, ReviewRun
from oversight.operations import end_decoy, set_decoy, settle_alert
from oversight.review import review, tell_owners
from proof.results import keep
from tests import factories
from tests.factories import NOW

MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 3, 2, 1, 14, tzinfo=UTC)  # a quarter past two in Amsterdam


def own_family(cast, did):
    Person.objects.create(family=cast.family, place="ex_partner", given_name="Ronald", surname="Verbeek")
    who = factories.user(at=cast.shelter, name="Ronald Verbeek")
    did(who, family=cast.family)
    return who


def same_surname(cast, did):
    who = factories.user(at=cast.shelter, name="Joke de Wit")
    did(who, family=cast.family)
    return who


def barred_with_a_bookmark(cast, did, browser):
    browser(cast.barred_worker).get(reverse("overview:family", args=[cast.family.pk]))
    return cast.barred_worker


def barred_in_an_emergency(cast, did, browser):
    who = factories.user(at=cast.shelter)
    factories.assignment(cast.family, who, cast.shelter, "barred")
    browser(who).post(
        reverse("cases:break_glass"), {"reference": cast.family.reference, "because": "Moeder belt in paniek"}
    )
    return who


def at_night(cast, did):
    did(cast.other_worker, family=cast.family, at=NIGHT)
    return cast.other_worker


def back_by_a_bookmark(cast, did, browser):
    for _ in range(3):
        browser(cast.former_worker).get(reverse("overview:family", args=[cast.family.pk]))
    return cast.former_worker


def back_in_the_own_records(cast, did):
    who = factories.user(at=cast.former_org)
    for days in (20, 9, 1):
        did(who, Event.OWN_RECORDS_VIEWED, family=cast.family, ago=timedelta(days=days))
    return who


def opens_the_decoy(cast, did, browser):
    decoy = factories.family(opened_by=cast.shelter, client="Niemand", surname="Nergens")
    factories.involvement(decoy, cast.shelter, starts_at=NOW - timedelta(days=1))
    Decoy.objects.create(
        family=decoy, organisation=cast.shelter, set_by=cast.privacy_officer, set_at=NOW - timedelta(hours=1)
    )
    who = factories.user(at=cast.shelter)
    browser(who).post(reverse("cases:break_glass"), {"reference": decoy.reference, "because": "Moeder belt in paniek"})
    return who


def scrapes(cast, did):
    who = factories.user(at=cast.other_org)
    for number in range(41):
        did(who, family=factories.family(), ago=timedelta(minutes=5 * number))
    return who


def searches_on(cast, did):
    who = factories.user(at=cast.other_org)
    for number in range(40):
        did(who, Event.FAMILIES_SEARCHED, ago=number * MINUTE)
    return who


def guesses(cast, did, browser):
    who = factories.user(at=cast.other_org)
    for _ in range(5):
        browser(who).get(reverse("overview:family", args=[factories.family().pk]))
    return who


def lives_in_the_same_street(cast, did):
    """Cannot be found: where families live is class A, and where staff live is not known here."""
    who = factories.user(at=cast.shelter)
    did(who, family=cast.family)
    return who


SCENARIOS = {
    own_family: Pattern.OWN_FAMILY,
    same_surname: Pattern.SAME_SURNAME,
    barred_with_a_bookmark: Pattern.BARRED,
    barred_in_an_emergency: Pattern.BARRED,
    at_night: Pattern.NIGHT,
    back_by_a_bookmark: Pattern.AFTER_HANDOVER,
    back_in_the_own_records: Pattern.AFTER_HANDOVER,
    opens_the_decoy: Pattern.DECOY,
    scrapes: Pattern.BREADTH,
    searches_on: Pattern.BREADTH,
    guesses: Pattern.GUESSING,
    lives_in_the_same_street: None,
}


@pytest.fixture
def browser(client, sign_in):
    return sign_in


@pytest.mark.proof
@pytest.mark.row("R46")
def test_eleven_of_twelve_seeded_misuses_are_found_each_with_an_owner(cast, did, browser, as_job, time_machine):
    expected = {}
    for scenario, pattern in SCENARIOS.items():
        needed = scenario.__code__.co_varnames[: scenario.__code__.co_argcount]
        who = scenario(*[{"cast": cast, "did": did, "browser": browser}[name] for name in needed])
        expected[scenario.__name__] = (who.pk, pattern)
    # Within five minutes for the decoy; the daily round for all.
    time_machine.move_to(NOW + 2 * MINUTE, tick=False)
    with as_job():
        assert review(now=NOW + 2 * MINUTE, only=frozenset({Pattern.DECOY})) >= 1
    decoys = set(Alert.objects.values_list("actor_id", "pattern"))
    assert decoys == {expected["opens_the_decoy"]}
    with as_job():
        review(now=NOW + timedelta(hours=20))

    alerts = set(Alert.objects.values_list("actor_id", "pattern"))
    found = [name for name, one in expected.items() if one in alerts]
    keep(
        "R46", holds=len(found) >= 11, figure=f"{len(found)} of {len(SCENARIOS)} misuses found; the decoy in 2 minutes"
    )
    assert len(found) >= 11, set(expected) - set(found)
    assert {name for name, (_who, pattern) in expected.items() if pattern} <= set(found)
    assert not Alert.objects.filter(owner=None).exists()
    assert {alert.owner for alert in Alert.objects.filter(organisation=cast.shelter)} == {cast.privacy_officer}
    # A working day after each was found.
    assert {(one.due_on - one.found_at.date()).days for one in Alert.objects.all()} == {1}


def test_an_ordinary_day_gives_no_alert(cast, did, browser, as_job):
    for hour in range(6):
        did(cast.worker, family=cast.family, ago=timedelta(hours=hour))
    did(cast.worker, family=cast.family, at=NIGHT)  # somebody is awake in a shelter
    did(cast.former_worker, Event.OWN_RECORDS_VIEWED, family=cast.family)
    browser(cast.former_worker).get(reverse("overview:family", args=[cast.family.pk]))  # a page that was still open
    with as_job():
        assert review(now=NOW + MINUTE) == 0


def test_a_second_round_makes_no_second_alert_and_a_missed_day_is_caught_up(cast, did, as_job):
    same_surname(cast, did)
    did(cast.other_worker, family=cast.family, at=NIGHT - timedelta(days=6))
    ReviewRun.objects.create(finished_at=NOW, read_until=NOW - timedelta(days=7), found=0)
    with as_job():
        assert review(now=NOW) == 2
        assert review(now=NOW) == 0
    assert AuditEvent.objects.filter(event=Event.ALERT_RAISED).count() == 2


def test_a_name_that_was_explained_is_not_asked_about_again(cast, did, as_job):
    who = same_surname(cast, did)
    with as_job():
        review(now=NOW)
    Alert.objects.update(
        outcome=Outcome.EXPLAINED, note="Geen familie", settled_by=cast.privacy_officer, settled_at=NOW
    )
    did(who, family=cast.family, at=NOW + timedelta(days=1))
    with as_job():
        assert review(now=NOW + timedelta(days=1, hours=1)) == 0


def test_where_there_is_no_privacy_officer_another_owns_it_and_never_the_person_herself(cast, did, as_job):
    town = factories.organisation("Gemeente hier", kind="municipality")
    of_the_town = factories.user("privacy_officer", at=town)
    stranger = factories.user(at=cast.other_org, name="Joke de Wit")
    did(stranger, family=cast.family)
    for number in range(40):
        did(cast.privacy_officer, Event.FAMILIES_SEARCHED, ago=number * MINUTE)
    with as_job():
        review(now=NOW + MINUTE)
    owners = {alert.actor: alert.owner for alert in Alert.objects.all()}
    # The family's own organisation has one; about herself it is somebody else's.
    assert owners[stranger] == cast.privacy_officer
    assert owners[cast.privacy_officer] == of_the_town


def test_the_owner_is_told_once_and_everybody_with_the_role_when_it_is_late(cast, did, as_job):
    second = factories.user("privacy_officer", at=cast.shelter)
    same_surname(cast, did)
    told = []
    with as_job():
        review(now=NOW)
        for moment in (NOW, NOW + MINUTE, NOW + timedelta(days=3), NOW + timedelta(days=4)):
            tell_owners(now=moment, send=lambda user: told.append(user.pk))
    # Of those with the role the one who was there first owns it.
    owner = Alert.objects.get().owner.pk
    assert told[0] == owner
    assert sorted(told[1:]) == sorted([cast.privacy_officer.pk, second.pk])


def test_a_message_that_fails_is_sent_again(cast, did, as_job):
    same_surname(cast, did)

    def fail(user):
        raise OSError

    with as_job():
        review(now=NOW)
        assert tell_owners(now=NOW, send=fail) == 0
        assert tell_owners(now=NOW, send=lambda user: None) == 1


@pytest.mark.django_db(transaction=True)
def test_the_task_reviews_and_tells_without_saying_anything(cast, did):
    same_surname(cast, did)
    tasks.review_audit_log()
    tasks.watch_decoys()

    (message,) = mail.outbox
    assert message.to == [cast.privacy_officer.email]
    for word in ("de Wit", cast.family.reference, cast.shelter.name):
        assert word not in message.message().as_string()


class TestSettling:
    @pytest.fixture
    def alert(self, cast, did, as_job):
        same_surname(cast, did)
        with as_job():
            review(now=NOW)
        return Alert.objects.get()

    def test_takes_an_outcome_and_a_note_and_happens_once(self, cast, client, sign_in, alert):
        sign_in(cast.privacy_officer)
        assert "Joke de Wit" in client.get(reverse("oversight:queue")).content.decode()
        address = reverse("oversight:alert", args=[alert.pk])
        incomplete = client.post(address, {"outcome": "explained", "note": ""})
        assert incomplete.status_code == 200
        for note in ("Is geen familie", "Nog eens"):
            client.post(address, {"outcome": "explained", "note": note})

        alert.refresh_from_db()
        assert (alert.outcome, alert.note, alert.settled_by) == ("explained", "Is geen familie", cast.privacy_officer)
        assert AuditEvent.objects.filter(event=Event.ALERT_SETTLED).count() == 1

    def test_is_for_the_privacy_officer_of_that_organisation(self, cast, as_, alert):
        elsewhere = factories.user("privacy_officer", at=cast.other_org)
        for who in (cast.worker, cast.team_lead, elsewhere):
            with as_(who):
                assert not Alert.objects.owned_by(who).exists()
            with pytest.raises(NotAllowed), as_(who):
                settle_alert(alert, outcome=Outcome.EXPLAINED, note="x", by=who, at=NOW)
        # The second lock, with the filter gone.
        with as_(elsewhere):
            assert not Alert.objects.exists()

    def test_nobody_settles_what_she_did_herself(self, cast, as_, alert):
        alert.actor, alert.owner = cast.privacy_officer, None
        alert.save()
        with as_(cast.privacy_officer):
            assert not Alert.objects.owned_by(cast.privacy_officer).exists()
        with pytest.raises(WrongState), as_(cast.privacy_officer):
            settle_alert(alert, outcome=Outcome.EXPLAINED, note="x", by=cast.privacy_officer, at=NOW)
        with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
            Alert.objects.update(
                outcome="explained", note="x", settled_by=cast.privacy_officer, settled_at=NOW, owner=None
            )


class TestDecoys:
    def test_a_decoy_is_set_once_and_ended_once_in_the_browser(self, cast, client, sign_in):
        sign_in(cast.privacy_officer)
        address = reverse("oversight:decoys")
        unknown = client.post(address, {"reference": "XXXX-9999"})
        assert "XXXX-9999" in unknown.content.decode()
        client.post(address, {"reference": cast.family.reference.lower()})
        client.post(address, {"reference": cast.family.reference})
        decoy = Decoy.objects.get()
        assert cast.family.reference in client.get(address).content.decode()
        for _ in range(2):
            client.post(reverse("oversight:end_decoy", args=[decoy.pk]))
        assert not Decoy.objects.standing().exists()
        assert AuditEvent.objects.filter(event__startswith="decoy.").count() == 2

    def test_no_file_that_somebody_works_with_becomes_one(self, cast, as_, client, sign_in):
        factories.share(cast.family, cast.other_org, by=cast.worker)
        with pytest.raises(WrongState), as_(cast.privacy_officer):
            set_decoy(cast.family, by=cast.privacy_officer, at=NOW)
        sign_in(cast.privacy_officer)
        page = client.post(reverse("oversight:decoys"), {"reference": cast.family.reference}, follow=True)
        assert "een dossier dat voor niemand bestaat" in page.content.decode()
        assert not Decoy.objects.exists()

    def test_is_counted_nowhere_and_alarms_nobody_until_it_ends(self, cast, as_, as_job):
        town = factories.organisation("Gemeente hier", kind="municipality")
        factories.involvement(cast.family, town, Relation.RESPONSIBLE)
        coordinator = factories.user("coordinator", at=town)
        today = NOW.date()

        def counted():
            with as_job():
                figures, alarmed = len(from_files(today=today)), Family.objects.without_regisseur(today).count()
            with as_(coordinator):
                return figures, alarmed, watched(coordinator, Action.VIEW_MUNICIPAL_LIST, today=today).count()

        assert counted() == (1, 1, 1)
        with as_(cast.privacy_officer):
            decoy = set_decoy(cast.family, by=cast.privacy_officer, at=NOW)
        assert counted() == (0, 0, 0)
        with as_(cast.privacy_officer):
            end_decoy(decoy, by=cast.privacy_officer, at=NOW)
        assert counted() == (1, 1, 1)

    def test_who_is_assigned_to_it_may_open_it(self, cast, did, as_, as_job):
        with as_(cast.privacy_officer):
            set_decoy(cast.family, by=cast.privacy_officer, at=NOW)
        did(cast.worker, family=cast.family, at=NOW)
        with as_job():
            assert review(now=NOW + MINUTE, only=frozenset({Pattern.DECOY})) == 0


def test_a_refused_bookmark_says_the_same_as_nonsense_and_leaves_a_trace(cast, client, sign_in):
    sign_in(cast.barred_worker)
    client.get(reverse("overview:family", args=[cast.family.pk]))
    row = AuditEvent.objects.get(event=Event.ACCESS_DENIED)
    assert (row.result, row.family_id) == (Result.REFUSED, None)
    assert row.details == {"asked": "cases.family", "key": str(cast.family.pk)}


def test_many_emergencies_by_one_person_stand_out(cast, regisseur, as_, as_job):
    for _ in range(3):
        family = factories.family(opened_by=cast.shelter)
        factories.involvement(family, cast.shelter, Relation.WORKING)
        with as_(cast.colleague):
            operations.break_glass(
                family.reference,
                because="Moeder belt in paniek",
                second_factor_at=NOW,
                by=cast.colleague,
                at=NOW,
            )
    with as_job():
        review(now=NOW + MINUTE)
    assert Alert.objects.get().pattern == Pattern.EMERGENCIES
