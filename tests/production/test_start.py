"""What an installer meets: a clean check, and a process that will not serve while it is unsafe."""

import os
import subprocess
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.db import connection

from tests.production.variables import PYTHON, environment

pytestmark = pytest.mark.slow
WEB = [*PYTHON, "-c", "import config.wsgi; print('serving')"]
# What a worker does before it connects to anything.
WORKER = [*PYTHON, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--without-mingle", "--without-gossip"]


def run(command, **changed):
    return subprocess.run(
        command, cwd=project.ROOT, env=environment(**changed), capture_output=True, text=True, timeout=60, check=False
    )


def check(**changed):
    return run([*PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], **changed)


@pytest.mark.row("R35")
def test_the_deployment_check_is_clean_with_warnings_as_failures():
    done = check()

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.row("R35")
@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"DEBUG": "on"}, "DEBUG is on"),
        ({"SECURE_TRANSPORT": "off"}, "SECURE_TRANSPORT is off"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"FIELD_KEYS": "build-only"}, "FIELD_KEYS holds something"),
        ({"DEMO": "on"}, "DEMO is on"),
    ],
)
def test_the_deployment_check_fails_on_what_would_be_refused(changed, word):
    done = check(**changed)

    assert done.returncode == 1
    assert word in done.stderr


@pytest.mark.parametrize(
    "absent", ["SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "SITE_ORIGIN"]
)
def test_a_variable_without_a_safe_default_may_not_be_absent(absent):
    variables = environment()
    del variables[absent]

    done = subprocess.run(
        [*PYTHON, "manage.py", "check"], cwd=project.ROOT, env=variables, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert absent in done.stderr


@pytest.mark.django_db
class TestRefusal:
    """The database of the test run is kept in a hurry (fsync off) and its owner is a login that may not serve."""

    @pytest.fixture
    def address(self):
        def address(variable):
            parts = urlsplit(os.environ[variable])
            return parts._replace(path="/" + connection.settings_dict["NAME"]).geturl()

        return address

    @pytest.mark.row("R42")
    def test_the_web_process_stops_with_its_reasons_and_serves_nothing(self, address):
        done = run(WEB, DATABASE_URL=address("DATABASE_URL"), DEBUG="on")

        assert done.returncode == 3
        assert "serving" not in done.stdout
        assert "Not started. DEBUG is on" in done.stderr
        assert "Not started. The database login vinger_owner owns tables" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.row("R42")
    def test_the_worker_stops_before_its_first_task(self, address):
        done = run(WORKER, DATABASE_URL=address("DATABASE_URL"), DEBUG="on", CELERY_BROKER_URL="memory://")

        assert done.returncode == 3
        assert "Not started. DEBUG is on" in done.stderr
        assert "owns tables" in done.stderr

    @pytest.mark.row("R53")
    def test_a_database_that_may_forget_is_refused_whatever_the_login(self, address):
        done = run(WEB, DATABASE_URL=address("DATABASE_WEB_URL"))

        if "serving" in done.stdout:
            pytest.skip("This database server keeps its promises.")
        assert done.returncode == 3
        assert "vinger_web" not in done.stderr
        assert "fsync = off" in done.stderr


def test_a_database_that_is_away_is_no_reason_to_serve_unchecked():
    done = run(WEB, DATABASE_URL="postgresql://vinger_web@/vinger?host=/nowhere")

    assert done.returncode == 3
    assert "serving" not in done.stdout
    assert done.stderr == "Not started. The database does not answer, so its rights could not be checked.\n"
