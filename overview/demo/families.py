"""The families of the demonstration, made through the operations, so that they cannot be in an impossible state.

Everybody and everything in it is invented; only the names of municipalities are real. Safe to repeat: what is there
stays as it is.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.demo import sign_in_user
from accounts.models import Membership, Role, User
from cases.models import Family
from cases.operations import NewPerson, open_family
from core.database import DatabaseRole, acting_as
from organisations.models import Municipality, Organisation, OrganisationKind, Team

# login, name, role, organisation
PEOPLE = (
    ("els", "Els Vonk", Role.WORKER, "De Haven"),
    ("tamar", "Tamar Blom", Role.TEAM_LEAD, "De Haven"),
    ("noor", "Noor Wagenaar", Role.WORKER, "Het Anker"),
    ("samir", "Samir Bouzid", Role.WORKER, "Wijkteam Oeverwijk"),
    ("ilse", "Ilse Maas", Role.WORKER, "Wijkteam Oeverwijk"),
    ("hanna", "Hanna Zijlstra", Role.COORDINATOR, "Gemeente Zwolle"),
)
# name, kind, municipality
ORGANISATIONS = (
    ("De Haven", "womens_shelter", "Utrecht"),
    ("Het Anker", "mens_shelter", "Zwolle"),
    ("Wijkteam Oeverwijk", "neighbourhood_team", "Zwolle"),
    ("Gemeente Zwolle", "municipality", "Zwolle"),
)


def load(*, now: datetime) -> int:
    """Load what is missing of the demonstration; return how many families were opened now."""
    organisations = {name: _organisation(name, kind, place) for name, kind, place in ORGANISATIONS}
    people = {login: _member(login, name, role, organisations[at]) for login, name, role, at in PEOPLE}
    today = timezone.localdate(now)
    opened = 0
    for login, at, client, children, days_ago in _families(today):
        opened += _open(people[login], organisations[at], client, children, today - timedelta(days=days_ago), now)
    return opened


def _families(today: date) -> list[tuple[str, str, NewPerson, list[NewPerson], int]]:
    return [
        (
            "els",
            "De Haven",
            NewPerson("Marloes", "de Wit", date(today.year - 34, 5, 2)),
            [
                NewPerson("Daan", "de Wit", date(today.year - 8, 2, 11)),
                NewPerson("Sofie", "de Wit", date(today.year - 15, 9, 30)),
            ],
            41,
        ),
        (
            "els",
            "De Haven",
            NewPerson("Aylin", "Yıldız", date(today.year - 27, 11, 19)),
            [NewPerson("Emre", "Yıldız", date(today.year - 3, 4, 7))],
            12,
        ),
        ("noor", "Het Anker", NewPerson("Ruben", "Oosterhof"), [NewPerson("Lotte"), NewPerson("Bram")], 5),
    ]


def _open(
    by: User, at: Organisation, client: NewPerson, children: list[NewPerson], starts_on: date, now: datetime
) -> bool:
    if Family.objects.filter(persons__given_name=client.given_name, persons__surname=client.surname).exists():
        return False
    # As the person does it in the browser, behind both locks.
    with acting_as(DatabaseRole.APP, user_id=by.pk, organisation_ids=by.standing):
        open_family(organisation=at, client=client, children=children, starts_on=starts_on, by=by, at=now)
    return True


def _organisation(name: str, kind: str, place: str) -> Organisation:
    found, _is_new = Organisation.objects.get_or_create(
        name=name,
        defaults={
            "kind": OrganisationKind.objects.get(slug=kind),
            "municipality": Municipality.objects.get(name=place),
        },
    )
    Team.objects.get_or_create(organisation=found, name=name)
    return found


def _member(login: str, name: str, role: Role, organisation: Organisation) -> User:
    user = sign_in_user(login, name)
    Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, ends_on=None, defaults={"starts_on": date(2024, 1, 1)}
    )
    return user
