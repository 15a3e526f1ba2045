"""What there is of one file, as one page: what a court that asks for it would be given, and what nobody can give it.

Kinds of records and how many, as the database's own catalogue lists them: nothing of what is in them. So it can be read
by who may not read the file, and nothing can be left out by forgetting it.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.merging import rows_of
from cases.models import Family


@dataclass(frozen=True)
class Kind:
    """One kind of record: what it is, and what stands in it for whoever asks."""

    what: str | Promise
    holds: str | Promise


@dataclass(frozen=True)
class Holding:
    """A kind of record of one file, and how many rows there are. None is said too."""

    kind: Kind
    rows: int


PROTECTED = Kind(
    _("Protected places"),
    _(
        "Addresses, escape routes, code words and safe contact persons. Sealed: the office cannot read them. One value "
        "is shown to one person with a grant, and each time is on record. Ask a lawyer before you give one."
    ),
)
SHARED = Kind(
    _("What was shared and on which ground"),
    _("To whom, what, from when until when, the consent or the article, and the papers that were printed."),
)
_OF_ROOM = {
    "access": Kind(
        _("Who works and worked with the family"),
        _("By name, from when until when, who opened the file in an emergency, and who may not see it."),
    ),
    "follow_ups": Kind(
        _("Work that was planned"), _("What had to be done by whom and when, and which reminders went out.")
    ),
    "cases": Kind(
        _("The persons and their circumstances"),
        _("Client, children, others around them; authority, stay, network, measures and what children said."),
    ),
    "safety_plans": Kind(
        _("Safety plans and risk assessments"),
        _("Every version. The safety plan says how somebody keeps safe: whoever reads it can undo that."),
    ),
    "family_plans": Kind(_("The plan of the family"), _("Goals, help, conferences and what stagnated.")),
    "signals": Kind(
        _("Worries that were reported"),
        _("What was seen, heard and thought, by whom, and what was decided. Whoever reported may stay unnamed."),
    ),
    "handover": Kind(_("Handovers and departure"), _("From whom to whom. Where a family went is a place too.")),
    "aftercare": Kind(
        _("Contacts after the stay"), _("When somebody was spoken to, and what she said in her own words.")
    ),
    "collaboration": Kind(
        _("How organisations worked together"), _("Evaluations and summonses: no content of the file.")
    ),
    "oversight": Kind(_("Requests and judgements"), _("Who asked to see or change something, and what came of it.")),
}
KINDS = (*_OF_ROOM.values(), SHARED, PROTECTED)
_PROTECTED = (
    "cases_protectedplace",
    "cases_protectedvalue",
    "cases_protectedgrant",
    "cases_protectedplacepermission",
    "cases_protectedreveal",
)
_SHARED = ("cases_share", "cases_ground", "cases_consent", "cases_notshared", "cases_issuedpaper")


def kind_of(table: str) -> Kind:
    """Return the kind of record that stands in a table. Raises KeyError for a room that nobody described here."""
    if table in _PROTECTED:
        return PROTECTED
    if table in _SHARED:
        return SHARED
    room = next((room for room in _OF_ROOM if table.startswith(f"{room}_")), table)
    return _OF_ROOM[room]


def of_family(family: Family) -> list[Holding]:
    """Return every kind of record, with how many there are of this file. For who is allowed to hold the file."""
    counted: Counter[Kind] = Counter()
    for table, rows in rows_of(family).items():
        # Of a sealed value: the value, and not what goes with it.
        if table not in _PROTECTED or table == "cases_protectedvalue":
            counted[kind_of(table)] += len(rows)
    return [Holding(kind, counted[kind]) for kind in KINDS]
