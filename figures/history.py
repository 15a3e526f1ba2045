"""An invented history of closed families, as statistics rows only: what pages with figures show in the demonstration.

Nobody in it exists. The same seed gives the same history, so that a test can count on it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from figures.areas import Geography
from figures.definitions.aftercare import CAUSES, DOMAINS
from figures.passages import MONTHS_ASKED, Passage

FAMILIES = 600
YEARS = 5
# Municipality, its region of Veilig Thuis (only to draw from), how many of a hundred families live there.
_PLACES: tuple[tuple[str, str, int], ...] = (
    ("GM0193", "IJsselland", 38),
    ("GM0150", "IJsselland", 6),
    ("GM0166", "IJsselland", 3),
    ("GM0160", "IJsselland", 2),
    ("GM0344", "Utrecht", 33),
    ("GM0307", "Utrecht", 7),
    ("GM0355", "Utrecht", 3),
    ("GM0034", "Flevoland", 6),
    ("GM0995", "Flevoland", 2),
)
_REGION = {code: region for code, region, _weight in _PLACES}
_WEIGHT = {code: weight for code, _region, weight in _PLACES}
_SHELTERS = {"GM0193": 45, "GM0344": 45, "GM0307": 10}
_CAUSES = (*CAUSES,)


def invent(*, until: date, families: int = FAMILIES, years: int = YEARS, seed: int = 14) -> list[Passage]:
    """Return passages of families that left in the `years` before `until` (inclusive), spread over that time."""
    random = Random(seed)  # noqa: S311 - an invented history, no secret
    days = (until - (until - relativedelta(years=years))).days
    return [_passage(random, until - timedelta(days=random.randrange(days))) for _number in range(families)]


def _choose(random: Random, chances: Sequence[tuple[str, int]]) -> str:
    return random.choices([one for one, _weight in chances], [weight for _one, weight in chances])[0]


def _passage(random: Random, left_on: date) -> Passage:
    stay = random.choice((40, 75, 120, 150, 190, 230, 280, 420)) + random.randrange(25)
    shelter = random.choices(list(_SHELTERS), list(_SHELTERS.values()))[0]
    origin = random.choices(list(_WEIGHT), list(_WEIGHT.values()))[0]
    destination, went_to = _destination(random, shelter)
    longer = random.choice((0, 0, 0, 12, 25, 45, 80, 130)) if stay > 60 else 0
    longer = min(longer, stay - 14)
    partners = random.choice((0, 1, 2, 2, 3))
    asked = random.choice((0, 1, 2, 3, 3, 4))
    left = Passage(
        arrived_on=left_on - timedelta(days=stay),
        shelter=shelter,
        left_on=left_on,
        came_from=_distance(origin, shelter),
        outside_because=random.choice(("safety", "safety", "shortage", "")),
        place=_choose(random, (("crisis", 5), ("follow_up", 4), ("none", 1))),
        contexts=random.choice(((), (), (), ("honour_related_violence",), ("human_trafficking",))),
        ages=tuple(random.randrange(0, 17) for _child in range(random.choice((0, 1, 1, 2, 2, 3)))),
        ready_on=left_on - timedelta(days=longer) if longer else None,
        waited_for=_choose(random, (("housing", 6), ("income", 2), ("help", 1), ("safety", 1))) if longer else "",
        went_to=went_to,
        destination=destination,
        help_asked=asked,
        help_before=min(asked, random.choice((0, 1, 2, 3, 4))),
        network=random.choice((0, 1, 1, 2, 3, 4, 5)),
        father=random.choice(("yes", "no", "")),
        partners=partners,
        partners_current=min(partners, random.choice((0, 1, 2, 3))),
    )
    return _year_after(random, left)


def _distance(one: str, other: str) -> str:
    if one == other:
        return "own"
    return "region" if _REGION[one] == _REGION[other] else "other"


def _destination(random: Random, shelter: str) -> tuple[str, str]:
    kind = _choose(random, (("own", 55), ("elsewhere", 35), ("protected", 6), ("unknown", 4)))
    if kind in {"protected", "unknown"}:
        return "", kind
    if kind == "own":
        return shelter, "own"
    others = [code for code in _WEIGHT if code != shelter]
    chosen = random.choices(others, [_WEIGHT[code] for code in others])[0]
    return chosen, _distance(chosen, shelter)


def _year_after(random: Random, left: Passage) -> Passage:
    keeps = random.choice((0.95, 0.9, 0.8, 0.55))
    contact = tuple(month for month in range(1, 13) if random.random() < keeps)
    violence = random.random() < 0.24
    signals = violence or random.random() < 0.2
    accepted = _choose(random, (("yes", 8), ("no", 1)))
    stuck = random.random() < 0.55
    return replace(
        left,
        accepted_in=random.choice((2, 4, 6, 9, 15, 40)) if accepted == "yes" else None,
        warm=random.random() < 0.6 if accepted == "yes" else None,
        contact_in=contact,
        met_by=("phone", "visit", "outreach")[: len(contact) // 4],
        supporter_for="" if len(contact) % 3 else "alone",
        supporter_met="" if len(contact) % 3 else "after" if violence else "before",
        supporter_stopped="" if len(contact) % 3 else "goes_on" if stuck else "not_needed",
        felt={
            str(month): _choose(random, (("yes", 5 + month // 4), ("doubt", 3), ("no", 2))) for month in MONTHS_ASKED
        },
        acted_in=random.choice((0, 1, 1, 2, 4, 9)) if signals else None,
        confirmed=1 if violence else 0,
        # No throw of its own: what was invented before stays as it was.
        child_incidents=1 if violence and left.ages and left.arrived_on.day % 2 else 0,
        first_came_after=random.random() < 0.4 if violence else None,
        without_income=random.choice((0, 0, 0, 12, 25, 48)),
        interrupted=random.choice((None, 0, 0, 14, 40)),
        stuck_cause=random.choices(_CAUSES, (6, 3, 4, 1, 2, 1))[0] if stuck else "",
        stuck_days=random.choice((14, 25, 38, 50, 90)) if stuck else 0,
        # Nor here: it follows from what was thrown already.
        stuck_with="" if not stuck or len(contact) % 4 == 0 else ("debts", "youth", "mental")[len(contact) % 3],
        tailored=("not_asked", "asked", "granted", "refused")[len(contact) % 4],
        paid_by=("wmo", "jeugdwet", "wgs", "unknown")[left.help_asked % 4] if left.help_asked else "",
        children_unpaid=("known", "unknown")[len(left.ages) % 2] if left.ages and left.help_asked else "",
        solved_by=random.choice(("started", "escalation", "other_partner", "tailored", "")) if stuck else "",
        waiting={domain: random.choice(("within", "within", "beyond")) for domain in DOMAINS if random.random() < 0.5},
        back_in=random.randrange(300) if random.random() < 0.06 else None,
        enough=random.choice(("sufficient", "sufficient", "longer", "earlier")),
    )


def places() -> Geography:
    """Return the municipalities of the invented history, without asking the database."""
    return Geography({code: f"VT-{region}" for code, region in _REGION.items()}, {})
