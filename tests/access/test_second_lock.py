"""Row-level security: what still holds when policy is wrong."""

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from access import policy
from access.models import Assignment, Involvement
from accounts import drafts
from accounts.models import Draft
from audit.models import AuditEvent
from cases.models import Family, ParentalAuthority, Person
from core.database import DatabaseRole, acting_as, as_protected
from follow_ups.models import FollowUp
from tests import factories

# Not about families, though they point at one's people: everything else with a family behind it must be guarded.
ROOMS = ("audit", "access", "follow_ups", "cases", "safety_plans", "family_plans", "signals", "handover", "aftercare")


def as_app(user=None, organisations=None):
    return acting_as(
        DatabaseRole.APP,
        user_id=user.pk if user else None,
        organisation_ids=organisations if organisations is not None else (user.standing if user else ()),
    )


def columns_of_families():
    """Every table with a column that names a family, read from the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            " AND (a.attname = 'family_id' OR (c.relname = 'cases_family' AND a.attname = 'id')) AND NOT a.attisdropped"
        )
        return dict(cursor.fetchall())


@pytest.mark.row("R10")
def test_every_table_that_hangs_from_a_family_is_locked(db):
    found = columns_of_families()

    assert {"cases_family", "cases_person", "access_involvement", "follow_ups_followup", "audit_auditevent"} <= set(
        found
    )
    assert [table for table, is_locked in found.items() if not is_locked] == []


@pytest.mark.row("R10")
def test_every_model_of_a_domain_room_hangs_from_a_family(db):
    """A table that points at a family only through another one would slip past the census above."""
    about_families = set(columns_of_families())
    reference = {
        "audit_logcheck",
        "audit_seal",
        "follow_ups_sweeprun",
        "follow_ups_dispatchrun",
        "aftercare_scheduletemplate",
        "family_plans_goaltemplate",
        "family_plans_templateaction",
        "signals_advicerequest",
        "signals_desknotice",
        "signals_knowledgepage",
        "signals_veiligthuisterm",
    }
    tables = {model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()}

    assert tables - about_families - reference == set()


@pytest.mark.row("R10")
def test_the_application_role_owns_nothing_and_passes_no_lock(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'vinger%'")
        assert [row for row in cursor.fetchall() if row[1] or row[2]] == []
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'vinger_owner'")
        assert cursor.fetchall() == []
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN ('vinger_web', 'vinger_worker') AND rolinherit")
        assert cursor.fetchall() == []


@pytest.mark.row("R10")
def test_with_policy_allowing_everything_another_organisations_rows_do_not_come_out(cast, client, sign_in, monkeypatch):
    monkeypatch.setattr(policy, "families_open_to", lambda user, action: Family._base_manager.values("pk"))
    monkeypatch.setattr(policy, "barred_from", lambda user: Family._base_manager.none().values("pk"))
    address = reverse("overview:family", args=[cast.family.pk])

    assert sign_in(cast.worker).get(address).status_code == 200
    assert sign_in(cast.other_worker).get(address).status_code == 404


def test_without_anybody_nothing_is_visible(cast):
    factories.follow_up(cast.family)

    with as_app():
        assert not Family.objects.exists()
        assert not Person.objects.exists()
        assert not Involvement.objects.exists()
        assert not Assignment.objects.exists()
        assert not FollowUp.objects.exists()


def test_an_organisation_sees_its_families_while_its_window_is_open(cast):
    with as_app(cast.worker):
        assert Family.objects.count() == 1
    with as_app(cast.former_worker):
        assert not Family.objects.exists()


def test_nothing_is_written_about_a_family_out_of_reach(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), as_app(cast.other_worker):
        Person.objects.create(family=cast.family, place="child", given_name="Indringer")


def test_nobody_lets_herself_in(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), as_app(cast.other_worker):
        factories.involvement(cast.family, cast.other_org)


def test_a_family_is_opened_for_ones_own_organisation_only(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), as_app(cast.worker):
        Family.objects.create(reference="X", opened_by=cast.other_org)


@pytest.mark.row("R45")
def test_the_audit_log_takes_rows_and_gives_none(cast):
    with as_app(cast.worker):
        from audit.events import Event
        from audit.record import record

        record(Event.FAMILY_VIEWED, actor=cast.worker, subject=cast.family)
    for act in (
        lambda: AuditEvent.objects.count(),
        lambda: AuditEvent.objects.update(details={}),
        lambda: AuditEvent.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), as_app(cast.worker):
            act()


def test_an_audit_row_is_not_changed_even_by_the_owner_of_the_code(cast):
    from audit.events import Event
    from audit.record import record

    row = record(Event.FAMILY_VIEWED, actor=cast.worker, subject=cast.family)

    with pytest.raises(TypeError, match="append-only"):
        row.save()


@pytest.mark.row("L19")
def test_a_draft_is_its_writers_alone(cast):
    drafts.keep(cast.worker, "cases:open_family", {"given_name": ["Marloes"]}, at=factories.NOW)

    with as_app(cast.colleague):
        assert not Draft.objects.exists()
    with as_app(cast.worker):
        assert Draft.objects.count() == 1


@pytest.mark.row("R9")
def test_a_child_of_one_family_cannot_hang_under_another(cast):
    other = factories.family()
    child = Person.objects.create(family=other, place="child", given_name="Daan")
    holder = Person.objects.get(family=cast.family, place="client")

    with pytest.raises(IntegrityError, match="same_family"), transaction.atomic():
        ParentalAuthority.objects.create(family=cast.family, child=child, holder=holder, starts_on="2020-01-01")
        _check_deferred()


@pytest.mark.row("R9")
def test_every_pointer_between_two_rows_of_families_is_held_to_one_family(db):
    """A foreign key between two tables that both name a family, without its composite twin."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT con.conrelid::regclass::text, a.attname FROM pg_constraint con"
            " JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]"
            " WHERE con.contype = 'f' AND cardinality(con.conkey) = 1 AND con.confrelid <> 'cases_family'::regclass"
            " AND EXISTS (SELECT 1 FROM pg_attribute f WHERE f.attrelid = con.conrelid AND f.attname = 'family_id')"
            " AND EXISTS (SELECT 1 FROM pg_attribute f WHERE f.attrelid = con.confrelid AND f.attname = 'family_id')"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint twin WHERE twin.contype = 'f'"
            "   AND cardinality(twin.conkey) = 2 AND twin.conrelid = con.conrelid"
            "   AND con.conkey[1] = ANY (twin.conkey))"
        )
        assert cursor.fetchall() == []


@pytest.mark.row("R9")
def test_every_such_twin_compares_the_families_of_both_rows_and_no_empty_one_slips_past(db):
    """Read from the catalogue, for every table that names a family, those of later rooms too."""
    columns = (
        "SELECT array_agg(a.attname::text ORDER BY u.place) FROM unnest({key}) WITH ORDINALITY u(number, place)"
        " JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = u.number"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT con.conname, con.convalidated, family.attnotnull,"
            f" ({columns.format(key='con.conkey', table='con.conrelid')}),"
            f" ({columns.format(key='con.confkey', table='con.confrelid')}),"
            " EXISTS (SELECT 1 FROM pg_constraint alone WHERE alone.contype = 'f' AND cardinality(alone.conkey) = 1"
            "   AND alone.conrelid = con.conrelid AND alone.confrelid = con.confrelid"
            "   AND alone.conkey[1] = con.conkey[2])"
            " FROM pg_constraint con JOIN pg_attribute family"
            " ON family.attrelid = con.conrelid AND family.attname = 'family_id'"
            " WHERE con.contype = 'f' AND con.conname LIKE '%same_family'"
        )
        twins = cursor.fetchall()

    assert len(twins) >= 124
    for name, is_checked, is_never_empty, here, there, to_the_same_table in twins:
        assert is_checked, name
        assert to_the_same_table, name
        assert (here[0], there) == ("family_id", ["family_id", "id"]), name
        # PostgreSQL compares nothing while one of the two is empty. Only a signal on its way has no family yet, and
        # from the moment it gets one it is compared.
        assert is_never_empty or name == "signals_signal_child_id_same_family", name


def test_the_protected_role_is_taken_inside_and_given_back(cast):
    with as_app(cast.worker):
        with as_protected():
            assert _current() == "vinger_protected"
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                Family.objects.count()
        assert _current() == "vinger_app"
        assert Family.objects.count() == 1


def test_an_error_inside_gives_the_role_back_too(cast):
    before = _current()

    with pytest.raises(ZeroDivisionError), as_app(cast.worker):
        1 / 0  # noqa: B018

    assert _current() == before


def _current():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def _check_deferred():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
