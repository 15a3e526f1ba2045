"""What somebody may see of a part of the file: from a list of what is let through, never from all that there is (R19).

Each person has a part of her own, of the client or of one child. What stands on the list is about that person alone and
holds no place. Everything that somebody typed may speak of others: it is put before two persons, and stays out until
they let it through, with who said it and when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import Consent, Family, ParentalAuthority, Person, Place
from cases.papers import WithoutPlaces
from signals.models import VeiligThuisReport

# From this age a child has a say of its own; from this age nobody has it for the child (Jeugdwet, 7.3.4 and 7.3.15).
OWN_SAY, ALONE = 12, 16


@dataclass(frozen=True)
class Passage:
    """One thing that is kept. `origin` says who wrote it down and when; `key` names it for who lets it through.

    `nature` is whether it is a fact or what somebody made of it: who lets it through says so (R19). `is_sent`: it is
    what was sent to somebody, so it stays what it was; a correction is told to who got it.
    """

    key: str
    what: str
    text: str
    origin: str
    is_sent: bool = False
    nature: str = ""


@dataclass(frozen=True)
class OwnPart:
    """What may be seen as it is, and what two persons must look at because it may be about others."""

    plain: list[Passage]
    to_review: list[Passage]


def may_ask(asker: Person, about: Person, *, on: date) -> bool:
    """Say whether this person may ask about that part of the file: her own, or of a child she has authority over.

    A child has a say from 12, with its parents, and from 16 alone. The ex-partner has no part in the client's file. An
    age that is not known counts as too young to ask alone, and as too old for a parent to ask: nothing is given then.
    """
    if asker.pk == about.pk:
        age = asker.age_on(on)
        return asker.place == Place.CLIENT or (asker.place == Place.CHILD and age is not None and age >= OWN_SAY)
    age = about.age_on(on)
    if about.place != Place.CHILD or age is None or age >= ALONE:
        return False
    held = ParentalAuthority.objects.filter(child=about, holder=asker, starts_on__lte=on)
    return bool(held.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=on)).exists())


def may_know_workers(asker: Person, about: Person) -> bool:
    """Say whether this person may read who works for the family: the client may, and whoever asks about herself.

    To anybody else, a parent with authority too, a worker's name says where they are, and the safety plan what they do
    when they flee (D9).
    """
    return asker.pk == about.pk or asker.place == Place.CLIENT


def own_part(about: Person, *, asker: Person) -> OwnPart:
    """Return this person's part of the file. Call it after `may_ask`, and after identity was checked.

    What a child said and wants kept from its parents is in no part for a parent, and the safety plan in none for
    somebody who may not know where they are.
    """
    return OwnPart(list(_plain(about)), list(_to_review(about, asker)))


def _plain(about: Person) -> Iterator[Passage]:
    yield Passage("name", _("Name"), about.name, "")
    if about.born_on:
        yield Passage("born", _("Date of birth"), date_format(about.born_on, "j F Y"), "")
    if about.language:
        yield Passage("language", _("Language"), about.language, "")
    for consent in Consent.objects.filter(about=about).order_by("given_on", "pk"):
        day = date_format(consent.given_on, "j F Y")
        yield Passage(f"consent-{consent.pk}", _("Consent to share"), _("given on %(day)s") % {"day": day}, "")


# Where somebody wrote about one person: the model, the pointer, the text, who said it, when, and what to call it.
_TYPED = (
    ("cases.ChildVoice", "child", "words", "asked_by", "asked_on", gettext_lazy("What the child said")),
    ("safety_plans.SafetyPlanItem", "person", "text", "written_by", "", gettext_lazy("In the safety plan")),
    ("family_plans.Goal", "about", "problem", "set_by", "set_at", gettext_lazy("In the plan: what is difficult")),
    ("family_plans.Goal", "about", "aim", "set_by", "set_at", gettext_lazy("In the plan: what it should become")),
    ("family_plans.Goal", "about", "own_words", "set_by", "set_at", gettext_lazy("In the plan, in own words")),
)


def rewrite(key: str, about: Person, *, asker: Person, to: str) -> tuple[str, str, str]:
    """Put other words in the place of one passage of this part; return in what, in which field, and of which row.

    Raises KeyError for a passage that is not before two persons, and ValueError when the new words do not fit. For an
    operation, under its lock. What was there before is nowhere any more: that is what was asked.
    """
    if key not in {one.key for one in _to_review(about, asker) if not one.is_sent}:
        raise KeyError(key)
    label, field, pk = key.split("-", 2)
    model = apps.get_model(label)
    longest = model._meta.get_field(field).max_length
    if longest and len(to) > longest:
        raise ValueError(longest)
    model._base_manager.filter(pk=pk, family_id=about.family_id).update(**{field: to})
    return label, field, pk


def _to_review(about: Person, asker: Person) -> Iterator[Passage]:
    clean, names = WithoutPlaces(Family.objects.get(pk=about.family_id)), may_know_workers(asker, about)
    for label, pointer, text, who, when, what in _TYPED:
        model = apps.get_model(label)
        rows = model._base_manager.filter(**{pointer: about, "family_id": about.family_id})
        if label == "cases.ChildVoice" and asker.pk != about.pk:
            rows = rows.filter(hidden_from_parents=False)
        is_plan = label == "safety_plans.SafetyPlanItem"
        if is_plan and not names:
            continue
        for row in rows.select_related("plan").order_by("pk") if is_plan else rows.order_by("pk"):
            typed = clean(str(getattr(row, text) or ""))
            if typed:
                said_by = _origin(
                    getattr(row, who), row.plan.drafted_at if is_plan else getattr(row, when), names=names
                )
                # One line of the safety plan stands in each of its versions.
                version = f", {_('version %(version)s') % {'version': row.plan.version}}" if is_plan else ""
                yield Passage(f"{label}-{text}-{row.pk}", f"{what}{version}", typed, said_by)
    # A report to Veilig Thuis of which the family may not know the origin stays out: what it says tells who said it.
    for made in VeiligThuisReport.objects.filter(
        family=about.family_id, persons__contains=[about.pk], origin_disclosed=True
    ).order_by("reported_at", "pk"):
        yield Passage(
            f"veilig-thuis-{made.pk}",
            _("What was reported to Veilig Thuis"),
            clean(made.facts),
            _origin(made.reported_by, made.reported_at, names=names),
            is_sent=True,
        )


def _origin(who: User | str | None, when: date, *, names: bool) -> str:
    """Return who wrote it down and when; without `names` only that a worker did."""
    name = getattr(who, "name", None) or str(who or "")
    day = timezone.localtime(when) if isinstance(when, datetime) else when
    return f"{name if names and name else _('written down by a worker')}, {date_format(day, 'j F Y')}"
