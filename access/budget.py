"""How many families of others somebody may open before she is asked for her second step again (R43).

A family counts when its file was opened or found by a search. One's own do not: who works for a family reads it as
often as the work asks. What was read is asked of the audit log, so there is no counter to forget.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.events import Event, Result
from audit.record import record
from core.errors import WrongState

# Where no norm says otherwise.
PER_HOUR, PER_DAY = 15, 40


class _WhereToReadOn:
    def get_absolute_url(self) -> str:
        return reverse("oversight:read_on")


class BudgetSpent(WrongState):
    """More families than anybody needs: the second step again, and a reason, before the next one."""

    def __init__(self) -> None:
        super().__init__(_("You opened many families. Say why before you read on."), about=_WhereToReadOn())


def insist(families: Sequence[Any], *, by: User) -> None:
    """Raise BudgetSpent, and record it, when opening these families would pass the budget of an hour or a day.

    The hour and the day run back from now, and begin again when somebody showed her second step (`reading.resumed`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT this_hour, this_day, coalesce(norm_days('read_in_an_hour', NULL, %s), %s),"
            " coalesce(norm_days('read_in_a_day', NULL, %s), %s) FROM reading_with(%s::uuid[])",
            [today := timezone.localdate(), PER_HOUR, today, PER_DAY, list(families)],
        )
        this_hour, this_day, most_in_an_hour, most_in_a_day = cursor.fetchone()
    if this_hour > most_in_an_hour or this_day > most_in_a_day:
        record(Event.READING_STOPPED, actor=by, result=Result.REFUSED, details={"families": this_day})
        raise BudgetSpent
