"""Follow every link that somebody can see, from her own first page on, without a browser: which pages are there?"""

from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

# Of one kind of page, more say nothing new: a list of two hundred families is one page to look at.
OF_A_KIND = 3


@dataclass(frozen=True)
class Found:
    """A page that somebody reached by following links."""

    name: str
    path: str
    is_paper: bool


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def pages_of(client: Client, dead: list[str]) -> list[Found]:
    """Return the pages this client reaches, the first of each kind first; papers too, other sites not.

    A link that leads nowhere is added to `dead`, with the page it is on.
    """
    seen: set[str] = set()
    count: dict[str, int] = {}
    found: list[Found] = []
    waiting = deque([("/", "the first page")])
    while waiting:
        path, there = waiting.popleft()
        name = _name(path)
        if path in seen or name is None or count.get(name, 0) >= OF_A_KIND:
            continue
        seen.add(path)
        answer = client.get(path)
        if 300 <= answer.status_code < 400:
            waiting.append((answer.headers["Location"], path))
            continue
        if answer.status_code != 200:
            dead.append(f"{_name(there)} leads to {name}, which answered {answer.status_code}: {there} {path}")
            continue
        count[name] = count.get(name, 0) + 1
        is_paper = not answer.headers["Content-Type"].startswith("text/html")
        found.append(Found(name, path, is_paper))
        if is_paper:
            continue
        links = _Links()
        links.feed(answer.content.decode())
        inside = [href for href in links.found if not href.startswith(("#", "tel:", "mailto:"))]
        waiting.extend((_within(path, href), path) for href in inside)
    return found


def _within(page: str, href: str) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return "elsewhere"
    path = parts.path or urlsplit(page).path
    return f"{path}?{parts.query}" if parts.query else path


def _name(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
