"""What people and organisations around families know and can show: of organisations and professionals, no family."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Membership, User
from collaboration.models import (
    MEETINGS_A_YEAR,
    ContactPerson,
    GoverningDecision,
    Introduction,
    NetworkMeeting,
    Protocol,
    QualityCheck,
    QualityRequirement,
    RegionalVision,
    Shown,
    Training,
    TrainingSubject,
    Wish,
)
from collaboration.training import lacks
from organisations.models import Municipality, Organisation, Region, Supporter
from organisations.querysets import OrganisationQuerySet

MOST = 100
# What everybody at a partner should have followed (J9, J10).
OF_EVERYBODY = (TrainingSubject.DOMESTIC_VIOLENCE, TrainingSubject.MELDCODE)


def _serving(place: Municipality) -> OrganisationQuerySet:
    found: OrganisationQuerySet = (
        Organisation.objects.active().serving(place).select_related("kind").order_by("plain_name", "pk")
    )
    return found


@dataclass(frozen=True)
class Trained:
    """An organisation, how many people it has here, and of each subject how many in a hundred are trained now."""

    organisation: Organisation
    people: int
    shares: list[tuple[str, int]]
    protocol: Protocol | None


def trained(place: Municipality, *, today: date) -> list[Trained]:
    """Return how far the people of each organisation of a municipality are trained, and its protocol. Four queries."""
    organisations = list(_serving(place)[:MOST])
    people: dict[UUID, set[UUID]] = defaultdict(set)
    live = Membership.objects.live(today).filter(organisation__in=organisations, user__is_active=True)
    for organisation, user in live.values_list("organisation_id", "user_id"):
        people[organisation].add(user)
    followed: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    valid = Training.objects.valid_on(today).filter(organisation__in=organisations, subject__in=OF_EVERYBODY)
    for organisation, subject, user in valid.values_list("organisation_id", "subject", "user_id"):
        followed[organisation, subject].add(user)
    seen = Protocol.objects.filter(organisation__in=organisations).order_by("organisation_id", "-seen_on")
    protocols = {one.organisation_id: one for one in seen.distinct("organisation_id")}
    return [
        Trained(
            one,
            len(people[one.pk]),
            [(str(subject.label), _share(followed[one.pk, subject], people[one.pk])) for subject in OF_EVERYBODY],
            protocols.get(one.pk),
        )
        for one in organisations
    ]


def _share(followed: set[UUID], people: set[UUID]) -> int:
    return 100 * len(followed & people) // len(people) if people else 0


@dataclass(frozen=True)
class Prepared:
    """A supporter, which of the four trainings she lacks (J11), and in which shelters she was introduced (B31)."""

    supporter: Supporter
    lacks: list[str]
    shelters: list[str] = field(default_factory=list)


def prepared(supporters: Iterable[Supporter], *, today: date) -> list[Prepared]:
    """Return of each supporter what is lacking. Two queries, however many there are."""
    every = list(supporters)
    users = [one.user_id for one in every]
    lacking = lacks(users, today=today)
    visited: dict[UUID, list[str]] = defaultdict(list)
    visits = Introduction.objects.filter(user__in=users).select_related("shelter__kind").order_by("visited_on", "pk")
    for visit in visits:
        visited[visit.user_id].append(f"{visit.shelter.kind.label}, {visit.visited_on:%d-%m-%Y}")
    return [Prepared(one, lacking[one.user_id], visited[one.user_id]) for one in every]


@dataclass(frozen=True)
class Meetings:
    """The network meetings of a region in one year: so many of the four (A12)."""

    region: Region
    year: int
    count: int
    meetings: list[NetworkMeeting]

    @property
    def agreed(self) -> int:
        return MEETINGS_A_YEAR

    @property
    def is_enough(self) -> bool:
        return self.count >= MEETINGS_A_YEAR


def meetings(region: Region, *, year: int) -> Meetings:
    """Return the meetings of a year that were planned and not cancelled, with who was invited. Three queries."""
    found = NetworkMeeting.objects.filter(region=region, meets_on__year=year, cancelled_on=None)
    rows = list(found.prefetch_related("guests__organisation__kind").order_by("meets_on", "pk"))
    return Meetings(region, year, len(rows), rows)


@dataclass(frozen=True)
class Kept:
    """What else is kept for a municipality: visions of its region, decisions, wishes."""

    visions: list[RegionalVision]
    decisions: list[GoverningDecision]
    wishes: list[Wish]


def kept(place: Municipality, owner: Organisation) -> Kept:
    """Return the newest of each, fifty at most."""
    return Kept(
        list(RegionalVision.objects.filter(region=place.veilig_thuis_region_id).order_by("-adopted_on")[:50]),
        list(GoverningDecision.objects.filter(owner=owner).order_by("-decided_on", "pk")[:50]),
        list(Wish.objects.filter(owner=owner).order_by("-received_on", "pk")[:50]),
    )


@dataclass(frozen=True)
class Checked:
    """What is asked of one shelter, with the newest look at each requirement."""

    shelter: Organisation
    lines: list[tuple[QualityRequirement, QualityCheck | None]]

    @property
    def shown(self) -> int:
        return sum(1 for _one, check in self.lines if check and check.shown == Shown.YES)


def quality(place: Municipality, *, today: date) -> list[Checked]:
    """Return the checklist of every shelter of a municipality (C29). Three queries."""
    shelters = list(_serving(place).shelters()[:MOST])
    asked = list(QualityRequirement.objects.valid_on(today).order_by("order", "code"))
    newest = QualityCheck.objects.filter(shelter__in=shelters, requirement__in=asked).newest()
    found = {(one.shelter_id, one.requirement_id): one for one in newest}
    return [Checked(shelter, [(one, found.get((shelter.pk, one.pk))) for one in asked]) for shelter in shelters]


def quality_rows(checked: Iterable[Checked], heads: Sequence[str]) -> list[list[str]]:
    """Return the checklist as rows for a spreadsheet, the words of the heads first (C30)."""
    rows: list[list[str]] = [list(heads)]
    for one in checked:
        for requirement, check in one.lines:
            said = [check.get_shown_display(), check.proof, check.checked_on.isoformat()] if check else ["", "", ""]
            rows.append([one.shelter.name, requirement.code, requirement.text, *map(str, said)])
    return rows


def contact_persons(place: Municipality | None, *, today: date) -> list[Any]:
    """Return whom to call at organisations, those of one municipality or of all; two hundred at most. One query."""
    rows = ContactPerson.objects.current(today).select_related("organisation__kind", "backup")
    if place:
        rows = rows.filter(organisation__in=Organisation.objects.active().serving(place).values("pk"))
    return list(rows.order_by("organisation__plain_name", "name", "pk")[:200])


def without_protocol() -> set[UUID]:
    """Return the organisations that had no protocol when somebody last looked (C27). One query."""
    newest = Protocol.objects.order_by("organisation_id", "-seen_on", "pk").distinct("organisation_id")
    return {one.organisation_id for one in newest if not one.has_one}


def people_of(place: Municipality, *, today: date) -> QuerySet[User]:
    """Return everybody who works at an organisation of a municipality today, by name."""
    there = Membership.objects.live(today).filter(organisation__in=_serving(place).order_by().values("pk"))
    return User.objects.filter(is_active=True, pk__in=there.values("user_id")).order_by("name", "pk")
