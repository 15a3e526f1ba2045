"""The part of allauth that we offer: signing in and out, showing a second factor again, setting it up, own sessions."""

from allauth.account import views as account
from django.urls import include, path

from accounts import provider

urlpatterns = [
    path("", account.login, name="account_login"),
    path("uit/", account.logout, name="account_logout"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("tweede-stap/", include("allauth.mfa.urls")),
    # Nothing is there unless the environment names a provider.
    path("aanbieder/<slug:provider_id>/", provider.begin, name="openid_connect_login"),
    path("aanbieder/<slug:provider_id>/terug/", provider.back, name="openid_connect_callback"),
    path("sessies/", include("allauth.usersessions.urls")),
]
