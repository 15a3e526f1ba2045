from django.urls import path

from core import views

urlpatterns = [
    path("verberg/", views.hide, name="hide"),
    path("hulp/", views.help_page, name="help"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("gezond/", views.healthy, name="healthy"),
]
