"""What a parent who is not here may have to do with the children, and what is known of who caused harm."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import (
    Answer,
    ContactArrangement,
    HelpConsent,
    Involved,
    Knows,
    ParentalAuthority,
    ParentInvolvement,
    Perpetrator,
    Person,
    Place,
    Relationship,
    RelationshipKind,
)
from cases.reading import bans_between
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan

DECIDES_ALONE = 16  # Jeugdwet 7.3.4: from this age the child alone consents
ANSWER_WITHIN = timedelta(days=14)


def relate(person: Person, kind: RelationshipKind, *, to: Person, starts_on: date | None, by: User) -> Relationship:
    """Record what one person is to another. Recording it again changes nothing."""
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        if person.family_id != to.family_id or person.pk == to.pk:
            raise WrongState(_("Choose two persons of this family."), about=person.family)
        relationship, is_new = Relationship.objects.get_or_create(
            family_id=person.family_id,
            person=person,
            other=to,
            kind=kind,
            ends_on=None,
            defaults={"starts_on": starts_on},
        )
        op.record(Event.RELATIONSHIP_RECORDED, subject=relationship, kind=str(kind), is_new=is_new)
    return relationship


def end_relationship(relationship: Relationship, *, ends_on: date, by: User) -> Relationship:
    """End what somebody is to another; `ends_on` is exclusive. Raises WrongState when it had ended."""
    with operation(Action.EDIT_FAMILY, on=relationship, by=by) as op:
        relationship = op.target
        if relationship.ends_on is not None or (relationship.starts_on and ends_on < relationship.starts_on):
            raise WrongState(_("This has ended already, or would end before it began."), about=relationship.family)
        relationship.ends_on = ends_on
        relationship.save(update_fields=["ends_on"])
        op.record(Event.RELATIONSHIP_RECORDED, subject=relationship, ended=True)
    return relationship


def describe_perpetrator(
    person: Person, *, what_happened: str, knows_address: Knows, ways_to_find: str, by: User, at: datetime
) -> Perpetrator:
    """Write down what is known of somebody from whom the others must be safe. No share reaches it.

    Marks the person as one who causes harm. Raises WrongState for a child or the client.
    """
    with operation(Action.EDIT_FAMILY, on=person, by=by) as op:
        person = op.target
        if person.place == Place.CLIENT:
            raise WrongState(_("This is said of somebody from whom the client must be safe."), about=person.family)
        described, _is_new = Perpetrator.objects.update_or_create(
            family_id=person.family_id,
            person=person,
            defaults={
                "what_happened": what_happened,
                "knows_address": knows_address,
                "ways_to_find": ways_to_find,
                "recorded_by": by,
                "recorded_at": at,
            },
        )
        if not person.causes_harm:
            person.causes_harm = True
            person.save(update_fields=["causes_harm"])
        op.record(Event.PERPETRATOR_DESCRIBED, subject=described, knows_address=str(knows_address))
    return described


@dataclass(frozen=True)
class SafetyDecision:
    """That involving a parent is safe: what was weighed, when, and by whom."""

    text: str = ""
    decided_on: date | None = None
    decided_by: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.text.strip() and self.decided_by.strip() and self.decided_on)


def decide_involvement(
    parent: Person,
    involved: Involved,
    *,
    decision: SafetyDecision,
    contact_person: str = "",
    by: User,
    at: datetime,
) -> ParentInvolvement:
    """Record whether a parent is involved in the help.

    Raises WrongState for a yes without a dated safety decision, and for a decision of a day to come.
    """
    with operation(Action.EDIT_FAMILY, on=parent, by=by) as op:
        parent = op.target
        if parent.place in {Place.CLIENT, Place.CHILD}:
            raise WrongState(_("Choose the parent who does not live with the children."), about=parent.family)
        if involved == Involved.YES and not decision.is_complete:
            raise WrongState(_("Write down why this is safe, who decided it and on which day."), about=parent.family)
        if decision.decided_on and decision.decided_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=parent.family)
        for earlier in ParentInvolvement.objects.filter(parent=parent, replaced_at=None):
            earlier.replaced_at = at
            earlier.save(update_fields=["replaced_at"])
        recorded = ParentInvolvement.objects.create(
            family_id=parent.family_id,
            parent=parent,
            involved=involved,
            safety_decision=decision.text,
            decided_on=decision.decided_on,
            decided_by=decision.decided_by,
            contact_person=contact_person,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.PARENT_INVOLVEMENT_DECIDED, subject=recorded, involved=str(involved))
    return recorded


@dataclass(frozen=True)
class Arrangement:
    """When and how a child sees a parent. `ends_on` is the last day; empty is until further notice."""

    what: str
    starts_on: date
    ends_on: date | None = None
    supervised_by: str = ""
    conditions: str = ""


def arrange_contact_with_parent(
    child: Person, arrangement: Arrangement, *, parent: Person, despite_ban_because: str = "", by: User
) -> ContactArrangement:
    """Record a contact arrangement, resting on the decision that involving this parent is safe.

    Raises WrongState without such a decision, and when a measure forbids contact in that time, unless
    `despite_ban_because` says why (a judge ordered it, the measure makes an exception).
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = op.target
        decision = ParentInvolvement.objects.filter(parent=parent, replaced_at=None, involved=Involved.YES).first()
        if decision is None or decision.family_id != child.family_id:
            raise WrongState(_("First decide that it is safe to involve this parent."), about=child.family)
        bans = bans_between(child, parent, from_on=arrangement.starts_on, until_on=arrangement.ends_on)
        if bans and not despite_ban_because.strip():
            raise WrongState(
                _("A measure forbids contact in this time. Say why it is allowed after all."), about=bans[0]
            )
        made = ContactArrangement.objects.create(
            family_id=child.family_id,
            child=child,
            parent=parent,
            decision=decision,
            despite_ban_because=despite_ban_because if bans else "",
            recorded_by=by,
            **{name: getattr(arrangement, name) for name in Arrangement.__dataclass_fields__},
        )
        op.record(Event.CONTACT_ARRANGED, subject=made, despite_ban=bool(bans))
    return made


def ask_consent(child: Person, *, holder: Person, help_: str, asked_on: date, by: User) -> HelpConsent:
    """Ask somebody with authority whether a child may get some help. The answer is work after two weeks.

    Raises WrongState when this person has no authority over the child, or the child is 16 and decides alone. Asking
    the same again changes nothing.
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = op.target
        if not ParentalAuthority.objects.filter(child=child, holder=holder, ends_on=None).exists():
            raise WrongState(_("This person has no authority over the child."), about=child.family)
        if child.born_on and asked_on >= child.born_on + relativedelta(years=DECIDES_ALONE):
            raise WrongState(_("From 16 on the child decides alone."), about=child.family)
        consent, is_new = HelpConsent.objects.get_or_create(
            family_id=child.family_id,
            child=child,
            holder=holder,
            help=help_,
            defaults={"asked_on": asked_on, "recorded_by": by},
        )
        op.record(Event.HELP_CONSENT_ASKED, subject=consent, is_new=is_new)
        plan(
            child.family,
            Kind.ASK_FOR_CONSENT,
            due_on=asked_on + ANSWER_WITHIN,
            falls_to=AssignmentKind.REGISSEUR,
            about=consent,
            within=op,
        )
    return consent


def answer_consent(consent: HelpConsent, answer: Answer, *, answered_on: date, by: User, at: datetime) -> HelpConsent:
    """Record the answer. A refusal may become a consent and the other way round: the last one counts."""
    with operation(Action.EDIT_FAMILY, on=consent, by=by) as op:
        consent = op.target
        if answer == Answer.ASKED or answered_on < consent.asked_on:
            raise WrongState(_("An answer comes on or after the day of the question."), about=consent.family)
        was, consent.answer, consent.answered_on = consent.answer, answer, answered_on
        consent.save(update_fields=["answer", "answered_on"])
        op.record(Event.HELP_CONSENT_ANSWERED, subject=consent, answer=str(answer), was=str(was))
        finish(
            FollowUp.objects.filter(kind=Kind.ASK_FOR_CONSENT, about_id=consent.pk), as_=State.DONE, at=at, within=op
        )
    return consent
