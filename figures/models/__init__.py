"""What is kept of figures: rows without a family, what was published, and the trial of the way of working itself."""

from figures.models.pilot import (
    QUESTIONS,
    Chapter,
    ChapterText,
    Lesson,
    Pilot,
    PilotIndicator,
    PilotMunicipality,
    PilotRegion,
)
from figures.models.release import Release, ReleasedCell, StatisticsRow
from figures.models.survey import ASKED, Respondent, Survey, Way

__all__ = [
    "ASKED",
    "QUESTIONS",
    "Chapter",
    "ChapterText",
    "Lesson",
    "Pilot",
    "PilotIndicator",
    "PilotMunicipality",
    "PilotRegion",
    "Release",
    "ReleasedCell",
    "Respondent",
    "StatisticsRow",
    "Survey",
    "Way",
]
