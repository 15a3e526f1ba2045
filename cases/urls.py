from django.urls import path

from cases.views import family, persons, sharing

app_name = "cases"
urlpatterns = [
    path("openen/", family.open_family, name="open_family"),
    path("<uuid:pk>/personen/", persons.persons, name="persons"),
    path("<uuid:pk>/personen/toevoegen/", persons.add_person, name="add_person"),
    path("personen/<uuid:pk>/gezag/", persons.record_authority, name="record_authority"),
    path("personen/<uuid:pk>/verblijf/", persons.record_stay, name="record_stay"),
    path("<uuid:pk>/wie-weet-wat/", sharing.who_knows, name="who_knows"),
    path("<uuid:pk>/delen/", sharing.share, name="share"),
    path("delen/<uuid:pk>/stoppen/", sharing.withdraw_share, name="withdraw_share"),
    path("wees-alert/", sharing.alerts, name="alerts"),
    path("<uuid:pk>/wees-alert/", sharing.alert, name="alert"),
]
