"""Changing and confirming a setting: one way for all of them, with who, when, from what, to what."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from administration.models import SettingChange
from administration.pages import Page
from administration.settings import Place, Setting
from audit.events import Event
from core.errors import WrongState
from organisations.basis import Basis


def change_setting(
    setting: Setting,
    row: Any | None,
    values: Mapping[str, Any],
    *,
    place: Place,
    valid_from: date,
    seen: str,
    within_organisation: UUID,
    by: User,
    at: datetime,
) -> SettingChange:
    """Let a setting be something else from a day on, today or later. What was planned or shared stays as it is.

    `seen` is what the row looked like when the form was made. Raises WrongState when a colleague was faster, and for
    a day that has passed.
    """
    op: Operation[Any]
    about = Page("administration:setting", (setting.slug,))
    with operation(Action.CHANGE_SETTINGS, within_organisation=within_organisation, by=by) as op:
        if valid_from < timezone.localdate(at):
            raise WrongState(_("What has passed is not changed any more. Choose today or later."), about=about)
        row = _locked(row, setting, seen)
        before = setting.kept(setting.initial(row)) if row is not None else {}
        try:
            with transaction.atomic():
                stored = setting.store(row, values, place, valid_from)
        except IntegrityError as error:
            raise WrongState(_("A colleague was faster, or there is one like it already."), about=about) from error
        made = SettingChange.objects.create(
            setting=setting.slug,
            subject_id=stored.pk,
            label=setting.label(stored)[:300],
            place=place.label,
            before=before,
            after=setting.kept(values),
            valid_from=valid_from,
            made_by=by,
            made_at=at,
        )
        op.record(Event.SETTING_CHANGED, subject=made, setting=setting.slug)
    return made


def confirm_setting(
    setting: Setting, row: Any, *, place: Place, seen: str, within_organisation: UUID, by: User, at: datetime
) -> SettingChange:
    """Say that a default that came with the application is right. Raises WrongState when it needs no confirming."""
    op: Operation[Any]
    with operation(Action.CHANGE_SETTINGS, within_organisation=within_organisation, by=by) as op:
        row = _locked(row, setting, seen)
        if not hasattr(row, "basis") or setting.is_sure(row):
            raise WrongState(_("This needs no confirming."), about=Page("administration:setting", (setting.slug,)))
        row.basis = Basis.CONFIRMED
        row.save(update_fields=["basis"])
        kept = setting.kept(setting.initial(row))
        made = SettingChange.objects.create(
            setting=setting.slug,
            subject_id=row.pk,
            label=setting.label(row)[:300],
            place=place.label,
            before=kept,
            after=kept,
            valid_from=timezone.localdate(at),
            made_by=by,
            made_at=at,
        )
        op.record(Event.SETTING_CONFIRMED, subject=made, setting=setting.slug)
    return made


def _locked(row: Any | None, setting: Setting, seen: str) -> Any | None:
    found = row
    if row is not None and not row._state.adding:  # what came with the application is a row that nobody wrote
        rows = type(row)._base_manager.all()
        found = (rows.select_for_update() if setting.changes_rows else rows).get(pk=row.pk)
    if setting.fingerprint(found) != seen:
        raise WrongState(
            _("A colleague changed this just now. Look at it first."),
            about=Page("administration:setting", (setting.slug,)),
        )
    return found
