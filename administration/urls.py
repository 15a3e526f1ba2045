from django.urls import path

from administration import views

app_name = "administration"
urlpatterns = [
    path("mensen/", views.members, name="members"),
    path("mensen/uitnodigen/<uuid:pk>/", views.invite, name="invite"),
    path("uitnodiging/<uuid:pk>/opnieuw/", views.invite_again, name="invite_again"),
    path("uitnodiging/<uuid:pk>/intrekken/", views.withdraw_invitation, name="withdraw_invitation"),
    path("collega/<uuid:pk>/", views.colleague, name="colleague"),
    path("mensen/<uuid:pk>/", views.member, name="member"),
    path("mensen/<uuid:pk>/functie/", views.change_function, name="change_function"),
    path("mensen/<uuid:pk>/vertrekt/", views.leave, name="leave"),
    path("mensen/<uuid:pk>/overdragen/", views.move, name="move"),
    path("mensen/<uuid:pk>/inloggen/", views.help_sign_in, name="help_sign_in"),
    path("mensen/<uuid:pk>/openen/", views.reopen, name="reopen"),
    path("piket/inloggen/", views.desk_help, name="desk_help"),
    path("toegang/", views.review, name="review"),
    path("toegang/<uuid:pk>/beginnen/", views.start_review, name="start_review"),
    path("toegang/<uuid:pk>/houden/", views.keep, name="keep"),
    path("toegang/<uuid:pk>/afronden/", views.finish_review, name="finish_review"),
    path("toegang/<uuid:pk>/", views.evidence, name="evidence"),
    path("instellingen/", views.settings, name="settings"),
    path("instellingen/<slug:slug>/", views.setting, name="setting"),
    path("instellingen/<slug:slug>/geschiedenis/", views.history, name="history"),
    path("instellingen/<slug:slug>/<slug:place>/nieuw/", views.add, name="add"),
    path("instellingen/<slug:slug>/<slug:place>/<uuid:pk>/", views.change, name="change"),
    path("instellingen/<slug:slug>/<slug:place>/<uuid:pk>/bevestigen/", views.confirm, name="confirm"),
    path("bestand/", views.import_file, name="import"),
    path("bestand/fouten/", views.import_errors, name="import_errors"),
    # What the links by mail open, before somebody is signed in.
    path("welkom/<str:token>/", views.accept, name="accept"),
    path("weer-inloggen/<str:token>/", views.recover, name="recover"),
]
