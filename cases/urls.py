from django.urls import path

from cases.views import consent, exceptions, family, persons, protected, sharing

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
    path("delen/<uuid:pk>/meewegen/", consent.weigh, name="weigh"),
    path("meewegen/", consent.to_weigh, name="to_weigh"),
    path("<uuid:pk>/toestemming/", consent.consents, name="consents"),
    path("toestemming/<uuid:pk>/intrekken/", consent.withdraw_consent, name="withdraw_consent"),
    path("<uuid:pk>/verteld/", consent.told, name="disclosures"),
    path("<uuid:pk>/verteld/papier/", consent.told_paper, name="disclosures_paper"),
    path("<uuid:pk>/niet-gedeeld/", consent.record_not_shared, name="record_not_shared"),
    path("niet-gedeeld/", consent.not_shared, name="not_shared"),
    path("<uuid:pk>/beschermd/", protected.protected, name="protected"),
    path("<uuid:pk>/beschermd/invullen/", protected.enter_place, name="enter_place"),
    path("<uuid:pk>/beschermd/tonen/", protected.reveal, name="reveal"),
    path("beschermd/<uuid:pk>/toegang/", protected.grant_place, name="grant_place"),
    path("beschermd/toegang/<uuid:pk>/stoppen/", protected.end_grant, name="end_grant"),
    path("<uuid:pk>/niet-inzien/", exceptions.barred, name="barred"),
    path("niet-inzien/<uuid:pk>/opheffen/", exceptions.lift_bar, name="lift_bar"),
    path("noodgeval/", exceptions.break_glass, name="break_glass"),
    path("noodgeval/lezen/", exceptions.broken_glass, name="broken_glass"),
    path("noodgeval/<uuid:pk>/gelezen/", exceptions.review_broken_glass, name="review_broken_glass"),
    path("team/", exceptions.team_list, name="team"),
    path("wees-alert/", sharing.alerts, name="alerts"),
    path("<uuid:pk>/wees-alert/", sharing.alert, name="alert"),
]
