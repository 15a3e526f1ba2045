"""Class A: who may be shown one value, and everything that must be true before."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm

from access.models import Assignment, Relation
from accounts.step_up import StaleSecondFactor
from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import (
    REVEAL,
    Person,
    ProtectedGrant,
    ProtectedKind,
    ProtectedPlace,
    ProtectedPlacePermission,
    ProtectedReveal,
    ProtectedValue,
)
from core.database import DatabaseRole, acting_as, as_protected
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from tests import factories
from tests.factories import NOW

SECRET = "Korenbloemweg 417"
JUST_NOW = NOW - timedelta(minutes=1)


@pytest.fixture
def regisseur(cast):
    """The shelter holds the regie, in the hands of somebody who is not the worker."""
    who = factories.user(at=cast.shelter, name="Regisseur Vonk")
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    factories.assignment(cast.family, who, cast.shelter, "regisseur")
    return who


def as_(user):
    return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)


def enter(cast, *, value=SECRET, kind=ProtectedKind.ADDRESS, replaces=None, because="Verhuisd", at=NOW):
    person = Person.objects.get(family=cast.family, place="client")
    with as_(cast.worker):
        return operations.enter_place(
            person, kind=kind, value=value, replaces=replaces, because=because, by=cast.worker, at=at
        )


def let(regisseur, place, user, *, days=7, shown_at=JUST_NOW, at=NOW):
    with as_(regisseur):
        return operations.grant_place(
            place,
            to=user,
            because="Rijdt mee bij de verhuizing",
            ends_at=at + timedelta(days=days),
            second_factor_at=shown_at,
            by=regisseur,
            at=at,
        )


def show(place, user, *, shown_at=JUST_NOW, because="Ik rijd er nu heen", at=NOW):
    user.forget_standing()
    with as_(user):
        return operations.reveal(place, because=because, second_factor_at=shown_at, by=user, at=at)


@pytest.fixture
def place(cast):
    return enter(cast)


class TestTheTable:
    @pytest.mark.row("D19")
    def test_holds_ciphertext(self, place):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM cases_protectedvalue")
            assert SECRET not in cursor.fetchone()[0]

    @pytest.mark.parametrize("role", [DatabaseRole.APP, DatabaseRole.JOBS])
    def test_gives_nothing_to_the_roles_of_the_application(self, cast, place, role):
        for act in (ProtectedValue.objects.count, lambda: ProtectedValue.objects.update(sealed="x")):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                acting_as(role, user_id=cast.worker.pk, organisation_ids=cast.worker.standing),
            ):
                act()

    def test_shows_the_protected_role_only_what_this_user_was_granted(self, cast, place, regisseur):
        def seen():
            with as_(cast.worker), as_protected():
                return ProtectedValue.objects.count()

        assert seen() == 0
        let(regisseur, place, cast.worker)
        assert seen() == 1
        factories.assignment(cast.family, cast.worker, cast.shelter, "barred")
        assert seen() == 0

    def test_a_row_of_ours_without_the_one_of_guardian_opens_nothing(self, cast, place, regisseur):
        let(regisseur, place, cast.worker)
        ProtectedPlacePermission.objects.all().delete()

        with as_(cast.worker), as_protected():
            assert ProtectedValue.objects.count() == 0
        with pytest.raises(NotAllowed):
            show(place, cast.worker)

    def test_nobody_writes_a_value_for_a_family_out_of_reach(self, cast, place):
        other = factories.family()
        person = Person.objects.get(family=other)
        elsewhere = ProtectedPlace.objects.create(
            family=other, person=person, kind="address", entered_by=cast.worker, entered_at=NOW
        )
        with pytest.raises(ProgrammingError, match="row-level security"), as_(cast.worker), as_protected():
            ProtectedValue.objects.create(family=other, place=elsewhere, sealed="x")


class TestShowing:
    def test_a_grant_a_reason_and_a_fresh_second_factor_show_one_value(self, cast, place, regisseur):
        let(regisseur, place, cast.worker)

        assert show(place, cast.worker) == SECRET

    @pytest.mark.row("R40")
    @pytest.mark.parametrize("shown_at", [None, NOW - timedelta(minutes=5, seconds=1), NOW + timedelta(minutes=1)])
    def test_without_a_fresh_second_factor_nothing(self, cast, place, regisseur, shown_at):
        let(regisseur, place, cast.worker)

        with pytest.raises(StaleSecondFactor):
            show(place, cast.worker, shown_at=shown_at)
        with pytest.raises(StaleSecondFactor):
            let(regisseur, place, cast.worker, shown_at=shown_at)
        with pytest.raises(StaleSecondFactor), as_(cast.colleague):
            operations.break_glass(
                cast.family.reference, because="Zij belt", second_factor_at=shown_at, by=cast.colleague, at=NOW
            )
        assert not ProtectedReveal.objects.exists()

    def test_without_a_grant_nothing_not_even_for_the_regisseur(self, cast, place, regisseur):
        for user in (cast.worker, regisseur):
            with pytest.raises(NotAllowed):
                show(place, user)

    def test_a_grant_is_for_one_value(self, cast, place, regisseur):
        other = enter(cast, kind=ProtectedKind.CODE_WORD, value="zonnebloem")
        let(regisseur, place, cast.worker)

        with pytest.raises(NotAllowed):
            show(other, cast.worker)

    @pytest.mark.row("R11")
    def test_it_ends_by_itself_and_in_one_step(self, cast, place, regisseur, time_machine):
        grant = let(regisseur, place, cast.worker, days=1)
        later = NOW + timedelta(days=1)
        time_machine.move_to(later, tick=False)
        with pytest.raises(NotAllowed):
            show(place, cast.worker, shown_at=later, at=later)
        time_machine.move_to(NOW, tick=False)

        with as_(regisseur):
            operations.end_grant(grant, by=regisseur, at=NOW)
        with pytest.raises(NotAllowed):
            show(place, cast.worker)
        assert not ProtectedPlacePermission.objects.exists()
        with pytest.raises(WrongState), as_(regisseur):
            operations.end_grant(grant, by=regisseur, at=NOW)

    def test_guardian_alone_is_not_enough(self, cast, place, regisseur):
        """The measured traps: a grant on the model for all rows, and a grant without a reason and an end."""
        permission = Permission.objects.get(codename=REVEAL)
        cast.worker.user_permissions.add(permission)
        with pytest.raises(NotAllowed):
            show(place, cast.worker)
        assign_perm(REVEAL, cast.worker, place)
        with pytest.raises(NotAllowed):
            show(place, cast.worker)

    def test_a_grant_falls_with_the_assignment(self, cast, place, regisseur):
        let(regisseur, place, cast.worker)
        Assignment.objects.filter(user=cast.worker).update(closed_at=NOW)
        with pytest.raises(NotAllowed):
            show(place, cast.worker)

    def test_it_is_not_given_to_somebody_policy_would_refuse(self, cast, place, regisseur):
        for user in (cast.colleague, cast.other_worker, cast.barred_worker, cast.team_lead, cast.privacy_officer):
            with pytest.raises(WrongState):
                let(regisseur, place, user)
        assert not ProtectedGrant.objects.exists()

    def test_only_the_regisseur_lets_somebody(self, cast, place, regisseur):
        with pytest.raises(NotAllowed):
            let(cast.worker, place, cast.worker)

    def test_three_months_at_most(self, cast, place, regisseur):
        with pytest.raises(WrongState):
            let(regisseur, place, cast.worker, days=93)

    def test_each_time_is_recorded_and_told_to_the_regisseur(self, cast, place, regisseur):
        let(regisseur, place, cast.worker)
        show(place, cast.worker)
        show(place, cast.worker)

        assert AuditEvent.objects.filter(event=Event.PROTECTED_REVEALED, actor_id=cast.worker.pk).count() == 2
        told = FollowUp.objects.filter(kind=Kind.READ_REVEAL, falls_to="regisseur", due_on=NOW.date())
        assert {one.about_id for one in told} == set(ProtectedReveal.objects.values_list("pk", flat=True))
        assert FollowUp.objects.falling_to(regisseur).filter(kind=Kind.READ_REVEAL).count() == 2

    def test_veilig_thuis_reads_what_was_shared_by_a_grant(self, cast, place, regisseur):
        desk = factories.organisation("Veilig Thuis", kind="veilig_thuis")
        reader = factories.user(at=desk)
        factories.involvement(cast.family, desk, Relation.PARTNER, level=2)
        factories.assignment(cast.family, reader, desk, "reader")
        with pytest.raises(NotAllowed):
            show(place, reader)

        let(regisseur, place, reader)

        assert show(place, reader) == SECRET


class TestReplacing:
    def test_who_saw_the_old_value_does_not_see_the_new_one(self, cast, place, regisseur):
        let(regisseur, place, cast.worker)
        newer = enter(cast, value="Distelkade 9", replaces=place.pk)

        for one in (place, newer):
            with pytest.raises(NotAllowed):
                show(one, cast.worker)
        let(regisseur, newer, cast.worker)
        assert show(newer, cast.worker) == "Distelkade 9"

    def test_without_a_reason_nothing_changes_and_the_reason_is_kept(self, cast, place, client, sign_in):
        with pytest.raises(WrongState):
            enter(cast, value="Distelkade 9", replaces=place.pk, because=" ")
        sign_in(cast.worker)
        address = reverse("cases:enter_place", args=[cast.family.pk])
        answers = {"person": place.person_id, "kind": "address", "value": "Distelkade 9"}
        answers |= {f"was_{place.person_id}_address": place.pk}
        refused = client.post(address, answers)
        assert refused.context["form"].errors["because"]
        assert "Distelkade 9" in refused.content.decode()  # nothing typed is lost
        client.post(address, answers | {"because": "Zij is verhuisd"})
        newer = ProtectedPlace.objects.current().get()
        assert (newer.changed_because, ProtectedPlace.objects.count()) == ("Zij is verhuisd", 2)
        assert "Zij is verhuisd" in client.get(reverse("cases:protected", args=[cast.family.pk])).content.decode()

    def test_two_at_once_do_not_replace_each_other_unseen(self, cast, place):
        with pytest.raises(WrongState):
            enter(cast, replaces=None)

    def test_there_is_one_of_a_kind_per_person(self, cast, place):
        with pytest.raises(Exception, match="one_of_a_kind"), transaction.atomic():
            ProtectedPlace.objects.create(
                family=cast.family, person=place.person, kind="address", entered_by=cast.worker, entered_at=NOW
            )


class TestInTheBrowser:
    def test_the_whole_way(self, cast, regisseur, client, sign_in):
        person = Person.objects.get(family=cast.family, place="client")
        sign_in(cast.worker)
        form = {"person": person.pk, "kind": "address", "value": SECRET}
        saved = client.post(reverse("cases:enter_place", args=[cast.family.pk]), form, follow=True)
        assert SECRET not in saved.content.decode()
        place = ProtectedPlace.objects.get()

        sign_in(regisseur)
        answers = {"user": cast.worker.pk, "because": "Brengt spullen", "until": "2026-03-09"}
        client.post(reverse("cases:grant_place", args=[place.pk]), answers)

        sign_in(cast.worker)
        address = reverse("cases:reveal", args=[cast.family.pk])
        assert SECRET not in client.get(address).content.decode()
        shown = client.post(address, {"place": place.pk, "because": "Ik rijd er nu heen"})
        assert SECRET in shown.content.decode()
        assert shown["Refresh"].startswith("60;")
        assert shown["Cache-Control"] == "no-store"
        assert SECRET not in client.get(address).content.decode()

        sign_in(regisseur)
        read = client.get(reverse("cases:protected", args=[cast.family.pk])).content.decode()
        assert "Ik rijd er nu heen" in read
        assert SECRET not in read
        owed = FollowUp.objects.get(kind=Kind.READ_REVEAL)
        client.post(reverse("overview:close_follow_up", args=[owed.pk]))
        client.post(reverse("cases:end_grant", args=[ProtectedGrant.objects.get().pk]))

        sign_in(cast.worker)
        assert client.post(address, {"place": place.pk, "because": "Nog een keer"}).status_code == 200
        assert ProtectedReveal.objects.count() == 1

    @pytest.mark.row("R40")
    def test_a_session_left_open_is_asked_for_the_code_and_loses_nothing(self, cast, place, regisseur, client, sign_in):
        let(regisseur, place, cast.worker)
        sign_in(cast.worker)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 301}]
        session.save()
        address = reverse("cases:reveal", args=[cast.family.pk])

        answer = client.post(address, {"place": place.pk, "because": "Ik rijd er nu heen", "code": "000000"})

        page = answer.content.decode()
        assert SECRET not in page
        assert "Ik rijd er nu heen" in page
        assert 'name="code"' in page
        assert not ProtectedReveal.objects.exists()

    def test_what_was_typed_is_not_shown_back_in_an_error(self, cast, client, sign_in):
        sign_in(cast.worker)
        page = client.post(reverse("cases:enter_place", args=[cast.family.pk]), {"value": SECRET}).content.decode()
        assert SECRET in page  # nothing typed is lost: it is the writer's own text, on her own screen
        assert not ProtectedPlace.objects.exists()

    def test_two_or_twenty_values_cost_the_same(self, cast, client, sign_in, regisseur):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("cases:protected", args=[cast.family.pk]))
            return len(queries)

        sign_in(regisseur)
        children = [Person.objects.create(family=cast.family, place="child", given_name=f"Kind {n}") for n in range(20)]

        def add(child):
            ProtectedPlace.objects.create(
                family=cast.family, person=child, kind="address", entered_by=cast.worker, entered_at=timezone.now()
            )

        for child in children[:2]:
            add(child)
        cost()
        for_two = cost()
        for child in children[2:]:
            add(child)
        assert cost() == for_two
