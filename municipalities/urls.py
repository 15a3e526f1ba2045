from django.urls import path

from municipalities import views

app_name = "municipalities"
urlpatterns = [
    path("", views.families, name="families"),
    path("stagnaties/", views.stagnations, name="stagnations"),
    path("stagnaties/<uuid:pk>/", views.answer, name="answer"),
]
