from django.urls import path

from aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("<uuid:pk>/", views.family, name="family"),
    path("<uuid:pk>/plannen/", views.start, name="start"),
    path("<uuid:pk>/contact/", views.check_in, name="check_in"),
    path("<uuid:pk>/contact/bewaren/", views.keep_check_in, name="keep_check_in"),
    path("<uuid:pk>/eigen-vraag/", views.own_request, name="own_request"),
    path("<uuid:pk>/contactkaart/", views.contact_card, name="contact_card"),
    path("<uuid:pk>/einde/", views.change_end, name="change_end"),
    path("<uuid:pk>/eerder-sluiten/", views.allow_early, name="allow_early"),
    path("<uuid:pk>/heropenen/", views.reopen, name="reopen"),
    path("<uuid:pk>/jaar/", views.year, name="year"),
    path("<uuid:pk>/sluiten/", views.close, name="close"),
    path("<uuid:pk>/strippenkaart/", views.issue_card, name="issue_card"),
    path("uit-beeld/<uuid:pk>/", views.out_of_sight, name="out_of_sight"),
    path("uit-beeld/<uuid:pk>/bevestigen/", views.confirm_out_of_sight, name="confirm_out_of_sight"),
    path("uit-beeld/<uuid:pk>/gezien/", views.end_out_of_sight, name="end_out_of_sight"),
    path("strippenkaart/<uuid:pk>/kaart/", views.print_card, name="print_card"),
    path("strippenkaart/<uuid:pk>/gebruiken/", views.use_card, name="use_card"),
]
