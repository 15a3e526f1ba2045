from django.apps import AppConfig


class SafetyPlans(AppConfig):
    name = "safety_plans"
