"""The review of access, every half year: each function is looked at, kept or ended, and that stays on record."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import AccessReview, Membership, ReviewedMembership, User
from administration.pages import Page
from audit.events import Event
from core.errors import WrongState
from organisations.models import Organisation

_REVIEW = Page("administration:review")


def start_review(organisation: Organisation, *, by: User, at: datetime) -> AccessReview:
    """Put every function that somebody has here now on the list. Raises WrongState when a review is going on."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=organisation.pk, by=by) as op:
        # Two who start at once queue up here.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if AccessReview.objects.filter(organisation=organisation, finished_at=None).exists():
            raise WrongState(_("This review was started already."), about=_REVIEW)
        review = AccessReview.objects.create(organisation=organisation, started_by=by, started_at=at)
        live = Membership.objects.live(timezone.localdate(at)).filter(organisation=organisation)
        ReviewedMembership.objects.bulk_create([ReviewedMembership(review=review, membership=one) for one in live])
        op.record(Event.ACCESS_REVIEW_STARTED, subject=review)
    return review


def keep_membership(line: ReviewedMembership, *, by: User, at: datetime) -> ReviewedMembership:
    """Say that somebody still needs this function. Raises WrongState when it was settled, or the review is finished."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=line.review.organisation_id, by=by) as op:
        line = ReviewedMembership.objects.select_for_update(of=("self",)).select_related("review").get(pk=line.pk)
        if line.kept_at is not None or line.review.finished_at is not None:
            raise WrongState(_("This was settled already."), about=_REVIEW)
        line.kept_at, line.kept_by = at, by
        line.save(update_fields=["kept_at", "kept_by"])
        op.record(Event.MEMBERSHIP_KEPT, subject=line.membership, review=str(line.review_id))
    return line


def finish_review(review: AccessReview, *, by: User, at: datetime) -> AccessReview:
    """Close a review. Raises WrongState while a function is neither kept nor ended: gaps prove nothing."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=review.organisation_id, by=by) as op:
        review = AccessReview.objects.select_for_update().get(pk=review.pk)
        if review.finished_at is not None:
            raise WrongState(_("This review is finished already."), about=_REVIEW)
        live = Membership.objects.live(timezone.localdate(at))
        if review.lines.filter(kept_at=None, membership__in=live).exists():
            raise WrongState(_("Look at every function first: keep it, or end it."), about=_REVIEW)
        review.finished_at, review.finished_by = at, by
        review.save(update_fields=["finished_at", "finished_by"])
        op.record(Event.ACCESS_REVIEW_FINISHED, subject=review, kept=review.lines.exclude(kept_at=None).count())
    return review
