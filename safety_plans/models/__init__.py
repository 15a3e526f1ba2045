"""Risk assessments, and the safety plan in versions."""

from safety_plans.models.plan import SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.models.risk import Level, Moment, RiskAssessment, RiskSubject, SubjectKind, subjects_missing

__all__ = [
    "Level",
    "Moment",
    "RiskAssessment",
    "RiskSubject",
    "SafetyPlan",
    "SafetyPlanItem",
    "Section",
    "Status",
    "SubjectKind",
    "subjects_missing",
]
