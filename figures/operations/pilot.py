"""A pilot: its indicators, fixed before it begins; who takes part; what was asked and what was learned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from collaboration.turn import Page
from core.errors import WrongState
from figures.models import (
    QUESTIONS,
    Chapter,
    ChapterText,
    Lesson,
    Pilot,
    PilotIndicator,
    PilotMunicipality,
    PilotRegion,
    Respondent,
    Survey,
    Way,
)
from figures.periods import Quarter
from organisations.models import Municipality, Organisation, Region


@dataclass(frozen=True)
class Said:
    """What an indicator says: what is measured, how it is now, and what is aimed at."""

    text: str
    target: str
    baseline: str = ""


def record_pilot(
    title: str, *, starts_on: date, ends_on: date, regions: Sequence[Region], owner: Organisation, by: User
) -> Pilot:
    """Write down a pilot and its regions. `ends_on` is its last day. The same name again gives the same pilot.

    Raises WrongState without a region or a name, and for an end before the start.
    """
    op: Operation[Pilot]
    with operation(Action.KEEP_PILOT, within_organisation=owner.pk, by=by) as op:
        if not title.strip() or not regions or ends_on <= starts_on:
            raise WrongState(
                _("A pilot has a name, a region, and a last day after its first."), about=Page("municipalities:pilots")
            )
        made, is_new = Pilot.objects.get_or_create(
            owner=owner, title=title, defaults={"starts_on": starts_on, "ends_on": ends_on}
        )
        if is_new:
            PilotRegion.objects.bulk_create(PilotRegion(pilot=made, region=region) for region in regions)
        op.record(Event.PILOT_KEPT, subject=made, is_new=is_new)
    return made


def move_pilot(pilot: Pilot, *, starts_on: date, ends_on: date, by: User, at: datetime) -> Pilot:
    """Set other days for a pilot that did not begin yet. From its new first day on its indicators are fixed.

    Raises WrongState once it began, and for an end before the start.
    """
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        pilot = _held(op)
        if pilot.starts_on <= timezone.localdate(at) or ends_on <= starts_on:
            raise WrongState(_("The days of a pilot change before it begins, and its last comes last."), about=pilot)
        pilot.starts_on, pilot.ends_on = starts_on, ends_on
        pilot.save(update_fields=["starts_on", "ends_on"])
        op.record(Event.PILOT_KEPT, moved=True)
    return pilot


def add_indicator(pilot: Pilot, said: Said, *, by: User, at: datetime) -> PilotIndicator:
    """Add an indicator. Raises WrongState once they are fixed: what is measured was said beforehand (K5)."""
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        pilot = _held(op)
        if pilot.is_locked(timezone.localdate(at)):
            raise WrongState(_("The indicators are fixed. They were chosen before the pilot began."), about=pilot)
        last = PilotIndicator.objects.filter(pilot=pilot).aggregate(last=Max("number"))["last"] or 0
        added = _write(pilot, said, number=last + 1, version=1, because="", by=by, at=at)
        op.record(Event.PILOT_KEPT, subject=added, number=added.number)
    return added


def change_indicator(
    indicator: PilotIndicator, said: Said, *, because: str = "", by: User, at: datetime
) -> PilotIndicator:
    """Say an indicator anew. Before they are fixed it is reworded; afterwards a new version stands beside the old one.

    Raises WrongState for another version without a reason, and for an indicator that has a later version already.
    """
    with operation(Action.KEEP_PILOT, on=indicator, by=by) as op:
        indicator = op.target
        pilot = Pilot.objects.select_for_update(no_key=True).get(pk=indicator.pilot_id)
        versions = PilotIndicator.objects.filter(pilot=pilot, number=indicator.number)
        if versions.filter(version__gt=indicator.version).exists():
            raise WrongState(_("There is a later version of this indicator."), about=pilot)
        if not pilot.is_locked(timezone.localdate(at)):
            indicator.text, indicator.baseline, indicator.target = said.text, said.baseline, said.target
            indicator.save(update_fields=["text", "baseline", "target"])
        elif not because.strip():
            raise WrongState(_("The indicators are fixed. Say why another version is needed."), about=pilot)
        else:
            version = indicator.version + 1
            indicator = _write(pilot, said, number=indicator.number, version=version, because=because, by=by, at=at)
        op.record(Event.PILOT_KEPT, subject=indicator, number=indicator.number, version=indicator.version)
    return indicator


def lock(pilot: Pilot, *, by: User, at: datetime) -> Pilot:
    """Fix the indicators. Raises WrongState without any; fixing them again changes nothing."""
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        pilot = _held(op)
        if not PilotIndicator.objects.filter(pilot=pilot).exists():
            raise WrongState(_("First say what the pilot is judged by."), about=pilot)
        if pilot.locked_at is None:
            pilot.locked_at = at
            pilot.save(update_fields=["locked_at"])
        op.record(Event.PILOT_LOCKED)
    return pilot


def join(pilot: Pilot, municipality: Municipality, *, joined_on: date, by: User) -> PilotMunicipality:
    """Let a municipality take part from a day on. Joining again changes nothing."""
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        made, is_new = PilotMunicipality.objects.get_or_create(
            pilot=_held(op), municipality=municipality, defaults={"joined_on": joined_on}
        )
        op.record(Event.PILOT_KEPT, subject=made, is_new=is_new)
    return made


def write_profile(participant: PilotMunicipality, answers: Mapping[str, str], *, by: User) -> PilotMunicipality:
    """Write down how a municipality works; half of the questions is enough for today (K10)."""
    with operation(Action.KEEP_PILOT, on=participant, by=by) as op:
        participant = op.target
        participant.profile = {slug: answers.get(slug, "").strip() for slug in QUESTIONS}
        participant.save(update_fields=["profile"])
        op.record(Event.PILOT_KEPT, answered=participant.answered)
    return participant


def note_lesson(
    pilot: Pilot, what: str, *, learned_on: date, heard_from: str, region: Region | None, follows: str, by: User
) -> Lesson:
    """Note something that was learned (K7). Raises WrongState when it says nothing."""
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        if not what.strip():
            raise WrongState(_("Say what was learned."), about=op.target)
        lesson = Lesson.objects.create(
            pilot=op.target,
            what=what,
            learned_on=learned_on,
            heard_from=heard_from,
            region=region,
            follows=follows,
            recorded_by=by,
        )
        op.record(Event.PILOT_KEPT, subject=lesson)
    return lesson


def write_chapter(pilot: Pilot, chapter: Chapter, text: str, *, by: User) -> ChapterText:
    """Write the text of a chapter of the evaluation; what was there before is replaced."""
    with operation(Action.KEEP_PILOT, on=pilot, by=by) as op:
        written, _is_new = ChapterText.objects.update_or_create(
            pilot=_held(op), number=chapter, defaults={"text": text}
        )
        op.record(Event.PILOT_KEPT, subject=written, number=int(chapter))
    return written


def record_survey(
    pilot: Pilot, respondent: Respondent, answers: Sequence[int], *, month: int, way: Way, by: User, at: datetime
) -> Survey:
    """Record the four answers of somebody, or with none that she was asked and did not want to (K6).

    The row names nobody, and its moment is a quarter; the log says that somebody recorded one, and not which. Raises
    WrongState when the pilot does not run, and for anything but four answers or none.
    """
    with operation(Action.RECORD_SURVEY, on=pilot, by=by) as op:
        today = timezone.localdate(at)
        if not op.target.runs_on(today):
            raise WrongState(_("This pilot does not run now."), about=op.target)
        if len(answers) not in (0, 4):
            raise WrongState(_("Answer all four, or none."), about=op.target)
        made = Survey.objects.create(
            pilot=op.target,
            respondent=respondent,
            month=month,
            way=way,
            quarter=str(Quarter.of(today)),
            answers=list(answers),
        )
        op.record(Event.SURVEY_RECORDED, respondent=str(respondent))
    return made


def _held(op: Operation[Any]) -> Pilot:
    """Return the pilot, held until the transaction ends: a double click finds what the first click made."""
    held: Pilot = Pilot.objects.select_for_update(no_key=True).get(pk=op.target.pk)
    return held


def _write(
    pilot: Pilot, said: Said, *, number: int, version: int, because: str, by: User, at: datetime
) -> PilotIndicator:
    written: PilotIndicator = PilotIndicator.objects.create(
        pilot=pilot,
        number=number,
        version=version,
        text=said.text,
        baseline=said.baseline,
        target=said.target,
        because=because,
        recorded_by=by,
        recorded_at=at,
    )
    return written
