"""Signals of the demonstration: one that is being worked on, one that lies at the duty desk, and pages for partners."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cases.models import Person, Place, ProtectedKind
from cases.operations import enter_place
from organisations.kinds import DefaultKind
from organisations.models import Organisation, OrganisationKind
from overview.demo.people import Cast
from overview.demo.steps import as_in_the_browser
from signals import operations
from signals.models import KnowledgePage, Signal
from signals.operations import Account, Answer, Judgement, KnowledgeText, Reported, Told
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
    (
        DefaultKind.WORK_AND_INCOME,
        "Voor werk en inkomen",
        "Iemand mag niet zelf over geld beslissen.\nEen partner komt steeds mee en geeft antwoord.",
        "Spreek iemand alleen.\nVraag hoe het thuis is.\nDeel je zorg.",
        "‘Zijn er dingen waar u liever alleen over praat?’",
    ),
    (
        DefaultKind.VOLUNTEER_ORGANISATION,
        "Voor vrijwilligers",
        "Er klopt iets niet, en je weet niet wat.\nEen kind is opeens stil.\nNiemand doet open.",
        "Je hoeft niets te bewijzen.\nPraat met je begeleider.\nDeel je zorg, ook als het alleen een gevoel is.",
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
    about = {"child_name": child.name, "child_born_on": child.born_on}
    earlier, yesterday = now - timedelta(days=20), now - timedelta(days=1)
    # A feeling of a volunteer, weeks ago: judged, and closed with who and when.
    felt = _report(
        cast, "maatje", earlier, **about, kind="feeling", what_seen="", what_i_think="Tijn speelt niet meer, hij wacht."
    )
    route_waiting(now=earlier)
    _judge(cast, felt, earlier)
    seen = _report(cast, "juf", yesterday, **about, what_seen="Tijn wil na school niet naar huis en huilde.")
    # Another party, another side of it: together they weigh more. And somebody around the family, by telephone.
    _report(cast, "woning", yesterday, **about, what_seen="Het slot was weer kapot.", also_about="Ook om zijn moeder.")
    _report(cast, "samir", yesterday, **about, source="network", kind="heard", what_seen="", what_heard="Geschreeuw.")
    # A child that nobody knows here: it lies at the duty desk.
    _report(cast, "juf", now, child_name="Noa Verbruggen", what_seen="Noa had een blauwe plek en zei er niets over.")
    route_waiting(now=now)
    _work_on(cast, Signal.objects.get(pk=seen.pk), yesterday)
    _report_and_hand_back(cast, Signal.objects.get(pk=felt.pk), child, now)
    route_waiting(now=now)
    _ask_a_shelter(cast, yesterday)


def _report(cast: Cast, login: str, at: datetime, **told: Any) -> Signal:
    reporter = cast.people[login]
    answers = {"acute": "no", "kind": "facts", "callback_phone": "088-000 04 56", "token": uuid4(), **told}
    if login == "juf":
        answers |= {"what_i_think": "Er klopt iets niet.", "discussed_with": "De intern begeleider"}
    organisation = Organisation.objects.get(pk=next(iter(reporter.standing)))
    with as_in_the_browser(reporter):
        return operations.report(Account(**answers), organisation=organisation, by=reporter, at=at)


def _judge(cast: Cast, signal: Signal, at: datetime) -> None:
    samir = cast.people["samir"]
    decision = "Ik heb moeder gesproken. Het kind is veilig; ik ga volgende week langs."
    with as_in_the_browser(samir):
        operations.judge(
            Signal.objects.get(pk=signal.pk), Judgement("yes", "act", decision, "not_registered"), by=samir, at=at
        )


def _work_on(cast: Cast, signal: Signal, at: datetime) -> None:
    """The regisseur takes the steps of the meldcode, weighs, decides, asks advice, and tells the community officer."""
    regisseur, today = cast.people["samir"], timezone.localdate(at)
    mother = Person.objects.get(family=signal.placed_with, place=Place.CLIENT)
    child = Person.objects.get(family=signal.placed_with, given_name="Tijn")
    with as_in_the_browser(regisseur):
        operations.take_up(signal, by=regisseur, at=at)
        operations.name_persons(signal, [mother, child], by=regisseur, at=at)
        operations.take_step(signal, 1, on=today, child_check="children_seen", by=regisseur, at=at)
        operations.take_step(signal, 2, on=today, with_whom="Een collega van het wijkteam", by=regisseur, at=at)
        operations.take_step(signal, 3, skipped_because="Hij luistert mee: nu niet veilig.", by=regisseur, at=at)
        for question, answer, reason in (
            (1, True, "Drie partijen maken zich zorgen."),
            (2, False, "Er is geen direct gevaar; moeder en kind zijn gezien."),
            (3, True, "De begeleiding thuis kan deze week beginnen."),
            (4, True, "Moeder wil het en werkt mee."),
        ):
            operations.answer_question(signal, question, answer=answer, reason=reason, by=regisseur, at=at)
        operations.decide(
            signal,
            reports=False,
            helps=True,
            reason="Hulp kan het gevaar wegnemen. Over een maand kijk ik of dat zo is.",
            review_on=today + timedelta(days=30),
            by=regisseur,
            at=at,
        )
        operations.ask_advice(
            signal,
            "Een kind van zeven durft niet naar huis. Moeder zegt dat er niets is. Hoe begin ik het gesprek?",
            to_organisation=cast.organisations["Veilig Thuis Demoregio"],
            by=regisseur,
            at=at,
        )
        told = Told("community_officer", at, "De wijkagent", "Rijdt deze week wat vaker langs.")
        operations.record_police_contact(signal.placed_with, told, signal=signal, by=regisseur, at=at)


def _report_and_hand_back(cast: Cast, signal: Signal, child: Person, now: datetime) -> None:
    """A report that Veilig Thuis answered and handed back, who watches since, and a question for an address."""
    samir, wessel = cast.people["samir"], cast.people["vt"]
    sent, answered = now - timedelta(days=15), now - timedelta(days=9)
    mother = Person.objects.get(family=signal.placed_with, place=Place.CLIENT)
    with as_in_the_browser(samir):
        made = operations.report_to_veilig_thuis(
            signal,
            Reported(
                facts="De vrijwilliger zag twee weken achter elkaar dat Tijn bij het raam zat te wachten.",
                from_others="De buurvrouw hoorde ’s avonds geschreeuw.",
                interpretation="Ik denk dat de vader weer contact zoekt.",
                own_steps="Ik sprak moeder en vroeg de wijkagent vaker langs te rijden.",
                informed="Moeder weet het. Vader niet: dat is niet veilig.",
                origin_reason="danger_to_family",
            ),
            persons=[mother, child],
            to_organisation=cast.organisations["Veilig Thuis Demoregio"],
            by=samir,
            at=sent,
        )
        operations.record_monitoring(
            signal.placed_with, "runs", until=timezone.localdate(now) + timedelta(days=2), by=samir, at=sent
        )
        enter_place(mother, kind=ProtectedKind.ADDRESS, value="Voorbeeldstraat 1", replaces=None, by=samir, at=sent)
    with as_in_the_browser(wessel):
        operations.answer_report(
            made,
            Answer(
                "Wij hebben moeder gesproken. De hulp die loopt is genoeg; wij geven het terug.",
                timezone.localdate(answered),
                hands_back=True,
                assessment="transfer",
                assessed_on=timezone.localdate(answered),
            ),
            by=wessel,
            at=answered,
        )
        operations.ask_address(made, because="Wij brengen de brief over de melding zelf langs.", by=wessel, at=now)
    with as_in_the_browser(samir):
        operations.record_monitoring(
            signal.placed_with, "finished", who_watches="Het wijkteam, elke twee weken", by=samir, at=answered
        )


def _ask_a_shelter(cast: Cast, at: datetime) -> None:
    """The school asks what a shelter knows, about nobody, and gets an answer."""
    teacher, els = cast.people["juf"], cast.people["els"]
    with as_in_the_browser(teacher):
        asked = operations.ask_expertise(
            "Een kind schrikt steeds van harde stemmen. Wat helpt in de klas?",
            of=cast.organisations["De Haven"],
            on_behalf_of=cast.organisations["Basisschool De Papieren Vlieger"],
            by=teacher,
            at=at,
        )
    with as_in_the_browser(els):
        operations.give_advice(asked, answer="Een vaste plek bij de deur, en zeggen wat er gaat komen.", by=els, at=at)


def _pages(cast: Cast, now: datetime) -> None:
    administrator, at = cast.people["beheer"], cast.organisations["Gemeenteteam Oostrand"]
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
