"""Five hundred labelled notes as workers write them, some with a place in it. Shares nothing with `core.places`.

Streets, postcodes and telephone numbers come from Faker's Dutch lists, which know nothing of the detector; the rest are
words of our own: streets without an ending, names of schools, and the numbers that a note is full of without any place.
"""

from dataclasses import dataclass
from random import Random

from faker import Faker

NAMES = ["Femke", "Daan", "Samira", "Yusuf", "Marloes", "Noor", "Bram", "Lotte", "Amira", "Jip"]
# Streets that do not say that they are one, and the ones that are written in more words.
BARE_STREETS = [
    "Achter de Linden",
    "Het Zand",
    "Dam",
    "Lange Voorn",
    "Kleine Houtmarkt",
    "Buitenvaart",
    "Oude Gracht",
    "De Vonder",
    "Laan van Klaver",
    "Nieuwe Uilenburg",
    "Weg naar Zuid",
    "Vlinderveen",
    "Plein 1940",
    "Hoge Rijndijk",
    "Zuiderpark",
    "Boven de Bron",
    "Tussen de Wallen",
    "Molenwerf",
    "Zwanenveld",
    "Jan van Galenkade",
    "Burgemeester Vosplein",
]
ADDRESS_WORDS = [
    "Ze woont nu op {a}.",
    "Moeder is verhuisd naar {a} en voelt zich daar rustiger.",
    "{n} slaapt bij oma, {a}.",
    "Nieuw adres: {a}.",
    "Het huis aan de {a} is nog niet klaar.",
    "we hebben afgesproken aan de {a}, om half drie",
    "De sleutel van {a} ligt bij de beheerder.",
    "Vader reed twee keer langs {a}.",
    "Ik ben op huisbezoek geweest ({a}).",
    "Post kan naar {a}. Bel eerst even.",
    "Sinds maandag staan zij ingeschreven op {a}.",
    "Verhuisd. {a} is het geworden.",
]
POSTCODE_WORDS = [
    "Post graag naar {p}.",
    "Het is in {p}, vlak bij het water.",
    "postcode {p} staat in de brief",
    "Ze zoekt iets in {p}.",
    "Bij {p} is nog een woning vrij.",
    "De wijk ({p}) kent zij goed.",
]
PHONE_WORDS = [
    "Oma is te bereiken op {t}.",
    "Bel {t} na vijven.",
    "Haar nieuwe nummer is {t}",
    "tel. {t}",
    "Nummer van de buurvrouw: {t}.",
    "Zij belt zelf, anders {t} proberen.",
]
PHONES = [
    "06-00000{d}",
    "06 0000 0{d}",
    "0600000{d}",
    "+31 6 00 000 {d}",
    "0031 6 0000 0{d}",
    "038-0000{d}",
    "(038) 000 0{d}",
    "0529 00 0{d}",
    "+31 (0)38 000 0{d}",
    "06 00 00 00 0{s}",
    "020 00 00 {d}",
]
SCHOOLS = [
    "obs De Vlieger",
    "basisschool Het Kompas",
    "de Vuurtorenschool",
    "IKC Wereldwijs",
    "het Noorder Lyceum",
    "kdv Pippeloen",
    "basisschool de zonnebloem",
    "Sint Jozefschool",
    "CBS De Ark",
    "het Willem Bloemcollege",
    "vso De Sluis",
    "'t Anker",
    "Montessorischool De Kiem",
    "school De Toermalijn",
    "bso De Boomhut",
    "Kindcentrum Het Palet",
    "De Rietvoorn",
    "het Stedelijk Gymnasium",
    "peuterspeelzaal Dribbel",
    "De Springplank",
    "het Vechtdal College",
    "Daltonschool De Hoeksteen",
]
SCHOOL_WORDS = [
    "{n} zit op {s}.",
    "{n} begint na de vakantie op {s} in groep 4.",
    "De juf van {s} belde vanmorgen.",
    "Aangemeld bij {s}, er is plek.",
    "Moeder brengt {n} zelf naar {s}.",
    "Gesprek op {s} ging goed.",
    "Vader stond bij {s} te wachten.",
    "{n} gaat naar {s} en vindt het leuk.",
]
PLAIN = [
    "{n} sliep deze week beter, {k} van de 7 nachten door.",
    "Gebeld om {k}.15 uur, geen gehoor.",
    "Op {k} maart was er een gesprek met de juf op school.",
    "{n} is {k} jaar en zit in groep 4.",
    "Moeder geeft zichzelf een {k} voor hoe het gaat.",
    "De uitkering is {k}00 euro te laag.",
    "Zij wil in 2026 en daarna verder leren.",
    "Doel 2, stap {k}: zelf de rekeningen openmaken.",
    "Afspraak verzet naar donderdag {k} april 2026 om 10.30 uur.",
    "In de opvang is het druk, {n} heeft daar last van.",
    "Versie {k} van het veiligheidsplan is besproken op 02-03-2026.",
    "Onderweg naar huis waren er {k} telefoontjes van vader.",
    "Wmo 2015, artikel 2.3.{k}, daar gaat het om.",
    "Ze heeft {k} dagen niets gehoord van de gemeente.",
    "Op het schoolplein maakte {n} ruzie.",
    "De huisarts belt morgen terug.",
    "{n} telde tot {k} en ademde rustig door.",
    "Van de 1500 euro schuld is 1{k}00 afgelost.",
    "Bij gevaar belt zij 112 of 0800-2000.",
    "Samen naar de markt geweest, {n} koos appels.",
    "Het plan is {k} pagina's, te lang vindt moeder.",
    "{n} wil op judo, dinsdag van 4 tot 5.",
    "De hof van de buren is open; {n} speelt daar graag.",
    "Ik sprak moeder {k} minuten over de nieuwe school.",
    "Volgens {n} is thuis alles goed.",
    "Zaak {k}, dossier 2026-00{k}1, is gesloten.",
    "De weg is lang maar het gaat, zegt zij.",
    "Het Team besprak dit op maandag.",
    "Tante Noor past {k} keer per week op.",
    "Kamer {k} in de opvang is weer vrij.",
    "Toetsing na 6 weken, dus rond 15 mei.",
    "Meester {n} let extra op in de pauze.",
    "Bus {k} rijdt niet meer, zij loopt nu.",
    "Het college van burgemeester en wethouders besliste niet.",
    "De rechter deed uitspraak: omgang om de {k} weken.",
    "Beslagvrije voet is 2045 per maand.",
    "Hij stuurde {k}0 berichten op een avond.",
    "Moeder leest het boek De Tuinen niet uit.",
    # What looks like a place and is none: names of people, ages behind names, shops and institutions.
    "Gesprek bij De Wit thuis, {n} was erbij.",
    "De kinderen: {n} {k}, Noor 3 en de baby.",
    "Van Dam {k}x gebeld zonder succes.",
    "Op Marktplaats {k} stoelen gekocht.",
    "Het Rode Kruis bracht {k} pakketten.",
    "Brief van De Belastingdienst: {k} dagen.",
    "Ahmed Yilmaz 1{k} wil niet mee.",
    "{n} en Jan van den Berg {k} spelen samen.",
    "Uitslag CITO {k}2, boven verwachting.",
    "Kerst 2025 was moeilijk, Pasen 2026 hopelijk niet.",
    "Ikea Kallax {k} is besteld.",
    "Zij leest Donald Duck 1{k} voor.",
]


@dataclass(frozen=True)
class Note:
    """A note, and the pieces of it that are a place: of class A (an address) or L (what gives a place away)."""

    text: str
    places: tuple[tuple[str, int, int], ...]


class Writer:
    def __init__(self, seed):
        self.random = Random(seed)  # noqa: S311  # the same notes each time
        self.faker = Faker("nl_NL")
        self.faker.seed_instance(seed)

    def notes(self, count):
        return [self.note(("A", "L", "")[number % 3]) for number in range(count)]

    def note(self, kind):
        parts = [self.plain() for _ in range(self.random.randint(1, 3))]
        if kind:
            parts.insert(self.random.randint(0, len(parts)), self.with_place(kind))
        text, places = "", []
        for sentence, place in parts:
            text += " " if text else ""
            if place:
                start = len(text) + sentence.index(place)
                places.append((kind, start, start + len(place)))
            text += sentence
        return Note(text, tuple(places))

    def plain(self):
        return self.random.choice(PLAIN).format(n=self.random.choice(NAMES), k=self.random.randint(2, 9)), ""

    def with_place(self, kind):
        name = self.random.choice(NAMES)
        if kind == "A":
            place = self.address()
            return self.random.choice(ADDRESS_WORDS).format(a=place, n=name), place
        place, words = self.random.choice([self.postcode, self.phone, self.school])()
        return self.random.choice(words).format(p=place, t=place, s=place, n=name), place

    def address(self):
        street = self.faker.street_name() if self.random.random() < 0.6 else self.random.choice(BARE_STREETS)
        if self.random.random() < 0.15 and " " not in street:
            street = street.lower()
        number = self.random.randint(1, 299)
        return street + self.random.choice([f" {number}", f" {number}", f" {number}b", f" nr {number}", f" {number}-2"])

    def postcode(self):
        code = self.faker.postcode()
        if self.random.random() < 0.2:
            code = code.replace(" ", "").lower()
        return code, POSTCODE_WORDS

    def phone(self):
        if self.random.random() < 0.3:
            return self.faker.phone_number(), PHONE_WORDS
        pattern = self.random.choice(PHONES)
        return pattern.format(d=self.random.randint(100, 999), s=self.random.randint(1, 9)), PHONE_WORDS

    def school(self):
        return self.random.choice(SCHOOLS), SCHOOL_WORDS


@dataclass(frozen=True)
class Score:
    recall_a: float
    recall_l: float
    precision: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def score(notes, find):
    """Compare what was found with the labels, by overlap: recall per class, and precision over all findings."""
    hits, wanted, missed, wrong, right = {"A": 0, "L": 0}, {"A": 0, "L": 0}, [], [], 0
    for note in notes:
        found = find(note.text)
        for kind, start, end in note.places:
            wanted[kind] += 1
            if any(one.start < end and start < one.end for one in found):
                hits[kind] += 1
            else:
                missed.append(note.text[start:end] + " | " + note.text)
        for one in found:
            if any(one.start < end and start < one.end for _, start, end in note.places):
                right += 1
            else:
                wrong.append(f"{one.kind}: {one.text} | {note.text}")
    return Score(
        hits["A"] / wanted["A"], hits["L"] / wanted["L"], right / (right + len(wrong)), tuple(missed), tuple(wrong)
    )
