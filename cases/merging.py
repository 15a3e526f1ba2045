"""What a merge of two files would do, asked of the database's own catalogue."""

import json
from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from cases.models import Family, Person, Share

# What the merge itself settles: by ending, closing or counting on in the file that goes into the other.
SETTLED = frozenset(
    {
        "person_one_client_per_family",
        "trajectory_one_open_per_family",
        "regisseurperiod_one_open_per_family",
        "share_one_open_per_organisation",
        "casecontext_once_at_a_time",
        "involvement_one_live_row_per_fact",
        "assignment_one_live_row_per_kind",
        "safetyplan_one_row_per_version",
        "safetyplan_one_current_per_family",
    }
)


@dataclass(frozen=True)
class Preview:
    """What a merge would do: the persons of the file that goes into the other, how many rows, and what forbids it."""

    persons: list[Person]
    rows: int
    tables: int
    shares_end: int
    in_the_way: list[str]


def preview(kept: Family, merged: Family) -> Preview:
    moved = rows_of(merged)
    shares = Share.objects.filter(withdrawn_at=None)
    return Preview(
        persons=list(Person.objects.filter(family=merged).in_reading_order()),
        rows=sum(len(rows) for rows in moved.values()),
        tables=len(moved),
        shares_end=shares.filter(family=merged).count() + shares.filter(family=kept, level__gt=1).count(),
        in_the_way=[_name(table) for table, index in conflicts(kept, merged) if index not in SETTLED],
    )


def rows_of(family: Family) -> dict[str, list[str]]:
    """Return the keys of every row that hangs from a family, per table that has any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows_of_family(%s)", [family.pk])
        (found,) = cursor.fetchone()
    rows: dict[str, list[str]] = found if isinstance(found, dict) else json.loads(found)
    return rows


def conflicts(kept: Family, merged: Family) -> list[tuple[str, str]]:
    """Return what exists in both files and may exist once per family: the table and the rule it would break."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_table, rule FROM family_conflicts(%s, %s)", [kept.pk, merged.pk])
        return [(table, rule) for table, rule in cursor.fetchall()]


def _name(table: str) -> str:
    model = next((one for one in apps.get_models() if one._meta.db_table == table), None)
    return str(model._meta.verbose_name) if model else table
