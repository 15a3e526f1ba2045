from django.urls import path

from reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.own, name="own"),
    path("uur/", views.choose_hour, name="choose_hour"),
    path("afwezig/", views.record_own_absence, name="record_own_absence"),
    path("afwezig/<uuid:pk>/", views.record_absence, name="record_absence"),
    path("terug/<uuid:pk>/", views.end_absence, name="end_absence"),
]
