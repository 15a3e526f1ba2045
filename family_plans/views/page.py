"""What the pages of the plan share: one form on a page, and who and what a form may offer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from access import policy
from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.policy import Action
from accounts import half_typed
from accounts.models import User
from accounts.requests import UserRequest
from cases.models import Person
from family_plans.forms.fields import Around
from family_plans.models import HelpLine
from organisations.kinds import SHELTERS
from organisations.models import Organisation

_NOT_AT_WORK = [AssignmentKind.BARRED]
# Those around a family to whom something can fall.
_AROUND = [Relation.WORKING, Relation.REGISSEUR, Relation.PARTNER, Relation.AFTERCARE]


@dataclass(frozen=True)
class Question:
    """A page that asks one thing: its heading, what it is for, and what the button says."""

    title: str
    button: str
    lead: str = ""
    words: str = ""
    # Where the way back leads: the address and its name.
    back: str = ""
    back_to: str = ""


def ask(request: UserRequest, form: forms.Form, question: Question, **context: Any) -> HttpResponse:
    """Show a form, filled in with what was kept of it. See `half_typed.lose_nothing`."""
    kept = half_typed.give_back(request, form)
    return render(request, "family_plans/form.html", {"form": form, "question": question, "kept": kept, **context})


def posted(request: UserRequest) -> Any:
    """Return what was sent, or None: an empty answer is an answer too."""
    return request.POST if request.method == "POST" else None


def persons(request: UserRequest, family_id: UUID) -> QuerySet[Person]:
    """Return the persons of the family that a form offers, the client first, as far as they were shared."""
    found = Person.objects.permitting(request.user, Action.VIEW_FAMILY_PLAN).filter(family_id=family_id)
    reach = policy.reach(request.user, Action.VIEW_FAMILY_PLAN, family_id)
    if reach.persons is not None:
        found = found.filter(pk__in=reach.persons)
    narrowed: QuerySet[Person] = found.in_reading_order()
    return narrowed


def at_work(family_id: UUID) -> QuerySet[User]:
    """Return who works with or reads of the family by name."""
    assigned = Assignment.objects.live(timezone.now()).filter(family_id=family_id).exclude(kind__in=_NOT_AT_WORK)
    return User.objects.filter(pk__in=assigned.values("user_id"), is_active=True).order_by("name", "pk")


def around(request: UserRequest, family_id: UUID) -> Around:
    """Return everybody to whom something can fall. A partner finds its own people and organisation, and the family."""
    reach = policy.reach(request.user, Action.VIEW_FAMILY_PLAN, family_id)
    if reach.is_whole:
        return Around(
            persons=list(persons(request, family_id).filter(causes_harm=False)),
            users=list(at_work(family_id)),
            organisations=list(helping(family_id)),
        )
    own = list(request.user.standing)
    return Around(
        persons=list(persons(request, family_id).filter(causes_harm=False)),
        users=[request.user],
        organisations=list(Organisation.objects.filter(pk__in=own).order_by("plain_name", "pk")),
    )


def helping(family_id: UUID) -> QuerySet[Organisation]:
    """Return the organisations that have to do with the family: by their help, or because they work with it."""
    lines = HelpLine.objects.filter(family_id=family_id).running().values("organisation_id")
    involved = (
        Involvement.objects.live(timezone.now())
        .filter(family_id=family_id, relation__in=_AROUND)
        .values("organisation_id")
    )
    either = Q(pk__in=lines) | Q(pk__in=involved)
    return Organisation.objects.filter(either).order_by("plain_name", "pk")


def organisations_that_help() -> QuerySet[Organisation]:
    """Return the organisations that can be asked for help. Who stays in a shelter lives there: that is no help line."""
    found: QuerySet[Organisation] = (
        Organisation.objects.active().exclude(kind__slug__in=SHELTERS).order_by("plain_name", "pk")
    )
    return found
