from django.urls import path

from cases import views

app_name = "cases"
urlpatterns = [
    path("openen/", views.open_family, name="open_family"),
]
