"""Builders for tests: every argument optional, every default plausible, nothing random, no passwords."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import factory
from guardian.shortcuts import assign_perm

from access.models import Assignment, AssignmentKind, BreakGlass, Involvement, Relation
from accounts.models import Membership, Role, User
from cases.models import Consent, Family, Ground, GroundKind, Person, Place, RegisseurPeriod, Share, Trajectory
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from organisations.models import Municipality, Organisation, OrganisationKind

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_number = count(1)


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "GM0193"
    name = "Zwolle"
    province = "Overijssel"
    basis = "verified"
    veilig_thuis_basis = "verified"
    centre_basis = "verified"
    valid_from = date(2023, 1, 1)


class OrganisationKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationKind
        django_get_or_create = ("slug",)

    slug = "neighbourhood_team"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Wijkteam {n}")
    kind = factory.SubFactory(OrganisationKindFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


def organisation(name=None, *, kind="neighbourhood_team"):
    fields = {"name": name} if name else {}
    return OrganisationFactory(kind__slug=kind, **fields)


def user(role=Role.WORKER, *, at=None, name=None, **fields):
    n = next(_number)
    made = User.objects.create_user(f"user{n}@vinger.example", name=name or f"Persoon {n}", **fields)
    if role:
        membership(made, at or organisation(), role)
    return made


def membership(member, at, role=Role.WORKER, *, starts_on=date(2025, 1, 1), ends_on=None):
    return Membership.objects.create(user=member, organisation=at, role=role, starts_on=starts_on, ends_on=ends_on)


def family(*, opened_by=None, client="Marloes", surname="de Wit"):
    n = next(_number)
    made = Family.objects.create(reference=f"TEST-{n:04}", opened_by=opened_by or organisation(), opened_at=NOW)
    Person.objects.create(family=made, place=Place.CLIENT, given_name=client, surname=surname)
    Trajectory.objects.create(family=made, kind="shelter", organisation=made.opened_by, starts_on=date(2026, 1, 12))
    return made


def involvement(of, by, relation=Relation.WORKING, *, starts_at=NOW, ends_at=None, closed_at=None, level=4):
    return Involvement.objects.create(
        family=of,
        organisation=by,
        relation=relation,
        source_id=of.pk,
        level=level,
        starts_at=starts_at,
        ends_at=ends_at,
        closed_at=closed_at,
    )


def assignment(of, to, at, kind=AssignmentKind.WORKER, *, starts_at=NOW, ends_at=None, closed_at=None):
    return Assignment.objects.create(
        family=of, user=to, organisation=at, kind=kind, starts_at=starts_at, ends_at=ends_at, closed_at=closed_at
    )


def regisseur(of, to, at, *, starts_at=NOW, ends_at=None):
    """Somebody who has the regie, and nothing beside it: no door, no assignment."""
    return RegisseurPeriod.objects.create(
        family=of, user=to, organisation=at, kind="other", reason="test", starts_at=starts_at, ends_at=ends_at
    )


def handed_over(of, *, by, at, to, leaves):
    """A handover that was accepted an hour ago, and the door that it left to the side it came from."""
    made = Handover.objects.create(
        family=of,
        from_organisation=at,
        to_organisation=to,
        risk_of_care_avoidance="Nee.",
        background="Rust.",
        discussed_on=NOW.date(),
        involvement_ends_on=NOW.date() + timedelta(days=30) if leaves == Relation.AFTERCARE else None,
        offered_by=by,
        offered_at=NOW - timedelta(days=2),
        answer_by=NOW.date(),
        status="accepted",
        decided_by=by,
        decided_at=NOW - timedelta(hours=1),
    )
    Involvement.objects.create(
        family=of, organisation=at, relation=leaves, source_id=made.pk, level=4, starts_at=NOW - timedelta(hours=1)
    )
    return made


def share(of, with_, *, by, level=4, days=30, starts_in=0, withdrawn=False, article=""):
    """A share on consent, or on a statutory task when an article is given, with the door it opens."""
    starts_at = NOW + timedelta(days=starts_in) if starts_in else NOW - timedelta(days=20)
    ground = Ground.objects.create(
        family=of,
        kind=GroundKind.STATUTORY_TASK if article else GroundKind.CONSENT,
        law="jeugdwet" if article else "",
        article=article,
        discussed_on=NOW.date(),
        recorded_by=by,
        recorded_at=NOW,
    )
    if not article:
        client = Person.objects.get(family=of, place=Place.CLIENT)
        Consent.objects.create(
            family=of,
            ground=ground,
            given_by=client,
            about=client,
            how="spoken",
            given_on=NOW.date() - timedelta(days=20),
            ends_on=NOW.date() + timedelta(days=days),
        )
    made = Share.objects.create(
        family=of,
        ground=ground,
        organisation=with_,
        level=level,
        task="jeugdwet" if article else "wmo",
        purpose="Meekijken of het veilig blijft",
        starts_at=starts_at,
        opened_at=starts_at,
        ends_at=NOW + timedelta(days=days),
        withdrawn_at=NOW if withdrawn else None,
        withdrawn_because="Moeder wil niet meer" if withdrawn else "",
    )
    Involvement.objects.create(
        family=of,
        organisation=with_,
        relation=Relation.PARTNER,
        source_id=made.pk,
        level=level,
        starts_at=made.starts_at,
        ends_at=made.ends_at,
        closed_at=made.withdrawn_at,
    )
    return made


def broken_glass(of, by, at, *, starts_at=NOW):
    """A file that somebody opened in an emergency, with the personal grant beside it."""
    made = BreakGlass.objects.create(
        family=of,
        user=by,
        organisation=at,
        reason="Moeder belt in paniek",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
    )
    assign_perm("broke_glass", by, of)
    return made


def follow_up(of, *, due_on=date(2026, 3, 2), kind=Kind.COMPLETE_FILE, falls_to=AssignmentKind.WORKER, **fields):
    fields.setdefault("about_id", of.pk)
    return FollowUp.objects.create(family=of, kind=kind, due_on=due_on, falls_to=falls_to, **fields)


class Cast:
    """One family and everyone around it, named by what they are to it."""

    def __init__(self):
        hour_ago = datetime(2026, 3, 2, 8, tzinfo=UTC)
        self.shelter = organisation("De Haven", kind="womens_shelter")
        self.other_org = organisation("Wijkteam Elders")
        self.former_org = organisation("Wijkteam Vroeger")
        self.family = family(opened_by=self.shelter)
        involvement(self.family, self.shelter, starts_at=hour_ago)
        involvement(self.family, self.former_org, starts_at=hour_ago, ends_at=NOW)

        self.worker = user(at=self.shelter, name="Els Vonk")
        assignment(self.family, self.worker, self.shelter)
        self.stand_in = user(at=self.shelter)
        assignment(self.family, self.stand_in, self.shelter, AssignmentKind.STAND_IN)
        self.team_lead = user(Role.TEAM_LEAD, at=self.shelter)
        self.colleague = user(at=self.shelter)
        # Assigned, but on behalf of an organisation whose window has just closed.
        self.former_worker = user(at=self.former_org)
        assignment(self.family, self.former_worker, self.former_org, starts_at=hour_ago)
        # Assigned by mistake, without any involvement of the organisation.
        self.stray_worker = user(at=self.other_org)
        assignment(self.family, self.stray_worker, self.other_org)
        self.other_worker = user(at=self.other_org)
        # Assigned and barred: barred outranks.
        self.barred_worker = user(at=self.shelter)
        assignment(self.family, self.barred_worker, self.shelter)
        assignment(self.family, self.barred_worker, self.shelter, AssignmentKind.BARRED)
        self.leaver = user(at=self.shelter, is_active=False)
        assignment(self.family, self.leaver, self.shelter)
        # The membership ended today; the assignment was forgotten.
        self.ended_member = user(None)
        membership(self.ended_member, self.shelter, ends_on=date(2026, 3, 2))
        assignment(self.family, self.ended_member, self.shelter)
        self.administrator = user(Role.ORGANISATION_ADMINISTRATOR, at=self.shelter)
        self.privacy_officer = user(Role.PRIVACY_OFFICER, at=self.shelter)
        self.coordinator = user(Role.COORDINATOR, at=organisation("Gemeente", kind="municipality"))


EVERYONE = [
    "worker",
    "stand_in",
    "team_lead",
    "colleague",
    "former_worker",
    "stray_worker",
    "other_worker",
    "barred_worker",
    "leaver",
    "ended_member",
    "administrator",
    "privacy_officer",
    "coordinator",
]
