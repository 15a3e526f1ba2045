"""Who was told what about whom: the list that the client may read and take home (I10, I18)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from cases.alert import last_day
from cases.models import Consent, Family, IssuedPaper, Level, NotShared, Person, Place, Share
from cases.papers import WithoutPlaces, mark
from core.paper.rendering import Mark, render
from organisations.passages import words_of


@dataclass(frozen=True)
class Line:
    """One time that somebody was told something. `told` is a name, or "" when it is everybody who may signal there."""

    told: str
    organisation: str
    level: str
    purpose: str
    ground: str
    since: date
    until: date
    ended_on: date | None


@dataclass(frozen=True)
class About:
    """What was told about one person of the family, the newest first."""

    person: Person
    lines: list[Line]


def shares_of(family: Family) -> list[Share]:
    """Return every share that was ever open, with what a page says about it, in one query and one for the consents."""
    consents = Consent.objects.select_related("given_by", "about").order_by("given_on", "pk")
    return list(
        Share.objects.filter(family=family)
        .select_related("organisation__kind", "reader", "ground__second_professional")
        .prefetch_related(Prefetch("ground__consents", queryset=consents))
        .order_by("-starts_at", "pk")
    )


def told_about(family: Family, *, now: datetime, on_paper: bool = False) -> list[About]:
    """Return per person of the family what was told to whom.

    `on_paper` names an organisation by what it is, and leaves places out of what was typed: a paper may be found.
    """
    words: Callable[[str], str] = WithoutPlaces(family) if on_paper else str
    shares = [share for share in shares_of(family) if share.opened_at is not None]
    persons = Person.objects.filter(family=family, place__in=[Place.CLIENT, Place.CHILD]).in_reading_order()
    read = [
        About(person, [_line(share, words, now, on_paper) for share in shares if _is_about(share, person)])
        for person in persons
    ]
    return [about for about in read if about.lines]


def papers_of(family: Family) -> list[IssuedPaper]:
    """Return the papers that went out, the newest first."""
    issued = IssuedPaper.objects.filter(family=family).select_related("organisation__kind", "issued_by")
    return list(issued.order_by("-issued_at", "pk"))


def paper(family: Family, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the list to give to the client. No place and no name of an organisation stands on it."""
    foot = mark(printed_by, at)
    context = {
        "told": told_about(family, now=at, on_paper=True),
        "papers": papers_of(family),
        "words": words_of("told_first", on=timezone.localdate(at), language=language),
    }
    return render("papers/disclosures.html", context, language=language, mark=foot), foot


def counted(rows: Sequence[NotShared]) -> list[tuple[str, int, int]]:
    """Return per reason how often a partner did not share, and how often we did not."""
    ordered = sorted(rows, key=lambda row: row.because)
    found = []
    for _because, same in groupby(ordered, key=lambda row: row.because):
        group = list(same)
        by_partner = sum(row.by_partner for row in group)
        found.append((str(group[0].get_because_display()), by_partner, len(group) - by_partner))
    return found


def _is_about(share: Share, person: Person) -> bool:
    if person.place == Place.CLIENT:
        return bool(share.level > Level.ALERT)
    return not share.persons or person.pk in share.persons


def _line(share: Share, words: Callable[[str], Any], now: datetime, on_paper: bool) -> Line:
    over = share.withdrawn_at or (share.ends_at if share.ends_at <= now else None)
    return Line(
        told=share.reader.name if share.reader else "",
        organisation=str(share.organisation.kind.label) if on_paper else share.organisation.name,
        level=share.get_level_display(),
        purpose=words(share.purpose),
        ground=share.ground.get_kind_display(),
        since=timezone.localdate(share.opened_at),
        until=last_day(share.ends_at),
        ended_on=timezone.localdate(over) if over else None,
    )
