"""Papers that show no family: what anybody may print."""

from core.paper.rendering import render


def bag_card(language: str) -> bytes:
    """Make the card for in the bag: A6, two sides, safe for anyone to find.

    It takes no family, so it can hold no name, place, organisation, day or time, and it carries no watermark: who
    printed it would say where she is helped. She fills in the lines with her own pen.
    """
    return render("papers/bag_card.html", {}, language=language, mark=None)
