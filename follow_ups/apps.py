from django.apps import AppConfig


class FollowUps(AppConfig):
    name = "follow_ups"
