"""When a signal must have been judged: what the regisseur is held to, and what the reporter is promised."""

from datetime import date, datetime

from django.utils import timezone

from core.working_days import add_working_days

WORKING_DAYS_TO_JUDGE = 1


def judge_by(acute: str, reported_at: datetime) -> date:
    """Return the last day. It depends on the report alone: a receipt must not tell whether the family is known.

    Whoever does not know whether it is acute is taken at the worst.
    """
    day = timezone.localdate(reported_at)
    return add_working_days(day, WORKING_DAYS_TO_JUDGE) if acute == "no" else day
