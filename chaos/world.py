"""What the scenarios work on: families with workers, and things that are due. And how to count afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from access.models import Assignment, AssignmentKind, Involvement, Relation
from accounts.models import Membership, Role, User
from cases.models import Family, Person, Place, RegisseurPeriod, Trajectory
from follow_ups.models import DispatchRun, FollowUp, Kind, Outbox, Quarantine, Reminder, State, SweepRun
from organisations.models import Municipality, Organisation, OrganisationKind
from reminders.models import Digest


@dataclass(frozen=True)
class Counted:
    """What became of everything that was due."""

    due: int
    lost: int
    doubled: int

    @property
    def holds(self) -> bool:
        return self.lost == self.doubled == 0

    def __str__(self) -> str:
        return f"due {self.due:,}, lost {self.lost}, raised twice {self.doubled}"


def build(families: int, *, due: int, on: date | None = None) -> None:
    """Empty the tables of reminders and make families, each with a worker of its own, and things due for them."""
    _empty()
    now = timezone.now() - timedelta(days=400)
    shelter = _shelter()
    made = [Family(reference=f"C-{uuid4().hex[:10]}", opened_by=shelter, opened_at=now) for _ in range(families)]
    users = [User(email=f"{uuid4().hex}@vinger.example", name="Iemand") for _ in made]
    Family.objects.bulk_create(made)
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=shelter, role=Role.WORKER, starts_on=now.date()) for user in users
    )
    Person.objects.bulk_create(Person(family=one, place=Place.CLIENT, given_name="Iemand") for one in made)
    Trajectory.objects.bulk_create(
        Trajectory(family=one, kind="shelter", organisation=shelter, starts_on=now.date()) for one in made
    )
    Involvement.objects.bulk_create(
        Involvement(
            family=one, organisation=shelter, relation=Relation.REGISSEUR, source_id=one.pk, level=4, starts_at=now
        )
        for one in made
    )
    for kind in (AssignmentKind.REGISSEUR, AssignmentKind.WORKER):
        Assignment.objects.bulk_create(
            Assignment(family=one, user=user, organisation=shelter, kind=kind, starts_at=now)
            for one, user in zip(made, users, strict=True)
        )
    RegisseurPeriod.objects.bulk_create(
        RegisseurPeriod(family=one, user=user, organisation=shelter, kind="shelter", reason="chaos", starts_at=now)
        for one, user in zip(made, users, strict=True)
    )
    add_due(due, on=on or timezone.localdate())


def staff() -> list[User]:
    """Make one user of each role that works with families or keeps this running, each where she would be."""
    shelter = _shelter()
    municipality = _organisation("Gemeente Elders", "municipality")
    found = []
    for role in Role:
        at = municipality if role in {Role.COORDINATOR, Role.DUTY_DESK} else shelter
        user = User.objects.create(email=f"{uuid4().hex}@vinger.example", name="Iemand")
        Membership.objects.create(user=user, organisation=at, role=role, starts_on=timezone.localdate())
        found.append(user)
    return found


def forget_rounds() -> None:
    """Forget what rounds were held, as after a clock that was wrong was set right."""
    for model in (SweepRun, DispatchRun):
        model.objects.filter(finished_at__gt=timezone.now()).delete()


def add_due(count: int, *, on: date, kind: Kind = Kind.CONTACT) -> None:
    """Make so many things due, spread over the families."""
    keys = list(Family.objects.filter(reference__startswith="C-").order_by("pk").values_list("pk", flat=True))
    FollowUp.objects.bulk_create(
        FollowUp(
            family_id=keys[n % len(keys)],
            kind=kind,
            about_id=uuid4(),
            due_on=on,
            falls_to=AssignmentKind.REGISSEUR,
        )
        for n in range(count)
    )


def count_raised(*, step: int = 0, by: date | None = None) -> Counted:
    """Count the things due for which a step was never raised, and those for which it was raised twice."""
    due = FollowUp.objects.filter(state=State.OPEN, due_on__lte=by or timezone.localdate())
    times = Counter(Reminder.objects.filter(step=step).values_list("follow_up_id", flat=True))
    keys = list(due.values_list("pk", flat=True))
    without_outbox = Reminder.objects.filter(outbox=None).count()
    return Counted(
        len(keys), sum(times[key] == 0 for key in keys) + without_outbox, sum(n - 1 for n in times.values() if n > 1)
    )


def unraised() -> int:
    """Count what is due and not raised yet."""
    due = FollowUp.objects.filter(state=State.OPEN, due_on__lte=timezone.localdate())
    return due.exclude(reminders__step=0).count()


def untold() -> int:
    return Outbox.objects.unsettled().count()


def _empty() -> None:
    tables = [model._meta.db_table for model in (Digest, SweepRun, DispatchRun, Quarantine, Outbox, Reminder, FollowUp)]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        # Families of an earlier scenario would raise alarms of their own.
        cursor.execute("TRUNCATE cases_family CASCADE")


def _shelter() -> Organisation:
    place, _is_new = Municipality.objects.get_or_create(
        code="GM0193",
        defaults={
            "name": "Zwolle",
            "province": "Overijssel",
            "basis": "verified",
            "veilig_thuis_basis": "verified",
            "centre_basis": "verified",
            "valid_from": date(2023, 1, 1),
        },
    )
    return _organisation("De Haven", "womens_shelter", place)


def _organisation(name: str, slug: str, place: Municipality | None = None) -> Organisation:
    kind, _is_new = OrganisationKind.objects.get_or_create(slug=slug, defaults={"basis": "verified"})
    place = place or Municipality.objects.get(code="GM0193")
    found, _is_new = Organisation.objects.get_or_create(name=name, kind=kind, municipality=place)
    return found
