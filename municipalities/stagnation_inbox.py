"""What is stuck and waits for a municipality: the reference, the domain, the cause and the days. Never the file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from access.policy import COORDINATOR, Action
from accounts.models import User
from family_plans.models import BindingRequest, Cause, Stagnation, Status
from family_plans.norms import working_days_for
from family_plans.reading.stagnation import rung_of
from municipalities.agreements import FEWEST, LOOKING_BACK
from organisations.models import LadderRung, Municipality, Organisation, OrganisationKind, Subject
from organisations.querysets import OrganisationQuerySet

MOST = 200
LONGEST_WITHOUT_BRIDGING = 14


@dataclass(frozen=True)
class Asked:
    """One thing that waits for an answer."""

    stagnation_id: UUID
    reference: str
    domain: str
    cause: str
    days: int
    answer_by: date
    late: bool
    # The function on the municipality's ladder that must answer now.
    rung: str
    # It came by itself, because a partner did not answer a binding request.
    by_itself: bool


@dataclass(frozen=True)
class Unbridged:
    """Something that is stuck while nothing helps meanwhile."""

    reference: str
    domain: str
    cause: str
    days: int


def asked_of(user: User, *, today: date) -> list[Asked]:
    """Return what waits for an answer of this coordinator, the first to answer first. At most two hundred."""
    waiting = list(Stagnation.objects.asked_of(user, today)[:MOST])
    requests = BindingRequest.objects.filter(stagnation__in=[one.pk for one in waiting], answered_on=None)
    ran_out = dict(requests.values_list("stagnation_id", "answer_by"))
    ladder = LadderRung.ladder_of(_municipality(user), today)
    return sorted((_asked(stuck, ran_out, ladder, today) for stuck in waiting), key=lambda one: one.answer_by)


def _asked(stuck: Stagnation, ran_out: dict[UUID, date], ladder: Sequence[LadderRung], today: date) -> Asked:
    by_itself = stuck.status != Status.ESCALATED
    answer_by = (ran_out[stuck.pk] if by_itself else stuck.answer_by) or today
    return Asked(
        stagnation_id=stuck.pk,
        reference=stuck.family.reference,
        domain=stuck.domain.label,
        cause=str(Cause(stuck.cause).label),
        days=stuck.days(today),
        answer_by=answer_by,
        late=answer_by < today,
        rung=rung_of(ladder, answer_by, today),
        by_itself=by_itself,
    )


def without_bridging(user: User, *, today: date) -> list[Unbridged]:
    """Return what has been stuck beyond the norm while nothing helps meanwhile, asked or not (G12)."""
    norm = working_days_for(Subject.WITHOUT_BRIDGING, _municipality(user), today, otherwise=LONGEST_WITHOUT_BRIDGING)
    rows = (
        Stagnation.objects.permitting(user, Action.ANSWER_STAGNATION)
        .without_bridging(today, longer_than=norm)
        .select_related("family", "domain")
        .defer("note", "tried", "solution")
        .order_by("since", "pk")[:MOST]
    )
    return [
        Unbridged(row.family.reference, row.domain.label, str(Cause(row.cause).label), row.days(today)) for row in rows
    ]


@dataclass(frozen=True)
class Caused:
    """Why something got stuck, with which kind of partner, and of how many families."""

    cause: str
    kind: str
    families: int

    @property
    def is_few(self) -> bool:
        return self.families < FEWEST


def by_cause(user: User, *, today: date) -> list[Caused]:
    """Return what got stuck in the last year by cause and kind of partner (G3), what is frequent first.

    Stuck with a partner as in `agreements.topics`. What is few is ordered by its name: its place says nothing.
    """
    rows = Stagnation.objects.permitting(user, Action.ANSWER_STAGNATION).filter(since__gte=today - LOOKING_BACK)
    families: dict[tuple[str, UUID], set[UUID]] = defaultdict(set)
    for kind in ("help_line__organisation__kind", "requests__to__kind", "addressed__kind"):
        for cause, kind_id, family_id in rows.exclude(**{kind: None}).values_list("cause", kind, "family_id"):
            families[cause, kind_id].add(family_id)
    kinds = OrganisationKind.objects.in_bulk({kind_id for _cause, kind_id in families})
    found = [
        Caused(str(Cause(cause).label), str(kinds[kind_id].label), len(those))
        for (cause, kind_id), those in families.items()
    ]
    return sorted(found, key=lambda one: (0 if one.is_few else -one.families, one.cause, one.kind))


def organisations_to_address(user: User) -> OrganisationQuerySet:
    """Return the organisations in the coordinator's municipality: all of them, so that the list says nothing."""
    municipality = _municipality(user)
    rows = Organisation.objects.active()
    return (rows.serving(municipality) if municipality else rows.none()).order_by("plain_name", "pk")


def _municipality(user: User) -> Municipality | None:
    own = Organisation.objects.filter(pk__in=user.organisations_as(COORDINATOR)).select_related("municipality")
    first = own.order_by("pk").first()
    return first.municipality if first else None
