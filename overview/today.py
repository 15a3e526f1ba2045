"""The page Vandaag: what is late, what is due, what is offered, who is out of sight. Sentences, ready to print.

What is owed is asked of the follow-ups at each visit; no scheduler has a part in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from access.models import Assignment, AssignmentKind
from accounts.models import User
from aftercare.models import CheckIn, OutOfSight
from cases.models import Person
from family_plans.models import Stagnation
from family_plans.models import Status as StagnationStatus
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from overview import worklist

NEW_FOR = timedelta(days=7)
LATELY = timedelta(days=14)
UNFOLDED = 8
_TO_WORK = [AssignmentKind.WORKER, AssignmentKind.REGISSEUR, AssignmentKind.SUPPORTER, AssignmentKind.STAND_IN]
# Where the work of each kind is done, and what the button says. The address takes the key of the family.
_FAMILY = ("overview:family", gettext_lazy("Open the file"))
WORK: dict[str, tuple[str, str | Promise]] = {
    Kind.COMPLETE_FILE: ("cases:gaps", gettext_lazy("Fill in")),
    Kind.CONFIRM_SAFE_CONTACT: ("cases:persons", gettext_lazy("To the persons")),
    Kind.CALL_PERSON: ("cases:persons", gettext_lazy("How to reach safely")),
    Kind.TEXT_PERSON: ("cases:persons", gettext_lazy("How to reach safely")),
    Kind.MAIL_PERSON: ("cases:persons", gettext_lazy("How to reach safely")),
    Kind.TURNS_EIGHTEEN: ("cases:persons", gettext_lazy("To the persons")),
    Kind.AGREE_WITH_GUARDIAN: ("cases:persons", gettext_lazy("To the persons")),
    Kind.ASK_FOR_CONSENT: ("cases:parents", gettext_lazy("To the parents")),
    Kind.MEASURE_ENDS: ("cases:measures", gettext_lazy("To the measures")),
    Kind.HAND_OVER_ALARM: ("cases:measures", gettext_lazy("To the measures")),
    Kind.REVIEW_MEASURE: ("cases:measures", gettext_lazy("To the measures")),
    Kind.SHARE_AGAIN: ("cases:who_knows", gettext_lazy("Who knows what")),
    Kind.ASSESS_RISK: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.ASSESS_BEFORE_DEPARTURE: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.ASSESS_AT_MOVE: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.ASSESS_AFTER_SIGNAL: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.ASSESS_AFTER_MONTHS: ("safety_plans:assess", gettext_lazy("Assess the risk")),
    Kind.REVISE_SAFETY_PLAN: ("safety_plans:plan", gettext_lazy("Revise the plan")),
    Kind.SHARE_RISK: ("cases:who_knows", gettext_lazy("Share it")),
    Kind.TELL_NEW_SAFETY_PLAN: ("safety_plans:holders", gettext_lazy("See who has it")),
    Kind.REVISE_FAMILY_PLAN: ("family_plans:plan", gettext_lazy("Revise the plan")),
    Kind.AWAIT_SECOND: ("cases:who_knows", gettext_lazy("To who knows what")),
    Kind.PREPARE_DEPARTURE: ("handover:departure", gettext_lazy("To the departure")),
    Kind.CONTACT: ("aftercare:check_in", gettext_lazy("Record contact")),
    Kind.OWN_REQUEST: ("aftercare:check_in", gettext_lazy("Record contact")),
    Kind.ROUND_OFF: ("aftercare:family", gettext_lazy("To the aftercare")),
    Kind.YEAR_ENOUGH: ("aftercare:year", gettext_lazy("Answer")),
    Kind.OUT_OF_SIGHT: ("aftercare:family", gettext_lazy("Follow the steps")),
    Kind.SOLVE_STAGNATION: ("family_plans:stagnations", gettext_lazy("To the plan")),
    Kind.BINDING_REQUEST: ("family_plans:stagnations", gettext_lazy("To the plan")),
    Kind.CHECK_AGREEMENT: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.HELP_SHOULD_START: ("family_plans:help", gettext_lazy("To the help")),
    Kind.ARRANGE_SUCCESSOR: ("family_plans:help", gettext_lazy("To the help")),
    Kind.FIND_FITTING_HELP: ("family_plans:help", gettext_lazy("To the help")),
    Kind.CHECK_INCOME: ("family_plans:income", gettext_lazy("To the income")),
    Kind.START_DEBT_HELP: ("family_plans:income", gettext_lazy("To the income")),
    Kind.NO_REGISSEUR: ("handover:regie", gettext_lazy("Choose a regisseur")),
    Kind.APPOINT_REGISSEUR: ("handover:regie", gettext_lazy("Choose a regisseur")),
    Kind.CHOOSE_REGISSEUR: ("handover:regie", gettext_lazy("To the regie")),
    Kind.CONFIRM_REGISSEUR: ("handover:regie", gettext_lazy("To the regie")),
    Kind.INVITE_INCOME: ("handover:departure", gettext_lazy("To the departure")),
    Kind.INVITE_HOUSING: ("handover:departure", gettext_lazy("To the departure")),
    Kind.INVITE_NEIGHBOURHOOD_TEAM: ("handover:departure", gettext_lazy("To the departure")),
    Kind.INVITE_YOUTH_CARE: ("handover:departure", gettext_lazy("To the departure")),
    Kind.INVITE_SCHOOL: ("handover:departure", gettext_lazy("To the departure")),
    Kind.HANDOVER_UNANSWERED: ("handover:departure", gettext_lazy("To the handover")),
    Kind.HANDOVER_DECLINED: ("handover:departure", gettext_lazy("To the handover")),
    Kind.HOLD_CONVERSATION: ("handover:departure", gettext_lazy("To the handover")),
    Kind.ASK_FOR_ANSWER: ("handover:departure", gettext_lazy("To the handover")),
    Kind.RE_ESTABLISH_HELP: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.PICK_UP_WISH: ("family_plans:plan", gettext_lazy("To the plan")),
    Kind.ANSWER_ADDRESS_REQUEST: ("signals:address_requests", gettext_lazy("Answer Veilig Thuis")),
    Kind.WHO_WATCHES: ("signals:monitoring", gettext_lazy("To Veilig Thuis")),
    Kind.READ_REVEAL: ("cases:protected", gettext_lazy("Read who looked")),
    Kind.READ_BROKEN_GLASS: ("cases:protected", gettext_lazy("Read who looked")),
    Kind.TAKE_AGREED_MEASURE: ("handover:departure", gettext_lazy("To the departure")),
    Kind.END_AFTERCARE: ("handover:end_aftercare", gettext_lazy("Who goes on?")),
    Kind.WATCH_ENDS: ("handover:partners", gettext_lazy("What each partner knows")),
    Kind.FIND_WATCHERS: ("handover:partners", gettext_lazy("What each partner knows")),
    Kind.FIND_SUPPORTER: ("handover:supporter", gettext_lazy("To the supporter")),
    Kind.INTRODUCE_SUPPORTER: ("handover:supporter", gettext_lazy("To the supporter")),
    Kind.CONFIRM_DEPARTURE: ("handover:supporter", gettext_lazy("Confirm")),
    Kind.SUPPORTER_UNCONFIRMED: ("handover:supporter", gettext_lazy("To the supporter")),
    Kind.SUPPORTER_GAP: ("handover:supporter", gettext_lazy("Whom to call")),
    Kind.PREPARE_MOVE: ("handover:move", gettext_lazy("To the move")),
    Kind.GIVE_SUPPORT: ("aftercare:family", gettext_lazy("To the aftercare")),
}


@dataclass(frozen=True)
class Item:
    """One thing on the list."""

    when: str
    what: str
    why: str
    url: str
    do: str
    mark: str
    kind: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the page. A long list of what is late folds after the first, so that what follows is not buried."""

    id: str
    heading: str
    items: list[Item]
    kind: str = ""

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def leads(self) -> bool:
        return self.id == "s-late"

    @property
    def first(self) -> list[Item]:
        return self.items[:UNFOLDED] if self.leads else self.items

    @property
    def rest(self) -> list[Item]:
        return self.items[len(self.first) :]


def parts(user: User, now: datetime, *, late: list[Item], due: list[Item], asked: list[Item]) -> list[Part]:
    """Return the parts of the page that have something in them. `asked`: what a colleague asks to be weighed."""
    day = timezone.localdate(now)
    every = (
        Part("s-late", _("Late"), late, "now"),
        Part("s-sight", _("Out of sight"), out_of_sight(user, now), "soon"),
        Part("s-today", _("Today"), due),
        Part("s-new", _("New for you"), [*asked, *offers(user), *assigned_lately(user, now)]),
        Part("s-left", _("May not be left lying"), not_to_be_left(user, now), "soon"),
        Part("s-waiting", _("Waits for somebody else"), waiting_for_others(user, day)),
    )
    return [part for part in every if part.items]


def owed(user: User, today: date) -> tuple[list[Item], list[Item], list[Item]]:
    """Return what is late, what is for today and what comes within two weeks, in the order in which it is owed."""
    due = worklist.due(user, today)
    late = [_item(one, _days_late(one.due_on, today), "now") for one in due if one.due_on < today]
    now = [_item(one, _("Today"), "soon") for one in due if one.due_on == today]
    coming = [_item(one, date_format(one.due_on, "D j F")) for one in worklist.coming(user, today)]
    return late, now, coming


def offers(user: User) -> list[Item]:
    """Return the handovers that wait for an answer of this user's organisation. No name: that comes with the file."""
    return [
        Item(
            when=_("Answer before the end of %(day)s") % {"day": date_format(offer.answer_by, "l j F")},
            what=_("%(organisation)s offers a handover") % {"organisation": offer.from_organisation.name},
            why=_("Until you accept, the regisseur stays who it is now."),
            url=offer.get_absolute_url(),
            do=_("Read and answer"),
            mark="",
        )
        for offer in Handover.objects.to_answer(user).select_related("from_organisation")[:20]
    ]


def assigned_lately(user: User, now: datetime) -> list[Item]:
    """Return the families that became this user's in the last week and that she has not had contact with since."""
    rows = (
        Assignment.objects.visible_to(user)
        .live(now)
        .filter(user=user, starts_at__gt=now - NEW_FOR, kind__in=_TO_WORK)
        .exclude(
            Exists(
                CheckIn.objects.filter(
                    family_id=OuterRef("family_id"), recorded_by=user, recorded_at__gte=OuterRef("starts_at")
                )
            )
        )
        # What is due there stands on the list already.
        .exclude(Exists(FollowUp.objects.due_by(timezone.localdate(now)).filter(family_id=OuterRef("family_id"))))
        .select_related("family")
        .prefetch_related(worklist.clients_of("family__persons"))
        .order_by("-starts_at", "pk")[:20]
    )
    return [
        Item(
            when=_("Since %(day)s") % {"day": date_format(timezone.localdate(one.starts_at), "l j F")},
            what=_name(one.family),
            why=_("You are %(kind)s. Family %(reference)s.")
            % {"kind": one.get_kind_display().lower(), "reference": one.family.reference},
            url=one.family.get_absolute_url(),
            do=_("Open the file"),
            mark=_initials(one.family),
        )
        for one in rows
    ]


def waiting_for_others(user: User, today: date) -> list[Item]:
    """Return what this user cannot move herself now: offered and not answered, or with the municipality."""
    mine = Assignment.objects.live(timezone.now()).filter(user=user, kind__in=_TO_WORK).values("family_id")
    clients = worklist.clients_of("family__persons")
    offered = (
        Handover.objects.visible_to(user)
        .open()
        .filter(family_id__in=mine)
        .exclude(to_organisation__in=list(user.standing))
        .select_related("family", "to_organisation")
        .prefetch_related(clients)
        .order_by("offered_at", "pk")[:20]
    )
    stuck = (
        Stagnation.objects.visible_to(user)
        .filter(status=StagnationStatus.ESCALATED, family_id__in=mine)
        .select_related("family")
        .prefetch_related(clients)
        .order_by("escalated_on", "pk")[:20]
    )
    return [_offered(one, today) for one in offered] + [_with_municipality(one, today) for one in stuck]


def _offered(one: Handover, today: date) -> Item:
    until = {"organisation": one.to_organisation.name, "day": date_format(one.answer_by, "l j F")}
    return Item(
        when=_for_days(timezone.localdate(one.offered_at), today),
        what=_("Handover of %(name)s") % {"name": _name(one.family)},
        why=_("Offered to %(organisation)s. Answer before the end of %(day)s.") % until,
        url=one.get_absolute_url(),
        do="",
        mark=_initials(one.family),
    )


def _with_municipality(one: Stagnation, today: date) -> Item:
    answer_by = date_format(one.answer_by, "l j F") if one.answer_by else ""
    return Item(
        when=_for_days(one.escalated_on or one.since, today),
        what=_("What is stuck for %(name)s") % {"name": _name(one.family)},
        why=_("With the municipality. Answer before the end of %(day)s.") % {"day": answer_by},
        url=one.get_absolute_url(),
        do="",
        mark=_initials(one.family),
    )


def not_to_be_left(user: User, now: datetime) -> list[Item]:
    """Return the families that were contacted in the last two weeks and for which nothing has been done since.

    For whoever takes over: what the contact asked for is still open. On the screen only, there is no export.
    """
    latest = (
        CheckIn.objects.filter(family_id=OuterRef("family_id"))
        .order_by("-happened_at", "-recorded_at")
        .values("pk")[:1]
    )
    after = FollowUp.objects.filter(family_id=OuterRef("family_id"), closed_at__gt=OuterRef("recorded_at"))
    asked_for = FollowUp.objects.filter(about_id=OuterRef("pk"), state="open")
    mine = Assignment.objects.live(now).filter(user=user, kind__in=_TO_WORK).values("family_id")
    rows = (
        CheckIn.objects.visible_to(user)
        .filter(family_id__in=mine, happened_at__gt=now - LATELY, pk=Subquery(latest))
        .filter(~Exists(after), Exists(asked_for))
        .select_related("family")
        .prefetch_related(worklist.clients_of("family__persons"))
        .order_by("happened_at", "pk")[:20]
    )
    return [
        Item(
            when=_("Contact on %(day)s") % {"day": date_format(timezone.localdate(one.happened_at), "l j F")},
            what=_name(one.family),
            why=_("What was asked then is still open."),
            url=one.family.get_absolute_url(),
            do=_("Open the file"),
            mark=_initials(one.family),
            kind="soon",
        )
        for one in rows
    ]


def out_of_sight(user: User, now: datetime) -> list[Item]:
    """Return the families of this user that are, or may be, out of sight, the longest first."""
    searches = (
        OutOfSight.objects.visible_to(user)
        .open()
        .select_related("family")
        .prefetch_related(worklist.clients_of("family__persons"))
        .order_by("since", "pk")[:20]
    )
    return [
        Item(
            when=_("Nobody spoken to since %(day)s") % {"day": date_format(search.since, "j F")},
            what=_name(search.family),
            why=search.get_status_display(),
            url=search.get_absolute_url(),
            do=_("Follow the steps"),
            mark=_initials(search.family),
            kind="soon",
        )
        for search in searches
    ]


def where(one: FollowUp) -> tuple[str, str]:
    """Return the address where this is done, and what the button says."""
    if one.kind in {Kind.TRIAGE_SIGNAL, Kind.DECIDE_REOPENING, Kind.REVIEW_HELP} and one.about_id != one.family_id:
        # Two signals about one family are two things to judge.
        return reverse("signals:signal", args=[one.about_id]), _("View the signal")
    if one.kind == Kind.MUNICIPALITY_ASKS:
        return reverse("municipalities:summons", args=[one.about_id]), _("Read and answer")
    address, do = WORK.get(one.kind, _FAMILY)
    return reverse(address, args=[one.family_id]), str(do)


def _item(one: FollowUp, when: str, kind: str = "") -> Item:
    url, do = where(one)
    return Item(
        when=when,
        what=_("%(what)s: %(name)s") % {"what": one.get_kind_display(), "name": _name(one.family)},
        why=_("Family %(reference)s.") % {"reference": one.family.reference},
        url=url,
        do=do,
        mark=_initials(one.family),
        kind=kind,
    )


def _for_days(since: date, today: date) -> str:
    days = (today - since).days
    return ngettext("For %(days)s day", "For %(days)s days", days) % {"days": days}


def _days_late(due_on: date, today: date) -> str:
    days = (today - due_on).days
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _client(family: object) -> Person | None:
    clients: list[Person] = family.clients  # type: ignore[attr-defined]
    return clients[0] if clients else None


def _name(family: object) -> str:
    client = _client(family)
    return client.name if client else family.reference  # type: ignore[attr-defined]


def _initials(family: object) -> str:
    client = _client(family)
    return client.initials if client else ""
