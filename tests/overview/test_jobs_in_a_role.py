"""The login of the process that runs the jobs reads no table by itself: a job without a role fails every minute."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Invitation, Lost, Membership, Readmission, Role, User
from config.celery import app
from organisations import reference_data

# What only sets or asks who is acting, or where in the transaction we are.
_HARMLESS = (
    "SELECT set_config(",
    "SELECT coalesce(current_setting(",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET CONSTRAINTS",
)
# Whoever asks a database whether it is there, and what time it has, needs no right to any table.
_OF_NO_TABLE = ("SELECT clock_timestamp()", "SELECT now()", "SELECT 1")


class InARole:
    """Lets a statement through only while some role is acted as; `outside` is what was asked without one."""

    def __init__(self):
        self.role, self.outside = "none", []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("SELECT set_config(") and params[0] == "role":
            self.role = params[1]
        elif self.role == "none" and not sql.startswith(_HARMLESS + _OF_NO_TABLE):
            self.outside.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.slow
def test_every_job_asks_the_database_only_in_a_role(settings, db, mailoutbox):
    settings.DEMO = True
    reference_data.load()
    call_command("load_demo", verbosity=0)
    owe_letters()
    app.loader.import_default_modules()
    asked = {}

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        for name, planned in app.conf.beat_schedule.items():
            seen = InARole()
            with connection.execute_wrapper(seen):
                app.tasks[planned["task"]].run()
            asked[name] = seen.outside

    assert {name: outside for name, outside in asked.items() if outside} == {}
    assert len(asked) > 15
    assert len(mailoutbox) > 10


def owe_letters():
    """Links that nobody was mailed yet: the demonstration's were."""
    member = Membership.objects.filter(role=Role.WORKER, ends_on=None).select_related("user").first()
    helper = User.objects.filter(memberships__role=Role.ORGANISATION_ADMINISTRATOR).exclude(pk=member.user_id).first()
    now = timezone.now()
    ends = {"made_at": now, "expires_at": now + timedelta(days=7)}
    Invitation.objects.create(
        organisation_id=member.organisation_id,
        email="nieuw@vinger.example",
        name="Nieuw Hier",
        roles=[Role.WORKER],
        made_by=helper,
        **ends,
    )
    Readmission.objects.create(
        user=member.user,
        lost=Lost.SECOND_FACTOR,
        helped_by=helper,
        helped_for_id=member.organisation_id,
        called_number="088 000 04 56",
        called_at=now,
        recognised_by="Haar stem.",
        **ends,
    )
