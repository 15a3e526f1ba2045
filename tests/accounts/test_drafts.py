from datetime import timedelta

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft, User
from tests import factories
from tests.factories import NOW

FORM = "cases:open_family"
TYPED = {"given_name": ["Marloes"], "surname": ["de Wit"], "csrfmiddlewaretoken": ["x" * 64]}


@pytest.fixture
def writer(db):
    return factories.user()


@pytest.mark.row("L19")
def test_a_draft_lives_seven_days_from_its_last_save(writer):
    drafts.keep(writer, FORM, TYPED, at=NOW)
    drafts.keep(writer, FORM, TYPED, at=NOW + timedelta(days=6))

    assert drafts.kept(writer, FORM, now=NOW + timedelta(days=12)) is not None
    assert drafts.kept(writer, FORM, now=NOW + timedelta(days=13)) is None


@pytest.mark.row("L19")
def test_the_nightly_job_removes_what_expired_and_nothing_edited_since(writer):
    drafts.keep(writer, FORM, TYPED, at=NOW)
    drafts.keep(factories.user(), FORM, TYPED, at=NOW - timedelta(days=7))

    assert drafts.discard_expired(now=NOW) == 1
    assert Draft.objects.get().user == writer


def test_a_draft_holds_what_was_typed_and_not_the_session(writer):
    drafts.keep(writer, FORM, TYPED, at=NOW)

    assert drafts.kept(writer, FORM, now=NOW).answers == {"given_name": ["Marloes"], "surname": ["de Wit"]}


def test_nothing_typed_keeps_nothing(writer):
    assert drafts.keep(writer, FORM, {"given_name": ["  "], "csrfmiddlewaretoken": ["x"]}, at=NOW) is None
    assert not Draft.objects.exists()


def test_the_database_holds_ciphertext_only(writer):
    drafts.keep(writer, FORM, TYPED, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM accounts_draft")
        assert "Marloes" not in cursor.fetchone()[0]


@pytest.mark.parametrize("field", [forms.MultipleChoiceField, forms.ModelMultipleChoiceField], ids=["words", "rows"])
def test_of_several_answers_all_come_back(writer, field):
    rows = {"queryset": User.objects.all()} if field is forms.ModelMultipleChoiceField else {}
    asked = type("Asked", (forms.Form,), {"who": field(**rows), "note": forms.CharField()})()
    drafts.keep(writer, FORM, {"who": ["a", "b"], "note": ["Eerst", "Toen"]}, at=NOW)

    drafts.fill_in(asked, drafts.kept(writer, FORM, now=NOW))

    assert asked.initial == {"who": ["a", "b"], "note": "Toen"}


class TestInTheBrowser:
    @pytest.fixture
    def worker(self, cast, sign_in):
        sign_in(cast.worker)
        return cast.worker

    @pytest.mark.row("L5", "L19")
    def test_a_draft_is_kept_listed_given_back_and_gone_after_saving(self, client, worker):
        client.post(reverse(FORM), TYPED | {"save_draft": "1"})

        assert "Dossier openen" in client.get(reverse("accounts:drafts")).content.decode()
        assert "Marloes" in client.get(reverse(FORM)).content.decode()

        organisation = worker.memberships.get().organisation_id
        # The same first name is known: it is another Marloes.
        another = {"given_name": "Marloes", "starts_on": "2026-03-01", "is_another": "on"}
        client.post(reverse(FORM), another | {"organisation": organisation})

        assert not Draft.objects.exists()

    def test_it_can_be_thrown_away(self, client, worker):
        draft = drafts.keep(worker, FORM, TYPED, at=timezone.now())

        client.post(reverse("accounts:discard_draft", args=[draft.pk]))

        assert not Draft.objects.exists()

    def test_the_page_of_drafts_costs_the_same_for_many(self, client, worker):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("accounts:drafts"))
            return len(queries)

        drafts.keep(worker, FORM, TYPED, at=NOW)
        client.get(reverse("accounts:drafts"))
        for_one = cost()
        for form in ("overview:today", "overview:families", "accounts:drafts"):
            drafts.keep(worker, form, TYPED, at=NOW)

        assert cost() == for_one
