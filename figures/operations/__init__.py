"""What changes in this room: releases, once each; and what is kept of a pilot."""

from figures.operations.pilot import (
    Said,
    add_indicator,
    change_indicator,
    join,
    lock,
    move_pilot,
    note_lesson,
    record_pilot,
    record_survey,
    write_chapter,
    write_profile,
)
from figures.operations.release import NotOver, freeze

__all__ = [
    "NotOver",
    "Said",
    "add_indicator",
    "change_indicator",
    "freeze",
    "join",
    "lock",
    "move_pilot",
    "note_lesson",
    "record_pilot",
    "record_survey",
    "write_chapter",
    "write_profile",
]
