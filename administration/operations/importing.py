"""Bringing in a file of organisations, teams or people of one municipality, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from administration.importing import Row
from administration.operations.members import enter_invitation
from administration.pages import Page
from audit.events import Event
from core.errors import WrongState
from organisations.kinds import DefaultKind
from organisations.models import Organisation, Team

_PAGE = Page("administration:import")


@dataclass(frozen=True)
class Imported:
    """How many rows went in, and those that did not, each with what is wrong."""

    done: int
    refused: list[tuple[Row, str]]


class _OnlyLooked(Exception):
    """Undoes what looking at a file did."""


def import_rows(
    kind: str, rows: Sequence[Row], *, only_look: bool, desk: Organisation, by: User, at: datetime
) -> Imported:
    """Enter the rows that are right, and return the others. With `only_look` nothing is entered.

    A row that is there already is refused, so that bringing in a corrected file again does no harm. People are invited:
    nobody gets an account by being in a file. All of it is for the municipality of `desk`.
    """
    op: Operation[Any]
    with operation(Action.CHANGE_SETTINGS, within_organisation=desk.pk, by=by) as op:
        result = Imported(0, [])
        try:
            with transaction.atomic():
                result = _enter_all(kind, rows, desk=desk, at=at, within=op)
                if only_look:
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
        op.record(
            Event.ROWS_IMPORTED,
            subject=desk,
            kind=kind,
            done=result.done,
            refused=len(result.refused),
            only_look=only_look,
        )
    return result


def _enter_all(kind: str, rows: Sequence[Row], *, desk: Organisation, at: datetime, within: Operation[Any]) -> Imported:
    refused: list[tuple[Row, str]] = []
    for row in rows:
        wrong = row.wrong or _enter(kind, row, desk=desk, at=at, within=within)
        if wrong:
            refused.append((row, wrong))
    return Imported(len(rows) - len(refused), refused)


def _enter(kind: str, row: Row, *, desk: Organisation, at: datetime, within: Operation[Any]) -> str:
    """Enter one row by itself, and return what is wrong with it; empty when it went in."""
    try:
        with transaction.atomic():
            _ENTER[kind](row, desk, at, within)
    except WrongState as refusal:
        return str(refusal)
    except IntegrityError:
        return _("This is there already.")
    return ""


def _organisation(row: Row, desk: Organisation, at: datetime, within: Operation[Any]) -> None:
    if row.values["soort"].slug == DefaultKind.MUNICIPALITY:
        raise WrongState(_("A municipality is not added here."), about=_PAGE)
    Organisation.objects.create(
        municipality_id=desk.municipality_id,
        kind=row.values["soort"],
        name=row.values["naam"],
        central_phone=row.values["telefoon"],
        aftercare_months=row.values["nazorgmaanden"],
    )


def _team(row: Row, desk: Organisation, at: datetime, within: Operation[Any]) -> None:
    Team.objects.create(organisation=_found(row, desk), name=row.values["team"])


def _member(row: Row, desk: Organisation, at: datetime, within: Operation[Any]) -> None:
    organisation = _found(row, desk)
    team = Team.objects.filter(organisation=organisation, name=row.values["team"]).first()
    if row.values["team"] and team is None:
        raise WrongState(_("There is no such team."), about=_PAGE)
    enter_invitation(
        organisation,
        email=row.values["e-mail"],
        name=row.values["naam"],
        roles=row.values["functies"],
        team=team,
        at=at,
        within=within,
    )


_ENTER = {"organisaties": _organisation, "teams": _team, "mensen": _member}


def _found(row: Row, desk: Organisation) -> Organisation:
    here = Organisation.objects.active().filter(municipality_id=desk.municipality_id, name=row.values["organisatie"])
    found = list(here.select_related("kind").order_by("pk")[:2])
    if len(found) != 1:
        raise WrongState(_("There is no organisation with exactly this name here, or there are two."), about=_PAGE)
    return found[0]
