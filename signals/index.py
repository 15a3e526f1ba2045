"""Whether a signal asks for an answer about the referral index (VIR) before it can be closed (C15)."""

from datetime import date

from access.models import Involvement, Relation
from organisations.models import Municipality
from signals.models import Signal


def asks_about_vir(signal: Signal, today: date) -> bool:
    """Say whether the municipality of this family still registers children in the index.

    Of the municipality that is responsible for the family; where none is, of the one of the reporter.
    """
    if signal.family_id is None:
        return False  # at a desk, about nobody yet
    open_doors = Involvement.objects.filter(family_id=signal.family_id, relation=Relation.RESPONSIBLE, closed_at=None)
    door = open_doors.select_related("organisation__municipality").order_by("-starts_at", "pk").first()
    municipality: Municipality = (door or signal).organisation.municipality
    ends_on = municipality.referral_index_ends_on
    return bool(signal.child_name) and (ends_on is None or today < ends_on)
