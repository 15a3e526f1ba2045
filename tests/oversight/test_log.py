"""The log as a page: by name within, by kind outward, never what stood in a file; and a proof that can be checked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.step_up import StaleSecondFactor
from audit import seal
from audit.events import Event
from audit.models import AuditEvent, Seal
from cases.models import Person
from oversight import log
from oversight.operations import export_proof
from oversight.proof import broken_rows
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)


def everything(kind, organisation, by):
    return getattr(log, kind)(organisation.pk, since=NOW - 30 * DAY, until=NOW + DAY, by=by).lines


@pytest.fixture
def read(cast, did):
    """The worker, and somebody of an organisation whose name says where it is, read the file."""
    partner = factories.organisation("Wijkteam Zoutkamp", kind="neighbourhood_team")
    cast.stranger = factories.user(at=partner, name="Vreemde Eend")
    did(cast.worker, family=cast.family)
    did(cast.stranger, Event.SAFETY_PLAN_VIEWED, family=cast.family)
    return cast


def test_ones_own_people_stand_there_by_name_and_others_by_what_they_are(read, client, sign_in):
    sign_in(read.privacy_officer)
    own = client.get(reverse("oversight:own_log")).content.decode()
    outward = client.get(reverse("oversight:outward_log")).content.decode()

    assert read.worker.name in own
    assert read.family.reference in own
    assert "Vreemde Eend" not in own
    assert read.family.reference in outward
    for word in ("Vreemde Eend", "Zoutkamp", read.worker.name):
        assert word not in outward
    client_ = Person.objects.get(family=read.family, place="client")
    for word in (client_.given_name, client_.surname):
        assert word not in own + outward


def test_whoever_is_no_privacy_officer_there_gets_nothing_from_the_database_itself(read, as_):
    elsewhere = factories.user("privacy_officer", at=read.other_org)
    for who in (read.worker, read.team_lead, read.coordinator, elsewhere):
        with as_(who):
            assert everything("own", read.shelter, who) == []
            assert everything("outward", read.shelter, who) == []
            assert log.proof(read.shelter.pk, since=NOW - DAY, until=NOW + DAY) == ([], False)
    with as_(read.privacy_officer):
        assert everything("own", read.shelter, read.privacy_officer)
        assert everything("outward", read.shelter, read.privacy_officer)


@pytest.mark.row("R15")
def test_a_privacy_officer_who_is_barred_reads_nothing_about_that_family(read, as_):
    factories.assignment(read.family, read.privacy_officer, read.shelter, "barred")
    with as_(read.privacy_officer):
        assert everything("own", read.shelter, read.privacy_officer) == []
        assert everything("outward", read.shelter, read.privacy_officer) == []


def test_an_organisation_that_handed_over_reads_no_more_of_what_others_do(read, as_):
    """Who reads a family now says where it went."""
    officer = factories.user("privacy_officer", at=read.former_org)
    with as_(officer):
        assert everything("outward", read.former_org, officer) == []


def test_a_reference_that_is_not_ones_own_is_refused_beside_the_field_and_a_filter_narrows(read, client, sign_in):
    sign_in(read.privacy_officer)
    days = {"from_day": "2026-03-01", "to_day": "2026-03-02"}
    address = reverse("oversight:own_log")
    refused = client.post(address, days | {"reference": factories.family().reference})
    assert refused.context["form"].errors["reference"]
    assert client.post(address, {"from_day": "2026-03-03", "to_day": "2026-03-01"}).context["form"].errors["to_day"]
    nobody = client.post(address, days | {"who": str(read.team_lead.pk)})
    assert nobody.context["page"].lines == []
    found = client.post(address, days | {"who": str(read.worker.pk), "reference": read.family.reference})
    assert len(found.context["page"].lines) == 1


def test_the_pages_turn_and_ask_as_often_for_many_rows_as_for_few(read, client, sign_in, did):
    sign_in(read.privacy_officer)
    address = reverse("oversight:own_log")
    client.get(address)  # the first page of a session asks more
    counts = []
    for number in (2, 60):
        for _ in range(number):
            did(read.worker, family=read.family)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.context["page"].has_more
    second = client.post(address, {"from_day": "2026-02-23", "to_day": "2026-03-02", "page": "2"})
    assert 0 < len(second.context["page"].lines) < log.PAGE


class TestReaders:
    def test_the_client_is_told_by_name_of_ones_own_people_and_of_named_readers(self, read, client, sign_in, did):
        reader = factories.user(at=factories.organisation("Huisarts Zoutkamp", kind="general_practice"), name="Dr. Bos")
        share = factories.share(read.family, factories.organisation(kind="general_practice"), by=read.worker)
        share.reader = reader
        share.save()
        did(reader, family=read.family)
        did(read.worker, family=read.family, ago=DAY)
        sign_in(read.worker)
        page = client.get(reverse("oversight:readers", args=[read.family.pk]))
        text = page.content.decode()

        assert read.worker.name in text
        assert "Dr. Bos" in text
        assert "Vreemde Eend" not in text
        assert "Zoutkamp" not in text
        (own,) = [one for one in page.context["readers"] if one.who == read.worker.name]
        assert own.days == 2

    def test_the_paper_holds_no_place_and_is_on_record(self, read, client, sign_in, monkeypatch):
        made = []
        monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: made.append(html) or b"%PDF-")
        sign_in(read.worker)
        answer = client.get(reverse("oversight:readers_paper", args=[read.family.pk]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert read.worker.name in made[0]
        for word in ("Zoutkamp", read.shelter.name, "Vreemde Eend"):
            assert word not in made[0]
        assert AuditEvent.objects.filter(event=Event.PAPER_ISSUED, family_id=read.family.pk).count() == 1


class TestProof:
    @pytest.fixture
    def taken(self, read, client, sign_in, as_job, tmp_path):
        """A proof as it was taken out, on disk."""
        with as_job():
            seal.seal(now=NOW)
        sign_in(read.privacy_officer)
        answer = client.post(reverse("oversight:proof"), {"from_day": "2026-03-01", "to_day": "2026-03-02"})
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        file = Path(tmp_path / "proof.json")
        file.write_bytes(answer.content)
        return file

    def test_is_on_record_and_holds_no_name_and_no_place(self, read, taken):
        event = AuditEvent.objects.get(event=Event.PROOF_EXPORTED)
        assert event.actor_id == read.privacy_officer.pk
        text = taken.read_text()
        assert json.loads(text)["rows"]
        client_ = Person.objects.get(family=read.family, place="client")
        for word in (client_.given_name, client_.surname, read.worker.name, read.shelter.name, "Zoutkamp"):
            assert word not in text
        assert len(json.loads(text)["rows"]) <= log.MOST_ROWS

    def test_is_right_as_it_is_and_says_at_which_position_it_is_not(self, taken, capsys):
        call_command("verify_proof", taken)
        changed = json.loads(taken.read_text())
        changed["rows"][0]["facts"]["event"] = "account.signed_in"
        position = changed["rows"][0]["position"]
        assert broken_rows(changed["rows"]) == [position]
        taken.write_text(json.dumps(changed))
        with pytest.raises(CommandError, match="1 of"):
            call_command("verify_proof", taken, "--alone")
        assert f"position {position} " in capsys.readouterr().out

    def test_a_proof_that_does_not_hold_all_of_its_period_says_so(
        self, read, client, sign_in, taken, monkeypatch, capsys
    ):
        call_command("verify_proof", taken)
        assert "more rows" not in capsys.readouterr().out
        monkeypatch.setattr(log, "MOST_ROWS", 0)
        answer = client.post(reverse("oversight:proof"), {"from_day": "2026-03-01", "to_day": "2026-03-02"})
        assert answer.json()["rows"] == []
        taken.write_bytes(answer.content)
        call_command("verify_proof", taken)
        assert "more rows" in capsys.readouterr().out

    def test_a_log_that_was_sealed_anew_does_not_fit_a_proof_of_before(self, taken):
        first = json.loads(taken.read_text())["rows"][0]["position"]
        Seal.objects.filter(position=first).update(digest="0" * 64)
        call_command("verify_proof", taken, "--alone")
        with pytest.raises(CommandError):
            call_command("verify_proof", taken)

    def test_the_operation_itself_takes_a_fresh_second_factor(self, read, as_):
        officer, stale = read.privacy_officer, NOW - timedelta(minutes=6)
        with pytest.raises(StaleSecondFactor), as_(officer):
            export_proof(read.shelter.pk, rows=1, second_factor_at=stale, by=officer, at=NOW)

    def test_a_stale_second_factor_takes_nothing_out(self, read, client, sign_in, as_job, time_machine):
        with as_job():
            seal.seal(now=NOW)
        sign_in(read.privacy_officer)
        time_machine.move_to(NOW + timedelta(minutes=6), tick=False)
        answer = client.post(reverse("oversight:proof"), {"from_day": "2026-03-01", "to_day": "2026-03-02"})
        assert answer.status_code == 200
        assert "code" in answer.context["form"].errors
        assert not AuditEvent.objects.filter(event=Event.PROOF_EXPORTED).exists()


def test_the_page_says_exactly_where_the_chain_broke(read, client, sign_in, as_job, tmp_path):
    file = tmp_path / "anchors.jsonl"
    with as_job():
        seal.seal(now=NOW)
        seal.anchor(now=NOW, file=file)
        seal.check(now=NOW, file=file)
    sign_in(read.privacy_officer)
    assert client.get(reverse("oversight:queue")).context["log"].breaks == []
    broken = Seal.objects.order_by("position")[1]
    AuditEvent.objects.filter(pk=broken.event_id).update(origin="elsewhere")
    with as_job():
        seal.check(now=NOW + timedelta(seconds=1), file=file)
    page = client.get(reverse("oversight:queue"))
    assert [one[:2] for one in page.context["log"].breaks] == [(broken.position, broken.position)]
    assert f"positie {broken.position}" in page.content.decode()


def test_the_page_warns_when_nobody_read_or_checked_the_log(cast, client, sign_in):
    sign_in(cast.privacy_officer)
    state = client.get(reverse("oversight:queue")).context["log"]
    assert state.is_unchecked
    assert state.is_unread
