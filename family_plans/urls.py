from django.urls import path

from family_plans.views import help as help_views
from family_plans.views import plan as plan_views

app_name = "family_plans"
urlpatterns = [
    path("gezin/<uuid:pk>/", plan_views.plan, name="plan"),
    path("gezin/<uuid:pk>/beginnen/", plan_views.start, name="start"),
    path("gezin/<uuid:pk>/hulp/", help_views.start_help, name="start_help"),
    path("gezin/<uuid:pk>/zelfredzaamheid/", help_views.self_reliance, name="self_reliance"),
    path("gezin/<uuid:pk>/stagnatie/", help_views.report_stagnation, name="report_stagnation"),
    path("<uuid:pk>/papier/", plan_views.paper, name="paper"),
    path("<uuid:pk>/doel/", plan_views.add_goal, name="add_goal"),
    path("doel/<uuid:pk>/actie/", plan_views.add_action, name="add_action"),
    path("doel/<uuid:pk>/resultaat/", plan_views.result, name="result"),
    path("actie/<uuid:pk>/klaar/", plan_views.complete_action, name="complete_action"),
    path("hulp/<uuid:pk>/einde/", help_views.end_help, name="end_help"),
    path("stagnatie/<uuid:pk>/opschalen/", help_views.escalate, name="escalate"),
    path("stagnatie/<uuid:pk>/opgelost/", help_views.solve, name="solve"),
]
