"""Accounts that are not used, and the review of access."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AccessReview, Membership, ReviewedMembership, Role, User
from administration import operations
from administration.reading import review_due
from administration.review_reminder import remind_reviewers
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family
from core.errors import WrongState
from organisations.models import Norm
from reminders.unused import suspend_unused
from tests import factories
from tests.factories import NOW


def unused(user, days):
    User.objects.filter(pk=user.pk).update(
        last_login=NOW - timedelta(days=days), created_at=NOW - timedelta(days=days + 100)
    )


@pytest.mark.row("R41")
def test_an_account_is_closed_after_sixty_days_without_a_sign_in_and_its_families_are_alarmed(house):
    family = house.family()
    unused(house.els, 61)
    unused(house.joris, 59)

    assert suspend_unused(now=NOW) == 1

    els = User.objects.get(pk=house.els.pk)
    assert (els.is_active, els.suspended_at) == (False, NOW)
    assert User.objects.get(pk=house.joris.pk).is_active
    assert list(Family.objects.without_regisseur(NOW.date())) == [family]
    assert AuditEvent.objects.get(event=Event.ACCOUNT_SUSPENDED).subject_id == els.pk
    # Opened again by her organisation, it is as it was; and is not closed again the next night.
    operations.reopen(els, house.shelter, by=house.administrator, at=NOW)
    assert suspend_unused(now=NOW + timedelta(days=59)) == 1  # the other one
    assert User.objects.get(pk=house.els.pk).is_active
    assert suspend_unused(now=NOW + timedelta(days=61)) >= 1
    assert not User.objects.get(pk=house.els.pk).is_active


def test_the_number_of_days_is_a_norm(house):
    unused(house.els, 61)
    assert Norm.objects.filter(subject="account_unused").update(days=90) == 1
    assert suspend_unused(now=NOW) == 0


def test_only_a_suspended_account_of_ones_own_house_is_opened(house):
    with pytest.raises(WrongState):
        operations.reopen(house.els, house.shelter, by=house.administrator, at=NOW)
    User.objects.filter(pk=house.els.pk).update(is_active=False)
    with pytest.raises(WrongState):
        operations.reopen(house.els, house.shelter, by=house.administrator, at=NOW)


class TestReview:
    @pytest.mark.row("R41")
    def test_every_function_is_kept_or_ended_and_then_it_is_evidence(self, house, sign_in, client):
        sign_in(house.administrator)
        url = reverse("administration:review")
        client.post(reverse("administration:start_review", args=[house.shelter.pk]))
        review = AccessReview.objects.get()
        assert review.lines.count() == 5
        client.post(reverse("administration:finish_review", args=[review.pk]))
        assert AccessReview.objects.get().finished_at is None
        operations.leave(house.noor, house.shelter, to=None, because="", by=house.administrator, at=NOW)
        for line in review.lines.exclude(membership__user=house.noor):
            client.post(reverse("administration:keep", args=[line.pk]))
        assert "Noor Wagenaar" in client.get(url).content.decode()
        client.post(reverse("administration:finish_review", args=[review.pk]))

        page = client.get(reverse("administration:evidence", args=[review.pk])).content.decode()
        assert "Els Vonk" in page
        assert "Ada Admiraal" in page
        for change in (
            lambda: AccessReview.objects.update(finished_at=NOW + timedelta(days=1)),
            lambda: ReviewedMembership.objects.update(kept_at=None, kept_by=None),
            lambda: ReviewedMembership.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        with pytest.raises(WrongState):
            operations.keep_membership(review.lines.first(), by=house.administrator, at=NOW)

    def test_it_is_due_half_a_year_after_the_last_one(self, house):
        assert review_due(house.shelter, NOW.date()) == date(2025, 7, 1)
        review = operations.start_review(house.shelter, by=house.administrator, at=NOW)
        assert review_due(house.shelter, NOW.date()) is None
        with pytest.raises(WrongState):
            operations.start_review(house.shelter, by=house.administrator, at=NOW)
        for line in review.lines.all():
            operations.keep_membership(line, by=house.administrator, at=NOW)
        operations.finish_review(review, by=house.administrator, at=NOW)
        assert review_due(house.shelter, NOW.date()) == date(2026, 9, 2)


class TestReminding:
    @pytest.mark.row("R41")
    def test_who_keeps_the_members_is_told_on_the_day_and_every_week_until_it_is_done(self, house):
        sent = []

        def night(day):
            return remind_reviewers(now=NOW + timedelta(days=day), send=lambda user: sent.append((day, user)))

        operations.finish_review(_all_kept(house, NOW), by=house.administrator, at=NOW)
        due = (date(2026, 9, 2) - NOW.date()).days
        for day in (due - 1, due, due, due + 6, due + 7, due + 8):
            night(day)
        assert sent == [(due, house.administrator), (due + 7, house.administrator)]
        review = operations.start_review(house.shelter, by=house.administrator, at=NOW + timedelta(days=due + 9))
        assert night(due + 20) == 0
        # Begun and left lying.
        assert night(due + 23) == 1
        for line in review.lines.all():
            operations.keep_membership(line, by=house.administrator, at=NOW + timedelta(days=due + 24))
        operations.finish_review(review, by=house.administrator, at=NOW + timedelta(days=due + 24))
        assert night(due + 40) == 0

    def test_a_mail_that_fails_is_tried_again_and_holds_up_nobody(self, house):
        second = factories.user(Role.ORGANISATION_ADMINISTRATOR, at=house.shelter)
        told = []

        def send(user):
            if user == house.administrator and not told:
                raise OSError("no mail")
            told.append(user)

        later = NOW
        assert remind_reviewers(now=later, send=send) >= 0
        remind_reviewers(now=later, send=send)
        assert set(told) == {house.administrator, second}
        assert len(told) == 2


def _all_kept(house, at):
    review = operations.start_review(house.shelter, by=house.administrator, at=at)
    for line in review.lines.all():
        operations.keep_membership(line, by=house.administrator, at=at)
    return review


class TestPages:
    def test_an_administrator_sees_who_works_here_and_no_family(self, house, sign_in, client):
        family = house.family()
        sign_in(house.administrator)
        page = client.get(reverse("administration:members")).content.decode()
        assert "Els Vonk" in page
        for told in (family.reference, "Marloes", "de Wit"):
            assert told not in page
        membership = Membership.objects.get(user=house.els)
        for name in ("member", "leave", "move", "change_function", "help_sign_in"):
            page = client.get(reverse(f"administration:{name}", args=[membership.pk])).content.decode()
            for told in (family.reference, "Marloes", "de Wit"):
                assert told not in page, name

    def test_the_list_costs_the_same_for_two_and_for_twenty(self, house, sign_in, client, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from tests import factories

        sign_in(house.administrator)
        url = reverse("administration:members")
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for _ in range(20):
            house.family(with_=factories.user(at=house.shelter))
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(few) == len(many)

    @pytest.mark.row("R42")
    def test_an_administrator_opens_no_file(self, house, sign_in):
        family = house.family()
        browser = Client()
        sign_in(house.administrator, browser)
        for name in ("overview:family", "cases:persons", "cases:protected", "safety_plans:plan", "cases:who_knows"):
            assert browser.get(reverse(name, args=[family.pk])).status_code == 404, name

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"name": "x" * 121, "email": "geen-adres", "roles": ["god"]},
            {"name": "\x00", "email": "a@b.example", "roles": ["worker"]},
            {"name": "<script>alert(1)</script>", "email": "a@b", "roles": ["functional_administrator"]},
            {"name": "=1+1", "email": "'; DROP TABLE x;--@vinger.example", "roles": ["worker"], "team": "1"},
        ],
    )
    def test_wrong_empty_and_hostile_input_is_answered_beside_the_field(self, house, sign_in, client, typed):
        sign_in(house.administrator)
        answer = client.post(reverse("administration:invite", args=[house.shelter.pk]), typed)

        assert answer.status_code == 200
        assert "vp-field--error" in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()


def test_an_administrator_begins_with_the_people_and_is_brought_back_there_by_a_refusal(client, sign_in, cast):
    sign_in(factories.user(Role.ORGANISATION_ADMINISTRATOR, at=cast.shelter))
    assert client.get(reverse("overview:today")).url == reverse("administration:members")
    again = {"name": "Els", "email": cast.worker.email, "roles": ["worker"]}
    invite = reverse("administration:invite", args=[cast.shelter.pk])
    assert client.post(invite, again, follow=True).redirect_chain[-1][0] == reverse("administration:members")
