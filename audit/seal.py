"""The chain over the audit log: sealing, anchoring outside the database, and finding where it was broken (R45).

An audit row commits with its act, unchained, so that acts never wait for each other. A job seals what has committed:
each seal is a digest over the event and the seal before it. Whoever can write in the database could seal everything
anew, so the last digest is also kept outside it; what is older than the last anchor cannot be changed unnoticed.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from audit.models import AuditEvent, LogCheck, Seal

log = logging.getLogger(__name__)

FIRST = "0" * 64  # what stands before the first seal
BATCH = 5000
# A row carries the moment of its act and is visible at the end of its transaction: the longest that may lie between.
LONGEST_TRANSACTION = timedelta(days=1)
# An event that has no seal after this long is reported: the job stands still, or the seals were cut off.
SEALED_WITHIN = timedelta(minutes=5)
_LOCK = 7_451_001  # of this job among the advisory locks


@dataclass(frozen=True)
class Anchor:
    """The end of the chain at a moment, as it was written down outside the database."""

    position: int
    digest: str
    at: str


@dataclass(frozen=True)
class Break:
    """Where the log is not what it was: from which position up to and including which, and what is wrong there."""

    first: int
    last: int
    what: str
    event_id: str = ""

    def __str__(self) -> str:
        where = f"position {self.first}" if self.first == self.last else f"positions {self.first} to {self.last}"
        return f"{where}: {self.what}" + (f" (event {self.event_id})" if self.event_id else "")


def seal(*, now: datetime) -> int:
    """Seal every event that has committed and has no seal, in the order of their moments; return how many.

    One job at a time: a second one waits for the first and then finds nothing. Safe to repeat.
    """
    seals = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Seal.objects.order_by("-position").first()
        position, digest = (last.position, last.digest) if last else (0, FIRST)
        for event in _unsealed(now):
            position, digest = position + 1, digest_of(digest, event)
            seals.append(Seal(position=position, event_id=event.pk, digest=digest, sealed_at=now))
        Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def anchor(*, now: datetime, file: Path) -> Anchor | None:
    """Write the end of the chain at the end of a file outside the database; None when it stands there already.

    The line is on the disk before this returns. Keep the file where the database's administrators cannot write: it is
    all that tells a rewritten log from a whole one.
    """
    last = Seal.objects.order_by("-position").first()
    if last is None or any(one.position >= last.position for one in list(anchors(file))[-1:]):
        return None
    made = Anchor(last.position, last.digest, now.astimezone(UTC).isoformat())
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(made.__dict__) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    # A second place outside the database, where logs are sent elsewhere.
    log.info("audit anchor", extra={"position": made.position, "digest": made.digest[:32]})
    return made


def anchors(file: Path) -> Iterator[Anchor]:
    """Read the anchors, oldest first. A file that is not there holds none."""
    if file.exists():
        for line in file.read_text().splitlines():
            yield Anchor(**json.loads(line))


def breaks(*, now: datetime, anchored: list[Anchor]) -> list[Break]:
    """Return where the log was changed, cut off or written anew since it was sealed; nothing when it is whole."""
    found = list(_broken_links())
    found += _against_anchors(anchored)
    waiting = (
        AuditEvent.objects.filter(occurred_at__lt=now - SEALED_WITHIN)
        .exclude(Exists(Seal.objects.filter(event_id=OuterRef("pk"))))
        .order_by("occurred_at", "pk")
    )
    end = Seal.objects.order_by("-position").first()
    after = (end.position if end else 0) + 1
    found += [Break(after, after, "an event without a seal", str(event.pk)) for event in waiting[:100]]
    return found


def check(*, now: datetime, file: Path) -> list[Break]:
    """Walk the whole chain against the anchors in `file`, and write down what came of it for who oversees it."""
    anchored = list(anchors(file))
    found = breaks(now=now, anchored=anchored)
    LogCheck.objects.create(
        checked_at=now,
        anchored_to=anchored[-1].position if anchored else 0,
        anchored_at=anchored[-1].at if anchored else "",
        broken=[[one.first, one.last, one.what] for one in found[:100]],
    )
    return found


def digest_of(previous: str, event: AuditEvent) -> str:
    """Return the digest of an event behind `previous`: over everything the row holds, in one fixed form."""
    facts = {field.attname: getattr(event, field.attname) for field in AuditEvent._meta.concrete_fields}
    facts["occurred_at"] = event.occurred_at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def _unsealed(now: datetime) -> Iterator[AuditEvent]:
    events = AuditEvent.objects.exclude(Exists(Seal.objects.filter(event_id=OuterRef("pk"))))
    if Seal.objects.filter(sealed_at__gt=now - LONGEST_TRANSACTION).exists():
        # Not the whole log each minute. After a standstill it is.
        events = events.filter(occurred_at__gt=now - 2 * LONGEST_TRANSACTION)
    return events.order_by("occurred_at", "pk")[:BATCH].iterator()


def _broken_links() -> Iterator[Break]:
    """Walk the chain and say at each place whether it still follows from the one before."""
    previous, expected = FIRST, 1
    seals = Seal.objects.order_by("position").iterator(chunk_size=BATCH)
    for chunk in _in_chunks(seals):
        events = AuditEvent.objects.in_bulk([one.event_id for one in chunk])
        for one in chunk:
            if one.position > expected:
                yield Break(expected, one.position - 1, "seals were removed")
            event = events.get(one.event_id)
            if event is None:
                yield Break(one.position, one.position, "the event was removed", str(one.event_id))
            elif one.position == expected and digest_of(previous, event) != one.digest:
                yield Break(one.position, one.position, "the event or its seal was changed", str(one.event_id))
            previous, expected = one.digest, one.position + 1


def _in_chunks(seals: Iterator[Seal]) -> Iterator[list[Seal]]:
    chunk: list[Seal] = []
    for one in seals:
        chunk.append(one)
        if len(chunk) == BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _against_anchors(anchored: list[Anchor]) -> Iterator[Break]:
    """Compare the chain with what was written down outside. The first difference bounds where it was written anew."""
    digests = dict(
        Seal.objects.filter(position__in=[one.position for one in anchored]).values_list("position", "digest")
    )
    end = Seal.objects.order_by("-position").first()
    last_position = end.position if end else 0
    sound = 0
    for one in anchored:
        if one.position > last_position:
            cut_to = anchored[-1].position
            yield Break(last_position + 1, cut_to, f"the end was cut off; it was anchored at {anchored[-1].at}")
            return
        if digests.get(one.position) != one.digest:
            yield Break(sound + 1, one.position, f"written anew; the chain was anchored at {one.at}")
            return
        sound = one.position
