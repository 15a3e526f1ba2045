"""Finds places in what people type: the most likely leak of all is an address in a note (R18).

It warns and never decides: who typed it may say that it can stay. It knows no list of streets or schools, only how such
names look in Dutch, so it sees more than there is and misses what looks like nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a found piece of text looks like. An address is class A, the others give a place away (class L)."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    SCHOOL = "school"


@dataclass(frozen=True)
class Found:
    """A piece of text that looks like a place, and where it starts."""

    kind: PlaceKind
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# How streets end. Those in the second list are words of their own so often that they count with a number only.
_STREET = r"(?:straat|laan|lane|plein|kade|gracht|singel|dreef|steeg|dijk|plantsoen|boulevard|allee|weg)"
_STREET_WITH_NUMBER = (
    r"(?:straat|str|laan|ln|lane|plein|pln|kade|gracht|singel|dreef|steeg|dijk|plantsoen|boulevard|allee|weg|hof|hoven"
    r"|pad|park|wal|markt|ring|baan|haven|burg|brink|erf|veld|velden|akker|akkers|kamp|hoeve|poort|meent|enk|es|dam"
    r"|vaart|wetering|zoom|horst|stede|hage|oord|wijk|gaarde|tuin|rade|donk|waard|werf|kamer|mate|maten|stee|stad"
    r"|driehoek|flat|terras|zand|berg|dal|bos|heide|spoor|rijn|maas|oever|hoek|hout|land|eiland|beek|bron|brug)"
)
_NO_STREET = (
    r"onderweg|terugweg|heenweg|snelweg|omweg|uitweg|halverweg|schoolplein|speelplein|winkelstraat|doodlopende|zijstraat"
    r"|fietspad|zandweg|hoofdweg|zijweg|woonstraat|hoofdstraten|levensweg|doorweg|melkweg|landweg|dwarsstraat"
    r"|eenrichtingsweg"
)
_NUMBER = (
    r"(?:(?:op|,|nummer|nr\.?|no\.?|huisnr\.?|huisnummer|n°|#|-)\s*){0,2}\d{1,4}(?!\d)"
    r"\s?(?:[-/]?\s?(?:[a-hA-H]|I{1,3}|bis|hs|zw|rood)\b)?"
)
# A number before one of these counts or dates something.
_COUNTED = (
    r"(?!\s*(?:[:.,]\d|%|x\b|×|euro|eur\b|€|jaar|jarig|jr\b|maand|mnd|week|weken|dag|uur|u\b|min|sec|keer|maal|kind|mensen|"
    r"personen|gesprek|afspra|nacht|km\b|meter|m2|kilo|kg\b|gram|ml\b|jan|feb|maart|mrt|apr|mei\b|jun|jul|aug|sep|okt|nov|"
    r"dec|graden|procent|stuks|plaatsen|plekken|van de \d|en een half|of \d))"
)
_NAME = r"(?:[A-ZÀ-Þ][\w’'\-]{0,30})"
_SMALL = r"(?:de|het|den|der|van|ten|ter|te|op|'t|’t|’s|'s|en|in|aan|onder|over|achter|bij|von|la|le|du)"
# Capitalised words before a number that are no street: days and months, and what files and laws number.
_NO_NAME = (
    r"(?!(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december|groep|klas|stap|versie|fase|kamer|artikel|art|wmo|jeugdwet|bijlage|pagina|blz|"
    r"hoofdstuk|doel|punt|week|dag|nummer|deel|vraag|gesprek|afspraak|niveau|ronde|lid|wet|covid|corona|kind|om|op|in|na|"
    r"van|tot|met|over|tussen|per|vanaf|voor|ongeveer|circa|nog|al|ruim|bijna|wij|we|ik|ze|zij|hij|er|dat|dit|ook|maar|en|"
    r"eind|begin|half|sinds|rond|tegen|bus|lijn|tram|perron|spoor|trein|cijfer|score|schaal|formulier|brief|plan|model|"
    r"windows|office|mavo|havo|vmbo|vwo|mbo|hbo|nt|avg|avg-|bsn|dossier|zaak|melding|signaal|verdieping|etage|unit|tafel)\b)"
)

_POSTCODE = re.compile(r"(?<![\d.,-])(?P<digits>[1-9]\d{3})(?P<gap> ?)(?P<letters>[A-Za-z]{2})\b(?![.\-]?\d)")
_POSTCODE_SAID = re.compile(r"\bpost ?code\w*\s*(?:is|:|=|in|van)?\s*(?P<digits>[1-9]\d{3})\b", re.IGNORECASE)
# Two letters behind a year or an amount that are a word or a measure.
_WORDS_OF_TWO = frozenset(
    """
    af al as bv ca cm de dl do ds dr en er et eu ex ga gb ge gr ha he ho ie ik in is ja je jl jr ki kg
    km kr kw la le li ma mb me mg mm ml mr na ne nl no nr nu of oh om on op or os ov pm px re ro sr st
    te th to tv ub ui us uw va vd vm wa we wc wo xl ze zo zn zs
    """.split()  # noqa: SIM905 -- ninety quoted words would fill the page
)
_MEASURES = frozenset({"cm", "er", "gb", "ha", "kg", "km", "kw", "mb", "mg", "ml", "mm", "px", "st"})
_DATE = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b")
_PHONE = re.compile(r"(?<![\w/+.,-])(?:\+ ?31|0031|\(?0)[\d ().\-/\u2011\u2013]{7,18}\d(?![\d-])")
_EVERYWHERE = ("0800", "0900", "0906", "0909")  # numbers that say nothing about a place

_ADDRESSES = (
    # Kerkstraat 12, kerkstr. 12-b
    re.compile(
        rf"\b(?!(?:{_NO_STREET})\b)[\w’'\-]{{2,30}}{_STREET_WITH_NUMBER}\b\.?\s*{_NUMBER}{_COUNTED}", re.IGNORECASE
    ),
    # Dorps straat nr 4
    re.compile(rf"\b{_NAME}\s(?:straat|laan|plein|kade|gracht|singel|dreef)\b\s*{_NUMBER}{_COUNTED}"),
    # Laan van Nieuw Oost 12, Plein 1944 nr 5, Weg naar Zee 3
    re.compile(
        rf"\b(?i:laan|plein|weg|straat|kade|hof|dijk|park|singel|gracht|rue|avenue)"
        rf"(?:\s+(?:{_SMALL}|naar|{_NAME}|\d{{4}})){{1,5}}\s*{_NUMBER}{_COUNTED}"
    ),
    # in de kerkstraat, aan de Beatrixlaan: a street is a place without its number too
    re.compile(
        rf"\b(?i:in|aan|op|uit|vanuit|naar|van|hoek|door)\s+(?i:de|het|'t|’t)\s+(?!(?i:{_NO_STREET})\b)"
        rf"(?P<name>(?:{_NAME}\s+){{0,2}}[\w’'\-]{{3,30}}(?:straat|laan|gracht|plantsoen|steeg|singel|dreef|kade))\b"
    ),
    re.compile(rf"\b(?!(?i:{_NO_STREET})\b)(?P<name>(?:{_NAME}\s+){{0,2}}[A-ZÀ-Þ][\w’'\-]{{2,30}}{_STREET})\b"),
    # woont op Dam 3, adres: Het Zand 3
    re.compile(
        rf"\b(?i:woon\w*|wonen|adres\w*|verhui\w+)\b:?\s+(?:(?i:nu|sinds|het|is|dat|de|daar|op|aan|in|naar|tijdelijk|weer)\s+)"
        rf"{{0,4}}(?P<name>(?i:{_NO_NAME})[\w’'\-]{{3,30}}(?:\s+(?:{_SMALL}\s+){{0,2}}{_NAME}){{0,3}}\s*{_NUMBER}){_COUNTED}",
    ),
    # op Dam 3: without such a word the number must not count what comes after it
    re.compile(
        rf"\b(?:in|op|aan|naar|bij|van|te|vanaf|langs)\s+(?P<name>(?i:{_NO_NAME}){_NAME}"
        rf"(?:\s+(?:{_SMALL}\s+){{0,2}}{_NAME}){{0,3}}\s*{_NUMBER}){_COUNTED}(?!\s+[a-z]+(?:en|s|x)\b)"
    ),
    # Het Zand 3, Achter de Linden 12, Lange Voorn 4
    re.compile(
        rf"\b(?:(?i:achter|tussen|boven|onder|bij|op|aan|voor|naast)\s+(?:de|het|den|'t|’t)"
        rf"|De|Het|'t|’t|(?i:lange|korte|oude|nieuwe|grote|kleine|hoge|lage|groene|eerste|tweede))\s+"
        rf"(?i:{_NO_NAME}){_NAME}\s+{_NUMBER}{_COUNTED}(?!\s+[a-z]+(?:en|s|x)\b)"
    ),
    # Vlinderveen nr 4
    re.compile(rf"\b{_NO_NAME}[a-zà-þ’'\-]{{3,30}}\s+(?:nr\.?|huisnummer)\s*\d{{1,4}}\b", re.IGNORECASE),
    re.compile(r"\b(?:huisnummer|huisnr\.?)\s*(?:is|:)?\s*\d{1,4}\b", re.IGNORECASE),
    re.compile(rf"\bwo(?:on|nen)\w*\b[^.!?\n]{{0,60}}\bnummer\s+\d{{1,4}}\b{_COUNTED}", re.IGNORECASE),
)

_SCHOOL_WORD = (
    r"(?:obs|cbs|rkbs|kbs|pcbs|ibs|pcb|ikc|kc|sbo|vso|kdv|bso|psz|csg|rsg|isk|basisschool|kindcentrum|kinderdagverblijf|"
    r"kinderopvang|crèche|creche|peuterspeelzaal|peuteropvang|peuterschool|speelzaal|scholengemeenschap|daltonschool|"
    r"montessorischool|jenaplanschool|vrijeschool|vrije school|buitenschoolse opvang|praktijkschool|middelbare school|"
    r"lyceum|gymnasium|college|mavo|school)"
)
_NO_SCHOOL_NAME = (
    r"(?!(?:de|het|een)?\s*(?:juf|meester|leerkracht|mentor|ouders|kinderen|kind|school|groep|klas|dag|week|eerste|laatste|"
    r"volgende|hele|intern|ib|directeur|zorg|afspraak|gesprek|plan|veiligheidsplan|gemeente|opvang|wijkteam|moeder|vader)\b)"
)
_SCHOOLS = (
    # obs De Vlieger, basisschool 't Anker, college Het Noorden, school Sint Jan
    re.compile(
        rf"\b(?i:{_SCHOOL_WORD})\s+(?P<name>(?:(?i:de|het|'t|’t|sint|st\.?|st)\s+)?(?i:{_NO_SCHOOL_NAME}){_NAME})"
    ),
    # the same without capitals; "op de basisschool de ..." is a sentence, "op basisschool de ..." is a name
    re.compile(
        r"(?<!\bde )(?<!\bhet )(?<!\been )(?<!\bhaar )(?<!\bzijn )(?<!\bhun )\b"
        r"(?:obs|cbs|rkbs|kbs|pcbs|ikc|kdv|bso|psz|basisschool|kindcentrum|kinderdagverblijf|peuterspeelzaal)\s+"
        rf"(?:de|het|'t|’t|sint|st)\s+{_NO_SCHOOL_NAME}[a-zà-þ]\w{{2,}}",
        re.IGNORECASE,
    ),
    # Regenboogschool, Stedelijk Lyceum, het Noorder College
    re.compile(
        r"\b(?!(?i:basisschool|hogeschool|voorschool|zwemschool|muziekschool|rijschool|balletschool|kookschool|taalschool|"
        r"peuterschool|middelbareschool|kunstschool|zomerschool|avondschool|thuisschool|sportschool|dansschool|"
        r"paardrijschool|daltonschool|montessorischool|jenaplanschool|praktijkschool|vrijeschool)\b)"
        r"[A-ZÀ-Þ][\w’'\-]{2,30}(?:school|college|lyceum)\b"
    ),
    re.compile(
        rf"\b(?!(?:Het|De|Een|Dit|Op|Naar|Van|Haar|Zijn|Hun|Die|Elk|Ons|Onze|Geen|Deze)\b){_NAME}\s+"
        r"(?:[Cc]ollege|[Ll]yceum|[Gg]ymnasium|[Ss]cholengemeenschap|[Mm]avo|[Kk]indcentrum|[Bb]asisschool)\b"
    ),
    # op De Vlieger: a capital article in the middle of a sentence is the start of a name
    re.compile(rf"\b(?:op|van|naar|bij|aan|uit|in)\s+(?P<name>(?:De|Het|'t|’t|Sint|St\.)\s+{_NAME})"),
    re.compile(
        r"\b(?:zit|zitten|zat|gaat|gaan|ging|leerlinge?|ingeschreven|aangemeld|naar school|schoolt)\s+"
        r"(?:(?:nu|weer|dan|vanaf|morgen|in groep \d|in klas \d\w?)\s+){0,2}(?:op|naar|bij|van)\s+"
        r"(?P<name>(?:de|het)\s+[A-ZÀ-Þ][\w’'\-]{3,30})"
    ),
)


def find(text: str) -> list[Found]:
    """Return what in `text` looks like a place, in reading order, each piece once."""
    kept: list[Found] = []
    for found in sorted((*_phones(text), *_postcodes(text), *_named(text)), key=lambda one: (one.start, -one.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _phones(text: str) -> Iterator[Found]:
    # A date with a time behind it has as many digits as a telephone number.
    without_dates = _DATE.sub(lambda match: "x" * len(match.group()), text)
    for match in _PHONE.finditer(without_dates):
        digits = re.sub(r"\D", "", match.group())
        national = (
            re.sub(r"^(?:0031|31)0?", "0", digits) if not digits.startswith("0") or digits[:4] == "0031" else digits
        )
        if len(national) == 10 and not national.startswith(_EVERYWHERE):
            yield Found(PlaceKind.PHONE, match.group(), match.start())


def _postcodes(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        letters = match["letters"]
        ordinary = _WORDS_OF_TWO if match["gap"] else _MEASURES
        if letters.isupper() or letters.lower() not in ordinary:
            yield Found(PlaceKind.POSTCODE, match.group(), match.start())
    for match in _POSTCODE_SAID.finditer(text):
        yield Found(PlaceKind.POSTCODE, match.group(), match.start())


def _named(text: str) -> Iterator[Found]:
    for kind, patterns in ((PlaceKind.ADDRESS, _ADDRESSES), (PlaceKind.SCHOOL, _SCHOOLS)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                part = "name" if "name" in pattern.groupindex else 0
                yield Found(kind, match.group(part), match.start(part))
