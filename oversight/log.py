"""The log as a privacy officer reads it: her own people by name, others by what they are; never what stood in a file.

The database answers through functions that ask who it is that asks: a request has no right on the log itself (R45).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from access.policy import Action
from accounts.models import User
from audit.events import Event, Result
from cases.models import Family
from organisations.models import OrganisationKind

PAGE = 50
# A proof is for one question. Who needs more takes more than one.
MOST_ROWS = 200


@dataclass(frozen=True)
class Line:
    """One row of the log in words. `who` is a name, or what kind of organisation it was."""

    at: datetime
    who: str
    what: str
    reference: str
    is_refused: bool


@dataclass(frozen=True)
class Page:
    lines: Sequence[Line]
    number: int
    has_more: bool


def own(
    organisation_id: UUID,
    *,
    since: datetime,
    until: datetime,
    who: UUID | None = None,
    family: UUID | None = None,
    number: int = 1,
    by: User,
) -> Page:
    """Return what the people of this organisation did between two moments (half-open), the newest first.

    Empty for anybody who is not privacy officer there. Families the organisation never worked with are left out.
    """
    rows = _page("own_log", [organisation_id, since, until, who, family], number)
    names = dict(User.objects.filter(pk__in={row[4] for row in rows}).values_list("pk", "name"))
    return _as_page(rows, lambda key: names.get(key, ""), number, by)


def outward(
    organisation_id: UUID, *, since: datetime, until: datetime, family: UUID | None = None, number: int = 1, by: User
) -> Page:
    """Return what others did with the families this organisation works with: by kind of organisation (T25, R45)."""
    rows = _page("outward_log", [organisation_id, since, until, family], number)
    kinds = _kinds()
    return _as_page(rows, lambda slug: kinds.get(slug, _("An authorised organisation")), number, by)


@dataclass(frozen=True)
class Reader:
    """Who looked into a file, and how often. `who` is "" when the client hears what it was, and not who."""

    who: str
    kind: str
    times: int
    days: int
    first_at: datetime
    last_at: datetime


def readers(family: Family) -> list[Reader]:
    """Return who looked into this file, by name where the client may hear it, the latest first.

    Named are the people of the asker's own organisations and the readers that a share names; of others what they are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM readers_of(%s) ORDER BY last_at DESC, kind", [family.pk])
        rows = cursor.fetchall()
    names = dict(User.objects.filter(pk__in=[row[0] for row in rows if row[0]]).values_list("pk", "name"))
    kinds = _kinds()
    return [
        Reader(names.get(who, "") if who else "", kinds.get(kind, _("An authorised organisation")), *rest)
        for who, kind, *rest in rows
    ]


def proof(organisation_id: UUID, *, since: datetime, until: datetime) -> tuple[list[dict[str, object]], bool]:
    """Return the sealed rows of `own`, each with the digest before it, so that anybody can compute its own again.

    The earliest of them; True beside it when the period holds more than a proof does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proof_of(%s, %s, %s, %s)", [organisation_id, since, until, MOST_ROWS + 1])
        rows: list[dict[str, object]] = [
            {
                "position": position,
                "previous": previous,
                "digest": digest,
                "sealed_at": sealed_at.astimezone(UTC).isoformat(),
                "facts": _as_sealed(json.loads(facts)),
            }
            for position, previous, digest, sealed_at, facts in cursor.fetchall()
        ]
    return rows[:MOST_ROWS], len(rows) > MOST_ROWS


def _as_sealed(facts: dict[str, object]) -> dict[str, object]:
    at = datetime.fromisoformat(str(facts["occurred_at"]))
    return facts | {"occurred_at": at.astimezone(UTC).isoformat(timespec="microseconds")}


def in_words(event: str) -> str:
    """Return an event as a page says it. The name of an event is code: its room and what happened."""
    words = {
        Event.FAMILY_VIEWED: _("Read the file"),
        Event.SAFETY_PLAN_VIEWED: _("Read the safety plan"),
        Event.FAMILY_PLAN_VIEWED: _("Read the plan"),
        Event.SIGNAL_VIEWED: _("Read a signal"),
        Event.PERPETRATOR_VIEWED: _("Read about who causes harm"),
        Event.TREATMENT_VIEWED: _("Read about treatment"),
        Event.OWN_RECORDS_VIEWED: _("Read the own records after a handover"),
        Event.DISCLOSURES_VIEWED: _("Read who was told what"),
        Event.READERS_VIEWED: _("Read who looked into the file"),
        Event.FAMILIES_SEARCHED: _("Searched"),
        Event.FAMILY_OPENED: _("Opened a new file"),
        Event.PROTECTED_REVEALED: _("Was shown a protected value"),
        Event.PROTECTED_ENTERED: _("Wrote down a protected value"),
        Event.PROTECTED_GRANTED: _("Gave access to a protected value"),
        Event.GLASS_BROKEN: _("Opened a file in an emergency"),
        Event.BROKEN_GLASS_JUDGED: _("Judged an emergency"),
        Event.ACCESS_DENIED: _("Was refused"),
        Event.READING_STOPPED: _("Was stopped: opened too many files"),
        Event.READING_RESUMED: _("Read on after a second step"),
        Event.BARRED: _("Kept somebody out of a file"),
        Event.BAR_LIFTED: _("Let somebody back"),
        Event.SHARED: _("Shared"),
        Event.SHARE_ENDED: _("Stopped sharing"),
        Event.PAPER_ISSUED: _("Printed a paper"),
        Event.SIGNED_IN: _("Signed in"),
        Event.SIGN_IN_FAILED: _("Could not sign in"),
        Event.SIGNED_OUT: _("Signed out"),
        Event.LOG_VIEWED: _("Read the log"),
        Event.PROOF_EXPORTED: _("Took out a proof of the log"),
        Event.INSPECTION_EXPORTED: _("Took out an export for an inspectorate"),
        Event.HOLDINGS_VIEWED: _("Looked at what there is of a file"),
        Event.PASSAGE_CORRECTED: _("Corrected a passage at the request of the person concerned"),
        Event.PASSAGE_DESTROYED: _("Removed a passage at the request of the person concerned"),
        Event.HANDOVER_OFFERED: _("Offered a handover"),
        Event.HANDOVER_ACCEPTED: _("Accepted a handover"),
        Event.REGIE_STARTED: _("Somebody became regisseur"),
        Event.REGIE_ENDED: _("Somebody stopped being regisseur"),
        Event.SIGNAL_REPORTED: _("Reported a worry"),
    }
    if event in words:
        return words[Event(event)]
    return _("Read something else") if event.endswith("viewed") else _("Changed the file")


def _page(function: str, values: list[Any], number: int) -> list[tuple[Any, ...]]:
    slots = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}({slots}) ORDER BY occurred_at DESC, id LIMIT %s OFFSET %s",  # noqa: S608 - two names of this file
            [*values, PAGE + 1, PAGE * (number - 1)],
        )
        return list(cursor.fetchall())


def _as_page(rows: list[tuple[Any, ...]], name: Callable[[Any], str], number: int, by: User) -> Page:
    shown = rows[:PAGE]
    known = Family.objects.permitting(by, Action.REVIEW_BREAK_GLASS).filter(pk__in={row[5] for row in shown if row[5]})
    references = dict(known.values_list("pk", "reference"))
    lines = [
        Line(at, name(who), in_words(event), references.get(family, ""), result != Result.DONE)
        for _id, at, event, result, who, family in shown
    ]
    return Page(lines, number, len(rows) > PAGE)


def _kinds() -> dict[str, str]:
    return {kind.slug: str(kind.label) for kind in OrganisationKind.objects.all()}  # a short list
