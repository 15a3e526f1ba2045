"""The list of who looked into the file, to give to the client (L17, T25). No place and no name of an organisation."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from cases.models import Family
from cases.papers import mark
from core.paper.rendering import Mark, render
from organisations.passages import words_of
from oversight.log import readers


def make(family: Family, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the paper and its watermark. By name where the client may hear it, else by what kind of organisation."""
    foot = mark(printed_by, at)
    words = words_of("readers_first", "readers_last", on=timezone.localdate(at), language=language)
    context = {"readers": readers(family), "words": words}
    return render("papers/readers.html", context, language=language, mark=foot), foot
