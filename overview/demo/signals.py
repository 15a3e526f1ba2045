"""Signals of the demonstration: one that is being worked on, one that lies at the duty desk, and pages for partners."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from cases.models import Person
from organisations.kinds import DefaultKind
from organisations.models import OrganisationKind
from overview.demo.people import Cast
from overview.demo.steps import as_in_the_browser
from signals import operations
from signals.models import KnowledgePage, Signal
from signals.operations import Account, KnowledgeText, Told
from signals.routing import route_waiting

# kind of partner, title, what to look for, what to do, what to say
PAGES = (
    (
        DefaultKind.SCHOOL_PRIMARY,
        "Voor de basisschool",
        "Een kind wil na school niet naar huis.\nEen kind schrikt van harde stemmen.\nEr wacht iemand bij het hek.",
        "Praat met de intern begeleider.\nDeel je zorg in anderhalve minuut.\nBlijf gewoon doen tegen het kind.",
        "‘Je mag hier altijd komen. Ik luister.’",
    ),
    (
        DefaultKind.SCHOOL_SECONDARY,
        "Voor het voortgezet onderwijs",
        "Een leerling spijbelt opeens.\nEen leerling zorgt thuis voor broers en zussen.\nCijfers zakken snel.",
        "Praat met de mentor of de zorgcoördinator.\nDeel je zorg.\nVraag de leerling zelf hoe het thuis is.",
        "‘Ik zie dat het je veel kost. Zullen we even praten?’",
    ),
    (
        DefaultKind.YOUTH_HEALTH_CARE,
        "Voor de jeugdgezondheid",
        "Een kind groeit niet goed.\nEen ouder komt niet op een afspraak.\nEen verhaal past niet bij een verwonding.",
        "Doe de kindcheck.\nBel de ouder dezelfde dag.\nDeel je zorg.",
        "",
    ),
    (
        DefaultKind.GENERAL_PRACTICE,
        "Voor de huisarts",
        "Vage klachten die terugkomen.\nEen partner die steeds het woord doet.\nVerwondingen met een vreemd verhaal.",
        "Spreek de patiënt alleen.\nDoe de kindcheck.\nDeel je zorg.",
        "‘Hoe is het thuis? Voelt u zich daar veilig?’",
    ),
    (
        DefaultKind.HOUSING_CORPORATION,
        "Voor de woningcorporatie",
        "Klachten over geschreeuw of vernieling.\nEen slot dat steeds kapot is.\nEen huurder die niet opendoet.",
        "Vraag niet wie het deed.\nDeel je zorg.\nHerstel een slot dezelfde dag.",
        "",
    ),
)


def load_signals(cast: Cast, *, now: datetime) -> None:
    """Load the signals and pages that are not there yet."""
    _pages(cast, now)
    if Signal.objects.exists():
        return
    child = Person.objects.filter(given_name="Tijn", surname="Jansen").order_by("pk").first()
    if child is None:
        return
    yesterday = now - timedelta(days=1)
    worked_on = _report(cast, child.name, child.born_on, "Tijn wil na school niet naar huis en huilde.", yesterday)
    _report(cast, "Noa Verbruggen", None, "Noa had een blauwe plek en vertelde er niets over.", now)
    route_waiting(now=now)
    _work_on(cast, Signal.objects.get(pk=worked_on.pk), yesterday)


def _report(cast: Cast, name: str, born_on: date | None, seen: str, at: datetime) -> Signal:
    teacher, school = cast.people["juf"], cast.organisations["Basisschool De Papieren Vlieger"]
    told = Account(
        token=uuid4(),
        acute="no",
        kind="facts",
        callback_phone="088-000 04 56",
        child_name=name,
        child_born_on=born_on,
        what_seen=seen,
        what_i_think="Er klopt iets niet.",
        discussed_with="De intern begeleider",
    )
    with as_in_the_browser(teacher):
        return operations.report(told, organisation=school, by=teacher, at=at)


def _work_on(cast: Cast, signal: Signal, at: datetime) -> None:
    """The regisseur takes the first steps of the meldcode, asks advice, and tells the community officer."""
    regisseur, today = cast.people["samir"], timezone.localdate(at)
    with as_in_the_browser(regisseur):
        operations.take_up(signal, by=regisseur, at=at)
        operations.take_step(signal, 1, on=today, child_check="children_seen", by=regisseur, at=at)
        operations.take_step(signal, 2, on=today, with_whom="Een collega van het wijkteam", by=regisseur, at=at)
        operations.ask_advice(
            signal,
            "Een kind van zeven durft niet naar huis. Moeder zegt dat er niets is. Hoe begin ik het gesprek?",
            to_organisation=cast.organisations["Veilig Thuis Demoregio"],
            by=regisseur,
            at=at,
        )
        told = Told("community_officer", at, "De wijkagent", "Rijdt deze week wat vaker langs.")
        operations.record_police_contact(signal.placed_with, told, signal=signal, by=regisseur, at=at)


def _pages(cast: Cast, now: datetime) -> None:
    administrator, at = cast.people["beheer"], cast.organisations["Gemeente Zwolle"]
    for slug, title, signs, what_to_do, what_to_say in PAGES:
        kind = OrganisationKind.objects.get(slug=slug)
        if not KnowledgePage.objects.filter(kind=kind).exists():
            operations.write_knowledge(
                kind,
                KnowledgeText(title, signs, what_to_do, what_to_say),
                within_organisation=at.pk,
                by=administrator,
                at=now,
            )
