"""Names that must not leave: a question for advice says about nobody whom it concerns."""

import re

from cases.models import Family, Person
from core import places


def names_in(text: str, family: Family) -> list[str]:
    """Return which names of persons of this family stand in `text`, as whole words."""
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    known = Person.objects.filter(family=family).values_list("given_name", "surname")
    parts = {part for names in known for name in names for part in re.findall(r"\w+", name) if part[:1].isupper()}
    return sorted(part for part in parts if part.casefold() in words)


_MONTH = "jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec"
_DATE = re.compile(
    rf"\b\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:19|20)?\d{{2}}\b|\b\d{{1,2}}\s+(?:{_MONTH})[a-z]*\.?\s+(?:19|20)\d{{2}}\b",
    re.I,
)
_NUMBER = re.compile(r"\b\d{8,9}\b|\b\d{4}[. ]\d{2}[. ]\d{3}\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
# A word with a capital that does not open a sentence is a name, and so are two of them that do. Behind a title it is
# one wherever it stands.
_CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ]{2,}"
_BETWEEN = r"(?:(?:[Dd]en?|[Vv]an|[Dd]er|[EeAa]l|[Tt]e[nr])\s+){0,2}"
_FULL_NAME = re.compile(rf"\b{_CAPITAL}\s+{_BETWEEN}{_CAPITAL}\b")
_INSIDE = re.compile(rf"(?<=[\w,;:)’'] ){_CAPITAL}\b")
_TITLED = re.compile(
    rf"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|de heer|dhr\.?|familie|fam\.?|juf|meester)\s+{_BETWEEN}[A-ZÀ-Þ]\w+"
)
# Words with a capital that say about nobody who it is.
_NOBODY = frozenset(
    """
    Veilig Thuis Raad Kinderbescherming Meldcode Kindcheck Jeugdwet Wmo Jeugdzorg Jeugdbescherming Reclassering Politie
    Slachtofferhulp Facebook Instagram Snapchat Tiktok Whatsapp Signal Kerst Sinterklaas Pasen Ramadan Suikerfeest
    Nederlands Nederlandse Engels Engelse Turks Turkse Arabisch Arabische Pools Poolse Marokkaans Marokkaanse
    """.split()  # noqa: SIM905 -- forty quoted words would fill the page
)


def identifying(text: str) -> list[str]:
    """Return what in `text` says about whom it is: a place, a number, an address for mail, a day, a name.

    It asks too often rather than too seldom: the question can always be put in other words.
    """
    found = [one.text for one in places.find(text)]
    for pattern in (_DATE, _NUMBER, _MAIL, _TITLED):
        found += pattern.findall(text)
    for pattern in (_FULL_NAME, _INSIDE):
        found += [name for name in pattern.findall(text) if not _NOBODY.issuperset(re.findall(_CAPITAL, name))]
    return list(dict.fromkeys(found))
