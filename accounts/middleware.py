from collections.abc import Callable
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import is_valid_path, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import drafts
from accounts.models import Membership, Role, User
from accounts.step_up import lacks_passkey, passkey_page
from core.database import identify
from core.errors import WrongState

_SEEN_AT = "seen_at"
_BEGAN_AT = "began_at"
_IDLE_MINUTES = "idle_minutes"
_NOT_SENT = "not_sent"
_MINUTE = 60

# Where somebody may be who has not shown a second factor yet: setting one up, showing it, or leaving.
_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "hide",
        "help",
        "accessibility",
        "healthy",
        "set_language",
    }
)


class SessionTime:
    """End a session that was idle too long, or that began nine hours ago, however busy it was (R39).

    Idle is SESSION_IDLE_MINUTES, and SIGNALLER_IDLE_MINUTES for who only signals: a school shares its computers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            now = int(timezone.now().timestamp())
            request.session.pop(_NOT_SENT, None)
            if _BEGAN_AT not in request.session:
                request.session[_BEGAN_AT] = request.session[_SEEN_AT] = now
                request.session[_IDLE_MINUTES] = _idle_minutes(request.session[SESSION_KEY])
            since_seen = now - request.session[_SEEN_AT]
            # Its own age slides along with each time it is saved, so that it says nothing about when it began.
            is_old = now - request.session[_BEGAN_AT] > settings.SESSION_COOKIE_AGE
            if is_old or since_seen > request.session[_IDLE_MINUTES] * _MINUTE:
                is_kept = _keep_what_was_typed(request, request.session[SESSION_KEY])
                request.session.flush()
                _say_it_was_not_sent(request, is_kept=is_kept)
            elif since_seen > _MINUTE:
                # Once a minute is precise enough, and spares a write on most requests.
                request.session[_SEEN_AT] = now
        elif request.method == "POST" and (user_id := _of_an_old_session(request)):
            _say_it_was_not_sent(request, is_kept=_keep_what_was_typed(request, user_id))
        return self.get_response(request)


def _idle_minutes(user_id: str) -> int:
    held = Membership.objects.filter(user_id=UUID(user_id)).live(timezone.localdate())
    roles = set(held.values_list("role", flat=True))
    minutes: int = settings.SIGNALLER_IDLE_MINUTES if roles == {Role.SIGNALLER} else settings.SESSION_IDLE_MINUTES
    return min(minutes, settings.SESSION_IDLE_MINUTES)


def _of_an_old_session(request: HttpRequest) -> str | None:
    """Return whose session it was that grew too old; its row is still there until it is swept."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    old = Session.objects.filter(session_key=key).first() if key else None
    return old.get_decoded().get(SESSION_KEY) if old else None


def _say_it_was_not_sent(request: HttpRequest, *, is_kept: bool) -> None:
    """Let the sign-in page say what became of a form: whoever pressed Send would else take it for delivered."""
    is_page = request.method == "POST" and is_valid_path(request.path_info)
    if is_page and resolve(request.path_info).view_name not in _WITHOUT_SECOND_FACTOR:
        request.session[_NOT_SENT] = "kept" if is_kept else "lost"


def _keep_what_was_typed(request: HttpRequest, user_id: str) -> bool:
    """Keep a form that was sent after its session had ended: it is filled in again when its writer has signed in (R53).

    Says whether it did. Only what has a list of drafts to be found on. It is sealed, and hers alone.
    """
    match = resolve(request.path_info) if request.method == "POST" and is_valid_path(request.path_info) else None
    user = User.objects.active().filter(pk=user_id).first() if match and match.view_name in drafts.TITLES else None
    if match is None or user is None:
        return False
    identify(user_id=user.pk, organisation_ids=())
    about = next(iter(match.kwargs.values()), drafts.NEW)
    drafts.keep(user, match.view_name, dict(request.POST.lists()), at=timezone.now(), about=about)
    identify(user_id=None, organisation_ids=())
    return True


class SomebodyWasFaster:
    """Keep what was typed in a form about something that moved on meanwhile, as when the session had ended (R53).

    It answers nothing: the page that says what happened comes from `core.middleware.DomainErrors`, around this one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        match = request.resolver_match
        if request.method != "POST" or match is None or not match.kwargs or match.view_name not in drafts.TITLES:
            return
        if not isinstance(exception, WrongState) or not isinstance(request.user, User):
            return
        about = next(iter(match.kwargs.values()))
        if drafts.keep(request.user, match.view_name, dict(request.POST.lists()), about=about, at=timezone.now()):
            messages.info(request, _("What you wrote is kept for you: you find it under your drafts."))


# Whoever could open the doors of others: a code can be asked for on the phone or on a false page, a passkey cannot.
_WITH_A_PASSKEY = frozenset({Role.COORDINATOR, Role.ORGANISATION_ADMINISTRATOR, Role.FUNCTIONAL_ADMINISTRATOR})


class SecondFactor:
    """Let nobody in on a password alone, from any network (R36), and some on nothing less than a passkey."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.view_name in _WITHOUT_SECOND_FACTOR):
            return None
        if any(entry["method"] == "mfa" for entry in get_authentication_records(request, request.user)):
            held = frozenset().union(*request.user.standing.values())
            return redirect(passkey_page(request)) if held & _WITH_A_PASSKEY and lacks_passkey(request) else None
        # Somebody who has just set one up still shows it once: that proves it works before it is needed.
        has_one = Authenticator.objects.filter(user=request.user).exists()
        return redirect("mfa_reauthenticate" if has_one else "mfa_activate_totp")
