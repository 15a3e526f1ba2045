"""What organisations agreed, know and ask of each other. Only a summons and a case evaluation are about a family."""

from collaboration.models.agreement import BEYOND, REMIND_BEFORE, AgreementPartner, CollaborationAgreement, Level
from collaboration.models.evaluation import AgreedStep, CaseEvaluation, CollaborationEvaluation, Result
from collaboration.models.expertise import (
    MEETINGS_A_YEAR,
    SUPPORTER_NEEDS,
    MeetingGuest,
    NetworkMeeting,
    Protocol,
    Training,
    TrainingSubject,
)
from collaboration.models.papers import GoverningDecision, Indicator, RegionalVision, Wish, WishSource
from collaboration.models.people import ContactPerson, Introduction
from collaboration.models.quality import QualityCheck, QualityRequirement, Shown
from collaboration.models.summons import Reply, Summons, Undone

__all__ = [
    "BEYOND",
    "MEETINGS_A_YEAR",
    "REMIND_BEFORE",
    "SUPPORTER_NEEDS",
    "AgreedStep",
    "AgreementPartner",
    "CaseEvaluation",
    "CollaborationAgreement",
    "CollaborationEvaluation",
    "ContactPerson",
    "GoverningDecision",
    "Indicator",
    "Introduction",
    "Level",
    "MeetingGuest",
    "NetworkMeeting",
    "Protocol",
    "QualityCheck",
    "QualityRequirement",
    "RegionalVision",
    "Reply",
    "Result",
    "Shown",
    "Summons",
    "Training",
    "TrainingSubject",
    "Undone",
    "Wish",
    "WishSource",
]
