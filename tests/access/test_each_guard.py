"""Guards for which nothing failed when they were taken away. One test each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.operation import operation
from access.policy import Action
from access.templatetags.may import can
from accounts.models import User
from audit.events import Event, Result
from audit.models import AuditEvent
from cases.models import Family, Person
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed
from follow_ups.models import FollowUp
from overview import worklist
from tests import factories


@pytest.mark.row("R10", "R11")
def test_a_window_that_closed_shuts_the_rows_below_the_family_too(cast):
    factories.follow_up(cast.family)

    with acting_as(DatabaseRole.APP, user_id=cast.former_worker.pk, organisation_ids=cast.former_worker.standing):
        assert not Person.objects.exists()
        assert not FollowUp.objects.exists()
    with acting_as(DatabaseRole.APP, user_id=cast.worker.pk, organisation_ids=cast.worker.standing):
        assert Person.objects.exists()
        assert FollowUp.objects.exists()


def test_families_are_locked_in_the_order_of_their_keys(cast):
    """Without an order two operations on the same two families can wait for each other for ever."""
    with (
        CaptureQueriesContext(connection) as queries,
        operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker) as op,
    ):
        op.record(Event.PERSON_ADDED)
    (locking,) = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]

    assert re.search(r'ORDER BY (1|"cases_family"\."id") ASC FOR NO KEY UPDATE', locking)


def test_opening_a_family_is_recorded_with_who_and_from_where(cast, client, sign_in):
    sign_in(cast.worker)

    client.get(reverse("overview:family", args=[cast.family.pk]))

    seen = AuditEvent.objects.get(event=Event.FAMILY_VIEWED)
    assert (seen.actor_id, seen.family_id, seen.origin) == (cast.worker.pk, cast.family.pk, "web 127.0.0.1")


def test_a_failed_request_undoes_everything_and_leaves_one_row(cast, client, sign_in, monkeypatch):
    def write_and_fail(*args):
        Family.objects.update(reference="CHANGED")
        raise ZeroDivisionError

    monkeypatch.setattr(worklist, "due", write_and_fail)
    sign_in(cast.worker)
    client.raise_request_exception = False

    assert client.get(reverse("overview:today")).status_code == 500

    assert not Family.objects.filter(reference="CHANGED").exists()
    failed = AuditEvent.objects.get(event=Event.REQUEST_FAILED)
    assert (failed.result, failed.details) == (Result.FAILED, {"view": "overview:today"})


@pytest.mark.row("R41")
def test_a_user_that_was_deactivated_holds_no_role(cast):
    """Asked before the memberships are, so that neither of the two places that ask can be missed."""
    gone = User.objects.get(pk=cast.leaver.pk)

    assert gone.standing == {}
    assert not Family.objects.visible_to(gone).exists()


@pytest.mark.row("R41")
def test_policy_itself_refuses_who_is_not_active_whatever_her_standing(cast):
    _ = cast.worker.standing
    cast.worker.is_active = False

    assert not Family.objects.visible_to(cast.worker).exists()


def test_a_button_for_an_action_that_does_not_exist_is_an_error(cast):
    """A typing error must not silently hide a button from everybody."""
    with pytest.raises(ValueError, match="edit_famly"):
        can(cast.worker, "edit_famly", cast.family)
    assert can(cast.worker, "edit_family", cast.family)


def test_a_refusal_of_the_domain_is_a_page_in_the_running_site(cast, client, sign_in, monkeypatch):
    """The middleware that translates has tests of its own; this one misses it when it is not installed."""

    def refuse(*args):
        raise NotAllowed("Not you.")

    monkeypatch.setattr(worklist, "due", refuse)
    sign_in(cast.worker)

    answer = client.get(reverse("overview:today"))

    assert answer.status_code == 403
    assert "Not you." in answer.content.decode()
