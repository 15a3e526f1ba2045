from django.urls import path

from safety_plans import views

app_name = "safety_plans"
urlpatterns = [
    path("gezin/<uuid:pk>/", views.plan, name="plan"),
    path("gezin/<uuid:pk>/risico/", views.risk, name="risk"),
    path("gezin/<uuid:pk>/inschatten/", views.assess, name="assess"),
    path("gezin/<uuid:pk>/fase/", views.phase, name="phase"),
    path("gezin/<uuid:pk>/opstellen/", views.draft, name="draft"),
    path("gezin/<uuid:pk>/wie-heeft-het/", views.holders, name="holders"),
    path("<uuid:pk>/", views.version, name="version"),
    path("<uuid:pk>/bewerken/", views.edit, name="edit"),
    path("<uuid:pk>/bewerken/<slug:section>/", views.write, name="write"),
    path("<uuid:pk>/vaststellen/", views.activate, name="activate"),
    path("<uuid:pk>/bevestigen/", views.confirm, name="confirm"),
    path("<uuid:pk>/gelezen/", views.receive, name="receive"),
    path("<uuid:pk>/papier/", views.papers, name="papers"),
    path("papier/<uuid:pk>/terug/", views.withdraw, name="withdraw"),
    path("regel/<uuid:pk>/wijzigen/", views.change, name="change"),
    path("regel/<uuid:pk>/weghalen/", views.remove, name="remove"),
    path("regel/<uuid:pk>/kiezen/", views.choose, name="choose"),
    path("regel/<uuid:pk>/allebei/", views.keep_both, name="keep_both"),
    path("regel/<uuid:pk>/nagekeken/", views.check, name="check"),
]
