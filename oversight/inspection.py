"""What an inspectorate is given about a period: how the work on each file went, and not whose file it is (B26).

One line per file that the organisation works with now. Counts and words from lists only: no name, reference, date,
place or organisation, and the lines stand in an order that says nothing: nothing in it leads back to a file.
"""

from collections.abc import Iterable
from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from access import policy
from access.models import Involvement
from access.policy import WORKS_WITH
from accounts.models import User
from cases.models import Family, Person, Place, Trajectory
from oversight.models import Law

# An export never holds more (R22). Whoever works with more files takes it out in parts.
MOST_FILES = 200
# What is counted in the period: the rows, and the moment that places one in it.
_COUNTED = (
    ("signals.Signal", "reported_at", Q()),
    ("aftercare.CheckIn", "happened_at", ~Q(outcome="not_reached")),
    ("aftercare.CheckIn", "happened_at", Q(outcome="not_reached")),
    ("safety_plans.RiskAssessment", "recorded_at", Q()),
    ("cases.Share", "opened_at", Q()),
    ("access.BreakGlass", "starts_at", Q()),
)


def columns() -> list[str]:
    """Return the names of the columns, in the language of who takes it out."""
    return [
        _("line"),
        _("laws"),
        _("opened in the quarter"),
        _("still with us"),
        _("has a regisseur"),
        _("signals"),
        _("contacts made"),
        _("contacts tried, nobody reached"),
        _("risk assessments"),
        _("times shared"),
        _("opened in an emergency"),
    ]


def files(organisation_id: UUID, *, by: User, at: datetime) -> QuerySet[Family]:
    """Return the files an export of this organisation is about; never one that this user may not see."""
    doors = Involvement.objects.live(at).filter(organisation_id=organisation_id, relation__in=WORKS_WITH)
    found: QuerySet[Family] = (
        Family.objects.of_people().filter(pk__in=doors.values("family_id")).exclude(pk__in=policy.barred_from(by))
    )
    return found.order_by("opened_at", "pk")


def part(found: QuerySet[Family], number: int) -> list[Family]:
    """Return one part of the files; the first is 1. Past the last one it is empty."""
    return list(found[MOST_FILES * (number - 1) : MOST_FILES * number])


def lines(found: Iterable[Family], *, since: datetime, until: datetime) -> list[list[str]]:
    """Return a line for each of these files, over what happened between two moments (half-open)."""
    of = {family.pk: family for family in found}
    counted = [_per_file(label, moment, which, list(of), since, until) for label, moment, which in _COUNTED]
    known = Family.objects.filter(pk__in=of).with_regisseur_known(timezone.localdate(until))
    led = set(known.filter(has_regisseur=True).values_list("pk", flat=True))  # type: ignore[misc]  # annotated
    open_ones = set(Trajectory.objects.filter(family_id__in=of, ends_on=None).values_list("family_id", flat=True))
    children, reported = _with_a_child(of), _reported_to_veilig_thuis(of)
    made = []
    for pk, family in of.items():
        opened = timezone.localdate(family.opened_at)
        made.append(
            [
                _laws(pk in children, pk in reported),
                f"{opened.year}-{(opened.month + 2) // 3}",
                _("yes") if pk in open_ones else _("no"),
                _("yes") if pk in led else _("no"),
                *(str(one.get(pk, 0)) for one in counted),
            ]
        )
    SystemRandom().shuffle(made)
    return [[str(number), *line] for number, line in enumerate(made, 1)]


def _laws(has_a_child: bool, was_reported: bool) -> str:
    laws = [Law.WMO, *([Law.JEUGDWET] if has_a_child else []), *([Law.VEILIG_THUIS] if was_reported else [])]
    return ", ".join(str(law.label) for law in laws)


def _with_a_child(keys: Iterable[UUID]) -> set[UUID]:
    return set(Person.objects.filter(family_id__in=keys, place=Place.CHILD).values_list("family_id", flat=True))


def _reported_to_veilig_thuis(keys: Iterable[UUID]) -> set[UUID]:
    reports: Any = apps.get_model("signals.VeiligThuisReport")._base_manager
    return set(reports.filter(family_id__in=keys).values_list("family_id", flat=True))


def _per_file(label: str, moment: str, which: Q, keys: list[UUID], since: datetime, until: datetime) -> dict[UUID, int]:
    rows: Any = apps.get_model(label)._base_manager.filter(which, family_id__in=keys)
    within = rows.filter(**{f"{moment}__gte": since, f"{moment}__lt": until})
    return dict(within.values_list("family_id").annotate(times=Count("pk")).order_by())
