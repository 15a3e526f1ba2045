"""Where each row of the acceptance list about the file is seen in the demonstration: who signs in, where to look.

`docs/demo.md` is made from it. A family is named by its client, as on the list of families.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """Rows of the list, the login that sees them, the family (empty: no family's page), and what to look at."""

    rows: tuple[str, ...]
    login: str
    family: str
    look: str


SEEN: tuple[Seen, ...] = (
    Seen(("D1",), "noor", "Ruben Oosterhof", "any page of the file: nowhere is he called a mother"),
    Seen(("B12",), "noor", "Ruben Oosterhof", "Persons: a supervision order for Bram, and who carries it out"),
    Seen(("D2",), "ilse", "Sanne Terlouw", "Persons: the day on which Jip turns 18; Vandaag raises it 60 days before"),
    Seen(("D3",), "els", "", "Families: fifty a page; `make bench` measures it at 500,000"),
    Seen(
        ("D8", "D10", "C11"), "els", "Marloes de Wit", "The other parent: the decision, the hours, the ban they cross"
    ),
    Seen(("D9",), "els", "Marloes de Wit", "The other parent: consent that is missing, and the letter without a place"),
    Seen(("C9", "C11"), "els", "Marloes de Wit", "Measures: the alarm and the ban, with the days that are left"),
    Seen(("C10",), "els", "Aylin Yıldız", "Measures: put out of the house for ten days, of which two are left"),
    Seen(
        ("D13", "D14"), "els", "Aylin Yıldız", "The stay: honour plays a part; Network: a relative takes a second look"
    ),
    Seen(("C14", "B22"), "els", "Marloes de Wit", "Persons: Daan in the index and without a worker of his own"),
    Seen(("B22",), "samir", "Femke Jansen", "Persons: Tijn got another worker at the departure"),
    Seen(
        ("D29",), "els", "Marloes de Wit", "Persons: two children heard, one kept from the parents; Family plan: paper"
    ),
    Seen(("G8", "D25", "C32"), "els", "Marloes de Wit", "The stay: the picture at admission, closed"),
    Seen(("D25",), "ilse", "Rosa Ferreira", "The offer of the handover: what was seen at admission, as it was then"),
    Seen(("G9",), "els", "Marloes de Wit", "The stay: the days longer than needed, waiting for a house"),
    Seen(
        ("D28",), "els", "Marloes de Wit", "Persons: how to reach her; Plan a contact offers only what she said yes to"
    ),
    Seen(("D26",), "samir", "Naima El Khatib", "Record contact: call an interpreter first, and say it aloud"),
    Seen(("E14",), "samir", "Naima El Khatib", "Family plan, what is stuck: help that stopped, told in a conversation"),
    Seen(("D16",), "els", "Rosa Ferreira", "Network: there is none, and the page says so"),
    Seen(("D21",), "els", "Marloes de Wit", "Plan the departure: the municipality of the shelter is filled in"),
    Seen(("D27", "D30", "G17"), "ilse", "Joyce Maduro", "The stay: two trajectories, the second without a stay"),
    Seen(("B20",), "beheer", "", "Settings, organisations: months of aftercare per shelter, unknown for Het Anker"),
    Seen(
        ("K5", "K6", "K7", "K8", "K9", "K10"), "hanna", "", "Figures, pilots: fixed indicators, answers, six chapters"
    ),
    Seen(("K6",), "samir", "Femke Jansen", "Aftercare: the short survey, to ask or to print"),
    Seen(
        ("H1", "H2", "H14", "H15"), "juf", "", "Share a worry: five fields, 112 first in danger, a number and a status"
    ),
    Seen(("H7", "A11"), "maatje", "", "Share a worry: a feeling is enough; What I shared: a status and no content"),
    Seen(("H8",), "juf", "", "Be alert: which child, and whom to call"),
    Seen(("H6", "H9", "H11"), "samir", "Femke Jansen", "Signals: school, housing and a neighbour, weighed together"),
    Seen(("H3", "H10", "B7", "C15"), "samir", "Femke Jansen", "Signals: one that was judged, with who, when and why"),
    Seen(
        ("C13", "J16", "C8"), "samir", "Femke Jansen", "Signals: the steps, the five questions, several persons, police"
    ),
    Seen(("B17", "C12", "C19"), "vt", "Femke Jansen", "Questions and reports: answered, handed back, an address asked"),
    Seen(("H13",), "samir", "Femke Jansen", "Signals of the family: the monitoring is finished, and who watches now"),
    Seen(("H4", "H12"), "piket", "", "Duty desk: a signal that fits nobody, with its last day"),
    Seen(("H5",), "hanna", "", "Figures: how long until somebody acted, and what came too late"),
    Seen(("J12",), "juf", "", "Questions to a shelter: asked about nobody, answered and counted"),
    Seen(("J13", "J14", "C36", "C37"), "juf", "", "Knowledge: per kind of partner what to look for and do"),
    Seen(("L7",), "els", "", "Find: Yildiz, de wit, a date of birth, 06-00 00 00 01 or a reference"),
    Seen(("L8", "R7"), "els", "Aylin Yıldız", "Vandaag: compare two files; Put together, and undo it"),
    # The departure, the handover and who stands around it.
    Seen(("A4", "A7", "F11"), "els", "Rosa Ferreira", "Departure: planned while she stays, its points, who is invited"),
    Seen(("B1", "B2", "F1"), "els", "Rosa Ferreira", "Regie: one regisseur; the handover is offered and moves nothing"),
    Seen(
        ("F2", "F6", "D24"), "samir", "", "Handovers: what would come along, and the day before which an answer is due"
    ),
    Seen(("B13", "F18"), "els", "Femke Jansen", "Handed over: what she wrote herself, and no way to write more"),
    Seen(("B4", "F13", "F14"), "juf", "", "Regisseurs: whom to call and where to signal, and no file"),
    Seen(("B8", "E21", "E22"), "ilse", "Femke Jansen", "Supporter: a role beside the regisseur, and when they met"),
    Seen(("B9",), "hanna", "", "Municipality, Supporters: appoint one, change how many families, end it"),
    Seen(("B30", "F12"), "els", "Marloes de Wit", "Partners: a row per partner, its open points, and who keeps watch"),
    Seen(("F3", "F5"), "samir", "Femke Jansen", "Move: plan one; a municipality without a supporter is said at once"),
)
