from django.urls import path

from municipalities.views import agreements, directory, families, stagnations, statistics

app_name = "municipalities"
urlpatterns = [
    path("cijfers/", statistics.dashboard, name="figures"),
    path("cijfers/monitor/", statistics.monitor, name="monitor"),
    path("cijfers/jaarverslag/", statistics.report, name="yearly_report"),
    path("cijfers/uitvoer/<slug:kind>/", statistics.export, name="export_figures"),
    path("", families.families, name="families"),
    path("lijsten/<slug:name>/", families.watched, name="watched"),
    path("gezinnen/<slug:reference>/wijkteam/", families.assign_team, name="assign_team"),
    path("lijsten/<slug:name>/<slug:reference>/aanspreken/", families.summon, name="summon"),
    path("gevraagd/<uuid:pk>/", families.asked, name="summons"),
    path("stagnaties/", stagnations.stagnations, name="stagnations"),
    path("stagnaties/<uuid:pk>/", stagnations.answer, name="answer"),
    path("gids/", directory.directory, name="directory"),
    path("gids/ondersteuners/<uuid:pk>/bezoek/", directory.record_visit, name="record_visit"),
    path("gids/gaten/", directory.gaps, name="gaps"),
    path("afspraken/", agreements.agreements, name="agreements"),
    path("afspraken/nieuw/", agreements.record_agreement, name="record_agreement"),
    path("afspraken/dekking/", agreements.coverage, name="coverage"),
    path("afspraken/casussen/", agreements.evaluations, name="evaluations"),
    path("afspraken/casussen/nieuw/", agreements.evaluate_case, name="evaluate_case"),
    path("afspraken/<uuid:pk>/", agreements.agreement, name="agreement"),
    path("afspraken/<uuid:pk>/wijzigen/", agreements.change_agreement, name="change_agreement"),
    path("afspraken/<uuid:pk>/taak/", agreements.describe_task, name="describe_task"),
    path("afspraken/<uuid:pk>/evaluatie/", agreements.evaluate, name="evaluate"),
    path("afspraken/partners/<uuid:pk>/agenda/", agreements.agenda, name="agenda"),
    path("afspraken/stappen/<uuid:pk>/gedaan/", agreements.finish_step, name="finish_step"),
]
