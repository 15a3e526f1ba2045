"""Drafts: what was typed is kept on the server, sealed, until it is saved for good or seven days have passed.

Each user reaches only her own drafts, here and by row-level security. A draft is not content of a file: it is nobody
else's business and leaves no audit row.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm, ModelMultipleChoiceField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from accounts.models import Draft, User

LIFETIME = timedelta(days=7)
NEW = UUID(int=0)
# A form is named by its address, which leads back to it. What it is called on the list of drafts:
TITLES = {
    "aftercare:check_in": _("Record contact"),
    "cases:open_family": _("Open a file"),
    "cases:add_name_variant": _("Another name"),
    "cases:add_person": _("Add somebody"),
    "cases:add_to_network": _("Add to the network"),
    "cases:admission": _("Picture at admission"),
    "cases:answer_consent": _("Consent to help"),
    "cases:around_child": _("Around the child"),
    "cases:arrange_contact": _("Plan a contact"),
    "cases:ask_consent": _("Consent to help"),
    "cases:contact_arrangement": _("Contact arrangement"),
    "cases:correct_person": _("Correct"),
    "cases:end_authority": _("Authority"),
    "cases:end_measure": _("End a measure"),
    "cases:end_relationship": _("Relationship"),
    "cases:extend_measure": _("Extend a measure"),
    "cases:hear_child": _("Voice of the child"),
    "cases:index_status": _("Referral index"),
    "cases:involvement": _("Involve a parent"),
    "cases:leave_network": _("Out of the network"),
    "cases:note_context": _("Special situation"),
    "cases:perpetrator": _("Who caused harm"),
    "cases:protection_measure": _("Child protection measure"),
    "cases:ready": _("Ready to leave"),
    "cases:record_authority": _("Authority"),
    "cases:record_measure": _("Write down a measure"),
    "cases:record_stay": _("Stay"),
    "cases:relate": _("Relationship"),
    "cases:safe_contact": _("Reach safely"),
    "cases:share": _("Share"),
    "cases:start_trajectory": _("Start again"),
    "handover:offer": _("Offer a handover"),
    "signals:decide_reopening": _("Open this family again?"),
    "signals:judge": _("Judge the signal"),
    "signals:judge_at_desk": _("Judge the signal"),
    "signals:report": _("Share a worry"),
    "safety_plans:assess": _("Assess the risk"),
    "family_plans:add_action": _("Agree who does what"),
    "family_plans:add_goal": _("Set a goal"),
    "family_plans:add_participant": _("Say who takes part"),
    "family_plans:answer_request": _("What the partner answered"),
    "family_plans:ask_help": _("Add help"),
    "family_plans:assess": _("Fill in the matrix"),
    "family_plans:bind": _("Binding request"),
    "family_plans:change_help": _("Change the help"),
    "family_plans:change_income": _("Change of income"),
    "family_plans:describe": _("What was tried, and what helps meanwhile"),
    "family_plans:direction": _("Who leads"),
    "family_plans:end_help": _("End the help"),
    "family_plans:end_treatment": _("End the treatment"),
    "family_plans:help_at_move": _("What the move does to this help"),
    "family_plans:hold_conference": _("Conversation of several parties"),
    "family_plans:keep_part": _("Keep a part apart"),
    "family_plans:name_source": _("Name a partner's own plan"),
    "family_plans:note_finding": _("What goes well, what is needed"),
    "family_plans:record_housing": _("Housing"),
    "family_plans:record_income": _("Add a change of income"),
    "family_plans:record_treatment": _("Record a treatment"),
    "family_plans:report_stagnation": _("Something is stuck"),
    "family_plans:result": _("Round the goal off"),
    "family_plans:solve": _("It moves again"),
    "family_plans:start": _("Start the plan"),
}
# A draft holds what the form posts, and never what belongs to the session.
_LEFT_OUT = frozenset({"csrfmiddlewaretoken", "save_draft"})


@dataclass(frozen=True)
class Kept:
    """A draft as the form gets it back."""

    answers: dict[str, list[str]]
    saved_at: datetime


def keep(user: User, form: str, answers: dict[str, list[str]], *, at: datetime, about: UUID = NEW) -> Draft | None:
    """Save what is typed, over what was kept before. Nothing typed keeps nothing, and returns None."""
    typed = {
        name: values for name, values in answers.items() if name not in _LEFT_OUT and any(v.strip() for v in values)
    }
    if not typed:
        return None
    draft, _is_new = Draft.objects.update_or_create(
        user=user, form=form, about_id=about, defaults={"sealed": json.dumps(typed), "saved_at": at}
    )
    return draft


def kept(user: User, form: str, *, now: datetime, about: UUID = NEW) -> Kept | None:
    """Return what was kept for this form, or None when there is nothing or it is older than seven days."""
    draft = own(user, now=now).filter(form=form, about_id=about).first()
    return Kept(json.loads(draft.sealed), draft.saved_at) if draft else None


def initial(draft: Kept | None) -> dict[str, str]:
    """Return what a form starts with: the last value of each field of the draft, or nothing."""
    return {name: values[-1] for name, values in draft.answers.items()} if draft else {}


def fill_in(form: BaseForm, draft: Kept | None) -> None:
    """Let a form start with what was kept for it: a list where several answers are possible. It may be None."""
    for name, values in draft.answers.items() if draft else ():
        takes_many = isinstance(form.fields.get(name), MultipleChoiceField | ModelMultipleChoiceField)
        form.initial[name] = values if takes_many else values[-1]


def own(user: User, *, now: datetime) -> QuerySet[Draft]:
    """Return the drafts of `user` that have not expired, latest first."""
    return Draft.objects.filter(user=user, saved_at__gt=now - LIFETIME).order_by("-saved_at", "pk")


def discard(user: User, form: str, *, about: UUID = NEW) -> None:
    """Remove the draft of a form that was saved for good. Nothing happens when there is none."""
    Draft.objects.filter(user=user, form=form, about_id=about).delete()


def discard_expired(*, now: datetime) -> int:
    """Remove every draft that was last saved more than seven days ago; return how many."""
    return Draft.objects.filter(saved_at__lte=now - LIFETIME).delete()[0]
