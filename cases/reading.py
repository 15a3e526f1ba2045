"""What is read of a file by operations and pages: rules over several rows, each in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models import (
    MAJORITY,
    Admission,
    AroundChild,
    CaseContext,
    ChildContact,
    ChildVoice,
    Destination,
    Family,
    IndexAnswer,
    MeasureScope,
    NetworkMember,
    ParentalAuthority,
    Person,
    Place,
    ProtectiveMeasure,
    ReferralIndexStatus,
    SafeContact,
    Trajectory,
)
from cases.models.measure import FORBIDS_CONTACT
from organisations.models import CodeItem

HONOUR = "honour_related_violence"
SMALL_NETWORK = 2  # fewer than this many people is a weak network, however strong each is
_KINDS = "trajectory_kind"


def kind_label(kind: str) -> str:
    """Return what a kind of trajectory is called. Kinds are data: an unknown one is shown as it is stored."""
    item = CodeItem.objects.filter(code_list__slug=_KINDS, code=kind).first()
    return item.label if item else kind.replace("_", " ")


def bans_between(child: Person, parent: Person, *, from_on: date, until_on: date | None) -> list[ProtectiveMeasure]:
    """Return the measures that forbid contact between these two on any day of the period; both days inclusive."""
    against = ProtectiveMeasure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=from_on), family_id=child.family_id, kind__in=FORBIDS_CONTACT
    ).filter(Q(against=parent) | Q(against=None))
    if until_on is not None:
        against = against.filter(starts_on__lte=until_on)
    found = list(against.order_by("starts_on", "pk"))
    scopes: dict[UUID, set[UUID]] = {}
    for scope in MeasureScope.objects.filter(measure__in=found):
        scopes.setdefault(scope.measure_id, set()).add(scope.person_id)
    # A measure that names nobody protects everybody.
    return [one for one in found if one.pk not in scopes or child.pk in scopes[one.pk]]


def relatives_need_review(family: Family) -> bool:
    """Say whether honour plays a part, so that a relative is no support before somebody looked at it (D13)."""
    return bool(CaseContext.objects.filter(family=family, ends_on=None, code__code=HONOUR).exists())


@dataclass(frozen=True)
class Gap:
    """Something the file lacks, why it matters, and the address where it is filled in."""

    what: str
    why: str
    view: str
    about: UUID


def gaps(family: Family, *, today: date) -> list[Gap]:
    """Return what is still missing, the most dangerous first. Eight queries, however many persons there are."""
    persons = list(Person.objects.filter(family=family, same_as=None).order_by("place", "pk"))
    children = [person for person in persons if person.place == Place.CHILD]
    client = next((person for person in persons if person.place == Place.CLIENT), None)
    found = []
    contact = SafeContact.objects.filter(family=family, person=client).current().first() if client else None
    if client and (contact is None or not contact.is_confirmed(today)):
        what = _("How to reach %(name)s safely") if contact is None else _("Ask again how to reach %(name)s safely")
        why = _("A call at the wrong moment is heard by the wrong person. What was safe is asked again every month.")
        found.append(Gap(what % {"name": client.given_name}, why, "cases:safe_contact", client.pk))
    found += _gaps_of_children(family, children, today)
    if not NetworkMember.objects.filter(family=family).on(today).exists():
        why = _("Without anybody around them nobody sees it when things go wrong.")
        found.append(Gap(_("There is no network yet"), why, "cases:network", family.pk))
    trajectory = Trajectory.objects.filter(family=family, ends_on=None).first()
    if trajectory and not Admission.objects.filter(trajectory=trajectory, frozen_at__isnull=False).exists():
        why = _("What was found at admission must not vanish: it goes along when the family is handed over.")
        found.append(Gap(_("The picture at admission"), why, "cases:admission", trajectory.pk))
    return found


def _gaps_of_children(family: Family, children: Sequence[Person], today: date) -> list[Gap]:
    with_authority = set(
        ParentalAuthority.objects.filter(family=family, ends_on=None).values_list("child_id", flat=True)
    )
    around = set(ChildContact.objects.filter(family=family, ends_on=None).values_list("child_id", "kind"))
    heard = set(ChildVoice.objects.filter(family=family).values_list("child_id", flat=True))
    unregistered = {child.pk for child in missing_in_index(family, children, today=today)}
    found = []
    for child in children:
        name = {"name": child.given_name}
        if child.pk not in with_authority:
            why = _("Who has authority must consent to help, and may ask others for information.")
            found.append(Gap(_("Who has authority over %(name)s") % name, why, "cases:record_authority", child.pk))
        if (child.pk, AroundChild.OWN_WORKER) not in around:
            why = _("A child that has one worker of its own keeps that person after the departure.")
            found.append(Gap(_("%(name)s has no worker of its own") % name, why, "cases:around_child", child.pk))
        if (child.pk, AroundChild.SCHOOL) not in around:
            why = _("The school sees the child every day, and must know whom to call.")
            found.append(Gap(_("The school of %(name)s") % name, why, "cases:around_child", child.pk))
        if child.pk not in heard:
            why = _("What a child says itself is in no other file.")
            found.append(Gap(_("What %(name)s says and wants") % name, why, "cases:hear_child", child.pk))
        if child.pk in unregistered:
            why = _("Helpers who know the same child can only find each other in the referral index (VIR).")
            found.append(Gap(_("Referral index of %(name)s") % name, why, "cases:index_status", child.pk))
    return found


def missing_in_index(family: Family, children: Sequence[Person], *, today: date) -> list[Person]:
    """Return the children about whom nothing is decided, or whose registration has ended.

    Nobody when the municipality that now goes for this family has stopped with the index (C14).
    """
    if not uses_index(family, today=today):
        return []
    settled = set(
        ReferralIndexStatus.objects.filter(family=family, replaced_at=None)
        .exclude(answer=IndexAnswer.REGISTERED, expires_on__lt=today)
        .values_list("child_id", flat=True)
    )
    return [child for child in children if child.pk not in settled]


def uses_index(family: Family, *, today: date) -> bool:
    """Say whether the referral index is in use where the family is: its destination once it left, else the shelter."""
    trajectory = (
        Trajectory.objects.filter(family=family)
        .select_related("municipality", "organisation__municipality")
        .order_by("-starts_on", "-pk")
        .first()
    )
    if trajectory is None:
        return True
    gone = trajectory.departs_on is not None and trajectory.departs_on <= today
    known = gone and trajectory.destination == Destination.MUNICIPALITY
    place = trajectory.municipality if known and trajectory.municipality else trajectory.organisation.municipality
    return bool(place.referral_index_ends_on is None or today < place.referral_index_ends_on)


def voices_on_paper(family: Family) -> list[ChildVoice]:
    """Return what the children said, without what a parent may not read (D29): a paper at home is found by a parent."""
    voices = ChildVoice.objects.filter(family=family, hidden_from_parents=False, child__same_as=None)
    return list(voices.select_related("child").order_by("child__born_on", "child_id", "-asked_on", "pk"))


def network_size(family: Family, *, on: date) -> int:
    """Return how many people were around the family on a day."""
    return int(NetworkMember.objects.filter(family=family).on(on).count())


def turns_eighteen_on(child: Person) -> date | None:
    return child.born_on + relativedelta(years=MAJORITY) if child.born_on else None
