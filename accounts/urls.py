from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("<uuid:pk>/weg/", views.discard_draft, name="discard_draft"),
]
