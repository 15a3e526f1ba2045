from django.urls import path

from signals.views import desk, reporting, triage, veilig_thuis

app_name = "signals"
urlpatterns = [
    path("zorg-delen/", reporting.report, name="report"),
    path("mijn-zorgen/", reporting.own, name="own"),
    path("mijn-zorgen/<uuid:pk>/", reporting.receipt, name="receipt"),
    path("signalen/", triage.signals, name="signals"),
    path("signalen/<uuid:pk>/", triage.signal, name="signal"),
    path("signalen/<uuid:pk>/oppakken/", triage.take_up, name="take_up"),
    path("signalen/<uuid:pk>/beoordelen/", triage.judge, name="judge"),
    path("signalen/<uuid:pk>/teruggeven/", triage.give_back, name="give_back"),
    path("signalen/<uuid:pk>/heropenen/", triage.decide_reopening, name="decide_reopening"),
    path("signalen/<uuid:pk>/meldcode/", triage.take_step, name="take_step"),
    path("signalen/<uuid:pk>/advies/", veilig_thuis.ask_advice, name="ask_advice"),
    path("signalen/<uuid:pk>/veilig-thuis/", veilig_thuis.report_to_veilig_thuis, name="report_to_veilig_thuis"),
    path("meldpunt/", desk.desk, name="desk"),
    path("meldpunt/<uuid:pk>/", desk.at_desk, name="at_desk"),
    path("meldpunt/<uuid:pk>/oppakken/", desk.take_up_at_desk, name="take_up_at_desk"),
    path("meldpunt/<uuid:pk>/beoordelen/", desk.judge_at_desk, name="judge_at_desk"),
    path("meldpunt/<uuid:pk>/gezin/<uuid:candidate>/", desk.choose, name="choose"),
    path("meldingen/<uuid:pk>/antwoord/", veilig_thuis.record_answer, name="record_answer"),
    path("adviesvragen/", veilig_thuis.to_answer, name="advice_to_answer"),
    path("adviesvragen/<uuid:pk>/", veilig_thuis.give_advice, name="give_advice"),
]
