from django.urls import path

from handover.views import departure, handover, regie, register

app_name = "handover"
urlpatterns = [
    path("regisseurs/", register.register, name="register"),
    path("regisseurs/<uuid:pk>/bekend/", register.confirm, name="confirm_regisseur"),
    path("regie/", regie.without_regisseur, name="without_regisseur"),
    path("gezinnen/<uuid:pk>/regie/", regie.regie, name="regie"),
    path("gezinnen/<uuid:pk>/regie/kiezen/", regie.appoint, name="appoint"),
    path("gezinnen/<uuid:pk>/regie/vervangen/", regie.stand_in, name="stand_in"),
    path("gezinnen/<uuid:pk>/vertrek/", departure.departure, name="departure"),
    path("gezinnen/<uuid:pk>/vertrek/plannen/", departure.plan_departure, name="plan_departure"),
    path("gezinnen/<uuid:pk>/vertrek/afzeggen/", departure.cancel_departure, name="cancel_departure"),
    path("gezinnen/<uuid:pk>/vertrek/rond/", departure.complete_departure, name="complete_departure"),
    path("vertrek/punten/<uuid:pk>/", departure.settle_point, name="settle_point"),
    path("gezinnen/<uuid:pk>/overdragen/", handover.offer, name="offer"),
    path("overdrachten/", handover.to_answer, name="to_answer"),
    path("overdrachten/<uuid:pk>/", handover.handover, name="handover"),
    path("overdrachten/<uuid:pk>/aannemen/", handover.accept, name="accept"),
    path("overdrachten/<uuid:pk>/afwijzen/", handover.decline, name="decline"),
    path("overdrachten/<uuid:pk>/intrekken/", handover.withdraw, name="withdraw"),
    path("overdrachten/<uuid:pk>/bezoek/", handover.plan_visit, name="plan_visit"),
    path("gesprekspunten/<uuid:pk>/", handover.settle_topic, name="settle_topic"),
    path("bezoeken/<uuid:pk>/", handover.hold_visit, name="hold_visit"),
]
