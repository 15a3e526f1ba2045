"""What a recipient would see, before anything is shared: its own pages, in a share that is undone again.

Nothing is drawn here a second time. The share is really made, the recipient's pages are really asked for by the reader,
and all of it, its audit rows included, is rolled back.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.requests import UserRequest
from cases.models import Family, Level, Share
from cases.operations import confirm_share
from core import places
from core.database import DatabaseRole, acting_as

# The pages of a recipient by level, by address: the rooms that draw them stand above this one.
PAGES = (
    (Level.SAFETY_PLAN, _("Safety plan"), "safety_plans:plan"),
    (Level.DOMAINS, _("Family plan"), "family_plans:plan"),
    (Level.DOMAINS, _("Help"), "family_plans:help"),
    (Level.DOMAINS, _("Income and housing"), "family_plans:income"),
    (Level.DOMAINS, _("Self-reliance"), "family_plans:reliance"),
    (Level.DOMAINS, _("What is stuck"), "family_plans:stagnations"),
    (Level.FILE, _("File"), "overview:family"),
    (Level.FILE, _("Persons"), "cases:persons"),
    (Level.FILE, _("The stay"), "cases:stay"),
    (Level.FILE, _("Protective measures"), "cases:measures"),
    (Level.FILE, _("The risk, over time"), "safety_plans:risk"),
    (Level.FILE, _("Aftercare"), "aftercare:family"),
)
_LEFT_OUT = {"form", "button", "input", "script", "style", "textarea", "select"}
_EMPTY = {"br", "hr", "img", "input", "wbr"}
_KEPT_ATTRIBUTES = {"class", "role", "data-label", "aria-hidden", "focusable", "scope", "lang", "dir", "colspan"}


@dataclass(frozen=True)
class Seen:
    """One page as the reader would see it, without links and forms, to stand inside another page."""

    title: str
    html: SafeString
    text: str


def rehearse(
    request: UserRequest, family: Family, *, reader: User, level: int, make: Callable[[], Share]
) -> list[Seen]:
    """Return the pages that `reader` would see after `make`. Nothing of it stays.

    A share that waits for a second professional shows what it would show once confirmed.
    """
    with transaction.atomic():
        made = make()
        second = made.ground.second_professional
        if made.opened_at is None and second is not None:
            confirm_share(made, by=second, at=made.starts_at)
        with acting_as(DatabaseRole.APP, user_id=reader.pk, organisation_ids=reader.standing):
            seen = [_seen(request, reader, family, title, name) for least, title, name in PAGES if level >= least]
        transaction.set_rollback(True)
    return [page for page in seen if page]


def places_in(seen: list[Seen]) -> list[str]:
    """Return what on these pages looks like a place: the last look before it goes out (R18)."""
    return list(dict.fromkeys(found.text for page in seen for found in places.find(page.text)))


def answer_to(found: list[str]) -> str:
    """Return the answer that says that what was found may be seen. It holds for this and not for another place."""
    return sha256("|".join(found).encode()).hexdigest()[:16]


def inert(html: str) -> tuple[SafeString, str]:
    """Return the main part of a page without links and forms and with lower headings, and its bare text."""
    reader = _Inert()
    reader.feed(html.partition("<main")[2].partition(">")[2].partition("</main>")[0])
    # Written again tag by tag from a page of our own; whatever people typed is escaped once more below.
    return SafeString("".join(reader.parts)), " ".join("".join(reader.words).split())


def _seen(request: UserRequest, reader: User, family: Family, title: object, name: str) -> Seen | None:
    """Return one page as the reader gets it; None when she gets none."""
    match = resolve(reverse(name, args=[family.pk]))
    asked = copy(request)
    asked.method, asked.user, asked.resolver_match = "GET", reader, match
    asked.GET, asked.POST = QueryDict(), QueryDict()
    # What is to be said to the regisseur must not be used up by a page that she never opened.
    asked._messages = []  # type: ignore[attr-defined]
    try:
        answer = match.func(asked, *match.args, **match.kwargs)
    except Http404:
        return None
    html, text = inert(answer.content.decode())
    return Seen(str(title), html, text)


class _Inert(HTMLParser):
    """Writes what it reads, except what can be pressed, followed or pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.words: list[str] = []
        self.left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self.left_out += tag not in _EMPTY
        if self.left_out or tag in _LEFT_OUT:
            return
        kept = [(name, value or "") for name, value in attrs if name in _KEPT_ATTRIBUTES or tag == "use"]
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept)
        self.parts.append(f"<{_renamed(tag)}{written}>")
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self.left_out -= tag not in _EMPTY
        elif not self.left_out and tag not in _EMPTY:
            self.parts.append(f"</{_renamed(tag)}>")
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.parts.append(escape(data))
            self.words.append(data)


def _renamed(tag: str) -> str:
    """Return the tag it becomes: a link is a word here, and headings stand three lower, under that of the preview."""
    if tag == "a":
        return "span"
    return f"h{min(int(tag[1]) + 3, 6)}" if tag in {"h1", "h2", "h3", "h4", "h5"} else tag
