"""What the frame of every page shows: where one can go, who one is, and whether the reminders work."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

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
        return {
            "demo_sign_ins": _demo_sign_ins(request),
            "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        }
    here = request.resolver_match.view_name if request.resolver_match else ""
    roles = frozenset().union(*user.standing.values())
    labels = dict(Role.choices)
    reminders = state_of_reminders(timezone.now())
    # Asked again by reminders.middleware when the page is done.
    request.reminders_are_stale = reminders.stale  # type: ignore[attr-defined]
    family_id = getattr(request, "family_id", None)
    return {
        # The page of the family itself has read it already.
        "strip": getattr(request, "strip", None) or (strip_of(family_id, user, here=here) if family_id else None),
        "nav": _entries(user, here),
        "banner": banner(reminders),
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


# Where each role has something to do, in the order of a working day.
_PLACES: tuple[tuple[frozenset[str], tuple[tuple[str | Promise, str], ...]], ...] = (
    (
        policy.WORKER,
        (
            (gettext_lazy("Today"), "overview:today"),
            (gettext_lazy("Families"), "overview:families"),
            (gettext_lazy("Find"), "cases:find_family"),
            (gettext_lazy("Open a file"), "cases:open_family"),
            (gettext_lazy("Signals"), "signals:signals"),
        ),
    ),
    (policy.TEAM_LEAD, ((gettext_lazy("Without a regisseur"), "handover:without_regisseur"),)),
    (
        policy.SIGNALLER,
        (
            (gettext_lazy("Share a worry"), "signals:report"),
            (gettext_lazy("My worries"), "signals:own"),
            (gettext_lazy("Be alert"), "cases:alerts"),
            (gettext_lazy("Who is regisseur"), "handover:register"),
            (gettext_lazy("Knowledge"), "signals:knowledge"),
        ),
    ),
    (
        policy.TEAM_LEAD,
        (
            (gettext_lazy("Work of the team"), "overview:team"),
            # A team lead has no list of work on which being asked would show.
            (gettext_lazy("Weigh along"), "cases:to_weigh"),
        ),
    ),
    (
        policy.PRIVACY_OFFICER,
        (
            (gettext_lazy("Oversight"), "oversight:queue"),
            (gettext_lazy("Log"), "oversight:own_log"),
            (gettext_lazy("Who may what"), "oversight:who_may"),
        ),
    ),
    (
        policy.DUTY_DESK,
        (
            (gettext_lazy("Duty desk"), "signals:desk"),
            (gettext_lazy("Help to sign in"), "administration:desk_help"),
        ),
    ),
    (policy.COORDINATOR, ((gettext_lazy("Municipality"), "municipalities:families"),)),
    (
        policy.WITHIN_ORGANISATION[policy.Action.VIEW_COLLABORATION],
        (
            (gettext_lazy("Agreements"), "municipalities:agreements"),
            (gettext_lazy("Expertise"), "municipalities:expertise"),
            (gettext_lazy("Directory"), "municipalities:directory"),
        ),
    ),
    # A coordinator comes there from the figures.
    (policy.PROJECT_LEADER, ((gettext_lazy("Pilots"), "municipalities:pilots"),)),
    (
        policy.ORGANISATION_ADMINISTRATOR,
        (
            (gettext_lazy("People"), "administration:members"),
            (gettext_lazy("Review of access"), "administration:review"),
        ),
    ),
    (
        policy.PRIVACY_OFFICER | policy.ORGANISATION_ADMINISTRATOR,
        ((gettext_lazy("Keeping"), "oversight:retention"),),
    ),
    (
        policy.FUNCTIONAL_ADMINISTRATOR,
        (
            (gettext_lazy("How it runs"), "overview:operation"),
            (gettext_lazy("Settings"), "administration:settings"),
            (gettext_lazy("Bring in a file"), "administration:import"),
            (gettext_lazy("Pages for partners"), "signals:knowledge"),
        ),
    ),
)


def _entries(user: User, here: str) -> list[Entry]:
    """Return the places this user has anything to do. Everybody has her drafts."""
    roles = frozenset().union(*user.standing.values())
    return [Entry(label, url, name == here) for label, url, name in _places_of(roles, get_language())]


@lru_cache(maxsize=256)
def _places_of(roles: frozenset[str], _language: str) -> list[tuple[str, str, str]]:
    """Return the name of each place in the language that is spoken, its address and its view."""
    places = [place for asked, of_role in _PLACES if roles & asked for place in of_role]
    return [(str(label), reverse(name), name) for label, name in [*places, (gettext_lazy("Drafts"), "accounts:drafts")]]
