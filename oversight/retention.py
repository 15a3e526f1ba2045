"""Which files have been kept for as long as the law asks, and what is done about it once two persons agreed (I15, L17).

The term runs from the last change of the file, by the longest of the laws it falls under. What a change is, the log
says: everything that was recorded about the family and is not a reading or a refusal.
"""

import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from access.models import Hold
from audit.events import Event
from audit.record import record
from cases.models import Family, ProtectedPlace, Trajectory
from core import keys
from oversight.models import Destruction, DestructionItem, Law, RetentionTerm, Status, Tombstone

log = logging.getLogger(__name__)
# Beside the anchors of the log: outside the database, and in none of its backups.
TOMBSTONES = "tombstones.jsonl"


@dataclass(frozen=True)
class Due:
    """One file whose term is over: the organisation that decides, the law that kept it longest, and its days."""

    family_id: UUID
    reference: str
    organisation_id: UUID
    law: Law
    last_change_on: date
    from_day: date


def due(today: date) -> list[Due]:
    """Return the files that may be destroyed on `today`: closed, unchanged for their term, and not on hold.

    This is the dry run: it reads, as the jobs' role, and changes nothing.
    """
    terms = {
        Law(one.law): one.years
        for one in RetentionTerm.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), valid_from__lte=today)
    }
    closed = Family.objects.exclude(pk__in=Trajectory.objects.filter(ends_on=None).values("family_id")).exclude(
        pk__in=Hold.objects.standing().values("family_id")
    )
    oldest = today - relativedelta(years=min(terms.values(), default=100))
    found = []
    for family in closed.filter(opened_at__date__lte=oldest).order_by("opened_at", "pk"):
        laws = laws_of(family) & set(terms)
        changed = last_change(family)
        if not laws or changed is None:
            # Without a law or a change nothing is known of its term: it stays, and somebody must look.
            continue
        law = max(laws, key=lambda one: terms[one])
        from_day = changed + relativedelta(years=terms[law], days=1)
        if from_day <= today:
            found.append(Due(family.pk, family.reference, family.opened_by_id, law, changed, from_day))
    return found


def laws_of(family: Family) -> set[Law]:
    """Return the laws a file falls under: the Wmo, the Jeugdwet with a child, Veilig Thuis when it has a part."""
    laws = {Law.WMO}
    if family.persons.filter(place="child").exists():
        laws.add(Law.JEUGDWET)
    if apps.get_model("signals.VeiligThuisReport").objects.filter(family=family).exists():
        laws.add(Law.VEILIG_THUIS)
    return laws


def last_change(family: Family) -> date | None:
    """Return the day of the last change of the file, from the log; None when the log knows of none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(occurred_at) FROM audit_auditevent WHERE family_id = %s AND result = 'done'"
            " AND event !~ '(viewed|revealed|searched|compared|raised)$' AND event NOT LIKE 'destruction.%%'"
            " AND event NOT LIKE 'hold.%%'",
            [family.pk],
        )
        (moment,) = cursor.fetchone()
    return timezone.localdate(moment) if moment else None


def propose(*, now: datetime) -> int:
    """Make one proposal per organisation of what is due and in no other proposal; return how many files it names.

    A job. Nothing is destroyed by it. Safe to repeat: until somebody approves it, what falls due is added.
    """
    per_organisation: dict[UUID, list[Due]] = defaultdict(list)
    waiting = set(
        DestructionItem.objects.filter(destruction__status__in=[Status.PROPOSED, Status.APPROVED]).values_list(
            "family_key", flat=True
        )
    )
    for one in due(timezone.localdate(now)):
        if one.family_id not in waiting:
            per_organisation[one.organisation_id].append(one)
    added = 0
    for organisation_id, files in per_organisation.items():
        with transaction.atomic():
            batch, _is_new = Destruction.objects.select_for_update().get_or_create(
                organisation_id=organisation_id, status=Status.PROPOSED, defaults={"proposed_at": now}
            )
            if batch.first_by_id:
                # What somebody has read and approved stays what it was; the others come in the next one.
                continue
            for one in files:
                DestructionItem.objects.create(
                    destruction=batch,
                    organisation_id=organisation_id,
                    family_key=one.family_id,
                    reference=one.reference,
                    law=one.law,
                    last_change_on=one.last_change_on,
                    from_day=one.from_day,
                )
            record(Event.DESTRUCTION_PROPOSED, actor=None, subject=batch, organisation_id=organisation_id)
            added += len(files)
    return added


def carry_out(*, now: datetime, tombstones: Path) -> int:
    """Destroy the files of every batch that two persons approved; return how many. One file at a time, each whole.

    What changed since, is on hold or was opened again is left, with the reason. The database refuses what two persons
    did not approve, whatever this asks. The keys of class A go with the file: what a backup holds of it is unreadable
    from then on. The tombstone is also written outside the database, before the file goes: after an older backup was
    put back, `replay` destroys it again.
    """
    gone = 0
    for batch in Destruction.objects.filter(status=Status.APPROVED).order_by("proposed_at", "pk"):
        for item in batch.items.filter(destroyed_at=None, left_because="").order_by("pk"):
            with transaction.atomic():
                item.left_because = _why_not(item)
                if not item.left_because:
                    sealed = list(ProtectedPlace.objects.filter(family_id=item.family_key).values_list("pk", flat=True))
                    _write_down(item, sealed, now=now, file=tombstones)
                    _destroy(item, now=now)
                    # Only now that the database agreed, and before it is final: a crash in between leaves a file that
                    # is gone next time, and never a key that outlives its file.
                    keys.destroy(sealed)
                    gone += 1
                item.save(update_fields=["left_because", "destroyed_at"])
        batch.move_to(Status.CARRIED_OUT)
        batch.carried_out_at = now
        batch.save(update_fields=["status", "carried_out_at"])
    return gone


def replay(*, tombstones: Path) -> int:
    """Destroy again what a tombstone outside the database says is gone; return how many came back. After a restore.

    Their keys too, which an older copy of that folder would have brought back.
    """
    again = 0
    for line in _lines(tombstones):
        keys.destroy(UUID(name) for name in line["keys"])
        key = UUID(str(line["family_key"]))
        if not Family.objects.filter(pk=key).exists():
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT destroy_again(%s)", [key])
            (rows,) = cursor.fetchone()
            record(Event.FAMILY_DESTROYED, actor=None, family_id=key, details={"rows": rows, "after_restore": True})
        again += 1
    return again


def _why_not(item: DestructionItem) -> str:
    family = Family.objects.filter(pk=item.family_key).first()
    if family is None:
        return "gone"
    if Hold.objects.standing().filter(family=family).exists():
        return "hold"
    if Trajectory.objects.filter(family=family, ends_on=None).exists():
        return "opened_again"
    return "" if last_change(family) == item.last_change_on else "changed"


def _destroy(item: DestructionItem, *, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT destroy_family(%s)", [item.pk])
        (rows,) = cursor.fetchone()
    batch = item.destruction
    if batch.first_by_id is None or batch.second_by_id is None:
        raise AssertionError("the database let something through that two persons did not approve")
    item.destroyed_at = now
    Tombstone.objects.create(
        family_key=item.family_key,
        reference=item.reference,
        law=item.law,
        last_change_on=item.last_change_on,
        first_by_id=batch.first_by_id,
        second_by_id=batch.second_by_id,
        destroyed_at=now,
        rows=rows,
    )
    record(
        Event.FAMILY_DESTROYED,
        actor=None,
        subject=item,
        organisation_id=item.organisation_id,
        family_id=item.family_key,
        details={"rows": rows, "law": item.law, "approved_by": [str(batch.first_by_id), str(batch.second_by_id)]},
    )


def _write_down(item: DestructionItem, sealed: Sequence[UUID], *, now: datetime, file: Path) -> None:
    stone = {"family_key": str(item.family_key), "at": now.isoformat(), "keys": [str(name) for name in sealed]}
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(stone) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    if file.exists():
        for line in file.read_text().splitlines():
            yield json.loads(line)
