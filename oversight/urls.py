from django.urls import path

from oversight.views import log, queue, retention, rights

app_name = "oversight"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("noodgevallen/<uuid:pk>/", queue.emergency, name="emergency"),
    path("meldingen/<uuid:pk>/", queue.alert, name="alert"),
    path("lokdossiers/", queue.decoys, name="decoys"),
    path("lokdossiers/<uuid:pk>/stoppen/", queue.end_decoy, name="end_decoy"),
    path("logboek/", log.own, name="own_log"),
    path("logboek/anderen/", log.outward, name="outward_log"),
    path("logboek/bewijs/", log.proof, name="proof"),
    path("logboek/inspectie/", log.inspect, name="inspection"),
    path("bewaren/", retention.retention, name="retention"),
    path("bewaren/<uuid:pk>/", retention.destruction, name="destruction"),
    path("bewaren/<uuid:pk>/houden/", retention.refuse, name="refuse_destruction"),
    path("bewaren/vast/<uuid:pk>/wat-er-is/", retention.what_there_is, name="what_there_is"),
    path("bewaren/vast/<uuid:pk>/los/", retention.end_hold, name="end_hold"),
    path("wie-mag-wat/", log.who_may, name="who_may"),
    path("verder-lezen/", queue.read_on, name="read_on"),
    path("gezinnen/<uuid:pk>/verzoeken/", rights.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", rights.request_, name="request"),
    path("verzoeken/<uuid:pk>/weigeren/", rights.refuse_request, name="refuse_request"),
    path("verzoeken/<uuid:pk>/papier/", rights.request_paper, name="request_paper"),
    path("gezinnen/<uuid:pk>/wie-keek/", queue.readers, name="readers"),
    path("gezinnen/<uuid:pk>/wie-keek/papier/", log.readers_on_paper, name="readers_paper"),
]
