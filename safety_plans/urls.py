from django.urls import path

from safety_plans import views

app_name = "safety_plans"
urlpatterns = [
    path("gezin/<uuid:pk>/", views.plan, name="plan"),
    path("gezin/<uuid:pk>/inschatten/", views.assess, name="assess"),
    path("gezin/<uuid:pk>/opstellen/", views.draft, name="draft"),
    path("<uuid:pk>/", views.version, name="version"),
    path("<uuid:pk>/bewerken/", views.edit, name="edit"),
    path("<uuid:pk>/vaststellen/", views.activate, name="activate"),
    path("<uuid:pk>/papier/", views.paper, name="paper"),
    path("regel/<uuid:pk>/weghalen/", views.remove, name="remove"),
]
