"""What a colleague asked somebody to weigh along, on Vandaag. No family is named: she has no file of it."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.policy import Action
from accounts.models import User
from cases.models import Share
from overview.today import Item


def to_weigh(user: User, now: datetime) -> list[Item]:
    """Return the shares that wait for this user, the one that waits longest first."""
    waiting = Share.objects.permitting(user, Action.WEIGH_ALONG).waiting(now).select_related("ground__recorded_by")
    return [
        Item(
            when=_("Since %(day)s") % {"day": date_format(timezone.localtime(share.starts_at), "l j F")},
            what=_("%(name)s asks you to weigh along") % {"name": share.ground.recorded_by.name},
            why=_("Nothing is shared before you answer."),
            url=share.get_absolute_url(),
            do=_("Read and answer"),
            mark="",
        )
        for share in waiting.order_by("starts_at", "pk")[:20]
    ]
