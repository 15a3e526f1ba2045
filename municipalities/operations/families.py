"""What a municipality does when something stays undone: it assigns a team, or it addresses who must act."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind, Relation
from access.operation import operation
from access.policy import COORDINATOR, Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, RegisseurPeriod
from cases.operations import close_door, involve
from collaboration.models import Reply, Summons, Undone
from core.errors import WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import Handover
from municipalities.place import teams_to_assign
from municipalities.watched import on_list, watched
from organisations.models import Organisation

# Working days in which a team that was assigned chooses a regisseur.
CHOOSE_WITHIN = 1
# How long the door stands open for a team without anybody there becoming regisseur: then it is assigned anew.
TEAM_MAY_LOOK = timedelta(days=30)


class _Lists:
    """Where a coordinator is taken to: the family itself is not hers to see."""

    def get_absolute_url(self) -> str:
        return reverse("municipalities:families")


class _Desk:
    def get_absolute_url(self) -> str:
        return reverse("signals:desk")


def assign_neighbourhood_team(family: Family, *, team: Organisation, by: User, at: datetime) -> Summons:
    """Open the door of a family without a regisseur for a team of the own municipality, whose lead chooses one.

    The alarm stands until somebody is regisseur. Raises WrongState when there is a regisseur, for a team of another
    municipality or one where nobody could choose or be chosen, and when the same was done today.
    """
    with operation(Action.ASSIGN_NEIGHBOURHOOD_TEAM, on=family, by=by) as op:
        family, today = op.target, timezone.localdate(at)
        back = _Lists() if by.organisations_as(COORDINATOR) else _Desk()
        if not Family.objects.without_regisseur(today).filter(pk=family.pk).exists():
            raise WrongState(_("This family has a regisseur now."), about=back)
        if not teams_to_assign(by, today=today).filter(pk=team.pk).exists():
            raise WrongState(
                _("Choose a team of your municipality that has a team lead and a worker here."), about=back
            )
        made = _summon(
            family,
            Undone.NO_REGISSEUR,
            team,
            "",
            act_by=add_working_days(today, CHOOSE_WITHIN),
            by=by,
            at=at,
            about=back,
        )
        for earlier in Summons.objects.filter(family=family, undone=Undone.NO_REGISSEUR).exclude(pk=made.pk):
            # One team at a time: whoever was asked before has nothing to look for here any more.
            close_door(family, source_id=earlier.pk, at=at, within=op)
        involve(family, team, Relation.WORKING, source_id=made.pk, at=at, ends_at=at + TEAM_MAY_LOOK, within=op)
        # For whoever leads the team: it has nobody on this family yet.
        plan(
            family,
            Kind.APPOINT_REGISSEUR,
            due_on=made.act_by,
            falls_to=AssignmentKind.WORKER,
            about=made,
            within=op,
        )
        op.record(Event.NEIGHBOURHOOD_TEAM_ASSIGNED, subject=made)
    return made


def summon(family: Family, *, undone: Undone, words: str, act_by: date, by: User, at: datetime) -> Summons:
    """Address whoever must act: it stands on the regisseur's list of today, and rises like all that is owed.

    Nobody has to know who that is. Raises WrongState when it was settled meanwhile, when nobody has the regie, for a
    day that has passed, without words, and when the same was asked today.
    """
    with operation(Action.SUMMON, on=family, by=by) as op:
        family, today = op.target, timezone.localdate(at)
        listed = on_list(watched(by, Action.SUMMON, today=today), undone, today=today)
        organisation = _whose_turn(family, undone, today)
        if undone == Undone.NO_REGISSEUR or not listed.filter(pk=family.pk).exists():
            raise WrongState(_("This has been settled meanwhile."), about=_Lists())
        if organisation is None:
            raise WrongState(_("Nobody has the regie. Assign a neighbourhood team first."), about=_Lists())
        if not words.strip() or act_by < today:
            raise WrongState(_("Write what you ask, and by which day."), about=_Lists())
        made = _summon(family, undone, organisation, words.strip(), act_by=act_by, by=by, at=at, about=_Lists())
        plan(family, Kind.MUNICIPALITY_ASKS, due_on=today, falls_to=AssignmentKind.REGISSEUR, about=made, within=op)
        op.record(Event.SUMMONED, subject=made, undone=undone.value)
    return made


def reply_to_summons(
    summons: Summons, *, reply: Reply, planned_on: date | None = None, by: User, at: datetime
) -> Summons:
    """Answer the municipality with a word out of a list. Raises WrongState once answered, and without a day."""
    with operation(Action.REPLY_TO_SUMMONS, on=summons, by=by) as op:
        found = op.target
        if found.reply:
            raise WrongState(_("This was answered already."), about=found)
        if reply == Reply.PLANNED and (planned_on is None or planned_on < timezone.localdate(at)):
            raise WrongState(_("Say for which day it is planned."), about=found)
        found.reply, found.replied_by, found.replied_at = reply, by, at
        found.planned_on = planned_on if reply == Reply.PLANNED else None
        found.save(update_fields=["reply", "replied_by", "replied_at", "planned_on"])
        op.record(Event.SUMMONS_ANSWERED, reply=reply.value)
        owed = FollowUp.objects.filter(family=found.family_id, kind=Kind.MUNICIPALITY_ASKS, about_id=found.pk)
        finish(owed, as_=State.DONE, at=at, within=op)
    return found


def _whose_turn(family: Family, undone: Undone, today: date) -> Organisation | None:
    if undone == Undone.HANDOVER_UNANSWERED:
        offer = Handover.objects.filter(family=family, status="offered").select_related("to_organisation").first()
        if offer is not None:
            receiver: Organisation = offer.to_organisation
            return receiver
    period = RegisseurPeriod.objects.filter(family=family).present(today).select_related("organisation").first()
    return period.organisation if period else None


def _summon(
    family: Family,
    undone: Undone,
    organisation: Organisation,
    words: str,
    *,
    act_by: date,
    by: User,
    at: datetime,
    about: "_Lists | _Desk",
) -> Summons:
    # The family is locked: two who ask at once queue up, and the second finds the first.
    earlier = Summons.objects.filter(family=family, undone=undone, organisation=organisation)
    if earlier.filter(made_on=timezone.localdate(at)).exists():
        raise WrongState(_("This was asked today already."), about=about)
    made: Summons = Summons.objects.create(
        family=family,
        undone=undone,
        organisation=organisation,
        words=words,
        act_by=act_by,
        made_on=timezone.localdate(at),
        made_at=at,
        made_by=by,
    )
    return made
