"""Mails the links that open a way in, and tells somebody afterwards that hers was changed. Derived from rows.

A link is made at the moment it is mailed: only its hash is written down, and before the mail goes. A crash in between
makes a new link the next minute; one that was mailed just before no longer works, and is followed by one that does.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Invitation, Link, Readmission
from accounts.ways_in import hash_of, new_token
from core.database import DatabaseRole, acting_as

log = logging.getLogger(__name__)

BATCH = 100


@dataclass(frozen=True)
class Letter:
    """One mail that somebody is sent beside her reminders. `kind` names its constant text."""

    kind: str
    to: str
    page: str = ""
    token: str = ""


Send = Callable[[Letter], None]
_LINKS = ((Invitation, "invitation", "administration:accept"), (Readmission, "readmission", "administration:recover"))


def send_links(*, now: datetime, send: Send) -> int:
    """Mail every link that is owed; return how many went out. Call it outside a transaction.

    An address that fails is tried again the next minute and holds up no other. Two rounds at once may mail one link
    twice: then the last one works.
    """
    sent = 0
    for model, kind, page in _LINKS:
        with acting_as(DatabaseRole.JOBS):
            rows = model.objects.open(now).filter(told_at=None).order_by("made_at", "pk")[:BATCH]
            # With the addresses: outside this role nobody reads who somebody is.
            owed = [(link, _address_of(link)) for link in rows]
        for link, address in owed:
            token = new_token()
            with acting_as(DatabaseRole.JOBS):
                model.objects.filter(pk=link.pk).update(token_hash=hash_of(token))
            if _went_out(Letter(kind, address, page, token), link.pk, send):
                with acting_as(DatabaseRole.JOBS):
                    sent += model.objects.filter(pk=link.pk, token_hash=hash_of(token)).update(told_at=now)
    return sent + _tell_what_changed(now=now, send=send)


def _tell_what_changed(*, now: datetime, send: Send) -> int:
    """Tell who used a readmission that her way of signing in was changed: if it was not her, she calls."""
    sent = 0
    with acting_as(DatabaseRole.JOBS):
        used = Readmission.objects.exclude(used_at=None).filter(changed_told_at=None).select_related("user")
        owed = list(used.order_by("used_at", "pk")[:BATCH])
    for readmission in owed:
        if _went_out(Letter("changed", readmission.user.email), readmission.pk, send):
            with acting_as(DatabaseRole.JOBS):
                sent += Readmission.objects.filter(pk=readmission.pk).update(changed_told_at=now)
    return sent


def _address_of(link: Link) -> str:
    return str(link.email if isinstance(link, Invitation) else link.user.email)  # type: ignore[attr-defined]  # a Readmission


def _went_out(letter: Letter, about: object, send: Send) -> bool:
    try:
        send(letter)
    except Exception:
        log.exception("a letter was not sent", extra={"link": str(about)})
        return False
    return True
