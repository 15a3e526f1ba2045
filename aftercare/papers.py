"""The cards that a family takes home: one function and one number to call, and nothing that says where or who."""

from django.utils import timezone

from aftercare.models import Strippenkaart
from cases.models import Family, Trajectory
from cases.papers import WithoutPlaces
from core.paper.rendering import render
from organisations.models import ContactPoint
from organisations.passages import words_of


def contact_point_of(trajectory: Trajectory) -> ContactPoint | None:
    """Return who is called about this family: the municipality it went to, or else the one it is in now."""
    place = trajectory.municipality_id or trajectory.organisation.municipality_id
    return ContactPoint.of(place, timezone.localdate())


def contact_card(family: Family, point: ContactPoint, *, language: str) -> bytes:
    """Make the card. The number is the central one, the same for every family of a municipality.

    It carries no watermark: who printed it would say where she is helped.
    """
    said = {
        "function": WithoutPlaces(family)(point.function_name),
        "phone": point.central_phone,
        "words": words_of("contact_card", on=timezone.localdate(), language=language),
    }
    return render("papers/contact_card.html", said, language=language, mark=None)


def strippenkaart(card: Strippenkaart, point: ContactPoint, *, language: str) -> bytes:
    """Make the card with conversations (A10): a box for each, the ones that were used crossed out, and how many are
    left. On one side, to be found by anybody: no name, place or day, and no watermark, as on the contact card."""
    used = card.strips.count()
    said = {
        "boxes": [(number, number <= used) for number in range(1, card.size + 1)],
        "left": card.size - used,
        "size": card.size,
        "function": WithoutPlaces(card.family)(point.function_name),
        "phone": point.central_phone,
        "words": words_of("strippenkaart", on=timezone.localdate(), language=language),
    }
    return render("papers/strippenkaart.html", said, language=language, mark=None)
