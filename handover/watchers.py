"""Who keeps watch on whom, and whether that is enough. Nothing changes here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from access.models import Involvement, Relation
from cases.models import Family, Level, Person, Place, Share, Trajectory
from cases.regie import regisseur_of
from handover.models import WatchRole
from organisations.models import Organisation
from organisations.querysets import OrganisationQuerySet

ENOUGH = 2  # partners that keep watch on a family when the shelter has stopped (B30)


@dataclass(frozen=True)
class Watched:
    """One child, and the partners that keep watch on it now."""

    person: Person
    roles: list[WatchRole]

    def is_watched_after(self, day: date) -> bool:
        """Say whether somebody still keeps watch on the day after `day`."""
        return any(role.until > day for role in self.roles)


def watched_children(family: Family, *, today: date, now: datetime, other_than: UUID | None = None) -> list[Watched]:
    """Return each child with who keeps watch on it, without the organisation that stops. Two queries."""
    counting = WatchRole.objects.filter(family=family).counting(today, now)
    if other_than is not None:
        counting = counting.exclude(organisation_id=other_than)
    roles = list(counting.select_related("organisation").order_by("until", "pk"))
    children = Person.objects.filter(family=family, place=Place.CHILD).in_reading_order()
    return [Watched(child, [role for role in roles if role.person_id == child.pk]) for child in children]


def too_few_watch(family: Family, *, today: date, now: datetime) -> bool:
    """Say whether the aftercare ended and fewer than two partners keep watch on this family (B30)."""
    if not Trajectory.objects.filter(family=family, ends_on=None, involvement_ends_on__lt=today).exists():
        return False
    watching = WatchRole.objects.filter(family=family).counting(today, now)
    return bool(watching.values("organisation_id").distinct().count() < ENOUGH)


def who_could_watch(family: Family, *, now: datetime) -> OrganisationQuerySet:
    """Return the partners that could be asked: with whom something is shared now."""
    shares = Share.objects.live(now).filter(family=family)
    return Organisation.objects.filter(pk__in=shares.values("organisation_id")).order_by("plain_name", "pk")


def why_not_asked(person: Person, organisation: Organisation, *, at: datetime) -> str:
    """Return why a partner cannot be asked to keep watch on somebody now; empty when it can."""
    if person.place not in {Place.CLIENT, Place.CHILD}:
        return _("Watch is kept on the client and the children.")
    if not _is_told_of(person, organisation, at=at):
        return _("Nothing about this person is shared with this partner. Share first, then ask.")
    if WatchRole.objects.filter(person=person, organisation=organisation).open().exists():
        return _("This partner was asked already.")
    return ""


def _is_told_of(person: Person, organisation: Organisation, *, at: datetime) -> bool:
    doors = Involvement.objects.live(at).filter(
        family=person.family_id, organisation=organisation, relation=Relation.PARTNER
    )
    # At the lowest level a partner knows the children, and not the name of the client.
    if person.place == Place.CLIENT:
        doors = doors.filter(level__gte=Level.SAFETY_PLAN)
    return any(not door.persons or person.pk in door.persons for door in doors)


def shelter_has_regie(trajectory: Trajectory, *, today: date) -> bool:
    """Say whether the shelter itself has the regie, or nobody: then its aftercare cannot end (F11)."""
    regisseur = regisseur_of(trajectory.family, today=today)
    return regisseur is None or regisseur.organisation_id == trajectory.organisation_id
