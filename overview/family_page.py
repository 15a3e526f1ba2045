"""The page of one family: the facts at a glance, what is to be done, a line per child, and what happened.

The facts come out of one statement with a list per subject, so that the page costs the same for any family (P4).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from access.policy import Action
from accounts.models import User
from aftercare.models import SeenPerson
from aftercare.reading import TOO_LONG_UNSEEN
from cases.models import (
    AroundChild,
    ChildContact,
    Family,
    HelpConsent,
    MeasureKind,
    ParentalAuthority,
    Person,
    Place,
    ProtectiveMeasure,
    Stay,
    StayPlace,
    Trajectory,
    stays_in_a_shelter,
)
from family_plans.models import Goal, Stagnation
from follow_ups.models import ANSWERED, FollowUp, Kind
from organisations.models import CodeItem
from overview import moments
from overview.moments import CONTACTS, list_of, moment_of
from overview.strip import Strip
from overview.today import where
from safety_plans.models import SafetyPlan

ENDS_SOON = timedelta(days=28)


@dataclass(frozen=True)
class Fact:
    """One line at a glance. `kind` is now, soon, good or wait; the text carries the meaning."""

    label: str
    text: str
    kind: str
    symbol: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Work:
    """Something owed to the family. Without an address it is for somebody else to do."""

    follow_up: FollowUp
    when: str
    kind: str
    url: str
    do: str


@dataclass(frozen=True)
class ChildLine:
    """One child: when somebody last saw it, who decides about it, and what is missing."""

    person: Person
    sight: Fact
    in_shelter: bool
    authority: str
    missing: list[str]


@dataclass(frozen=True)
class FamilyPage:
    passage: str
    facts: list[Fact]
    now: list[Work]
    later: list[Work]
    children: list[ChildLine]
    moments: list[moments.Moment]


def read(family: Family, user: User, strip: Strip, *, today: date) -> FamilyPage:
    """Read the page in two statements. For a family that `user` may open; signals only for who works with it."""
    known = _known(family, works_with_it=strip.works_with_it, today=today)
    work = [one if _is_for(user, one, strip) else replace(one, url="") for one in _work(family, user, today)]
    children = [_child(person, known, today) for person in strip.persons if person.place == Place.CHILD]
    return FamilyPage(
        passage=_passage(known, today),
        facts=[
            _due(work, today),
            _next_contact(work, family),
            _sight_of_all(children, family),
            _safety_plan(known, family, today),
            _measure(known, family, today),
            _plan(known, family),
        ],
        now=[one for one in work if one.follow_up.due_on <= today],
        later=[one for one in work if one.follow_up.due_on > today],
        children=children,
        moments=moments.read(known, [one.follow_up for one in work], today),
    )


def _known(family: Family, *, works_with_it: bool, today: date) -> Any:
    kinds = CodeItem.objects.filter(code_list__slug="trajectory_kind", code=OuterRef("kind"))
    lists: dict[str, ArraySubquery] = {
        "passages": list_of(
            Trajectory.objects.order_by(F("ends_on").desc(nulls_first=True), "-starts_on"),
            most=1,
            nl=Subquery(kinds.values("label_nl")[:1]),
            en=Subquery(kinds.values("label_en")[:1]),
            kind="kind",
            at="organisation__name",
            starts="starts_on",
            departs="departs_on",
            ends="ends_on",
        ),
        "sheltered": list_of(Stay.objects.filter(place=StayPlace.SHELTER, ends_on=None), person="person_id"),
        "authority": list_of(
            ParentalAuthority.objects.filter(ends_on=None).order_by("starts_on"),
            child="child_id",
            name="holder__given_name",
        ),
        "own_workers": list_of(
            ChildContact.objects.filter(ends_on=None, kind=AroundChild.OWN_WORKER), child="child_id"
        ),
        "asked": list_of(HelpConsent.objects.filter(answer="asked"), child="child_id", help="help"),
        "seen": list_of(
            SeenPerson.objects.order_by("person_id", "-seen_at").distinct("person_id"), person="person_id", at="seen_at"
        ),
        "plans": list_of(
            SafetyPlan.objects.filter(status="current"), version="version", agreed="agreed_on", review="review_on"
        ),
        "measures": list_of(
            ProtectiveMeasure.objects.filter(ends_on__gte=today).order_by("ends_on"), kind="kind", ends="ends_on"
        ),
        "goals": list_of(Goal.objects.filter(plan__ended_at=None), result="result"),
        "stuck": list_of(
            Stagnation.objects.exclude(status="solved").order_by("since"),
            nl=F("domain__label_nl"),
            en=F("domain__label_en"),
        ),
    }
    lists |= moments.lists(works_with_it=works_with_it)
    return Family.objects.filter(pk=family.pk).annotate(**lists).get()


def _work(family: Family, user: User, today: date) -> list[Work]:
    may = Family.objects.permitting(user, Action.CLOSE_FOLLOW_UP).filter(pk=OuterRef("family_id"))
    may_close = ExpressionWrapper(Q(Exists(may)) & ~Q(kind__in=ANSWERED), BooleanField())
    owed = FollowUp.objects.filter(family=family).open().annotate(may_close=may_close).order_by("due_on", "pk")
    return [_as_work(one, today) for one in owed]


def _as_work(one: FollowUp, today: date) -> Work:
    late = (today - one.due_on).days
    if late > 0:
        when = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    elif late == 0:
        when = _("Today")
    else:
        when = _("Before the end of %(day)s") % {"day": date_format(one.due_on, "l j F")}
    url, do = where(one)
    return Work(one, when, "now" if late > 0 else "soon" if late == 0 else "", url, do)


def _is_for(user: User, work: Work, strip: Strip) -> bool:
    if work.follow_up.kind == Kind.ANSWER_ADDRESS_REQUEST:
        # Who may see an address is the regisseur's, whoever else works with the family.
        answers = Family.objects.permitting(user, Action.GRANT_PROTECTED)
        return bool(answers.filter(pk=work.follow_up.family_id).exists())
    return strip.leads_to(work.url)


def _passage(known: Any, today: date) -> str:
    if not known.passages:
        return ""
    row = known.passages[0]
    kind = _said(row) or row["kind"].replace("_", " ")
    day = date_format(date.fromisoformat(row["starts"]), "j F Y")
    text = _("%(kind)s at %(organisation)s since %(day)s") % {"kind": kind, "organisation": row["at"], "day": day}
    if row["departs"] and date.fromisoformat(row["departs"]) <= today:
        gone = date.fromisoformat(row["departs"])
        months = (today.year - gone.year) * 12 + today.month - gone.month + (today.day >= gone.day)
        text += ". " + _("Month %(month)s after the departure") % {"month": months}
    return text


def _due(work: list[Work], today: date) -> Fact:
    late = sum(one.follow_up.due_on < today for one in work)
    now = sum(one.follow_up.due_on == today for one in work)
    parts = []
    if late:
        parts.append(ngettext("%(count)s thing late", "%(count)s things late", late) % {"count": late})
    if now:
        parts.append(ngettext("%(count)s thing today", "%(count)s things today", now) % {"count": now})
    first = work[0].follow_up.get_kind_display() if late or now else ""
    if not parts:
        return Fact(_("To do"), _("Nothing that must be done today"), "good", "done", "#s-doen")
    return Fact(_("To do"), ", ".join(parts), "now" if late else "soon", "warn" if late else "clock", "#s-doen", first)


def _next_contact(work: list[Work], family: Family) -> Fact:
    url = reverse("aftercare:family", args=[family.pk])
    planned = next((one for one in work if one.follow_up.kind in CONTACTS), None)
    if planned is None:
        return Fact(_("Next contact"), _("No contact is planned"), "soon", "open", url)
    late = planned.kind == "now"
    return Fact(_("Next contact"), planned.when, "now" if late else "good", "warn" if late else "clock", url)


def _sight_of_all(children: list[ChildLine], family: Family) -> Fact:
    url = "#s-kinderen"
    unseen = [line.person.given_name for line in children if line.sight.kind == "now"]
    if not children:
        return Fact(_("Sight of the children"), _("No children in this file"), "wait", "child", url)
    if all(line.in_shelter for line in children):
        return Fact(_("Sight of the children"), _("The children live in the shelter"), "good", "check", url)
    if not unseen:
        return Fact(_("Sight of the children"), _("Every child was seen this month"), "good", "check", url)
    text = _("Not seen for too long: %(names)s") % {"names": ", ".join(unseen)}
    return Fact(_("Sight of the children"), text, "now", "warn", url)


def _safety_plan(known: Any, family: Family, today: date) -> Fact:
    label, url = _("Safety plan"), reverse("safety_plans:plan", args=[family.pk])
    if not known.plans:
        return Fact(label, _("There is no safety plan that holds"), "now", "warn", url)
    plan = known.plans[0]
    review = date.fromisoformat(plan["review"])
    version = {"version": plan["version"], "day": date_format(date.fromisoformat(plan["agreed"]), "j F Y")}
    note = _("Version %(version)s, of %(day)s") % version
    if review < today:
        return Fact(label, _("Should have been gone through on %(day)s") % _day(review), "now", "warn", url, note)
    return Fact(label, _("Holds, go through it on %(day)s") % _day(review), "good", "check", url, note)


def _measure(known: Any, family: Family, today: date) -> Fact:
    label, url = _("Measures"), reverse("cases:measures", args=[family.pk])
    if not known.measures:
        return Fact(label, _("No measure that ends"), "wait", "shield", url)
    first = known.measures[0]
    ends = date.fromisoformat(first["ends"])
    days = (ends - today).days
    what = {"what": MeasureKind(first["kind"]).label, "days": days}
    text = ngettext("%(what)s: %(days)s day left", "%(what)s: %(days)s days left", days) % what
    soon = ends <= today + ENDS_SOON
    return Fact(
        label, text, "soon" if soon else "good", "clock" if soon else "check", url, _("until %(day)s") % _day(ends)
    )


def _plan(known: Any, family: Family) -> Fact:
    label, url = _("Plan of the family"), reverse("family_plans:plan", args=[family.pk])
    if not known.goals:
        return Fact(label, _("No goals yet"), "soon", "open", url)
    reached = sum(row["result"] == "reached" for row in known.goals)
    goals = ngettext("%(count)s goal", "%(count)s goals", len(known.goals)) % {"count": len(known.goals)}
    note = _("%(goals)s, %(reached)s reached") % {"goals": goals, "reached": reached}
    if known.stuck:
        text = _("Stuck: %(what)s") % {"what": ", ".join(_said(row) for row in known.stuck)}
        return Fact(label, text, "soon", "warn", url, note)
    return Fact(label, note, "good", "check", url)


def _child(person: Person, known: Any, today: date) -> ChildLine:
    key = str(person.pk)
    seen = next((moment_of(row["at"]) for row in known.seen if row["person"] == key), None)
    holders = [row["name"] for row in known.authority if row["child"] == key]
    missing = [_("consent is missing: %(help)s") % {"help": row["help"]} for row in known.asked if row["child"] == key]
    if not any(row["child"] == key for row in known.own_workers):
        missing.append(_("no worker of its own"))
    authority = ", ".join(holders) or _("not recorded yet")
    in_shelter = _family_lives_in_the_shelter(known, today) and key in {row["person"] for row in known.sheltered}
    sight = _sight(seen, today, in_shelter=in_shelter)
    return ChildLine(person, sight, in_shelter, authority, missing)


def _family_lives_in_the_shelter(known: Any, today: date) -> bool:
    if not known.passages or known.passages[0]["ends"]:
        return False
    row = known.passages[0]
    return stays_in_a_shelter(row["kind"], date.fromisoformat(row["departs"]) if row["departs"] else None, today)


def _sight(seen_at: datetime | None, today: date, *, in_shelter: bool) -> Fact:
    if in_shelter:
        return Fact("", _("Lives in the shelter"), "good", "check", "")
    if seen_at is None:
        return Fact("", _("Not seen yet"), "now", "warn", "")
    days = (today - timezone.localdate(seen_at)).days
    if days > TOO_LONG_UNSEEN.days:
        text = ngettext("Not seen for %(days)s day", "Not seen for %(days)s days", days) % {"days": days}
        return Fact("", text, "now", "warn", "")
    if days == 0:
        return Fact("", _("Seen today"), "good", "check", "")
    return Fact(
        "", ngettext("Seen %(days)s day ago", "Seen %(days)s days ago", days) % {"days": days}, "good", "check", ""
    )


def _said(row: dict[str, str]) -> str:
    return (row["en"] if (get_language() or "").startswith("en") else "") or row["nl"] or ""


def _day(day: date) -> dict[str, str]:
    return {"day": date_format(day, "j F Y")}
