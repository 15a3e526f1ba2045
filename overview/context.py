"""What the frame of every page shows: where one can go, who one is, and whether the reminders work."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access import policy
from accounts.demo import SignIn, sign_ins
from accounts.models import Role, User
from overview.clock import banner, state_of_reminders
from overview.entries import Entry
from overview.strip import strip_of


@dataclass(frozen=True)
class Me:
    """Who is signed in, for the corner of the page."""

    name: str
    role: str
    initials: str


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the menu and who is signed in; nothing at all to somebody who is not, or only half."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo_sign_ins": _demo_sign_ins(request)}
    here = request.resolver_match.view_name if request.resolver_match else ""
    roles = {role for held in user.standing.values() for role in held}
    labels = dict(Role.choices)
    family_id = getattr(request, "family_id", None)
    return {
        "strip": strip_of(family_id, user, here=here) if family_id else None,
        "nav": _entries(user, here),
        "banner": banner(state_of_reminders(timezone.now())),
        "me": Me(user.name, ", ".join(str(labels[role]) for role in sorted(roles)), user.initials),
    }


def home_of(user: User) -> str:
    """Return where somebody without a list of work begins: the first place in the menu, which nobody lacks."""
    return _entries(user, "")[0].url


def _demo_sign_ins(request: HttpRequest) -> list[SignIn]:
    """Return what to type, on the pages where it is typed, and only in a demonstration on this machine itself."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if not settings.DEMO or here not in {"account_login", "mfa_authenticate"}:
        return []
    return list(sign_ins(now=timezone.now()))


def _entries(user: User, here: str) -> list[Entry]:
    """Return the places this user has anything to do, in the order of a working day."""
    places = []
    if user.organisations_as(policy.WORKER):
        places += [
            (_("Today"), "overview:today"),
            (_("Families"), "overview:families"),
            (_("Open a file"), "cases:open_family"),
            (_("Signals"), "signals:signals"),
        ]
    if user.organisations_as(policy.TEAM_LEAD):
        # A team lead has no list of work on which being asked would show.
        places += [
            (_("Without a regisseur"), "handover:without_regisseur"),
            (_("Weigh along"), "cases:to_weigh"),
        ]
    if user.organisations_as(policy.SIGNALLER):
        places += [(_("Share a worry"), "signals:report"), (_("My worries"), "signals:own")]
    if user.organisations_as(policy.TEAM_LEAD):
        places.append((_("Team"), "cases:team"))
    if user.organisations_as(policy.PRIVACY_OFFICER):
        places.append((_("Emergencies"), "cases:broken_glass"))
    if user.organisations_as(policy.DUTY_DESK):
        places.append((_("Duty desk"), "signals:desk"))
    if user.organisations_as(policy.COORDINATOR):
        places.append((_("Municipality"), "municipalities:families"))
    places.append((_("Drafts"), "accounts:drafts"))
    return [Entry(label, reverse(name), name == here) for label, name in places]
