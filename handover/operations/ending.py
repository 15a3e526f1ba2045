"""The shelter's aftercare ends: somebody else is regisseur by then, and others keep watch (F11, E30)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Trajectory
from cases.regie import regisseur_of
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from handover.models import AftercareEnding
from handover.operations.watching import ask_for_watchers
from handover.watchers import ENOUGH, watched_children

NOT_SOONER = timedelta(days=30)  # before its last day: what is agreed earlier is a plan, not an end


def end_aftercare(trajectory: Trajectory, *, because: str = "", by: User, at: datetime) -> AftercareEnding:
    """Record that the shelter's aftercare ends on the day that was agreed, and that the family is not let go.

    Raises WrongState while the shelter itself has the regie, or nobody (F11): the next regisseur accepts first; while
    there is a child on which nobody keeps watch afterwards, unless somebody takes that on herself `because` (E30); more
    than a month before the day; and when it was recorded already. With fewer than two partners that keep watch, finding
    more is work at once.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory, today = op.target, timezone.localdate(at)
        if refusal := _why_not(trajectory, at=at):
            raise WrongState(refusal, about=trajectory.family)
        ends_on = trajectory.involvement_ends_on
        regisseur = regisseur_of(trajectory.family, today=today)
        assert ends_on is not None and regisseur is not None  # noqa: S101, PT018 - for the type checker: asked above
        children = watched_children(trajectory.family, today=today, now=at, other_than=trajectory.organisation_id)
        without = [one for one in children if not one.is_watched_after(ends_on)]
        if without and not because.strip():
            raise WrongState(
                _("On at least one child nobody keeps watch after this day. Ask a partner, or say why it ends anyway."),
                about=trajectory.family,
            )
        ending = AftercareEnding.objects.create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            ended_on=ends_on,
            regisseur=regisseur,
            because=because.strip() if without else "",
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.AFTERCARE_ENDED, subject=ending, without_watch=len(without))
        settled = FollowUp.objects.filter(
            family=trajectory.family, kind__in=[Kind.END_AFTERCARE, Kind.CHOOSE_REGISSEUR]
        )
        finish(settled, as_=State.DONE, at=at, within=op)
        partners = {role.organisation_id for one in children for role in one.roles if role.until > ends_on}
        if without or len(partners) < ENOUGH:
            ask_for_watchers(trajectory.family, about=ending, at=at, within=op)
    return ending


def _why_not(trajectory: Trajectory, *, at: datetime) -> str:
    """Return why the aftercare cannot end; empty when it can, for as far as the regie is concerned."""
    today, ends_on = timezone.localdate(at), trajectory.involvement_ends_on
    regisseur = regisseur_of(trajectory.family, today=today)
    if AftercareEnding.objects.filter(trajectory=trajectory).exists():
        return _("The end of the aftercare was recorded already.")
    if ends_on is None:
        return _("First say which day is the last of the aftercare.")
    if ends_on > today + NOT_SOONER:
        return _("The aftercare goes on for more than a month. Come back nearer to its end.")
    if regisseur is None:
        return _("Nobody has the regie. First somebody becomes regisseur.")
    if regisseur.organisation_id == trajectory.organisation_id:
        return _("The shelter itself still has the regie. First hand it over: until somebody accepts, it does not end.")
    return ""
