"""Nothing that was sent is lost, nothing is there twice, and every signal is with somebody (R53, R14, R7)."""

import os
import random
import re
import signal as unix
import subprocess
import sys
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access.models import Relation
from accounts import drafts
from accounts.models import Draft, Role
from cases.models import Person, Place, RegieKind
from core.database import DatabaseRole, acting_as
from follow_ups.models import FollowUp, Kind
from reminders.dispatch import dispatch
from reminders.sweep import sweep
from signals import operations
from signals.models import Signal, SignalCandidate
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW
from tests.signals.conftest import account, give_regie, typed

REPORT = reverse("signals:report")


def normalised(response):
    page = response.content.decode()
    page = re.sub(r"S-\w{8}", "S-NUMBER", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r'nonce="[^"]+"', "", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "KEY", page)


@pytest.fixture
def duty(world):
    """Somebody on duty at the municipality of the school."""
    world.municipality = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    world.duty = factories.user(Role.DUTY_DESK, at=world.municipality, name="Pia Ket")
    return world.duty


class TestIntake:
    @pytest.mark.row("R53")
    def test_the_same_form_fifty_times_is_one_signal(self, client, sign_in, world):
        sign_in(world.teacher)
        data = typed(world)
        answers = [client.post(REPORT, data) for _n in range(50)]

        made = Signal.objects.get()
        assert {answer.headers["Location"] for answer in answers} == {reverse("signals:receipt", args=[made.pk])}

    @pytest.mark.row("R53")
    @pytest.mark.parametrize("ended", ["idle", "too_old"])
    def test_a_lost_session_keeps_what_was_typed_and_gives_it_back(self, client, sign_in, world, ended):
        sign_in(world.teacher)
        client.get(REPORT)
        data = typed(world, also_about="Ook zijn zus")
        later = NOW + (timedelta(minutes=45) if ended == "idle" else timedelta(hours=10))
        with time_machine.travel(later, tick=False):
            answer = client.post(REPORT, data)
            assert answer.headers["Location"].startswith(reverse("account_login"))
            assert not Signal.objects.exists()
            # Whoever pressed Send and sees a page to sign in would else take it for delivered.
            told = client.get(answer.headers["Location"]).content.decode()
            assert "is niet verstuurd" in told
            assert "Het is bewaard" in told
            with connection.cursor() as cursor:
                cursor.execute("SELECT sealed FROM accounts_draft")
                assert "Daan" not in cursor.fetchone()[0]

            sign_in(world.teacher)
            page = client.get(REPORT).content.decode()
            assert "not_sent" not in client.session
            for kept in ("Daan de Wit", "durft na school niet naar huis", "088 000 04 56", "Ook zijn zus"):
                assert kept in page
            assert data["token"] in page
            assert 'name="kept"' in page
            # Another worry, from another page that was still open, takes nothing of it along.
            client.post(REPORT, typed(world, child_name="Iemand Anders"))
            assert drafts.kept(world.teacher, "signals:report", now=later) is not None
            client.post(REPORT, data | {"kept": "1", "what_seen": ""})
            assert "Daan de Wit" in client.get(REPORT).content.decode()
            client.post(REPORT, data | {"kept": "1"})
            client.post(REPORT, data)
        assert Signal.objects.filter(child_name="Daan de Wit").count() == 1
        assert drafts.kept(world.teacher, "signals:report", now=later) is None

    def test_what_was_sent_from_the_page_itself_is_not_given_back_as_if_it_was_not(self, client, sign_in, world):
        """The session ended, she signed in elsewhere, and sent the page that was still open once more."""
        sign_in(world.teacher)
        data = typed(world)
        drafts.keep(world.teacher, "signals:report", {name: [value] for name, value in data.items()}, at=NOW)
        client.post(REPORT, data)
        page = client.get(REPORT).content.decode()
        assert "Daan de Wit" not in page.replace(str(world.child.pk), "")[page.find("child_name") :]
        assert drafts.kept(world.teacher, "signals:report", now=NOW) is None

    def test_a_lost_session_keeps_nothing_of_other_pages_and_nothing_for_others(self, client, sign_in, world):
        sign_in(world.teacher)
        client.get(REPORT)
        with time_machine.travel(NOW + timedelta(minutes=45), tick=False):
            client.post(reverse("set_language"), {"language": "nl"})
            assert "is niet verstuurd" not in client.get(reverse("account_login")).content.decode()
            client.post(REPORT, typed(world))
            assert Draft.objects.count() == 0
        sign_in(world.teacher)
        client.get(REPORT)
        with time_machine.travel(NOW + timedelta(hours=10), tick=False):
            client.post(reverse("signals:ask_expertise"), {"question": "Wat doe ik?"})
            assert "schrijf het nog een keer" in client.get(reverse("account_login")).content.decode()

    @pytest.mark.row("R53")
    @pytest.mark.django_db(transaction=True)
    def test_killed_between_the_commit_and_the_answer_nothing_is_lost_or_doubled(self, client, sign_in, world):
        sign_in(world.teacher)
        data = typed(world)
        run = subprocess.run(
            [sys.executable, "-c", DIES_BEFORE_IT_ANSWERS],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings_test",
                "TEST_DATABASE": connection.settings_dict["NAME"],
                "SESSION": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "FORM": "&".join(f"{name}={value}" for name, value in data.items()),
                "MOMENT": NOW.isoformat(),
            },
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == -unix.SIGKILL, run.stderr.decode()[-2000:]
        survived = Signal.objects.get()

        answer = client.post(REPORT, data)
        assert answer.headers["Location"] == reverse("signals:receipt", args=[survived.pk])
        assert Signal.objects.count() == 1

    @pytest.mark.row("R53")
    @pytest.mark.django_db(transaction=True)
    def test_forty_report_at_once_while_the_sweep_runs_and_none_is_lost(self, sign_in, world, duty):
        """Half know the child, half do not; each sends twice, as somebody does who is not sure that it worked."""
        browsers = [sign_in(factories.user("signaller", at=world.school), Client()) for _n in range(40)]
        forms = [
            typed(world, child_name="Daan de Wit" if n % 2 else f"Kind {n}", callback_phone=f"088 000 {n:04}")
            for n in range(40)
        ]
        senders = [Sender(browser, form) for browser, form in zip(browsers, forms, strict=True)]
        jobs = [Job(), Job()]
        for thread in [*jobs, *senders]:
            thread.start()
        for thread in senders:
            thread.join()
        for thread in jobs:
            thread.stop.set()
            thread.join()
        route_waiting(now=NOW)

        assert [thread.failure for thread in [*jobs, *senders] if thread.failure] == []
        assert [status for sender in senders for status in sender.answers] == [302] * 80
        sent = {form["callback_phone"] for form in forms}
        assert set(Signal.objects.values_list("callback_phone", flat=True)) == sent
        assert Signal.objects.count() == 40
        assert Signal.objects.filter(family=world.family).count() == 20
        assert FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL, state="open").count() == 20
        assert Signal.objects.at_desk_of(duty).count() == 20


@pytest.mark.parametrize("listed", [False, True])
def test_taking_in_a_worry_asks_little_of_the_database(client, sign_in, world, listed):
    """The bar of docs on speed: ten statements, also about a child of the list, however long the list is."""
    for number in range(8):
        family = factories.family()
        factories.involvement(family, world.school, Relation.PARTNER, level=1)
        Person.objects.create(family=family, place=Place.CHILD, given_name=f"Kind {number}", surname="Bos")
    sign_in(world.teacher)
    about = {"child": str(world.child.pk), "child_name": "", "child_born_on": ""} if listed else {}
    client.post(REPORT, typed(world, **about))
    with CaptureQueriesContext(connection) as asked:
        assert client.post(REPORT, typed(world, **about)).status_code == 302
    # What a test asks on top: its transaction is inside another, so the frame reads and puts back who asked.
    of_the_frame = [sql["sql"] for sql in asked if "coalesce(current_setting" in sql["sql"] or "'none'" in sql["sql"]]
    frames = [sql["sql"] for sql in asked if sql["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(of_the_frame) == 2
    assert len(asked) - len(of_the_frame) - len(frames) == (10 if listed else 9)
    assert Signal.objects.filter(child=world.child if listed else None).count() == 2


class Worker(threading.Thread):
    failure = None

    def run(self):
        try:
            self.work()
        except Exception as failure:
            self.failure = failure
        finally:
            connection.close()


class Sender(Worker):
    def __init__(self, browser, form):
        super().__init__()
        self.browser, self.form, self.answers = browser, form, []

    def work(self):
        self.answers.extend(self.browser.post(REPORT, self.form).status_code for _twice in range(2))


class Job(Worker):
    def __init__(self):
        super().__init__()
        self.stop = threading.Event()

    def work(self):
        while not self.stop.is_set():
            route_waiting(now=NOW)
            sweep(today=NOW.date(), now=NOW)
            dispatch(now=NOW, send=lambda message: None)


DIES_BEFORE_IT_ANSWERS = """
import os, signal, django, time_machine
from datetime import datetime
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from django.conf import settings
from django.test import Client
from access.middleware import RequestFrame
answer = RequestFrame.__call__

def die(self, request):
    answer(self, request)
    os.kill(os.getpid(), signal.SIGKILL)

RequestFrame.__call__ = die
settings.ALLOWED_HOSTS = ["*"]
browser = Client()
browser.cookies[settings.SESSION_COOKIE_NAME] = os.environ["SESSION"]
with time_machine.travel(datetime.fromisoformat(os.environ["MOMENT"]), tick=False):
    browser.post("/zorg-delen/", os.environ["FORM"].replace(" ", "+"), content_type="application/x-www-form-urlencoded")
"""


class TestReceipt:
    @pytest.mark.row("R7")
    @pytest.mark.row("H12")
    def test_a_known_and_an_unknown_child_cannot_be_told_apart(self, client, sign_in, world, duty):
        """Fifty pairs: the same bytes, headers and questions to the database, before and after routing."""
        sign_in(world.teacher)
        client.get(REPORT)
        seen = {"known": set(), "unknown": set()}
        made = []
        for n in range(50):
            for kind, name in (("known", "Daan de Wit"), ("unknown", "Niemand Bekend")):
                with CaptureQueriesContext(connection) as asked:
                    answer = client.post(REPORT, typed(world, child_name=name))
                    page = client.get(answer.headers["Location"])
                statements = tuple(re.sub(r"'[^']*'|\b\d+\b|s\d+_x\d+", "?", query["sql"]) for query in asked)
                headers = {k: v for k, v in answer.headers.items() if k not in {"Location", "Content-Security-Policy"}}
                seen[kind].add((answer.status_code, str(headers), normalised(page), statements))
                made.append(answer.headers["Location"])
            if n in {0, 25}:
                route_waiting(now=NOW)
                pages = [normalised(client.get(url)) for url in made]
                assert len(set(pages)) == 1
        assert seen["known"] == seen["unknown"]
        route_waiting(now=NOW)
        assert Signal.objects.filter(family=world.family).count() == 50
        assert FollowUp.objects.falling_to(world.worker).filter(kind=Kind.TRIAGE_SIGNAL).open().count() == 50

    @pytest.mark.row("H12")
    def test_candidates_never_reach_the_reporter(self, client, sign_in, world, duty):
        sign_in(world.teacher)
        other = factories.family(client="Ans")
        made = operations.report(
            account(child_name="Daan de Witt"), organisation=world.school, by=world.teacher, at=NOW
        )
        route_waiting(now=NOW)
        assert SignalCandidate.objects.filter(about_id=made.pk).exists()
        for url in (REPORT, reverse("signals:own"), reverse("signals:receipt", args=[made.pk])):
            page = client.get(url).content.decode()
            assert world.family.reference not in page
            assert other.reference not in page
        with acting_as(DatabaseRole.APP, user_id=world.teacher.pk, organisation_ids=list(world.teacher.standing)):
            assert not SignalCandidate.objects.exists()


def along_a_chain(client, sign_in, world, duty, seed):
    """A chain of 0 to 6 handovers, with leavers; each party of the past and the school report.

    Returns what was sent, what arrived with whoever is regisseur now or at the desk, and the receipts.
    """
    chance = random.Random(seed)  # noqa: S311  # a seed, so that a failure can be repeated
    length = seed % 7
    parties = [(world.worker, world.shelter)]
    for place in range(length):
        if chance.random() < 0.3 and len(parties) > 1:
            user, team = chance.choice(parties)
        else:
            team = factories.organisation(f"Wijkteam {seed}-{place}")
            user = factories.user(at=team)
        give_regie(world, user, team, at=NOW + timedelta(minutes=place + 1), kind=RegieKind.NEIGHBOURHOOD_TEAM)
        parties.append((user, team))
    now_regisseur = parties[-1][0]
    gone = seed >= 7 and chance.random() < 0.6
    if gone:
        now_regisseur.is_active = False
        now_regisseur.save()

    receipts = set()
    later = NOW + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        reporters = [(user, team) for user, team in dict(parties).items() if user.is_active]
        reporters.append((world.teacher, world.school))
        made = [
            operations.report(account(token=uuid4()), organisation=team, by=user, at=timezone.now())
            for user, team in reporters
        ]
        route_waiting(now=later)
        for (user, _team), one in zip(reporters, made, strict=True):
            sign_in(user)
            # The frame around it differs per reader: her name, her menu. What is said about the signal does not.
            page = normalised(client.get(reverse("signals:receipt", args=[one.pk])))
            receipts.add(re.search(r"<main.*</main>", page, re.S)[0])
        sent = {one.pk for one in made}
        if gone:
            arrived = set(Signal.objects.at_desk_of(duty).unhandled().values_list("pk", flat=True))
        else:
            work = FollowUp.objects.falling_to(now_regisseur).filter(kind=Kind.TRIAGE_SIGNAL).open()
            arrived = set(work.values_list("about_id", flat=True))
    return sent, arrived, receipts


class TestChains:
    @pytest.mark.row("R14")
    @pytest.mark.parametrize("seed", range(14))
    def test_whoever_reports_it_reaches_whoever_is_regisseur_now(self, client, sign_in, world, duty, seed):
        sent, arrived, receipts = along_a_chain(client, sign_in, world, duty, seed)
        assert arrived == sent
        assert len(receipts) == 1
