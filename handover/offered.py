"""What the receiver of an offer reads, and nothing else. The sender's preview shows the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self, TypedDict

from accounts.models import User
from cases.models import Admission, Family, ParentalAuthority, Person, Place
from family_plans.models import HelpLine
from handover.models import Handover, Part
from handover.operations import NewHandover
from organisations.models import Organisation
from safety_plans.models import RiskAssessment


@dataclass(frozen=True)
class Offered:
    """A first name, the ages of the children, and the notes. No last name, no address, no file: that is for after."""

    reference: str
    persons: list[Person]
    sender: str
    regisseur: str
    risk_of_care_avoidance: str
    background: str
    discussed_on: date
    involvement_ends_on: date | None
    admission: Admission | None = None
    risk: RiskAssessment | None = None
    authorities: Sequence[ParentalAuthority] = ()
    help: Sequence[str] = ()

    @classmethod
    def of(cls, handover: Handover) -> Self:
        return cls(
            reference=handover.family.reference,
            persons=_persons(handover.family),
            sender=handover.from_organisation.name,
            regisseur=handover.offered_by.name,
            risk_of_care_avoidance=handover.risk_of_care_avoidance,
            background=handover.background,
            discussed_on=handover.discussed_on,
            involvement_ends_on=handover.involvement_ends_on,
            admission=_admission(handover.family),
            **_parts(handover.family, handover.shows),
        )

    @classmethod
    def as_it_would_be(cls, family: Family, what: NewHandover, *, sender: Organisation, by: User) -> Self:
        return cls(
            reference=family.reference,
            persons=_persons(family),
            sender=sender.name,
            regisseur=by.name,
            risk_of_care_avoidance=what.risk_of_care_avoidance,
            background=what.background,
            discussed_on=what.discussed_on,
            involvement_ends_on=what.involvement_ends_on,
            admission=_admission(family),
            **_parts(family, what.shows),
        )


class _Parts(TypedDict, total=False):
    risk: RiskAssessment | None
    authorities: Sequence[ParentalAuthority]
    help: Sequence[str]


def _parts(family: Family, chosen: Sequence[str]) -> _Parts:
    """Return the parts that were chosen, and no other (F6). Of help only what for: who gives it says where."""
    parts = _Parts()
    if Part.RISK in chosen:
        parts["risk"] = RiskAssessment.objects.filter(family=family).order_by("-assessed_on", "-recorded_at").first()
    if Part.AUTHORITY in chosen:
        parts["authorities"] = list(
            ParentalAuthority.objects.filter(family=family, ends_on=None)
            .select_related("child", "holder")
            .order_by("child__born_on", "pk")
        )
    if Part.HELP in chosen:
        running = HelpLine.objects.filter(family=family, ended_on=None).select_related("domain")
        parts["help"] = sorted({line.domain.label for line in running})
    return parts


def _admission(family: Family) -> Admission | None:
    """Return the picture of the family when it came in, once frozen: it goes along in every handover (D25)."""
    found: Admission | None = (
        Admission.objects.filter(family=family, frozen_at__isnull=False).order_by("-frozen_at").first()
    )
    return found


def _persons(family: Family) -> list[Person]:
    """Return the client and the children. Whoever may read the offer may read this much of them."""
    return list(Person.objects.filter(family=family, place__in=[Place.CLIENT, Place.CHILD]).in_reading_order())
