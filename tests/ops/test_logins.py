from urllib.parse import urlsplit

import pytest

from ops import kept, logins


def test_the_three_logins_share_a_server_and_nothing_else():
    found = logins.on_socket("/somewhere/with a space")

    assert [urlsplit(url).username for url in (found.owner, found.web, found.worker)] == [
        "vinger_owner",
        "vinger_web",
        "vinger_worker",
    ]
    assert {urlsplit(url).query for url in (found.owner, found.web, found.worker)} == {
        "host=/somewhere/with%20a%20space"
    }


def test_another_login_keeps_host_port_database_and_options_but_no_password():
    url = logins.with_login(
        "postgresql://admin:secret@db:5433/vinger?sslmode=require&password=x", "vinger_web", "a/b@c"
    )

    assert url == "postgresql://vinger_web:a%2Fb%40c@db:5433/vinger?sslmode=require"


def test_two_of_three_given_logins_are_a_mistake_that_is_named():
    with pytest.raises(SystemExit, match="DATABASE_WORKER_URL must be set too"):
        logins.given({"DATABASE_OWNER_URL": "a", "DATABASE_WEB_URL": "b"})


def test_given_logins_are_taken_as_they_are():
    assert logins.given({name: name for name in logins.GIVEN}) == logins.Logins(*logins.GIVEN)
    assert logins.given({}) is None


def test_an_address_of_another_kind_of_database_is_refused_in_one_sentence():
    with pytest.raises(SystemExit, match="must start with postgresql://"):
        logins.on_server("mysql://root@db/vinger")


def test_secrets_are_made_once_and_readable_by_nobody_else(tmp_path):
    first = kept.application_secrets(tmp_path)

    assert kept.application_secrets(tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
