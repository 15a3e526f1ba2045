"""Whose words somebody reads: what a client said to one worker does not go to the next one by itself."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import Membership, User
from handover.models import Handover, Status


def may_read_words(family_id: UUID, user: User) -> Callable[[UUID, datetime], bool]:
    """Return the answer to: may `user` read what was written by this person at this moment? Two queries for a list.

    Not when it was written for another organisation before hers took the family over, unless that was agreed in the
    handover. What she or a colleague wrote, also in an earlier time, stays hers to read.
    """
    mine = list(user.standing)
    taken_over = (
        Handover.objects.filter(
            family_id=family_id, status=Status.ACCEPTED, to_organisation__in=mine, passes_words=False
        )
        .order_by("-decided_at")
        .first()
    )
    cut = taken_over.decided_at if taken_over else None
    own = set(
        Membership.objects.filter(Q(organisation__in=mine) | Q(user=user)).values_list("user_id", flat=True)
        if cut
        else ()
    )
    return lambda by, at: cut is None or at > cut or by in own
