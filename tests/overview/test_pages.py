import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from follow_ups.models import FollowUp, State
from tests import factories

DAY = factories.NOW.date()


@pytest.fixture
def worker(cast, sign_in):
    sign_in(cast.worker)
    return cast.worker


def text(response):
    return response.content.decode()


class TestToday:
    @pytest.mark.row("R51", "A14")
    def test_what_is_due_stands_on_the_list_without_any_sweep(self, client, worker, cast):
        factories.follow_up(cast.family, due_on=DAY.replace(month=2, day=20))
        factories.follow_up(cast.family, due_on=DAY, version=2)

        page = text(client.get("/"))

        assert "Eén ding is te laat" in page
        assert page.count("Marloes de Wit") == 2

    def test_what_falls_to_another_is_not_on_my_list(self, client, worker, cast):
        factories.follow_up(cast.family, due_on=DAY, falls_to="supporter")

        assert "niets dat moet" in text(client.get("/"))

    def test_a_stand_in_has_the_work_too(self, client, sign_in, cast):
        factories.follow_up(cast.family, due_on=DAY)
        sign_in(cast.stand_in)

        assert "Marloes de Wit" in text(client.get("/"))

    def test_an_empty_day_says_so(self, client, worker):
        page = text(client.get("/"))

        assert "Er is vandaag niets dat moet." in page
        assert "Meer is er vandaag niet." in page

    def test_done_takes_it_off_the_list(self, client, worker, cast):
        follow_up = factories.follow_up(cast.family)

        client.post(reverse("overview:close_follow_up", args=[follow_up.pk]))

        assert FollowUp.objects.get().state == State.DONE

    def test_a_second_click_is_told_what_happened(self, client, worker, cast):
        follow_up = factories.follow_up(cast.family)
        client.post(reverse("overview:close_follow_up", args=[follow_up.pk]))

        again = client.post(reverse("overview:close_follow_up", args=[follow_up.pk]), follow=True)

        assert again.status_code == 200
        assert "Dit was al afgerond." in text(again)


class TestFamily:
    def test_opening_a_file_is_in_the_log(self, client, worker, cast):
        client.get(reverse("overview:family", args=[cast.family.pk]))

        seen = AuditEvent.objects.get(event=Event.FAMILY_VIEWED)
        assert (seen.actor_id, seen.family_id) == (worker.pk, cast.family.pk)
        assert seen.origin == "web 127.0.0.1"

    @pytest.mark.row("R30")
    def test_no_title_holds_a_name(self, client, worker, cast):
        page = text(client.get(reverse("overview:family", args=[cast.family.pk])))

        assert "<title>Gezin</title>" in page

    @pytest.mark.row("R31")
    def test_no_signed_in_page_is_kept_by_a_cache(self, client, worker, cast):
        for address in ("/", reverse("overview:families"), reverse("overview:family", args=[cast.family.pk])):
            assert "no-store" in client.get(address)["Cache-Control"]

    def test_the_page_costs_the_same_with_twenty_things_to_do(self, client, worker, cast):
        address = reverse("overview:family", args=[cast.family.pk])

        def cost():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        factories.follow_up(cast.family)
        cost()
        for_one = cost()
        for number in range(20):
            factories.follow_up(cast.family, version=number + 2)

        assert cost() == for_one


def test_the_menu_is_in_the_language_of_who_reads_it_and_holds_the_places_of_her_roles(client, sign_in, cast):
    menus = []
    for user, language in ((cast.worker, "nl"), (cast.worker, "en"), (cast.worker, "nl"), (cast.coordinator, "nl")):
        sign_in(user)
        client.post(reverse("set_language"), {"language": language})
        menus.append([entry.label for entry in client.get(reverse("accounts:drafts")).context["nav"]])
    assert menus[0] == menus[2]
    assert menus[0][:2] == ["Vandaag", "Gezinnen"]
    assert menus[1][:2] == ["Today", "Families"]
    assert menus[3][0] == "Gemeente"


class TestFaults:
    def test_a_broken_page_undoes_everything_and_leaves_one_row(self, client, worker, cast, monkeypatch):
        from overview import worklist

        client.raise_request_exception = False
        monkeypatch.setattr(worklist, "caseload", lambda *_, **__: 1 / 0)

        answer = client.get(reverse("overview:families"))

        assert answer.status_code == 500
        assert [(row.event, row.details) for row in AuditEvent.objects.all()] == [
            (Event.REQUEST_FAILED, {"view": "overview:families"})
        ]

    def test_liveness_needs_no_database(self, client, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert client.get(reverse("healthy")).status_code == 200
