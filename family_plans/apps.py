from django.apps import AppConfig


class FamilyPlans(AppConfig):
    name = "family_plans"
