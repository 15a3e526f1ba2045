from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("gezinnen/overgedragen/", views.handed_over, name="handed_over"),
    path("gezinnen/<uuid:pk>/vastgelegd/", views.own_records, name="own_records"),
    path("", views.today, name="today"),
    path("werk/team/", views.team, name="team"),
    path("gezinnen/", views.families, name="families"),
    path("gezinnen/<uuid:pk>/", views.family, name="family"),
    path("werk/<uuid:pk>/klaar/", views.close_follow_up, name="close_follow_up"),
    path("papieren/kaart/", views.bag_card, name="bag_card"),
    path("beheer/werking/", views.operation, name="operation"),
    # For a monitor: does it still do its work? Beside core's own gezond/, which asks the database nothing.
    path("gezond/herinneringen/", views.healthy, {"asked": "sweep"}, name="healthy_sweep"),
    path("gezond/verzending/", views.healthy, {"asked": "dispatch"}, name="healthy_dispatch"),
    path("gezond/mail/", views.healthy, {"asked": "mail"}, name="healthy_mail"),
]
