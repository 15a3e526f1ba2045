"""Invented families in bulk, made inside the database.

One family is made with the builders of the tests, so that it is whole; the rest are copies of its rows with other keys.
So a column that a room adds later is filled here as it is filled there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from access.models import Assignment, AssignmentKind, Involvement, Relation
from accounts.models import Role, User
from cases.models import Family, Person, Place, RegisseurPeriod, SafeContact, Trajectory
from figures.history import invent, places
from figures.periods import Quarter
from figures.releasing import plan_release
from figures.writing import publish
from follow_ups.models import FollowUp
from organisations.models import Municipality, Organisation
from tests import factories

ORGANISATIONS = 500
LARGEST = 0.10  # of all families: the share of the largest organisation
TYPICAL = 1_700  # families of the typical organisation, at any size
_DAYS = 365
# Names as they are spread in a country: one in two hundred has the commonest, the others share some twenty thousand.
COMMONEST = "de Jong"
_SURNAME = """CASE WHEN s.n %% 200 = 0 THEN 'de Jong' ELSE initcap(
    (ARRAY['al','bo','da','el','fer','gro','ha','ka','lo','mu','ro','ter'])[1 + s.n %% 12] ||
    (ARRAY['ba','den','ga','ker','la','man','ni','pel','ra','so','ta','wij'])[1 + s.n / 12 %% 12] ||
    (ARRAY['be','ding','fa','hor','ke','lin','mo','nes','pa','ri','ster','veld'])[1 + s.n / 144 %% 12] ||
    (ARRAY['berg','dam','ga','huis','kamp','land','meer','na','rink','sma','stra','wold'])[1 + s.n / 1728 %% 12]) END"""
_GIVEN = (
    "(ARRAY['Anna','Bram','Daan','Els','Femke','Jip','Lotte','Mila','Noor','Sem','Tess','Yara'])[1 + s.n * 7 %% 12]"
)


@dataclass(frozen=True)
class World:
    """Who looks at the pages, and at which family."""

    typical: User
    largest: User
    coordinator: User
    signaller: User
    family: Family


def make(families: int, today: date) -> World:
    """Fill an empty, migrated database with this many families, 3 involvements each. Returns who looks."""
    typical_org = factories.organisation("Opvang Typisch", kind="womens_shelter")
    largest_org = factories.organisation("Opvang Groot", kind="womens_shelter")
    town_hall = factories.organisation("Gemeente", kind="municipality")
    template = _one_family(typical_org, town_hall, today)
    others = _more_organisations(largest_org)
    typical = factories.user(at=typical_org)
    largest = factories.user(at=largest_org)
    world = World(
        typical,
        largest,
        factories.user(Role.COORDINATOR, at=town_hall),
        factories.user(Role.SIGNALLER, at=factories.organisation("Basisschool", kind="primary_school")),
        template,
    )
    factories.assignment(template, typical, typical_org, starts_at=_moment(today))
    _publish()
    with connection.cursor() as cursor:
        _triggers(cursor, "DISABLE")
        _multiply(cursor, families, template, typical, largest, others, today)
        _triggers(cursor, "ENABLE")
        cursor.execute("ANALYZE")
    return world


def _publish() -> None:
    """Publish two years of an invented country: what a page of figures reads, whatever the number of files."""
    passages = invent(until=date(2025, 12, 28), families=360, years=3)
    numbers, groups = {}, {}
    for quarter in (Quarter(2024, 4), Quarter(2025, 4)):
        plan = plan_release(quarter, passages, geography=places(), frozen=numbers, grouped=groups)
        numbers, groups = {**numbers, **plan.numbers}, {**groups, **plan.groups}
        publish(plan, quarter=quarter, at=factories.NOW)


def _one_family(shelter: Organisation, town_hall: Organisation, today: date) -> Family:
    family = factories.family(opened_by=shelter)
    Person.objects.create(family=family, place=Place.CHILD, given_name="Daan", born_on=date(2018, 5, 1))
    factories.involvement(family, shelter, starts_at=_moment(today))
    SafeContact.objects.create(
        family=family,
        person=Person.objects.get(family=family, place=Place.CLIENT),
        phone="0600000000",
        confirmed_on=today,
        recorded_by=factories.user(at=shelter),
    )
    factories.involvement(family, town_hall, Relation.RESPONSIBLE, starts_at=_moment(today), level=1)
    factories.follow_up(family, due_on=today)
    return family


def _more_organisations(pattern: Organisation) -> list[str]:
    municipalities = list(Municipality.objects.order_by("code")[:300]) or [pattern.municipality]
    made = Organisation.objects.bulk_create(
        Organisation(kind=pattern.kind, municipality=municipalities[n % len(municipalities)], name=f"Organisatie {n}")
        for n in range(ORGANISATIONS - 3)
    )
    return [str(one.pk) for one in made]


def _multiply(
    cursor: Any, families: int, template: Family, typical: User, largest: User, others: list[str], today: date
) -> None:
    typical_org, largest_org = (user.memberships.get().organisation_id for user in (typical, largest))
    cursor.execute("CREATE TEMP TABLE spread (n int, place int, family uuid, organisation uuid, worker uuid, due date)")
    worker = factories.user(at=Organisation.objects.get(pk=others[0]))
    cursor.execute(
        """
        INSERT INTO spread
        SELECT n, mixed,
            md5('family' || n)::uuid,
            CASE WHEN mixed <= %(typical)s THEN %(typical_org)s
                 WHEN mixed <= %(typical)s + %(large)s THEN %(largest_org)s
                 ELSE (%(others)s::uuid[])[1 + n %% array_length(%(others)s::uuid[], 1)] END,
            CASE WHEN mixed <= %(typical)s THEN %(typical_user)s
                 WHEN mixed <= %(typical)s + %(large)s THEN %(largest_user)s ELSE %(worker)s END,
            %(today)s::date - 3 + n %% %(days)s
        -- Not in the order of the organisations: then every page of one would lie together on the disk.
        FROM (SELECT n, row_number() OVER (ORDER BY md5(n::text)) AS mixed FROM generate_series(1, %(families)s) n) t
        """,
        {
            "typical": min(TYPICAL, families // 3),
            "large": int(families * LARGEST),
            "typical_org": typical_org,
            "largest_org": largest_org,
            "typical_user": typical.pk,
            "largest_user": largest.pk,
            "worker": worker.pk,
            "others": others,
            "today": today,
            "days": _DAYS,
            "families": families,
        },
    )
    in_family = {"family_id": "s.family"}
    _copy(cursor, Family, template.pk, id="s.family", reference="'B' || s.n", opened_by_id="s.organisation")
    persons = {Place.CLIENT: ("md5('client' || s.n)::uuid", "1970-01-01"), Place.CHILD: (None, "2009-01-01")}
    for place, (key, first_day) in persons.items():
        person = Person.objects.get(family=template, place=place)
        born_on = f"date '{first_day}' + s.n * 31 %% {13_000 if place == Place.CLIENT else 6_000}"
        named = {"given_name": _GIVEN, "surname": _SURNAME, "born_on": born_on}
        _copy(cursor, Person, person.pk, **named, **({"id": key} if key else {}), **in_family)
    contact = SafeContact.objects.get(family=template)
    phone = "'06' || lpad(s.n::text, 8, '0')"
    _copy(cursor, SafeContact, contact.pk, person_id="md5('client' || s.n)::uuid", phone=phone, **in_family)
    for trajectory in Trajectory.objects.filter(family=template):
        _copy(cursor, Trajectory, trajectory.pk, organisation_id="s.organisation", **in_family)
    for period in RegisseurPeriod.objects.filter(family=template):
        _copy(cursor, RegisseurPeriod, period.pk, organisation_id="s.organisation", **in_family)
    copied = {**in_family, "next_due_on": "s.due"}
    other = f"('{{{','.join(others)}}}'::uuid[])[1 + (s.n * 3) %% {len(others)}]"
    for involvement in Involvement.objects.filter(family=template):
        # The municipality whose coordinator looks has as many families as the typical organisation, at any size.
        organisation = (
            "s.organisation"
            if involvement.relation == Relation.WORKING
            else f"CASE WHEN s.place <= {TYPICAL} THEN t.organisation_id ELSE {other} END"
        )
        _copy(cursor, Involvement, involvement.pk, organisation_id=organisation, source_id="s.family", **copied)
        if involvement.relation == Relation.WORKING:
            partner = f"('{{{','.join(others)}}}'::uuid[])[1 + (s.n * 7) %% {len(others)}]"
            _copy(
                cursor,
                Involvement,
                involvement.pk,
                organisation_id=partner,
                relation=f"'{Relation.PARTNER}'",
                source_id="s.family",
                **copied,
            )
    assigned = Assignment.objects.get(family=template, kind=AssignmentKind.WORKER)
    _copy(cursor, Assignment, assigned.pk, user_id="s.worker", organisation_id="s.organisation", **copied)
    owed = FollowUp.objects.get(family=template)
    _copy(cursor, FollowUp, owed.pk, about_id="s.family", due_on="s.due", **in_family)


def _copy(cursor: Any, model: Any, pattern: Any, **changed: str) -> None:
    """Copy one row once for each line of `spread`, with these columns as SQL; a new key unless one is given."""
    table = model._meta.db_table
    changed.setdefault("id", "gen_random_uuid()")
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM spread s, {table} t WHERE t.id = %s",
        [pattern],
    )


def _triggers(cursor: Any, able: str) -> None:
    # The day of the first follow-up is filled in directly; the trigger that does it otherwise works family by family.
    for model in (FollowUp, Involvement, Assignment):
        cursor.execute(f"ALTER TABLE {model._meta.db_table} {able} TRIGGER USER")


def _moment(day: date) -> Any:
    return factories.NOW.replace(year=day.year, month=day.month, day=day.day) - timedelta(days=30)
