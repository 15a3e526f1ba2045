"""The page Vandaag: what is late, what is due, what is offered, who is out of sight. Sentences, ready to print.

What is owed is asked of the follow-ups at each visit; no scheduler has a part in it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from access.policy import Action
from accounts.models import User
from aftercare.models import OutOfSight
from cases.models import Person, Share
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from overview import worklist

# Where the work of each kind is done, and what the button says. The address takes the key of the family.
_FAMILY = ("overview:family", gettext_lazy("Open the file"))
WORK: dict[str, tuple[str, str | Promise]] = {
    Kind.COMPLETE_FILE: ("cases:persons", gettext_lazy("Fill in")),
    Kind.ASSESS_RISK: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.REVISE_SAFETY_PLAN: ("safety_plans:plan", gettext_lazy("Revise the plan")),
    Kind.REVISE_FAMILY_PLAN: ("family_plans:plan", gettext_lazy("Revise the plan")),
    Kind.AWAIT_SECOND: ("cases:who_knows", gettext_lazy("To who knows what")),
    Kind.PREPARE_DEPARTURE: ("handover:departure", gettext_lazy("To the departure")),
    Kind.CONTACT: ("aftercare:check_in", gettext_lazy("Record contact")),
    Kind.ROUND_OFF: ("aftercare:family", gettext_lazy("To the aftercare")),
    Kind.OUT_OF_SIGHT: ("aftercare:family", gettext_lazy("Follow the steps")),
    Kind.SOLVE_STAGNATION: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.NO_REGISSEUR: ("handover:regie", gettext_lazy("Choose a regisseur")),
    Kind.APPOINT_REGISSEUR: ("handover:regie", gettext_lazy("Choose a regisseur")),
    Kind.CHOOSE_REGISSEUR: ("handover:regie", gettext_lazy("To the regie")),
    Kind.CONFIRM_REGISSEUR: ("handover:regie", gettext_lazy("To the regie")),
    Kind.ASK_FOR_ANSWER: ("handover:departure", gettext_lazy("To the handover")),
    Kind.RE_ESTABLISH_HELP: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.PICK_UP_WISH: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.READ_REVEAL: ("cases:protected", gettext_lazy("Read who looked")),
    Kind.READ_BROKEN_GLASS: ("cases:protected", gettext_lazy("Read who looked")),
    Kind.GIVE_SUPPORT: ("aftercare:family", gettext_lazy("To the aftercare")),
}


@dataclass(frozen=True)
class Item:
    """One thing on the list."""

    when: str
    what: str
    why: str
    url: str
    do: str
    mark: str
    kind: str = ""


def owed(user: User, today: date) -> tuple[list[Item], list[Item], list[Item]]:
    """Return what is late, what is for today and what comes after, in the order in which it is owed."""
    due = worklist.due(user, today)
    late = [_item(one, _days_late(one.due_on, today), "now") for one in due if one.due_on < today]
    now = [_item(one, _("Today"), "soon") for one in due if one.due_on == today]
    coming = [
        _item(one, _("Before the end of %(day)s") % {"day": date_format(one.due_on, "l j F")})
        for one in worklist.coming(user, today)
    ]
    return late, now, coming


def offers(user: User) -> list[Item]:
    """Return the handovers that wait for an answer of this user's organisation. No name: that comes with the file."""
    return [
        Item(
            when=_("Answer before the end of %(day)s") % {"day": date_format(offer.answer_by, "l j F")},
            what=_("%(organisation)s offers a handover") % {"organisation": offer.from_organisation.name},
            why=_("Until you accept, the regisseur stays who it is now."),
            url=offer.get_absolute_url(),
            do=_("Read and answer"),
            mark="",
        )
        for offer in Handover.objects.to_answer(user).select_related("from_organisation")[:20]
    ]


def to_weigh(user: User, now: datetime) -> list[Item]:
    """Return what a colleague asked this user to weigh along. No family is named: she has no file of it."""
    waiting = Share.objects.permitting(user, Action.WEIGH_ALONG).waiting(now).select_related("ground__recorded_by")
    return [
        Item(
            when=_("Since %(day)s") % {"day": date_format(timezone.localtime(share.starts_at), "j F")},
            what=_("%(name)s asks you to weigh along") % {"name": share.ground.recorded_by.name},
            why=_("Nothing is shared before you answer."),
            url=share.get_absolute_url(),
            do=_("Read and answer"),
            mark="",
        )
        for share in waiting.order_by("starts_at", "pk")[:20]
    ]


def out_of_sight(user: User, now: datetime) -> list[Item]:
    """Return the families of this user that are, or may be, out of sight, the longest first."""
    searches = (
        OutOfSight.objects.visible_to(user)
        .open()
        .select_related("family")
        .prefetch_related(worklist.clients_of("family__persons"))
        .order_by("since", "pk")[:20]
    )
    return [
        Item(
            when=_("Nobody spoken to since %(day)s") % {"day": date_format(search.since, "j F")},
            what=_name(search.family),
            why=search.get_status_display(),
            url=search.get_absolute_url(),
            do=_("Follow the steps"),
            mark=_initials(search.family),
            kind="soon",
        )
        for search in searches
    ]


def _item(one: FollowUp, when: str, kind: str = "") -> Item:
    address, do = WORK.get(one.kind, _FAMILY)
    url = reverse(address, args=[one.family_id])
    if one.kind in {Kind.TRIAGE_SIGNAL, Kind.DECIDE_REOPENING} and one.about_id != one.family_id:
        # Two signals about one family are two things to judge.
        url, do = reverse("signals:signal", args=[one.about_id]), _("View the signal")
    return Item(
        when=when,
        what=_("%(what)s: %(name)s") % {"what": one.get_kind_display(), "name": _name(one.family)},
        why=_("Family %(reference)s.") % {"reference": one.family.reference},
        url=url,
        do=str(do),
        mark=_initials(one.family),
        kind=kind,
    )


def _days_late(due_on: date, today: date) -> str:
    days = (today - due_on).days
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _client(family: object) -> Person | None:
    clients: list[Person] = family.clients  # type: ignore[attr-defined]
    return clients[0] if clients else None


def _name(family: object) -> str:
    client = _client(family)
    return client.name if client else family.reference  # type: ignore[attr-defined]


def _initials(family: object) -> str:
    client = _client(family)
    return client.initials if client else ""
