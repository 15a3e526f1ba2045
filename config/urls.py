"""Every address. A new one fails a test until tests/architecture/test_urls.py says who may reach it."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.views import ask_for_help, closed

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.broken"

urlpatterns = [
    path("", include("core.urls")),
    path("", include("overview.urls")),
    path("gezinnen/", include("cases.urls")),
    path("veiligheidsplannen/", include("safety_plans.urls")),
    path("gezinsplannen/", include("family_plans.urls")),
    path("nazorg/", include("aftercare.urls")),
    path("herinneringen/", include("reminders.urls")),
    path("gemeente/", include("municipalities.urls")),
    path("beheer/", include("administration.urls")),
    path("toezicht/", include("oversight.urls")),
    path("", include("handover.urls")),
    path("", include("signals.urls")),
    path("concepten/", include("accounts.urls")),
    path("taal/", login_not_required(set_language), name="set_language"),
    # Before allauth's own addresses: ways in that we do not offer. A lost password or factor takes a second person.
    path("inloggen/signup/", login_not_required(closed), name="account_signup"),
    path("inloggen/email/", login_not_required(closed), name="account_email"),
    path("inloggen/password/reset/", login_not_required(ask_for_help), name="account_reset_password"),
    path("inloggen/", include("accounts.allauth_urls")),
]
