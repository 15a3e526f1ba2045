import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from ops import template
from tests import factories

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy the tables instead of laying them again for each process."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template.laid(connection.get_connection_params())


@pytest.fixture(scope="session", autouse=True)
def keys_of_protected_places(tmp_path_factory):
    settings.PROTECTED_KEYS = tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def today(request):
    """Every test runs on Monday 2 March 2026, 10.00 in Amsterdam, unless it travels or drives a browser."""
    if request.node.get_closest_marker("real_clock") or request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def restored(django_db_serialized_rollback):
    """What migrations put in the database is there again after a test that really committed."""


@pytest.fixture
def sign_in(client):
    """Sign a user in with both factors, as the sign-in pages do."""

    def sign_in(user, browser=client):
        browser.force_login(user, backend="accounts.backends.Password")
        session = browser.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return browser

    return sign_in


@pytest.fixture
def cast(db):
    """One family and everyone around it, named by what they are to it."""
    return factories.Cast()
