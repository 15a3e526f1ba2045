"""The kinds of organisation that come with the application.

An administrator may add others; those have no name here, so no rule in the code can depend on them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DefaultKind(models.TextChoices):
    """A kind of organisation that the code may name. The value is the slug in the database: never rename one."""

    POLICE = "police", _("Police")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    CARE_AND_SAFETY_HOUSE = "care_and_safety_house", _("Care and safety house")
    HOUSING_CORPORATION = "housing_corporation", _("Housing corporation")
    WORK_AND_INCOME = "work_and_income", _("Work and income")
    DEBT_SUPPORT = "debt_support", _("Debt support")
    FINANCIAL_ADMINISTRATOR = "financial_administrator", _("Financial administrator")
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("Neighbourhood team")
    YOUTH_TEAM = "youth_team", _("Youth team")
    CENTRE_FOR_YOUTH_AND_FAMILY = "centre_for_youth_and_family", _("Centre for youth and family")
    SOCIAL_WORK = "social_work", _("Social work")
    VOLUNTEER_ORGANISATION = "volunteer_organisation", _("Volunteer organisation")
    SPECIALISED_YOUTH_CARE = "specialised_youth_care", _("Specialised youth care")
    YOUTH_HEALTH_CARE = "youth_health_care", _("Youth health care")
    GENERAL_PRACTICE = "general_practice", _("General practice")
    INFANT_WELFARE_CENTRE = "infant_welfare_centre", _("Infant welfare centre")
    SCHOOL_PRIMARY = "school_primary", _("Primary school")
    SCHOOL_SECONDARY = "school_secondary", _("Secondary school")
    WOMENS_SHELTER = "womens_shelter", _("Women's shelter")
    MENS_SHELTER = "mens_shelter", _("Men's shelter")
    MENTAL_HEALTH_CARE = "mental_health_care", _("Mental health care")
    ADDICTION_CARE = "addiction_care", _("Addiction care")
    CHILD_PROTECTION = "child_protection", _("Child protection (certified institution)")
    CHILD_PROTECTION_BOARD = "child_protection_board", _("Child protection board")
    DISABILITY_SUPPORT = "disability_support", _("Disability support")
    FORENSIC_CARE = "forensic_care", _("Forensic care")
    MUNICIPALITY = "municipality", _("Municipality")
    CHILDCARE = "childcare", _("Childcare")
    OTHER = "other", _("Other organisation")


SHELTERS = frozenset({DefaultKind.WOMENS_SHELTER, DefaultKind.MENS_SHELTER})
SCHOOLS = frozenset({DefaultKind.SCHOOL_PRIMARY, DefaultKind.SCHOOL_SECONDARY})
