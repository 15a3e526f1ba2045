from django.urls import path

from municipalities.views import families, stagnations

app_name = "municipalities"
urlpatterns = [
    path("", families.families, name="families"),
    path("lijsten/<slug:name>/", families.watched, name="watched"),
    path("gezinnen/<slug:reference>/wijkteam/", families.assign_team, name="assign_team"),
    path("lijsten/<slug:name>/<slug:reference>/aanspreken/", families.summon, name="summon"),
    path("gevraagd/<uuid:pk>/", families.asked, name="summons"),
    path("stagnaties/", stagnations.stagnations, name="stagnations"),
    path("stagnaties/<uuid:pk>/", stagnations.answer, name="answer"),
]
