"""The organisations and people of the demonstration. All invented; only the names of municipalities are real."""

from dataclasses import dataclass
from datetime import date

from accounts.demo import sign_in_user
from accounts.models import Membership, Role, User
from organisations.kinds import DefaultKind
from organisations.models import ContactPoint, Municipality, Organisation, OrganisationKind, Team

# name, kind, municipality. Two regions: around Utrecht and around Zwolle.
# What works for a municipality has a name of its own: the municipality is real, and who works there is not (K12).
ORGANISATIONS: tuple[tuple[str, str, str], ...] = (
    ("De Haven", DefaultKind.WOMENS_SHELTER, "Utrecht"),
    ("De Lichtboei", DefaultKind.WOMENS_SHELTER, "Amersfoort"),
    ("Het Anker", DefaultKind.MENS_SHELTER, "Zwolle"),
    ("Wijkteam Oeverwijk", DefaultKind.NEIGHBOURHOOD_TEAM, "Zwolle"),
    ("Wijkteam Sluiskwartier", DefaultKind.NEIGHBOURHOOD_TEAM, "Deventer"),
    ("Wijkteam Parkzicht", DefaultKind.NEIGHBOURHOOD_TEAM, "Utrecht"),
    ("Wijkteam Molenhof", DefaultKind.NEIGHBOURHOOD_TEAM, "Amersfoort"),
    ("Basisschool De Papieren Vlieger", DefaultKind.SCHOOL_PRIMARY, "Zwolle"),
    ("Scholengemeenschap Wijdblik", DefaultKind.SCHOOL_SECONDARY, "Utrecht"),
    ("Jeugdgezondheid Oostrand", DefaultKind.YOUTH_HEALTH_CARE, "Zwolle"),
    ("Huisartsenpraktijk Lindehoek", DefaultKind.GENERAL_PRACTICE, "Zwolle"),
    ("Veilig Thuis Demoregio", DefaultKind.VEILIG_THUIS, "Zwolle"),
    ("Woonstichting Vier Torens", DefaultKind.HOUSING_CORPORATION, "Zwolle"),
    ("Schuldhulp Het Kompas", DefaultKind.DEBT_SUPPORT, "Zwolle"),
    ("Praktijk Windstil", DefaultKind.MENTAL_HEALTH_CARE, "Zwolle"),
    ("Centrum De Kade", DefaultKind.FORENSIC_CARE, "Zwolle"),
    ("Maatjesproject Naast Je", DefaultKind.VOLUNTEER_ORGANISATION, "Zwolle"),
    ("Gemeenteteam Oostrand", DefaultKind.MUNICIPALITY, "Zwolle"),
    ("Gemeenteteam Middenveld", DefaultKind.MUNICIPALITY, "Utrecht"),
)

# login, name, role, organisation
PEOPLE: tuple[tuple[str, str, Role, str], ...] = (
    ("els", "Els Vonk", Role.WORKER, "De Haven"),
    ("joris", "Joris Kemper", Role.WORKER, "De Haven"),
    ("tamar", "Tamar Blom", Role.TEAM_LEAD, "De Haven"),
    ("ada", "Ada Admiraal", Role.ORGANISATION_ADMINISTRATOR, "De Haven"),
    ("fatma", "Fatma Özkan", Role.WORKER, "De Lichtboei"),
    ("noor", "Noor Wagenaar", Role.WORKER, "Het Anker"),
    ("samir", "Samir Bouzid", Role.WORKER, "Wijkteam Oeverwijk"),
    ("ilse", "Ilse Maas", Role.WORKER, "Wijkteam Oeverwijk"),
    ("bart", "Bart Hoekstra", Role.TEAM_LEAD, "Wijkteam Oeverwijk"),
    ("lena", "Lena Dorsman", Role.WORKER, "Wijkteam Parkzicht"),
    ("juf", "Marijke Zandstra", Role.SIGNALLER, "Basisschool De Papieren Vlieger"),
    ("mentor", "Kees Roelofs", Role.SIGNALLER, "Scholengemeenschap Wijdblik"),
    ("jgz", "Anouk Terpstra", Role.SIGNALLER, "Jeugdgezondheid Oostrand"),
    ("woning", "Rik Tollenaar", Role.SIGNALLER, "Woonstichting Vier Torens"),
    ("maatje", "Joke Verhage", Role.SIGNALLER, "Maatjesproject Naast Je"),
    ("vt", "Wessel Brandsma", Role.WORKER, "Veilig Thuis Demoregio"),
    ("hanna", "Hanna Zijlstra", Role.COORDINATOR, "Gemeenteteam Oostrand"),
    ("piket", "Pia Ketelaar", Role.DUTY_DESK, "Gemeenteteam Oostrand"),
    ("beheer", "Bram Heerema", Role.FUNCTIONAL_ADMINISTRATOR, "Gemeenteteam Oostrand"),
    ("fg", "Greetje Anker", Role.PRIVACY_OFFICER, "De Haven"),
    ("privacy", "Hugo Lammers", Role.PRIVACY_OFFICER, "Gemeenteteam Oostrand"),
    ("peter", "Peter Groenewoud", Role.COORDINATOR, "Gemeenteteam Middenveld"),
)

# Numbers that nobody has.
# Of the other shelter it is not known, and the list of organisations says so (B20).
AFTERCARE_MONTHS = {"De Haven": 4, "De Lichtboei": 3}
CALLED_BACK_ON = {"De Haven": "088-000 00 21", "Praktijk Windstil": "088-000 00 22"}
CONTACT_POINTS = {"Zwolle": "088-000 00 11", "Utrecht": "088-000 00 12", "Deventer": "088-000 00 13"}


@dataclass(frozen=True)
class Cast:
    """Everybody in the demonstration, by login, and every organisation, by name."""

    people: dict[str, User]
    organisations: dict[str, Organisation]


def load_people() -> Cast:
    """Make the organisations, contact points and people that are not there yet."""
    organisations = {name: _organisation(name, kind, place) for name, kind, place in ORGANISATIONS}
    for place, phone in CONTACT_POINTS.items():
        ContactPoint.objects.get_or_create(
            municipality=Municipality.objects.get(name=place),
            defaults={"function_name": "Contactpunt nazorg", "central_phone": phone},
        )
    people = {login: _member(login, name, role, organisations[at]) for login, name, role, at in PEOPLE}
    return Cast(people, organisations)


def _organisation(name: str, kind: str, place: str) -> Organisation:
    found, _is_new = Organisation.objects.get_or_create(
        name=name,
        defaults={
            "kind": OrganisationKind.objects.get(slug=kind),
            "municipality": Municipality.objects.get(name=place),
            "central_phone": CALLED_BACK_ON.get(name, ""),
            "aftercare_months": AFTERCARE_MONTHS.get(name),
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
