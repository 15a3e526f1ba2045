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


_DATE = re.compile(r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}\b")
_NUMBER = re.compile(r"\b\d{8,9}\b")
# A given name and a surname: two words with capitals in a row, that do not open a sentence.
_CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ]{2,}"
_FULL_NAME = re.compile(
    rf"(?<![.!?]\s)(?<!^)\b{_CAPITAL}\s+(?:(?:[Dd]en?|[Vv]an|[Dd]er|[EeAa]l|[Tt]e[nr])\s+){{0,2}}{_CAPITAL}\b"
)
_FUNCTIONS = {"Veilig Thuis"}


def identifying(text: str) -> list[str]:
    """Return what in `text` says about whom it is: a place, a number, a day of birth, a full name.

    It asks too often rather than too seldom: the question can always be put in other words.
    """
    found = [one.text for one in places.find(text)]
    found += _DATE.findall(text) + _NUMBER.findall(text)
    found += [name for name in _FULL_NAME.findall(text) if name not in _FUNCTIONS]
    return list(dict.fromkeys(found))
