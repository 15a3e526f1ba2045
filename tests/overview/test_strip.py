"""The page of a family, and the strip on top of each of its pages, lead where whoever reads them may come."""

import re

from django.urls import resolve, reverse

from overview.strip import PAGES, strip_of
from tests.architecture.test_urls import EXPECTED, MAY, VISITORS, browsers, expected, world

__all__ = ["world"]
EVERYBODY = [*VISITORS[2:], *(name for name, doors in MAY.items() if doors is not None)]


def test_the_strip_leads_nobody_to_a_page_that_is_shut(world):
    names = {str(label): name for label, name, _action in PAGES}
    shut, read = set(), 0
    for visitor in EVERYBODY:
        strip = strip_of(world.family.pk, getattr(world, visitor), here="overview:family")
        for entry in [*strip.entries, *strip.more] if strip else ():
            read += 1
            if expected(names[entry.label], "get", visitor) != 200:
                shut.add((visitor, names[entry.label]))
    assert read >= 40
    assert shut == set()


def test_the_page_of_a_family_leads_nobody_to_a_page_that_is_shut(world):
    shut, read = set(), 0
    readers = [name for name in EVERYBODY if expected("overview:family", "get", name) == 200]
    everybody = browsers(world, [name for name in readers if name not in VISITORS])
    for visitor in readers:
        page = everybody[visitor].get(reverse("overview:family", args=[world.family.pk])).content.decode()
        for path in set(re.findall(r'<a [^>]*href="(/[^"?#]*)', page)):
            name = resolve(path).view_name
            read += 1
            if name in EXPECTED and expected(name, "get", visitor) != 200:
                shut.add((visitor, name))
    assert read >= 60
    assert shut == set()
