"""Whether everything another organisation could see, or did see, rests on a ground that held at that moment (R17).

Read by the nightly job as all families; a request never asks this. An *orphan* is a disclosure without such a ground.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

# What somebody reads of a family, by the event that is recorded for it.
READ = ("family.viewed", "safety_plan.viewed", "family_plan.viewed")

# A ground holds from when the share opened until it ended or was withdrawn, and consent only while no consent of it was
# withdrawn or ended. Reading is recorded a moment before the transaction ends, hence no other tolerance.
_HELD = """
    EXISTS (
        SELECT 1 FROM cases_share s JOIN cases_ground g ON g.id = s.ground_id
        WHERE s.family_id = {family} AND s.organisation_id = {organisation}
        AND s.opened_at <= {moment} AND s.ends_at > {moment}
        AND (s.withdrawn_at IS NULL OR s.withdrawn_at > {moment})
        AND (g.second_professional_id IS NULL OR g.confirmed_at <= {moment})
        AND (g.kind <> 'consent' OR EXISTS (
            SELECT 1 FROM cases_consent c WHERE c.ground_id = g.id
            AND (c.withdrawn_at IS NULL OR c.withdrawn_at > {moment})
        ))
    )
"""

# A door that a share opened, without a share that held when it opened.
_DOORS = (
    "SELECT 'door', v.id, v.family_id, v.starts_at FROM access_involvement v WHERE v.relation = 'partner' AND NOT "
    + _HELD.format(family="v.family_id", organisation="v.organisation_id", moment="v.starts_at")
    + " UNION ALL "
    # A door that stayed open after its share ended or was withdrawn.
    "SELECT 'open_door', v.id, v.family_id, v.starts_at FROM access_involvement v"
    " JOIN cases_share s ON s.id = v.source_id WHERE v.relation = 'partner' AND s.withdrawn_at IS NOT NULL"
    " AND (v.closed_at IS NULL OR v.closed_at > s.withdrawn_at)"
)

# A reading by somebody of whom no organisation, at that moment, worked with the family, took part in a handover, or
# held a ground. A membership that ended later still counts for what was read before.
_READINGS = (
    "SELECT 'reading', e.id, e.family_id, e.occurred_at FROM audit_auditevent e"
    " WHERE e.event = ANY(%s) AND e.result = 'done' AND e.family_id IS NOT NULL AND e.actor_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM accounts_membership m WHERE m.user_id = e.actor_id AND (EXISTS ("
    "   SELECT 1 FROM access_involvement v WHERE v.family_id = e.family_id AND v.organisation_id = m.organisation_id"
    "   AND v.relation <> 'partner' AND v.starts_at <= e.occurred_at"
    "   AND (v.closed_at IS NULL OR v.closed_at > e.occurred_at) AND (v.ends_at IS NULL OR v.ends_at > e.occurred_at)"
    " ) OR " + _HELD.format(family="e.family_id", organisation="m.organisation_id", moment="e.occurred_at") + "))"
)


@dataclass(frozen=True)
class Orphan:
    """A disclosure without a ground: a door, or a reading. `row_id` is the involvement, or the audit event."""

    kind: str
    row_id: object
    family_id: object
    moment: object


def orphans(*, events: Sequence[str] = READ) -> list[Orphan]:
    """Return every disclosure by another organisation that joins to no ground. Run as the jobs' role: it sees all."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_DOORS} UNION ALL {_READINGS}", [list(events)])
        return [Orphan(*row) for row in cursor.fetchall()]
