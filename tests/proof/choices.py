"""The keys that a form offers, and what they are the keys of (R8)."""

import re
from collections import defaultdict
from html.parser import HTMLParser
from uuid import UUID

from tests.proof.fields import family_models

A_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Offered(HTMLParser):
    """The keys in a page by the name of the field that offers them: choices, boxes, hidden fields and lists."""

    def __init__(self, page):
        super().__init__()
        self.keys, self.field = defaultdict(set), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in ("select", "datalist"):
            self.field = told.get("name") or told.get("id") or ""
        name = told.get("name", "") if tag in ("input", "button") else self.field
        value = told.get("value") or ""
        if tag in ("input", "option", "button") and A_KEY.fullmatch(value):
            self.keys[name].add(UUID(value))


def rows_offered(keys):
    """Return the model of each key that is the key of a row about a family."""
    found = {}
    for model in family_models() if keys else ():
        for pk in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True):
            found[pk] = model
    return found
