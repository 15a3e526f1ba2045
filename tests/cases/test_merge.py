"""Two files about one family become one, the strictest protection wins, and it can be undone."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from access.models import Assignment, AssignmentKind, Involvement, Relation
from cases import operations
from cases.merging import preview
from cases.models import (
    Family,
    GroundKind,
    Law,
    Level,
    Merge,
    Person,
    Place,
    ProtectedKind,
    ProtectedPlace,
    RegisseurPeriod,
    Share,
    Trajectory,
)
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from handover.models import CheckKind, DepartureCheck
from safety_plans.models import SafetyPlan
from tests import factories
from tests.factories import NOW


def as_(user):
    return acting_as(DatabaseRole.APP, user_id=user.pk, organisation_ids=user.standing)


@pytest.fixture
def two(world):
    """The family of the world, open, and a second file about it that the same worker is regisseur of."""
    factories.regisseur(world.family, world.worker, world.shelter)
    other = factories.family(opened_by=world.shelter)
    factories.involvement(other, world.shelter)
    factories.involvement(other, world.shelter, Relation.REGISSEUR)
    factories.assignment(other, world.worker, world.shelter)
    factories.assignment(other, world.worker, world.shelter, AssignmentKind.REGISSEUR)
    factories.regisseur(other, world.worker, world.shelter)
    Person.objects.create(family=other, place=Place.CHILD, given_name="Daan", born_on=date(2018, 5, 1))
    Person.objects.create(family=other, place=Place.CHILD, given_name="Noor", born_on=date(2021, 1, 1))
    factories.follow_up(other)
    world.other = other
    return world


def merged(world):
    with as_(world.worker):
        return operations.merge(world.family, world.other, because="Zelfde gezin", by=world.worker, at=NOW)


def everything():
    """Every row of every table that hangs from a family, with the family it hangs from."""
    left_out = {"cases_merge", "follow_ups_followup", "access_involvement", "access_assignment"}
    models = [m for m in apps.get_models() if any(f.column == "family_id" for f in m._meta.concrete_fields)]
    return {
        model._meta.db_table: sorted(
            map(str, model._base_manager.values_list(*[f.attname for f in model._meta.concrete_fields]))
        )
        for model in models
        if model._meta.db_table not in left_out and not model._meta.db_table.startswith("audit")
    }


@pytest.mark.row("L8")
def test_secret_and_open_become_secret_and_undoing_restores(two):
    secret = Person.objects.get(family=two.other, place=Place.CLIENT)
    with as_(two.worker):
        operations.enter_place(
            secret, kind=ProtectedKind.ADDRESS, value="Geheim 1", replaces=None, by=two.worker, at=NOW
        )
    factories.assignment(two.other, two.colleague, two.shelter, AssignmentKind.BARRED)
    factories.assignment(two.family, two.colleague, two.shelter)
    before = everything()

    made = merged(two)

    assert Family.objects.visible_to(two.worker).get() == two.family
    # Protected as it was, and without a grant to anybody: and who was barred from one is barred from both.
    assert ProtectedPlace.objects.get().family_id == two.family.pk
    assert not ProtectedPlace.objects.revealable_by(two.worker).exists()
    assert not Family.objects.visible_to(two.colleague).exists()
    names = [person.given_name for person in Person.objects.filter(family=two.family).in_reading_order()]
    assert sorted(names) == ["Daan", "Femke", "Marloes", "Noor"]
    assert Trajectory.objects.filter(family=two.family, ends_on=None).count() == 1
    assert RegisseurPeriod.objects.filter(family=two.family).current().count() == 1

    with as_(two.worker):
        operations.undo_merge(made, by=two.worker, at=NOW)
    assert everything() == before
    assert set(Family.objects.visible_to(two.worker)) == {two.family, two.other}
    with pytest.raises(WrongState, match="al ongedaan"):
        operations.undo_merge(made, by=two.worker, at=NOW)


def test_whoever_is_in_both_files_is_there_once(two, client, sign_in):
    Person.objects.filter(family=two.other, place=Place.CLIENT).update(given_name="Dubbel")
    name = Person.objects.get(family=two.family, place=Place.CLIENT).name
    merged(two)

    for who, page in ((two.team_lead, "overview:team"), (two.worker, "overview:families")):
        sign_in(who)
        (line,) = client.get(reverse(page)).context["page"].lines
        assert line.name == name
    client.post(
        reverse("handover:plan_departure", args=[two.family.pk]),
        {
            "departs_on": "2026-03-21",
            "destination": "protected",
            "decided_on": "2026-03-02",
            "decided_by": "Els",
            "why_safe_enough": "Rustig.",
        },
    )
    asked = DepartureCheck.objects.filter(kind=CheckKind.REFERRAL_INDEX).values_list("person__given_name", flat=True)
    assert sorted(asked) == ["Daan", "Femke", "Noor"]
    client.post(reverse("safety_plans:draft", args=[two.family.pk]))
    draft = SafetyPlan.objects.get(family=two.family)
    shown = client.get(reverse("safety_plans:edit", args=[draft.pk])).context["reading"].persons
    assert sorted(one.person.given_name for one in shown) == ["Daan", "Femke", "Marloes", "Noor"]


def test_every_table_that_hangs_from_a_family_comes_along(two):
    merged(two)

    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_of_families()::text")
        tables = {row[0] for row in cursor.fetchall()}
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.column == "family_id" and field.related_model is Family
    }
    assert tables == ours
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE family_id = %s", [two.other.pk])
            assert cursor.fetchone()[0] == 0, table


def test_what_was_shared_of_one_file_does_not_open_the_other(two):
    with as_(two.worker):
        ground = operations.NewGround(
            GroundKind.STATUTORY_TASK, law=Law.WMO, article="Wmo 2015, artikel 5.1.1", discussed_on=NOW.date()
        )
        for level, organisation in ((4, two.team), (1, two.school)):
            operations.share(
                two.family,
                with_organisation=organisation,
                level=Level(level),
                task=Law.WMO,
                purpose="Meekijken",
                ground=ground,
                ends_at=NOW.replace(year=2027),
                reader=two.reader if level == 4 else None,
                by=two.worker,
                at=NOW,
            )
    stranger = factories.organisation("Wijkteam Zuid")
    factories.involvement(two.other, stranger)
    helper = factories.user(at=stranger)
    factories.assignment(two.other, helper, stranger)

    merged(two)

    assert not Family.objects.visible_to(two.reader).exists()
    assert not Family.objects.visible_to(helper).exists()
    assert list(Share.objects.filter(withdrawn_at=None).values_list("level", flat=True)) == [1]
    # The school hears of the children it was told about, and of no other one.
    door = Involvement.objects.get(relation=Relation.PARTNER, closed_at=None)
    assert set(door.persons) == {two.daan.pk, two.femke.pk}
    assert FollowUp.objects.open().filter(family=two.family, kind=Kind.SHARE_AGAIN).exists()


def test_the_work_of_both_files_stands_on_one_list(two):
    merged(two)

    assert FollowUp.objects.falling_to(two.worker).filter(family=two.family, kind=Kind.COMPLETE_FILE).exists()
    live = Assignment.objects.filter(family=two.family, user=two.worker, closed_at=None)
    assert set(live.values_list("next_due_on", flat=True)) == {NOW.date()}


def test_what_may_exist_once_and_cannot_be_ended_here_is_named_first(two, client, sign_in):
    handovers = apps.get_model("safety_plans.SafetyPlan")._base_manager
    for of in (two.family, two.other):
        handovers.create(family=of, version=1, drafted_by=two.worker, drafted_at=NOW)

    with as_(two.worker):
        assert preview(two.family, two.other).in_the_way == ["safety plan"]
    with pytest.raises(WrongState, match="maar één keer"):
        merged(two)
    assert not Merge.objects.exists()


def test_by_hand_with_a_preview(two, client, sign_in):
    sign_in(two.worker)
    page = reverse("cases:merge", args=[two.family.pk])
    typed = {"reference": two.other.reference.lower(), "because": "Zelfde kinderen"}

    shown = client.post(page, typed)
    assert "Noor" in shown.content.decode()
    assert not Merge.objects.exists()
    client.post(page, typed | {"confirm": "1"})
    made = Merge.objects.get()
    client.post(reverse("cases:undo_merge", args=[made.pk]))
    assert Merge.objects.get().undone_at is not None


def test_a_file_of_another_is_no_file(two, client, sign_in):
    elsewhere = factories.family()
    sign_in(two.worker)
    page = reverse("cases:merge", args=[two.family.pk])

    def errors(reference):
        return client.post(page, {"reference": reference, "because": "x"}).context["form"].errors["reference"]

    assert errors(elsewhere.reference) == errors("BEST-AATNIET"[:12])
    with pytest.raises(NotAllowed):
        operations.merge(two.family, elsewhere, because="x", by=two.worker, at=NOW)
