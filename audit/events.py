"""Every kind of fact the audit log can hold. Values are stored: never rename one, only add."""

from django.db import models


class Event(models.TextChoices):
    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGNED_OUT = "account.signed_out"
    SECOND_FACTOR_CHANGED = "account.second_factor_changed"
    ACCESS_DENIED = "access.denied"
    REQUEST_FAILED = "request.failed"
    FAMILY_OPENED = "family.opened"
    FAMILY_VIEWED = "family.viewed"
    PERSON_ADDED = "person.added"
    PARENTAL_AUTHORITY_RECORDED = "parental_authority.recorded"
    INVOLVEMENT_STARTED = "involvement.started"
    INVOLVEMENT_ENDED = "involvement.ended"
    ASSIGNMENT_STARTED = "assignment.started"
    ASSIGNMENT_ENDED = "assignment.ended"
    FOLLOW_UP_PLANNED = "follow_up.planned"
    FOLLOW_UP_CLOSED = "follow_up.closed"
    PAPER_ISSUED = "paper.issued"


class Result(models.TextChoices):
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
