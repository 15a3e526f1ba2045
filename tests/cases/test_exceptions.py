"""The barred list, breaking the glass, and the list of the team."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.models import Assignment, AssignmentKind, BreakGlass, FamilyGrant, Relation
from access.operation import operation
from access.policy import GRANTS, Action
from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import Family, Person, ProtectedKind, ProtectedPlace
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, Reminder, Step
from reminders.recipients import candidates
from tests import factories
from tests.factories import NOW

FRESH = NOW - timedelta(minutes=1)


@pytest.fixture
def regisseur(cast):
    who = factories.user(at=cast.shelter, name="Regisseur Vonk")
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, who, cast.shelter, "regisseur")
    return who


def as_(user):
    return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)


def bar(cast, regisseur, who):
    with as_(regisseur):
        return operations.bar(cast.family, who=who, because="Broer van de ex-partner", by=regisseur, at=NOW)


def break_glass(cast, user, reference=None):
    with as_(user):
        return operations.break_glass(
            reference or cast.family.reference,
            because="Moeder belt in paniek, collega is ziek",
            second_factor_at=FRESH,
            by=user,
            at=NOW,
        )


def reached(user):
    return {action for action in GRANTS if Family.objects.permitting(user, action).exists()}


class TestBarred:
    @pytest.mark.row("R15")
    def test_outranks_every_role_the_emergency_the_assignment_and_the_invitation(self, cast, regisseur):
        break_glass(cast, cast.colleague)
        assert reached(cast.colleague)
        for who in (cast.colleague, cast.worker, cast.stand_in, cast.team_lead, cast.privacy_officer):
            bar(cast, regisseur, who)

            assert reached(who) == set()
            if who.organisations_as({"worker"}):
                assert break_glass(cast, who) is None
            with pytest.raises(WrongState), as_(regisseur):
                operations.stand_in(
                    cast.family,
                    user=who,
                    organisation=cast.shelter,
                    because="Ziek",
                    ends_at=NOW + timedelta(days=1),
                    by=regisseur,
                    at=NOW,
                )
        # Each thing somebody can become to a family goes through one step, and that step refuses.
        for kind in AssignmentKind:
            with pytest.raises(WrongState), as_(regisseur), operation(Action.SHARE, on=cast.family, by=regisseur) as op:
                operations.assign(cast.family, cast.worker, cast.shelter, kind, at=NOW, within=op)

    def test_ends_what_the_person_was(self, cast, regisseur):
        bar(cast, regisseur, cast.worker)

        live = Assignment.objects.live(NOW).filter(user=cast.worker)
        assert [one.kind for one in live] == ["barred"]
        assert AuditEvent.objects.filter(event=Event.BARRED).count() == 1

    def test_never_leaves_the_family_without_a_regisseur(self, cast, regisseur):
        with pytest.raises(WrongState):
            bar(cast, regisseur, regisseur)

    def test_is_the_regisseurs_only_and_asks_a_reason_and_once(self, cast, regisseur):
        with pytest.raises(NotAllowed), as_(cast.worker):
            operations.bar(cast.family, who=cast.colleague, because="Familie", by=cast.worker, at=NOW)
        with pytest.raises(WrongState), as_(regisseur):
            operations.bar(cast.family, who=cast.colleague, because=" ", by=regisseur, at=NOW)
        bar(cast, regisseur, cast.colleague)
        with pytest.raises(WrongState):
            bar(cast, regisseur, cast.colleague)

    def test_lifting_gives_nothing_back(self, cast, regisseur):
        barred = bar(cast, regisseur, cast.worker)
        with as_(regisseur):
            operations.lift_bar(barred, because="Was een vergissing", by=regisseur, at=NOW)

        assert reached(cast.worker) == set()
        with pytest.raises(WrongState), as_(regisseur):
            operations.lift_bar(barred, because="Was een vergissing", by=regisseur, at=NOW)

    def test_in_the_browser(self, cast, regisseur, client, sign_in):
        sign_in(regisseur)
        address = reverse("cases:barred", args=[cast.family.pk])
        unknown = client.post(address, {"email": "niemand@vinger.example", "because": "Broer van de ex-partner"})
        assert "niemand@vinger.example" in unknown.content.decode()
        answers = {"email": cast.colleague.email, "because": "Broer van de ex-partner"}
        assert cast.colleague.name in client.post(address, answers, follow=True).content.decode()

        barred = Assignment.objects.get(user=cast.colleague, kind="barred")
        client.post(reverse("cases:lift_bar", args=[barred.pk]), {"because": "Was een vergissing"})
        assert not Assignment.objects.live(NOW).filter(user=cast.colleague).exists()


class TestBreakingTheGlass:
    @pytest.mark.row("R16")
    def test_opens_the_file_for_four_hours_to_read_and_nothing_of_class_a(self, cast, regisseur, time_machine):
        person = Person.objects.get(family=cast.family, place="client")
        with as_(cast.worker):
            operations.enter_place(
                person, kind=ProtectedKind.ADDRESS, value="Geheim 1", replaces=None, by=cast.worker, at=NOW
            )
        glass = break_glass(cast, cast.colleague)

        assert reached(cast.colleague) == {
            Action.VIEW_FAMILY,
            Action.VIEW_CLOCKS,
            Action.VIEW_WORKING_FILE,
            Action.VIEW_SAFETY_PLAN,
            Action.VIEW_FAMILY_PLAN,
            Action.VIEW_SIGNAL,
        }
        assert not ProtectedPlace.objects.revealable_by(cast.colleague).exists()
        place = ProtectedPlace.objects.get()
        with pytest.raises(NotAllowed), as_(cast.colleague):
            operations.reveal(place, because="Nood", second_factor_at=FRESH, by=cast.colleague, at=NOW)

        told = FollowUp.objects.filter(about_id=glass.pk, due_on=NOW.date())
        assert set(told.values_list("falls_to", flat=True)) == {"regisseur", "privacy_officer"}
        time_machine.move_to(NOW + timedelta(hours=4), tick=False)
        assert reached(cast.colleague) == set()

    @pytest.mark.row("R16")
    def test_regisseur_and_privacy_officer_are_told_in_the_same_transaction(self, cast, regisseur, monkeypatch):
        monkeypatch.setattr("cases.operations.exceptions.plan", lambda *args, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            break_glass(cast, cast.colleague)
        assert not BreakGlass.objects.exists()
        assert not FamilyGrant.objects.exists()

    def test_each_of_the_two_hears_of_it(self, cast, regisseur):
        break_glass(cast, cast.colleague)
        for kind, who in ((Kind.READ_BROKEN_GLASS, regisseur), (Kind.REVIEW_BROKEN_GLASS, cast.privacy_officer)):
            follow_up = FollowUp.objects.get(kind=kind)
            reminder = Reminder(family=cast.family, follow_up=follow_up, step=Step.DUE, raised_at=NOW)
            assert next(candidates(reminder, now=NOW)) == who

    @pytest.mark.row("R5")
    def test_unknown_elsewhere_and_barred_are_told_the_same(self, cast, regisseur, client, sign_in):
        elsewhere = factories.family()
        bar(cast, regisseur, cast.colleague)
        sign_in(cast.colleague)
        pages = set()
        for reference in (cast.family.reference, elsewhere.reference, "XXXX-9999"):
            answers = {"reference": reference, "because": "Moeder belt in paniek"}
            page = client.post(reverse("cases:break_glass"), answers)
            assert page.status_code == 200
            pages.add(_plain(page, reference))

        assert len(pages) == 1
        assert not BreakGlass.objects.exists()

    def test_the_row_and_guardians_grant_are_both_needed(self, cast):
        break_glass(cast, cast.colleague)
        FamilyGrant.objects.all().delete()
        assert reached(cast.colleague) == set()

    def test_nobody_has_more_than_four_hours(self, cast):
        with pytest.raises(IntegrityError, match="four_hours"), transaction.atomic():
            BreakGlass.objects.create(
                family=cast.family,
                user=cast.colleague,
                organisation=cast.shelter,
                reason="Lang",
                starts_at=NOW,
                ends_at=NOW + timedelta(hours=4, seconds=1),
            )

    def test_who_has_the_file_breaks_nothing(self, cast):
        with pytest.raises(WrongState):
            break_glass(cast, cast.worker)

    def test_only_the_privacy_officer_closes_what_is_hers(self, cast, regisseur, client, sign_in):
        glass = break_glass(cast, cast.colleague)
        owed = FollowUp.objects.get(kind=Kind.REVIEW_BROKEN_GLASS)
        sign_in(cast.worker)
        assert client.post(reverse("overview:close_follow_up", args=[owed.pk])).status_code == 404
        sign_in(cast.privacy_officer)
        client.post(reverse("oversight:emergency", args=[glass.pk]), {"verdict": "needed"})

        owed.refresh_from_db()
        assert owed.state == "done"

    def test_in_the_browser(self, cast, client, sign_in):
        sign_in(cast.colleague)
        home = reverse("overview:family", args=[cast.family.pk])
        assert client.get(home).status_code == 404
        answers = {"reference": cast.family.reference.lower(), "because": "Moeder belt in paniek"}
        assert client.post(reverse("cases:break_glass"), answers).headers["Location"] == home
        assert client.get(home).status_code == 200
        assert client.get(reverse("cases:protected", args=[cast.family.pk])).status_code == 404


def _plain(page, reference):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return text.replace(reference, "")
