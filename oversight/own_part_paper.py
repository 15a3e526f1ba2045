"""The paper for whoever asked what is kept about her: what is let through, what it is, who said it, no more (I16)."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from cases.papers import mark
from core.paper.rendering import Mark, render
from organisations.passages import words_of
from oversight.models import Nature, RightsRequest
from oversight.own_part import may_know_workers, own_part


def make(asked: RightsRequest, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the paper of a question that was answered, and its mark. A passage nobody let through is not on it.

    For whoever may not know where they are it names no worker: then it carries its number only, as the letter does
    that asks for consent (D9).
    """
    part = own_part(asked.about, asker=asked.asked_by)
    natures = {key: str(Nature(nature).label) for key, nature in asked.natures.items()}
    released = [replace(one, nature=natures.get(one.key, "")) for one in part.to_review if one.key in asked.released]
    foot = mark(printed_by, at)
    words = words_of("own_part_last", on=timezone.localdate(at), language=language)
    names = may_know_workers(asked.asked_by, asked.about)
    context = {"about": asked.about, "plain": part.plain, "released": released, "answer": asked.answer, "words": words}
    context |= {"is_own": asked.asked_by_id == asked.about_id, "names": names, "number": foot.number}
    return render("papers/own_part.html", context, language=language, mark=foot if names else None), foot
