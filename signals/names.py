"""Names that must not leave: a question for advice says about nobody whom it concerns."""

import re

from cases.models import Family, Person


def names_in(text: str, family: Family) -> list[str]:
    """Return which names of persons of this family stand in `text`, as whole words."""
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    known = Person.objects.filter(family=family).values_list("given_name", "surname")
    parts = {part for names in known for name in names for part in re.findall(r"\w+", name) if part[:1].isupper()}
    return sorted(part for part in parts if part.casefold() in words)
