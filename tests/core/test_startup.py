"""An installation that is unsafe does not start, and says in plain words why."""

import os
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.db import connection

from config import settings_test
from core import checks, startup

SAFE = {
    "DEBUG": False,
    "SECRET_KEY": "k3Zq9vX1mB7nL5cR2tY8wE4uI6oP0aSdFgHjKlQwErTyUiOpZx",
    "FIELD_KEYS": [Fernet.generate_key().decode()],
    "ALLOWED_HOSTS": ["vinger.example"],
    "DEMO": False,
    "SECURE_TRANSPORT": True,
    "SITE_ORIGIN": "https://vinger.example",
    "PROTECTED_KEYS": "/tmp",  # noqa: S108 - any folder that can be written in
}
HERE = ["localhost", "127.0.0.1", "[::1]"]


def reasons(**changed):
    return startup.settings_reasons(SimpleNamespace(**(SAFE | changed)))


def test_safe_settings_give_no_reason():
    assert reasons() == []


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SECRET_KEY": ""}, "too short"),
        ({"SECRET_KEY": SAFE["SECRET_KEY"][:49]}, "too short"),
        ({"SECRET_KEY": "ab" * 40}, "too simple"),
        ({"SECRET_KEY": "test-" + SAFE["SECRET_KEY"]}, "example value"),
        ({"SECRET_KEY": "Change-Me-" + SAFE["SECRET_KEY"]}, "example value"),
        ({"SECRET_KEY": "build-only-" + SAFE["SECRET_KEY"]}, "example value"),
        ({"FIELD_KEYS": []}, "FIELD_KEYS is empty"),
        ({"FIELD_KEYS": [""]}, "not a Fernet key"),
        ({"FIELD_KEYS": [*SAFE["FIELD_KEYS"], "old"]}, "not a Fernet key"),
        ({"FIELD_KEYS": [*SAFE["FIELD_KEYS"], "é" * 44]}, "not a Fernet key"),
        ({"FIELD_KEYS": [*SAFE["FIELD_KEYS"], *startup._PUBLIC_FIELD_KEYS]}, "key of the test run"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS holds *"),
        ({"PROTECTED_KEYS": __file__ + "/keys"}, "PROTECTED_KEYS"),
        ({"DEMO": True}, "DEMO is on"),
        ({"DEMO": True, "ALLOWED_HOSTS": [*HERE, "vinger.example"]}, "DEMO is on"),
        ({"SECURE_TRANSPORT": False}, "SECURE_TRANSPORT is off"),
        ({"SITE_ORIGIN": "http://vinger.example"}, "https://"),
    ],
)
def test_each_unsafe_setting_is_a_reason(changed, word):
    (reason,) = reasons(**changed)

    assert word in reason


def test_a_demonstration_on_this_machine_itself_may_start():
    assert reasons(DEMO=True, SECURE_TRANSPORT=False, ALLOWED_HOSTS=HERE, SITE_ORIGIN="http://localhost:8000") == []


def test_the_key_of_the_test_run_is_known_as_public():
    assert set(settings_test.FIELD_KEYS) <= startup._PUBLIC_FIELD_KEYS


class Rows:
    """A connection that answers with given rights and given values of settings."""

    def __init__(self, rights=(), **values):
        self.rights = [("vinger_web", False, False, False, False)] if not rights else [("somebody", *rights)]
        self.values = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"} | values

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def execute(self, _query, params=()):
        self.asked = params

    def fetchall(self):
        return self.rights

    def fetchone(self):
        return (self.values[self.asked[0]],)

    def close(self):
        self.closed = True


def test_the_login_of_this_process_gives_no_reason():
    assert startup.database_reasons(Rows()) == []


@pytest.mark.row("R53")
@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_database_that_may_forget_is_a_reason(name):
    (reason,) = startup.database_reasons(Rows(**{name: "off"}))

    assert f"{name} = off" in reason


@pytest.mark.django_db
class TestRealLogins:
    """The same questions put to PostgreSQL itself, as each login."""

    @pytest.fixture
    def database(self):
        return connection.settings_dict["NAME"]

    @pytest.fixture
    def superuser(self, database):
        """A connection that may do anything; the embedded server gives one on its socket."""
        try:
            opened = psycopg.connect(os.environ["DATABASE_WEB_URL"], dbname=database, user="postgres")
        except (KeyError, psycopg.OperationalError):
            pytest.skip("Only on a database server of one's own.")
        yield opened
        opened.rollback()
        opened.close()

    @pytest.mark.parametrize("variable", ["DATABASE_WEB_URL", "DATABASE_WORKER_URL"])
    def test_the_logins_of_web_and_worker_are_safe(self, database, variable):
        with psycopg.connect(os.environ[variable], dbname=database) as opened:
            assert [reason for reason in startup.database_reasons(opened) if "login" in reason] == []

    def test_the_login_for_migrations_may_not_serve(self, database):
        with psycopg.connect(os.environ["DATABASE_URL"], dbname=database) as opened:
            assert any("vinger_owner owns tables" in reason for reason in startup.database_reasons(opened))

    @pytest.mark.row("R42")
    def test_a_superuser_may_not_serve(self, superuser):
        assert "postgres is a superuser" in startup.database_reasons(superuser)[0]

    @pytest.mark.row("R42")
    @pytest.mark.parametrize(
        ("statements", "word"),
        [
            (["CREATE ROLE {0} LOGIN SUPERUSER"], "is a superuser"),
            (["CREATE ROLE {0} LOGIN", "GRANT postgres TO {0}"], "may become one"),
            (["CREATE ROLE {0} LOGIN BYPASSRLS"], "BYPASSRLS"),
            (["CREATE ROLE {0}_up BYPASSRLS", "CREATE ROLE {0} LOGIN NOINHERIT", "GRANT {0}_up TO {0}"], "BYPASSRLS"),
            (["CREATE ROLE {0} LOGIN CREATEROLE"], "may create roles"),
            (["CREATE ROLE {0} LOGIN NOINHERIT", "GRANT vinger_owner TO {0}"], "may act as their owner"),
            (
                ["CREATE ROLE {0} LOGIN", "CREATE TABLE startup_own ()", "ALTER TABLE startup_own OWNER TO {0}"],
                "owns tables",
            ),
        ],
    )
    def test_no_way_around_the_rows_is_overlooked(self, superuser, statements, word):
        name = f"startup_{uuid4().hex[:8]}"
        for statement in statements:
            superuser.execute(statement.format(name))
        superuser.execute(f"SET LOCAL SESSION AUTHORIZATION {name}")

        (reason,) = [reason for reason in startup.database_reasons(superuser) if name in reason]

        assert word in reason

    def test_acting_as_a_lesser_role_hides_nothing(self, superuser):
        superuser.execute("SET LOCAL ROLE vinger_app")

        assert any("postgres is a superuser" in reason for reason in startup.database_reasons(superuser))


class TestRefuse:
    def test_prints_every_reason_and_stops_with_its_own_code(self, monkeypatch, capsys):
        monkeypatch.setattr(startup, "reasons_not_to_start", lambda *_: ["The one.", "The other."])

        with pytest.raises(SystemExit) as stopped:
            startup.refuse_unsafe()

        assert stopped.value.code == 3
        assert capsys.readouterr().err == "Not started. The one.\nNot started. The other.\n"

    def test_lets_a_safe_installation_start(self, monkeypatch, capsys):
        monkeypatch.setattr(startup, "reasons_not_to_start", lambda *_: [])

        startup.refuse_unsafe()

        assert capsys.readouterr().err == ""

    def test_looks_at_both_the_settings_and_the_database(self):
        unsafe = SimpleNamespace(**(SAFE | {"DEBUG": True}))

        assert len(startup.reasons_not_to_start(Rows(fsync="off"), unsafe)) == 2


def test_the_deployment_check_shows_the_same_reasons(settings):
    settings.DEBUG = True

    (first, *_rest) = checks.safe_to_start(None)

    assert first.id == "core.E001"
    assert "DEBUG is on" in first.msg
