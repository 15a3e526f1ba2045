"""Which families a waiting signal may be about. Asked by the job that routes, as the jobs role, and by nobody else."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from cases.models import Person, Place
from signals.models import Fit, Signal

# Two ways to write one name share about half their groups of three letters; two names share hardly any.
NEARLY_THE_SAME = 0.4
MOST = 10


def candidates(signal: Signal) -> Iterator[tuple[UUID, str, Fit]]:
    """Yield family, its reference and why it may be the one, the best fit first; at most ten, each family once.

    A guess of a machine: a person at the desk chooses. Only `Fit.SAME` with a single family is ever routed by itself.
    """
    seen: set[UUID] = set()
    for fit, found in _by_fit(signal):
        rows = found.values_list("family_id", "family__reference").order_by("family__reference").distinct()
        for family_id, reference in rows[:MOST]:
            if family_id not in seen and len(seen) < MOST:
                seen.add(family_id)
                yield family_id, reference, fit


def _by_fit(signal: Signal) -> list[tuple[Fit, QuerySet]]:
    if signal.child_id is not None:
        return [(Fit.SAME, Person._base_manager.filter(pk=signal.child_id))]
    typed = _plain(Value(signal.child_name))
    children = Person._base_manager.filter(place=Place.CHILD).annotate(
        plain_given=_plain(F("given_name")), plain_full=_plain(Concat("given_name", Value(" "), "surname"))
    )
    same_name = children.filter(Q(plain_given=typed) | Q(plain_full=typed))
    if signal.child_born_on is None:
        return [(Fit.NAME, same_name)]
    born_then = children.filter(born_on=signal.child_born_on)
    near = TrigramSimilarity("plain_full", typed)  # type: ignore[arg-type]  # it takes an expression as well
    alike = born_then.annotate(near=near).filter(near__gte=NEARLY_THE_SAME)
    return [
        (Fit.SAME, same_name.filter(born_on=signal.child_born_on)),
        (Fit.ALIKE, alike),
        (Fit.NAME, same_name),
    ]


def _plain(text: object) -> Func:
    return Func(text, function="plain_text", output_field=TextField())
