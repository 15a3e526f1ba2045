"""Blind routing: a signal finds its family, or a desk. As the jobs role, every minute, never in a reporter's request.

At each moment a signal that is not handled is with somebody: the regisseur of this minute, or a duty desk (R14). Every
rule below is a question about how things stand now, so a signal that came by when it could not be placed, a regisseur
who left afterwards, and a round that crashed are all made good by the next round.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cases.models import Family, Person, Place
from core.database import DatabaseRole, acting_as
from follow_ups.models import FollowUp, Kind
from signals.desks import desk_for
from signals.matching import candidates
from signals.models import AddressAnswer, AddressRequest, Signal, SignalCandidate, Status, VeiligThuisAnswer
from signals.operations.address import pass_on
from signals.operations.routing import bring_to_desk, leave_desk, leave_unmatched, route, settle, take_back
from signals.operations.veilig_thuis import take_over_again
from signals.querysets import SignalQuerySet

log = logging.getLogger(__name__)


def route_waiting(*, now: datetime) -> int:
    """Bring every signal to where it belongs now; return how many reached a family.

    Safe to repeat, and to run twice at once. Each signal is a transaction of its own, and one that fails holds up no
    other: it is logged and tried again. Call it outside a transaction.
    """
    for pk in _given_back():
        _one(pk, partial(_take_back, now=now))
    routed = sum(_one(pk, partial(_place, families=families, now=now)) for pk, families in _waiting())
    for pk in _without_regisseur(now):
        _one(pk, partial(_to_desk, now=now))
    for pk in _no_longer_for_a_desk(now):
        _one(pk, partial(_from_desk, now=now))
    for pk in _judged_at_a_desk():
        _one(pk, partial(_settle, now=now), of=Signal.objects.all())  # it was judged, so it is unhandled no more
    _take_over_what_was_answered(now)
    _pass_on_what_was_asked(now)
    return routed


def _given_back() -> list[UUID]:
    with acting_as(DatabaseRole.JOBS):
        found = Signal.objects.unhandled().filter(returned_at__isnull=False, family__isnull=False)
        return list(found.order_by("returned_at", "pk").values_list("pk", flat=True))


def _judged_at_a_desk() -> list[UUID]:
    """Return the handled signals whose work still stands on a list: a desk could not reach it there."""
    with acting_as(DatabaseRole.JOBS):
        owed = FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL).open().values("about_id")
        found = Signal.objects.filter(status=Status.HANDLED, pk__in=owed)
        return list(found.order_by("reported_at", "pk").values_list("pk", flat=True))


def _waiting() -> list[tuple[UUID, list[UUID]]]:
    """Return the signals without a family, each with the families that fit exactly.

    Those that nobody looked for yet come first: what lies at a desk since long keeps no new one waiting.
    """
    with acting_as(DatabaseRole.JOBS):
        children = Person.objects.filter(place=Place.CHILD)
        new_first = F("unmatched_at").asc(nulls_first=True)
        found = Signal.objects.waiting().with_families(children).order_by(new_first, "reported_at", "pk")
        rows = found.values_list("pk", "families", "families_by_name")  # type: ignore[misc]  # annotated
        return [(pk, chosen or named) for pk, chosen, named in rows]


def _without_regisseur(now: datetime) -> list[UUID]:
    """Return the routed signals that nobody has: their family has no regisseur who is still there."""
    with acting_as(DatabaseRole.JOBS):
        families = Family.objects.with_regisseur_known(timezone.localdate(now))
        alone = families.filter(has_regisseur=False)  # type: ignore[misc]  # annotated
        found = Signal.objects.unhandled().filter(desk=None, family__in=alone.values("pk"))
        return list(found.order_by("reported_at", "pk").values_list("pk", flat=True))


def _no_longer_for_a_desk(now: datetime) -> list[UUID]:
    with acting_as(DatabaseRole.JOBS):
        families = Family.objects.with_regisseur_known(timezone.localdate(now))
        led = families.filter(has_regisseur=True)  # type: ignore[misc]  # annotated
        found = Signal.objects.at_any_desk().filter(family__in=led.values("pk"))
        return list(found.order_by("reported_at", "pk").values_list("pk", flat=True))


def _one(pk: UUID, place: Callable[[Signal], bool], *, of: SignalQuerySet | None = None) -> bool:
    """Do something to one signal under its lock; say whether it reached a family. Busy elsewhere is left alone."""
    try:
        with acting_as(DatabaseRole.JOBS):
            among = Signal.objects.unhandled() if of is None else of
            locked = among.select_for_update(skip_locked=True, of=("self",))
            signal = locked.select_related("organisation__municipality").filter(pk=pk).first()
            return signal is not None and place(signal)
    except Exception:
        log.exception("signal not routed", extra={"signal": str(pk)})
        return False


def _place(signal: Signal, families: list[UUID], now: datetime) -> bool:
    if signal.family_id is not None:
        return False
    known = SignalCandidate.objects.filter(about_id=signal.pk)
    refused = set(known.filter(refused_at__isnull=False).values_list("family_id", flat=True))
    chosen = known.filter(chosen_at__isnull=False, refused_at=None).order_by("pk").first()
    fits = [chosen.family_id] if chosen else [family for family in families if family not in refused]
    if len(fits) == 1:
        route(signal, to_family=fits[0], at=now)
        return True
    desk = desk_for(signal, today=timezone.localdate(now)) if signal.desk_id is None else None
    leave_unmatched(signal, desk=desk, found=list(candidates(signal)), at=now)
    if signal.desk_id is None and desk is None:
        log.error("no desk in the country for a signal", extra={"signal": str(signal.pk)})
    return False


def _take_back(signal: Signal, now: datetime) -> bool:
    take_back(signal, at=now)
    return False


def _to_desk(signal: Signal, now: datetime) -> bool:
    desk = desk_for(signal, today=timezone.localdate(now))
    if desk is None:
        log.error("no desk in the country for a signal", extra={"signal": str(signal.pk)})
    else:
        bring_to_desk(signal, desk=desk, at=now)
    return False


def _from_desk(signal: Signal, now: datetime) -> bool:
    leave_desk(signal, at=now)
    return False


def _settle(signal: Signal, now: datetime) -> bool:
    settle(signal, at=now)
    return False


def _take_over_what_was_answered(now: datetime) -> None:
    """Plan the work that answers of Veilig Thuis mean: those for which nobody has any yet."""
    with acting_as(DatabaseRole.JOBS):
        planned = FollowUp.objects.filter(kind=Kind.CALL_BACK, about_id=OuterRef("pk"))
        unread = Q(hands_back=True) | Q(recorded_by__memberships__organisation_id=F("report__to_organisation_id"))
        answers = VeiligThuisAnswer.objects.filter(unread).exclude(Exists(planned)).distinct()
        keys = list(answers.values_list("pk", flat=True))
    for pk in keys:
        try:
            with acting_as(DatabaseRole.JOBS):
                take_over_again(VeiligThuisAnswer.objects.get(pk=pk), at=now)
        except Exception:
            log.exception("answer of Veilig Thuis not taken over", extra={"answer": str(pk)})


def _pass_on_what_was_asked(now: datetime) -> None:
    """Make each question of Veilig Thuis for an address the work of the regisseur."""
    with acting_as(DatabaseRole.JOBS):
        planned = FollowUp.objects.filter(kind=Kind.ANSWER_ADDRESS_REQUEST, about_id=OuterRef("pk"))
        waiting = AddressRequest.objects.filter(status=AddressAnswer.WAITING).exclude(Exists(planned))
        keys = list(waiting.order_by("asked_at", "pk").values_list("pk", flat=True))
    for pk in keys:
        try:
            with acting_as(DatabaseRole.JOBS):
                pass_on(AddressRequest.objects.get(pk=pk), at=now)
        except Exception:
            log.exception("question for an address not passed on", extra={"request": str(pk)})
