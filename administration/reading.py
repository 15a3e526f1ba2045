"""What the pages about people show: who works here, since when, how many families each has. Never which."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import AccessReview, Invitation, Membership, Role, User
from cases.caseload import counts_of
from core.working_days import add_months
from organisations.models import Organisation

PAGE = 50
REVIEW_MONTHS = 6
SOON_UNUSED = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One person of an organisation, with all that she is there."""

    key: UUID
    user: User
    roles: str
    teams: str
    families: int
    last_used: datetime | None
    is_quiet: bool

    @property
    def state(self) -> str:
        """Return what to say of the account: suspended, quiet for a long time, or nothing."""
        return "suspended" if self.user.suspended_at else "quiet" if self.is_quiet else ""


@dataclass(frozen=True)
class MembersPage:
    lines: list[Line]
    invitations: list[Invitation]
    after: str
    review_due: date | None


def members(organisation: Organisation, *, now: datetime, after: str = "") -> MembersPage:
    """Return the people of an organisation by name, from number `after` on, and who was invited and did not answer."""
    today = timezone.localdate(now)
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    here = Membership.objects.live(today).filter(organisation=organisation, user_id=OuterRef("pk"))
    users = list(User.objects.filter(Exists(here)).order_by("name", "pk")[start : start + PAGE + 1])
    rows: dict[UUID, list[Membership]] = {}
    live = Membership.objects.live(today).filter(organisation=organisation, user__in=users[:PAGE])
    for one in live.select_related("team").order_by("role", "pk"):
        rows.setdefault(one.user_id, []).append(one)
    counts = counts_of(organisation, now)
    return MembersPage(
        [_line(user, rows[user.pk], counts.get(user.pk, 0), now) for user in users[:PAGE] if user.pk in rows],
        list(Invitation.objects.filter(organisation=organisation).pending().order_by("-made_at", "pk")[:PAGE]),
        str(start + PAGE) if len(users) > PAGE else "",
        review_due(organisation, today),
    )


def _line(user: User, held: list[Membership], families: int, now: datetime) -> Line:
    labels = dict(Role.choices)
    last = max(filter(None, (user.last_login, user.reopened_at)), default=None)
    return Line(
        key=held[0].pk,
        user=user,
        roles=", ".join(str(labels[one.role]) for one in held),
        teams=", ".join(sorted({one.team.name for one in held if one.team})),
        families=families,
        last_used=last,
        is_quiet=(last or user.created_at) < now - SOON_UNUSED,
    )


def review_due(organisation: Organisation, today: date) -> date | None:
    """Return the day on which the next review of access is due, or None while one is going on.

    Half a year after the last one, or after the first membership when there was none.
    """
    reviews = AccessReview.objects.filter(organisation=organisation)
    if reviews.filter(finished_at=None).exists():
        return None
    last = reviews.order_by("-finished_at").values_list("finished_at", flat=True).first()
    if last is not None:
        return add_months(timezone.localdate(last), REVIEW_MONTHS)
    first = Membership.objects.filter(organisation=organisation).order_by("starts_on")
    since = first.values_list("starts_on", flat=True).first()
    return add_months(since, REVIEW_MONTHS) if since else None
