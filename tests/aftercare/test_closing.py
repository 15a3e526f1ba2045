import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from aftercare.models import Channel, Enough, Strippenkaart, TrajectoryClosing
from aftercare.operations import (
    Attempt,
    close_trajectory,
    issue_strippenkaart,
    record_check_in,
    start_aftercare,
    use_strip,
)
from audit.models import AuditEvent
from cases.models import Trajectory
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from organisations.models import ContactPoint
from tests import factories
from tests.paper_text import read

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAST_DAY = datetime(2027, 7, 4, 21, 59, tzinfo=UTC)  # 23.59 in Amsterdam on the last day of the watch
AFTER = LAST_DAY + timedelta(minutes=1)


def close(trajectory, *, by, at=AFTER, **changed):
    said = {
        "enough": Enough.SUFFICIENT,
        "enough_because": "Alle doelen gehaald",
        "regisseur_after": "Niemand nodig, huisarts weet het",
    }
    return close_trajectory(trajectory, **(said | changed), by=by, at=at)


@pytest.mark.row("A1", "A3", "A16")
def test_a_trajectory_closes_after_both_clocks_with_the_answer_and_the_regisseur_after(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW)

    closing = close(trajectory, by=cast.regisseur)

    trajectory.refresh_from_db()
    assert str(trajectory.ends_on) == "2027-07-05"
    assert closing.enough == "sufficient"
    assert not FollowUp.objects.filter(kind=Kind.CONTACT).open().exists()
    assert AuditEvent.objects.filter(event="trajectory.closed", actor_id=cast.regisseur.pk).exists()


@pytest.mark.row("A1", "A3")
def test_the_last_day_of_the_watch_counts(cast, trajectory):
    with pytest.raises(WrongState, match="4 juli 2027"):
        close(trajectory, by=cast.regisseur, at=LAST_DAY)

    assert not TrajectoryClosing.objects.exists()


@pytest.mark.row("A1")
def test_without_an_end_of_the_aftercare_nothing_ever_closes(cast, trajectory):
    trajectory.involvement_ends_on = None
    trajectory.save()

    with pytest.raises(WrongState):
        close(trajectory, by=cast.regisseur, at=datetime(2040, 1, 1, tzinfo=UTC))


@pytest.mark.row("A16")
@pytest.mark.parametrize("missing", [{"enough": None}, {"enough_because": " "}, {"regisseur_after": ""}])
def test_closing_without_an_answer_is_refused(cast, trajectory, missing):
    with pytest.raises(WrongState):
        close(trajectory, by=cast.regisseur, **missing)

    trajectory.refresh_from_db()
    assert trajectory.ends_on is None


@pytest.mark.row("D23", "K3")
def test_a_family_out_of_sight_is_not_closed(cast, trajectory):
    for _ in range(3):
        missed = Attempt(happened_at=NOW, channel="phone", initiative="ours", outcome="not_reached")
        record_check_in(trajectory, missed, by=cast.worker, at=NOW)

    with pytest.raises(WrongState):
        close(trajectory, by=cast.regisseur)


def test_a_signal_that_waits_stops_the_closing(cast, trajectory):
    factories.follow_up(cast.family, kind=Kind.TRIAGE_SIGNAL)

    with pytest.raises(WrongState):
        close(trajectory, by=cast.regisseur)


def test_it_closes_once(cast, trajectory):
    close(trajectory, by=cast.regisseur)

    with pytest.raises(WrongState):
        close(trajectory, by=cast.regisseur)


@pytest.mark.parametrize("who", ["worker", "colleague", "team_lead", "coordinator", "barred_worker"])
def test_closing_is_for_the_regisseur(cast, trajectory, who):
    with pytest.raises(NotAllowed):
        close(trajectory, by=getattr(cast, who))


@pytest.mark.row("E24")
def test_no_job_closes_a_trajectory(cast, trajectory, django_capture_on_commit_callbacks):
    from reminders.tasks import discard_expired_drafts, dispatch_messages, sweep_reminders

    start_aftercare(trajectory, by=cast.worker, at=NOW)
    sweep_reminders()
    dispatch_messages()
    discard_expired_drafts()

    assert Trajectory.objects.get(pk=trajectory.pk).ends_on is None
    assert not TrajectoryClosing.objects.exists()


@pytest.mark.row("A10")
def test_a_card_of_eight_gives_eight_conversations_also_after_closing(cast, trajectory):
    card = issue_strippenkaart(trajectory, size=8, by=cast.regisseur, at=NOW)
    close(trajectory, by=cast.regisseur)

    for number in range(1, 9):
        assert use_strip(card, channel=Channel.PHONE, by=cast.regisseur, at=AFTER).number == number
    with pytest.raises(WrongState):
        use_strip(card, channel=Channel.PHONE, by=cast.regisseur, at=AFTER)

    trajectory.refresh_from_db()
    assert trajectory.ends_on is not None
    told = FollowUp.objects.get(about_id=card.pk)
    assert (told.kind, told.falls_to) == ("round_off", "regisseur")


@pytest.mark.row("A10")
@pytest.mark.parametrize("size", [0, 5, 11])
def test_a_card_has_six_to_ten_conversations(cast, trajectory, size):
    with pytest.raises(WrongState):
        issue_strippenkaart(trajectory, size=size, by=cast.regisseur, at=NOW)

    assert not Strippenkaart.objects.exists()


def test_who_does_not_work_for_the_family_issues_and_uses_no_card(cast, trajectory):
    with pytest.raises(NotAllowed):
        issue_strippenkaart(trajectory, size=8, by=cast.colleague, at=NOW)
    card = issue_strippenkaart(trajectory, size=8, by=cast.worker, at=NOW)
    with pytest.raises(NotAllowed):
        use_strip(card, channel=Channel.PHONE, by=cast.other_worker, at=NOW)


class TestPrintedCard:
    """The strippenkaart on paper (A10)."""

    @pytest.fixture
    def point(self, cast):
        return ContactPoint.objects.create(
            municipality=cast.shelter.municipality, function_name="Contactpunt nazorg", central_phone="088-000 00 11"
        )

    @pytest.mark.row("A10")
    def test_it_says_how_many_talks_are_left_and_betrays_nothing(self, client, sign_in, cast, trajectory, point):
        card = issue_strippenkaart(trajectory, size=8, by=cast.regisseur, at=NOW)
        for _ in range(3):
            use_strip(card, channel=Channel.PHONE, by=cast.regisseur, at=NOW)
        sign_in(cast.worker)

        paper = read(client.get(reverse("aftercare:print_card", args=[card.pk])).content)

        text = " ".join(paper.lines)
        assert re.search(r"nog 5 gesprekken.* 8 gesprekken", text)
        assert text.count("gebruikt") == 3
        assert "Contactpunt nazorg" in text
        for hidden in ("Marloes", "Wit", cast.family.reference, "De Haven", "Zwolle", "Els Vonk", "2026"):
            assert hidden not in text
        assert (len(paper.pages), paper.title) == (1, "Papier")
        assert AuditEvent.objects.filter(event="paper.issued", subject_id=str(card.pk)).exists()

    def test_without_a_contact_point_there_is_no_number_to_print(self, client, sign_in, cast, trajectory):
        card = issue_strippenkaart(trajectory, size=8, by=cast.regisseur, at=NOW)
        sign_in(cast.worker)

        page = client.get(reverse("aftercare:print_card", args=[card.pk]), follow=True)

        assert "heeft nog geen contactpunt" in page.content.decode()
